"""The list of parts of a case, its pages, and what stands beside the fields."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from kb.bootstrap import Services
from kb.domain.account import Account, Role
from kb.domain.case_study import CaseStudy
from kb.domain.completeness import Part
from kb.domain.lesson import Difficulty
from kb.domain.submission import SourceSection
from kb.domain.workflow import Action
from tests.samples import LESSONS, a_case
from tests.web.conftest import SignIn
from tests.web.desk import Accounts, mine
from tests.web.page_form import PageForm, form_at
from tests.web.reading import Page
from tests.web.shelf import Shelf

Button = tuple[str, str, list[str], str]
"""On which page what is pressed, the keys of the lessons afterwards, and where the browser is sent."""


@pytest.fixture
def parts(kb_services: Services, author: Account) -> str:
    """The address of the parts of a draft with a difficulty and its solution."""
    draft = kb_services.submissions.create(author, CaseStudy(title="Draft", lessons=LESSONS[:2]))
    return f"/submissions/{draft.id}/write"


def pages(parts: str) -> list[str]:
    return [parts, *(f"{parts}/{part.value}" for part in Part), f"{parts}/check"]


class TestList:
    def test_every_part_has_a_link_and_says_how_far_it_is(self, writer: FlaskClient, parts: str) -> None:
        page = writer.get(parts).text
        for part in Part:
            assert f'href="{parts}/{part.value}"' in page
        found = [line.partition(">")[2].partition("<")[0] for line in page.split("progress-tag--")[1:]]
        assert found == ["Begun", "Complete", "Complete", "Optional", "Optional", "Complete", "Not ready yet"]

    def test_it_tells_how_complete_the_case_is_and_what_would_help_most(
        self, writer: FlaskClient, parts: str
    ) -> None:
        page = writer.get(parts).text
        assert '<meter class="completeness__meter" min="0" max="100" value="' in page
        assert f'<a href="{parts}/about#f-summary">Tell in a few sentences' in page

    def test_a_case_that_can_be_submitted_is_ready(
        self, writer: FlaskClient, kb_services: Services, author: Account
    ) -> None:
        draft = kb_services.submissions.create(author, a_case())
        assert ">Ready<" in writer.get(f"/submissions/{draft.id}/write").text

    def test_a_draft_says_on_each_of_its_pages_that_it_is_not_submitted(
        self, writer: FlaskClient, parts: str
    ) -> None:
        for path in (*pages(parts), parts.removesuffix("/write")):
            assert "Not submitted yet" in writer.get(path).text, path

    def test_it_does_not_exist_for_anybody_else(self, client_as: SignIn, parts: str) -> None:
        for role in (Role.INVESTIGATOR, Role.COORDINATOR):
            client = client_as(role)
            assert {client.get(path).status_code for path in pages(parts)} == {404}


class TestButtons:
    @pytest.mark.parametrize(
        "button",
        [
            ("difficulties", "add:difficulty", ["logs", "preserve", "d1"], "difficulties#lesson-d1"),
            ("solutions", "add:solution", ["logs", "preserve", "s1"], "solutions#lesson-s1"),
            ("practices", "add:good-practice", ["logs", "preserve", "p1"], "practices#lesson-p1"),
            ("borders", "add:cross-border-issue", ["logs", "preserve", "b1"], "borders#lesson-b1"),
            ("difficulties", "answer:logs", ["logs", "s1", "preserve"], "solutions#lesson-s1"),
            ("solutions", "grow:preserve", ["logs", "preserve", "p1"], "practices#lesson-p1"),
            ("difficulties", "remove:logs", ["preserve"], "difficulties"),
            ("difficulties", "save", ["logs", "preserve"], "difficulties"),
            ("difficulties", "go-on", ["logs", "preserve"], "solutions"),
            ("audience", "go-on", ["logs", "preserve"], "check"),
        ],
    )
    def test_each_does_its_work_saves_the_part_and_goes_on(
        self, writer: FlaskClient, kb_services: Services, author: Account, parts: str, button: Button
    ) -> None:
        page, op, keys, leads = button
        form = form_at(writer, f"{parts}/{page}")
        assert op in form.buttons
        assert form.send(writer, op).location == f"{parts}/{leads}"
        assert [lesson.key for lesson in mine(kb_services, author).submission.body.lessons] == keys

    def test_lessons_of_a_kind_change_places(
        self, writer: FlaskClient, kb_services: Services, author: Account
    ) -> None:
        two = (Difficulty(key="d1", title="One"), Difficulty(key="d2", title="Two"))
        draft = kb_services.submissions.create(author, CaseStudy(lessons=two))
        form = form_at(writer, f"/submissions/{draft.id}/write/difficulties")
        assert {"down:d1", "up:d2"} <= set(form.buttons)
        assert not {"up:d1", "down:d2"} & set(form.buttons)
        form.send(writer, "up:d2")
        assert [lesson.key for lesson in mine(kb_services, author).submission.body.lessons] == ["d2", "d1"]

    def test_with_words_that_cannot_be_saved_it_does_its_work_and_keeps_them(
        self, writer: FlaskClient, kb_services: Services, author: Account, parts: str
    ) -> None:
        path = f"{parts}/borders"
        form_at(writer, path).send(writer, "add:cross-border-issue")
        answer = form_at(writer, path).send(
            writer, "add:cross-border-issue", **{"lessons-2-title": "Kept", "lessons-2-elapsed_days": "long"}
        )
        assert answer.status_code == 422
        assert "<title>Error: Cross-border issues" in answer.text
        assert '<a href="#f-lessons-2-elapsed_days">' in answer.text
        fields = PageForm(answer.text, path).fields
        assert (fields["lessons-2-title"], fields["lessons-2-elapsed_days"]) == ("Kept", "long")
        assert fields["lessons-3-key"] == "b2"
        assert len(mine(kb_services, author).submission.body.lessons) == 3

    def test_solutions_are_linked_to_difficulties_and_practices_to_solutions_by_title(
        self, writer: FlaskClient, kb_services: Services, author: Account, parts: str
    ) -> None:
        page = Page(writer.get(f"{parts}/solutions").text)
        assert "Logs were gone" in page.text
        form = form_at(writer, f"{parts}/solutions")
        assert form.fields.getlist("lessons-1-answers") == ["logs"]
        form.fields.poplist("lessons-1-answers")
        form.send(writer)
        assert mine(kb_services, author).submission.body.solutions[0].answers == ()
        assert "answer:logs" in form_at(writer, f"{parts}/solutions").buttons


class TestBesideTheFields:
    def test_findings_are_marked_numbered_and_told_by_word(
        self, writer: FlaskClient, kb_services: Services, author: Account
    ) -> None:
        draft = kb_services.submissions.create(author, a_case(summary="He wrote as @somebody99 there."))
        for path in ("about", "check"):
            page = writer.get(f"/submissions/{draft.id}/write/{path}").text
            assert (
                '<mark class="found__mark found__mark--warn">@somebody99<sup class="found__number">1</sup></mark>'
                in page
            )
            assert "Look at it again" in page

    def test_what_a_coordinator_asks_stands_at_the_field_and_is_counted_in_the_list(
        self, writer: FlaskClient, kb_services: Services, author: Account, accounts: Accounts
    ) -> None:
        draft = kb_services.submissions.create(author, a_case())
        view = kb_services.submissions.submit(author, draft.id, 1)
        coordinator, reviews = accounts[Role.COORDINATOR], kb_services.reviews
        view = reviews.take(coordinator, draft.id, view.revision)
        add = kb_services.review_comments.add
        view = add(coordinator, draft.id, view.revision, "How long?", "lessons.border.text")
        reviews.request_changes(coordinator, draft.id, view.revision, "Nearly there.")
        parts = f"/submissions/{draft.id}/write"
        page = writer.get(parts).text
        assert "Not submitted again yet" in page
        assert "1 question of the coordinator is open" in page
        assert "How long?" in writer.get(f"{parts}/borders").text
        assert "How long?" not in writer.get(f"{parts}/about").text

    def test_the_document_that_a_lesson_was_read_from_stands_at_it_and_the_rest_at_hand(
        self, writer: FlaskClient, kb_services: Services, author: Account, parts: str, shelf: Shelf
    ) -> None:
        view = mine(kb_services, author)
        sections = (
            SourceSection(heading="H", text="Of the logs", lesson="logs"),
            SourceSection(text="The rest"),
        )
        submission = view.submission.model_copy(update={"source": sections})
        shelf.put(view.id, submission, action=Action.EDIT, by=author.id)
        shelf.follow()
        page = writer.get(f"{parts}/difficulties").text
        assert '<details class="source" open>' in page
        assert page.index("Of the logs") < page.index("The rest")
        assert page.count("Of the logs") == 1
        assert "Of the logs" in writer.get(f"{parts}/about").text
