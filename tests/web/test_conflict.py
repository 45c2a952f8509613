"""Two people, or two tabs, write at once: the second saver sees both texts and loses nothing."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from kb.bootstrap import Services
from kb.domain.account import Account, Role
from kb.domain.case_study import CaseStudy
from kb.domain.lesson import GoodPractice
from tests.samples import LESSONS, a_case
from tests.web.desk import Accounts, mine, publish
from tests.web.page_form import PageForm, form_at

THEIRS = a_case(
    title="Seven nights",
    summary="Theirs.",
    lessons=(*LESSONS, GoodPractice(key="p1", title="Theirs alone", text="New.")),
)


@pytest.fixture
def path(kb_services: Services, author: Account) -> str:
    return f"/submissions/{kb_services.submissions.create(author, a_case()).id}/edit"


class TestTwoSavers:
    @pytest.fixture
    def second(self, writer: FlaskClient, kb_services: Services, author: Account, path: str) -> PageForm:
        """The form of the second saver, opened before the first one saved."""
        form = form_at(writer, path)
        kb_services.submissions.save(author, mine(kb_services, author).id, 1, THEIRS)
        return form

    def test_the_second_one_sees_both_texts_and_has_every_word(
        self, writer: FlaskClient, kb_services: Services, author: Account, path: str, second: PageForm
    ) -> None:
        answer = second.send(writer, title="Seven weeks", **{"lessons-0-text": "Mine."})
        assert answer.status_code == 409
        again = PageForm(answer.text, path)
        assert again.fields["title"] == "Seven weeks"
        assert again.fields["lessons-0-text"] == "Mine."
        assert again.fields["revision"] == "2"
        for words in (
            "<del>nights</del>",
            "<ins>weeks</ins>",
            "Theirs",
            "Theirs alone",
            "saved as revision 2",
        ):
            assert words in answer.text
        assert "audience" not in [name.partition(":")[2] for name in again.buttons]
        assert mine(kb_services, author).submission.body == _owned(THEIRS, author)

    def test_saving_again_is_a_decision(
        self, writer: FlaskClient, kb_services: Services, author: Account, path: str, second: PageForm
    ) -> None:
        answer = second.send(writer, title="Seven weeks")
        PageForm(answer.text, path).send(writer, "finish")
        view = mine(kb_services, author)
        assert (view.revision, view.submission.body.title) == (3, "Seven weeks")

    def test_what_the_other_wrote_can_be_taken_part_by_part(
        self, writer: FlaskClient, kb_services: Services, author: Account, path: str, second: PageForm
    ) -> None:
        answer = second.send(writer, title="Seven weeks", summary="Mine.")
        again = PageForm(answer.text, path)
        offered = {button for button in again.buttons if button.startswith("saved:")}
        assert offered == {"saved:title", "saved:summary", "saved:lessons.p1"}
        for button in ("saved:summary", "saved:lessons.p1"):
            answer = again.send(writer, button)
            assert answer.status_code == 200
            again = PageForm(answer.text, path)
        assert {button for button in again.buttons if button.startswith("saved:")} == {"saved:title"}
        again.send(writer)
        body = mine(kb_services, author).submission.body
        assert (body.title, body.summary) == ("Seven weeks", "Theirs.")
        assert body.lessons == THEIRS.lessons

    def test_with_everything_taken_the_texts_are_the_same(
        self, writer: FlaskClient, path: str, second: PageForm
    ) -> None:
        page = second.send(writer, title="Seven weeks").text
        for part in ("saved:title", "saved:summary", "saved:lessons.p1"):
            page = PageForm(page, path).send(writer, part).text
        assert "now the same as what is saved" in page

    def test_a_lesson_that_the_other_removed_can_be_removed_too(
        self, writer: FlaskClient, kb_services: Services, author: Account, path: str
    ) -> None:
        form = form_at(writer, path)
        kb_services.submissions.save(author, mine(kb_services, author).id, 1, a_case(lessons=LESSONS[:3]))
        again = PageForm(form.send(writer, sources="").text, path)
        answer = again.send(writer, "saved:lessons.border")
        assert "lessons-3-title" not in PageForm(answer.text, path).fields
        answer = again.send(writer, "saved:lessons.nowhere")
        assert "lessons-3-title" in PageForm(answer.text, path).fields

    def test_sources_are_taken_as_a_whole(
        self, writer: FlaskClient, kb_services: Services, author: Account, path: str
    ) -> None:
        form = form_at(writer, path)
        theirs = a_case(sources=({"title": "Their report"},))
        kb_services.submissions.save(author, mine(kb_services, author).id, 1, theirs)
        again = PageForm(form.send(writer, **{"sources-0-title": "My report"}).text, path)
        answer = again.send(writer, "saved:sources")
        assert PageForm(answer.text, path).fields["sources-0-title"] == "Their report"

    def test_words_that_are_no_value_yet_are_mended_first(
        self, writer: FlaskClient, path: str, second: PageForm
    ) -> None:
        again = PageForm(second.send(writer).text, path)
        answer = again.send(writer, "saved:title", period_start="soon")
        assert "Mend what is marked below" in answer.text
        assert PageForm(answer.text, path).fields["period_start"] == "soon"


class TestACaseThatMovedOn:
    @pytest.fixture
    def path(self, kb_services: Services, author: Account, accounts: Accounts) -> str:
        """A change whose case somebody else changed meanwhile."""
        case = publish(kb_services, accounts)
        base, number = kb_services.submissions.base_of_change(author, case)
        mine_ = base.model_copy(update={"title": "Eight days"})
        change = kb_services.submissions.create_change(author, case, number, mine_)
        theirs = base.model_copy(update={"summary": "Published meanwhile."})
        other = kb_services.submissions.create_change(author, case, number, theirs)
        sent = kb_services.submissions.submit(author, other.id, 1)
        coordinator = accounts[Role.COORDINATOR]
        taken = kb_services.reviews.take(coordinator, sent.id, sent.revision)
        kb_services.reviews.publish(coordinator, other.id, taken.revision)
        return f"/submissions/{change.id}/edit"

    def test_the_writer_sees_what_came_meanwhile(self, writer: FlaskClient, path: str) -> None:
        page = writer.get(path).text
        assert "The published case has moved on" in page
        assert "<ins>Published meanwhile</ins>" in page
        assert "moved on" in writer.get(path.removesuffix("/edit")).text

    def test_it_is_taken_in_and_the_text_is_based_on_it(
        self, writer: FlaskClient, kb_services: Services, author: Account, path: str
    ) -> None:
        identifier = path.split("/")[2]
        answer = form_at(writer, path).send(writer, "published:summary")
        form = PageForm(answer.text, path)
        assert form.fields["summary"] == "Published meanwhile."
        assert form.fields["title"] == "Eight days"
        form.send(writer, brought_up="2")
        view = kb_services.submissions.get(author, identifier)
        assert (view.submission.based_on, view.behind) == (2, False)
        assert [field.path for field in view.changes] == ["title"]
        assert "has moved on" not in writer.get(path).text

    def test_without_the_tick_it_stays_behind(
        self, writer: FlaskClient, kb_services: Services, author: Account, path: str
    ) -> None:
        form_at(writer, path).send(writer, title="Nine days")
        assert kb_services.submissions.get(author, path.split("/")[2]).behind


def _owned(body: CaseStudy, author: Account) -> CaseStudy:
    return body.model_copy(update={"owner": author.organisation, "author": author.id})
