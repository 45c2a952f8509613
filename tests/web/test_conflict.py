"""Two people, or two tabs, write at once: what they did in different parts is joined, the rest is shown to who saves second."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from kb.bootstrap import Services
from kb.domain.account import Account, Role
from kb.domain.case_study import CaseStudy
from kb.domain.lesson import GoodPractice
from kb.domain.record import Source
from tests.samples import LESSONS, a_case
from tests.web.desk import Accounts, mine, publish
from tests.web.page_form import PageForm, form_at

THEIRS = a_case(
    title="Seven nights",
    lessons=(
        LESSONS[0].model_copy(update={"text": "Theirs."}),
        *LESSONS[1:],
        GoodPractice(key="p1", title="Theirs alone", text="New."),
    ),
)


@pytest.fixture
def parts(kb_services: Services, author: Account) -> str:
    """The address of the parts of a draft."""
    return f"/submissions/{kb_services.submissions.create(author, a_case()).id}/write"


def saved_meanwhile(kb: Services, author: Account, body: CaseStudy = THEIRS) -> None:
    view = mine(kb, author)
    kb.submissions.save(author, view.id, view.revision, body)


def written(kb: Services, author: Account) -> CaseStudy:
    return mine(kb, author).submission.body


class TestDifferentParts:
    def test_both_texts_are_kept_and_the_second_saver_is_told(
        self, writer: FlaskClient, kb_services: Services, author: Account, parts: str
    ) -> None:
        form = form_at(writer, f"{parts}/about")
        saved_meanwhile(kb_services, author)
        answer = form.send(writer, "go-on", summary="Mine.")
        page = writer.get(answer.location).text
        assert "Somebody else wrote meanwhile" in page
        body = written(kb_services, author)
        assert (body.title, body.summary, body.lessons) == ("Seven nights", "Mine.", THEIRS.lessons)

    def test_a_save_over_the_present_text_tells_of_nobody(self, writer: FlaskClient, parts: str) -> None:
        answer = form_at(writer, f"{parts}/about").send(writer, "go-on", summary="Mine.")
        assert "Somebody else" not in writer.get(answer.location).text

    def test_lessons_that_both_added_stand_side_by_side(
        self, writer: FlaskClient, kb_services: Services, author: Account, parts: str
    ) -> None:
        form = form_at(writer, f"{parts}/practices")
        saved_meanwhile(kb_services, author)
        form.send(writer, "add:good-practice")
        titles = {each.key: each.title for each in written(kb_services, author).good_practices}
        assert titles == {"template": "Keep a request template ready", "p1": "Theirs alone", "p2": ""}


class TestTheSamePart:
    @pytest.fixture
    def about(self, writer: FlaskClient, kb_services: Services, author: Account, parts: str) -> PageForm:
        """The page of the second saver, opened before the first one saved."""
        form = form_at(writer, f"{parts}/about")
        saved_meanwhile(kb_services, author)
        return form

    def test_the_second_one_sees_both_texts_and_has_every_word(
        self, writer: FlaskClient, kb_services: Services, author: Account, about: PageForm
    ) -> None:
        answer = about.send(writer, title="Seven weeks", summary="Mine.")
        assert answer.status_code == 409
        again = PageForm(answer.text, about.action)
        assert (again.fields["title"], again.fields["summary"]) == ("Seven weeks", "Mine.")
        assert (again.fields["revision"], again.fields["undecided"]) == ("2", "title")
        assert [button for button in again.buttons if button.startswith("take:")] == ["take:title"]
        for words in ("<del>nights</del>", "<ins>weeks</ins>", "saved as revision 2"):
            assert words in answer.text
        assert written(kb_services, author) == _owned(THEIRS, author)

    def test_saving_again_is_a_decision(
        self, writer: FlaskClient, kb_services: Services, author: Account, about: PageForm
    ) -> None:
        answer = about.send(writer, title="Seven weeks", summary="Mine.")
        PageForm(answer.text, about.action).send(writer, "finish")
        body = written(kb_services, author)
        assert (body.title, body.summary) == ("Seven weeks", "Mine.")
        assert body.lessons == THEIRS.lessons

    def test_what_the_other_wrote_can_be_taken_part_by_part(
        self, writer: FlaskClient, kb_services: Services, author: Account, about: PageForm
    ) -> None:
        page = about.send(writer, title="Seven weeks", summary="Mine.").text
        answer = PageForm(page, about.action).send(writer, "take:title")
        assert answer.status_code == 200
        assert "Nothing is left to decide" in answer.text
        PageForm(answer.text, about.action).send(writer)
        body = written(kb_services, author)
        assert (body.title, body.summary) == ("Seven nights", "Mine.")

    def test_a_lesson_that_one_rewrote_and_the_other_removed_is_left_to_a_person(
        self, writer: FlaskClient, kb_services: Services, author: Account, parts: str
    ) -> None:
        page = f"{parts}/difficulties"
        form = form_at(writer, page)
        saved_meanwhile(kb_services, author)
        answer = form.send(writer, "remove:logs")
        assert answer.status_code == 409
        again = PageForm(answer.text, page)
        assert "lessons-0-title" not in again.fields
        back = again.send(writer, "take:lessons.logs")
        assert PageForm(back.text, page).fields["lessons-0-text"] == "Theirs."
        again.send(writer)
        assert written(kb_services, author).lesson("logs") is None

    def test_sources_are_taken_as_a_whole(
        self, writer: FlaskClient, kb_services: Services, author: Account, parts: str
    ) -> None:
        form = form_at(writer, f"{parts}/about")
        saved_meanwhile(kb_services, author, a_case(sources=(Source(title="Their report"),)))
        again = PageForm(form.send(writer, **{"sources-0-title": "My report"}).text, form.action)
        answer = again.send(writer, "take:sources")
        assert PageForm(answer.text, form.action).fields["sources-0-title"] == "Their report"

    def test_words_that_are_no_value_yet_are_mended_first(self, writer: FlaskClient, about: PageForm) -> None:
        again = PageForm(about.send(writer, title="Seven weeks").text, about.action)
        answer = again.send(writer, "take:title", period_start="soon")
        assert "Mend what is marked below" in answer.text
        assert PageForm(answer.text, about.action).fields["period_start"] == "soon"

    def test_a_third_saver_meanwhile_is_not_overwritten(
        self, writer: FlaskClient, kb_services: Services, author: Account, about: PageForm
    ) -> None:
        again = PageForm(about.send(writer, title="Seven weeks").text, about.action)
        saved_meanwhile(
            kb_services, author, THEIRS.model_copy(update={"title": "Seven nights", "summary": "Third."})
        )
        again.send(writer, "finish")
        body = written(kb_services, author)
        assert (body.title, body.summary) == ("Seven weeks", "Third.")


class TestACaseThatMovedOn:
    @pytest.fixture
    def parts(self, kb_services: Services, author: Account, accounts: Accounts) -> str:
        """A change whose case somebody else changed meanwhile, in a part that it alters and in one that it does not."""
        case = publish(kb_services, accounts)
        base, number = kb_services.submissions.base_of_change(author, case)
        mine_ = base.model_copy(update={"title": "Eight days"})
        change = kb_services.submissions.create_change(author, case, number, mine_)
        theirs = base.model_copy(update={"title": "A week", "summary": "Published meanwhile."})
        other = kb_services.submissions.create_change(author, case, number, theirs)
        sent = kb_services.submissions.submit(author, other.id, 1)
        coordinator = accounts[Role.COORDINATOR]
        taken = kb_services.reviews.take(coordinator, sent.id, sent.revision)
        kb_services.reviews.publish(coordinator, other.id, taken.revision)
        return f"/submissions/{change.id}/write"

    def test_the_writer_is_led_to_what_came_meanwhile(self, writer: FlaskClient, parts: str) -> None:
        for path in (parts, f"{parts}/check"):
            assert f'href="{parts}/meanwhile"' in writer.get(path).text
        assert "moved on" in writer.get(parts.removesuffix("/write")).text
        page = writer.get(f"{parts}/meanwhile").text
        assert "<ins>Published meanwhile</ins>" in page
        assert "Your change alters this, too" in page

    def test_what_the_change_does_not_alter_is_taken_unless_the_writer_says_otherwise(
        self, writer: FlaskClient, kb_services: Services, author: Account, parts: str
    ) -> None:
        form = form_at(writer, f"{parts}/meanwhile")
        assert form.fields.getlist("take") == ["summary"]
        assert form.send(writer).location == parts
        view = kb_services.submissions.get(author, parts.split("/")[2])
        assert (view.submission.based_on, view.behind) == (2, False)
        assert [field.path for field in view.changes] == ["title"]
        assert "has moved on" not in writer.get(parts).text
        assert writer.get(f"{parts}/meanwhile").location == parts.removesuffix("/write")

    def test_the_published_words_can_be_taken_for_everything(
        self, writer: FlaskClient, kb_services: Services, author: Account, parts: str
    ) -> None:
        form_at(writer, f"{parts}/meanwhile").send(writer, take=["title", "summary", "nothing"])
        assert kb_services.submissions.get(author, parts.split("/")[2]).changes == ()

    def test_over_another_published_text_nothing_is_taken(self, writer: FlaskClient, parts: str) -> None:
        answer = form_at(writer, f"{parts}/meanwhile").send(writer, based_on="1")
        assert answer.status_code == 422
        assert "published once more meanwhile" in answer.text

    def test_until_then_it_stays_behind(
        self, writer: FlaskClient, kb_services: Services, author: Account, parts: str
    ) -> None:
        form_at(writer, f"{parts}/about").send(writer, title="Nine days")
        assert kb_services.submissions.get(author, parts.split("/")[2]).behind


def _owned(body: CaseStudy, author: Account) -> CaseStudy:
    return body.model_copy(update={"owner": author.organisation, "author": author.id})
