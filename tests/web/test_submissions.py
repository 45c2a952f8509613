"""Writing and submitting through the pages, without JavaScript."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from kb.bootstrap import Services
from kb.domain.account import Account, Role
from kb.domain.case_study import CaseStudy
from kb.domain.marking import Marking
from kb.domain.workflow import SubmissionStatus
from tests.samples import LESSONS, a_case
from tests.web.conftest import SignIn, token_in
from tests.web.desk import Accounts, mine
from tests.web.page_form import PageForm, form_at

Button = tuple[str, list[str], str]
"""What is pressed, the keys of the lessons afterwards, and where the page opens."""

WORDS = {
    "title": "A forum with members in three states",
    "summary": "The unit found a forum.",
    "lessons-0-title": "Connection logs were gone",
    "lessons-0-text": "- kept seven days\r\n- asked on the ninth",
}


class TestNewCase:
    def test_a_case_is_written_looked_over_and_submitted(
        self, writer: FlaskClient, kb_services: Services, author: Account
    ) -> None:
        answer = form_at(writer, "/submit").send(writer, "finish", **WORDS)
        view = mine(kb_services, author)
        assert answer.location == f"/submissions/{view.id}"
        page = writer.get(answer.location).text
        assert "Not submitted yet" in page
        assert "Connection logs were gone" in page

        step = PageForm(page, f"/submissions/{view.id}/submit")
        page = writer.post(step.action, data=step.fields, follow_redirects=True).text
        after = mine(kb_services, author).submission
        assert after.status is SubmissionStatus.SUBMITTED
        assert after.receipt in page
        assert "Not submitted yet" not in page
        assert "It waits for a coordinator" in page

    def test_the_form_starts_with_a_difficulty_and_the_own_country(self, writer: FlaskClient) -> None:
        fields = form_at(writer, "/submit").fields
        assert fields["lessons-0-kind"] == "difficulty"
        assert fields["lead_country"] == "Austria"
        assert fields["marking"] == "GREEN"

    def test_a_draft_says_on_each_of_its_pages_that_it_is_not_submitted(
        self, writer: FlaskClient, kb_services: Services, author: Account
    ) -> None:
        draft = kb_services.submissions.create(author, a_case())
        for path in (f"/submissions/{draft.id}", f"/submissions/{draft.id}/edit"):
            assert "Not submitted yet" in writer.get(path).text

    def test_what_was_written_is_listed_beside_the_form(
        self, writer: FlaskClient, kb_services: Services, author: Account
    ) -> None:
        kb_services.submissions.create(author, CaseStudy())
        page = writer.get("/submit").text
        assert "Without a title yet" in page
        assert "Draft, not submitted yet" in page

    def test_a_draft_may_be_empty_but_is_told_all_that_it_lacks(
        self, writer: FlaskClient, kb_services: Services, author: Account
    ) -> None:
        form_at(writer, "/submit").send(writer, "finish")
        view = mine(kb_services, author)
        page = writer.get(f"/submissions/{view.id}").text
        assert "Before you can submit it" in page
        assert f'href="/submissions/{view.id}/edit#f-title"' in page
        assert f'href="/submissions/{view.id}/edit#lesson-d1"' in page
        answer = writer.post(
            f"/submissions/{view.id}/submit", data={"csrf_token": token_in(page), "revision": "1"}
        )
        assert answer.status_code == 422
        assert "Give the case a title." in answer.text

    def test_a_rejected_form_keeps_every_typed_word_and_saves_nothing(
        self, writer: FlaskClient, kb_services: Services, author: Account
    ) -> None:
        typed = {
            **WORDS,
            "period_start": "March 2007 <b>",
            "lead_country": "Atlantis",
            "sources-0-title": "A report",
            "sources-0-url": "nowhere",
            "audience_addresses": "nobody@example.org",
            "marking": "RED",
            "chatham_house": "yes",
        }
        answer = form_at(writer, "/submit").send(writer, **typed)
        assert answer.status_code == 422
        assert kb_services.submissions.mine(author) == ()
        again = PageForm(answer.text, "/submit").fields
        assert {name: again[name] for name in typed} == typed
        for sentence in (
            "is no country",
            "Write a year such as 2007",
            "beginning with https://",
            "cannot be named",
        ):
            assert sentence in answer.text
        assert '<a href="#f-period_start">Period: from</a>: Write a year' in answer.text
        assert 'aria-describedby="f-period_start-help f-period_start-error"' in answer.text

    def test_text_is_stored_with_plain_line_feeds(
        self, writer: FlaskClient, kb_services: Services, author: Account
    ) -> None:
        form_at(writer, "/submit").send(writer, **WORDS)
        assert (
            mine(kb_services, author).submission.body.lessons[0].text
            == "- kept seven days\n- asked on the ninth"
        )

    def test_a_text_that_begins_with_an_empty_line_survives_the_page(
        self, writer: FlaskClient, kb_services: Services, author: Account
    ) -> None:
        answer = form_at(writer, "/submit").send(writer, summary="\r\n\r\nThird line", period_start="x")
        assert PageForm(answer.text, "/submit").fields["summary"] == "\r\n\r\nThird line"

    def test_a_case_longer_than_a_record_is_refused_and_kept(
        self, writer: FlaskClient, kb_services: Services, author: Account
    ) -> None:
        form = form_at(writer, "/submit")
        texts = {f"lessons-{place}-text": "Я" * 39_000 for place in range(4)}
        answer = form.send(writer, **texts)
        assert answer.status_code == 422
        assert kb_services.submissions.mine(author) == ()
        again = PageForm(answer.text, "/submit").fields
        assert {name: again[name] for name in texts} == texts

    def test_red_names_persons_by_tick_or_by_address(
        self, writer: FlaskClient, kb_services: Services, author: Account, accounts: Accounts
    ) -> None:
        coordinator, investigator = accounts[Role.COORDINATOR], accounts[Role.INVESTIGATOR]
        form_at(writer, "/submit").send(
            writer, marking="RED", audience_persons=coordinator.id, audience_addresses=investigator.email
        )
        view = mine(kb_services, author)
        audience = view.submission.body.audience
        assert audience.marking is Marking.RED
        assert audience.persons == (author.id, coordinator.id, investigator.id)
        again = form_at(writer, f"/submissions/{view.id}/edit")
        assert sorted(again.fields.getlist("audience_persons")) == sorted(audience.persons)
        again.send(writer)
        assert set(mine(kb_services, author).submission.body.audience.persons) == set(audience.persons)

    def test_administrators_have_no_form(self, client_as: SignIn) -> None:
        assert client_as(Role.ADMINISTRATOR).get("/submit").status_code == 403

    def test_visitors_sign_in_first(self, client: FlaskClient) -> None:
        assert client.get("/submit").status_code == 302


class TestLessonButtons:
    @pytest.fixture
    def path(self, kb_services: Services, author: Account) -> str:
        draft = kb_services.submissions.create(author, CaseStudy(title="Draft", lessons=LESSONS[:2]))
        return f"/submissions/{draft.id}/edit"

    @pytest.mark.parametrize(
        "button",
        [
            ("add:difficulty", ["logs", "preserve", "d1"], "#lesson-d1"),
            ("add:solution", ["logs", "preserve", "s1"], "#lesson-s1"),
            ("add:good-practice", ["logs", "preserve", "p1"], "#lesson-p1"),
            ("add:cross-border-issue", ["logs", "preserve", "b1"], "#lesson-b1"),
            ("answer:logs", ["logs", "s1", "preserve"], "#lesson-s1"),
            ("grow:preserve", ["logs", "preserve", "p1"], "#lesson-p1"),
            ("down:logs", ["preserve", "logs"], "#lesson-logs"),
            ("up:preserve", ["preserve", "logs"], "#lesson-preserve"),
            ("remove:logs", ["preserve"], ""),
        ],
    )
    def test_each_does_its_work_saves_the_draft_and_goes_to_the_lesson(
        self, writer: FlaskClient, kb_services: Services, accounts: Accounts, path: str, button: Button
    ) -> None:
        op, keys, anchor = button
        form = form_at(writer, path)
        assert op in form.buttons
        answer = form.send(writer, op, title="Typed before the button")
        assert answer.location == path + anchor
        body = mine(kb_services, accounts[Role.PRESENTER]).submission.body
        assert body.title == "Typed before the button"
        assert [lesson.key for lesson in body.lessons] == keys

    def test_with_words_that_cannot_be_saved_it_does_its_work_and_keeps_them(
        self, writer: FlaskClient, kb_services: Services, author: Account, path: str
    ) -> None:
        answer = form_at(writer, path).send(writer, "add:solution", period_start="soon")
        assert answer.status_code == 422
        fields = PageForm(answer.text, path).fields
        assert fields["period_start"] == "soon"
        assert fields["lessons-2-key"] == "s1"
        assert len(mine(kb_services, author).submission.body.lessons) == 2

    def test_a_solution_keeps_the_difficulties_that_it_answers(
        self, writer: FlaskClient, kb_services: Services, author: Account, path: str
    ) -> None:
        form = form_at(writer, path)
        assert form.fields.getlist("lessons-1-answers") == ["logs"]
        form.send(writer)
        assert mine(kb_services, author).submission.body.solutions[0].answers == ("logs",)

    def test_lessons_can_be_linked_by_their_titles(self, writer: FlaskClient, path: str) -> None:
        assert "Logs were gone" in form_at(writer, path).fields["lessons-0-title"]
        page = writer.get(path).text
        assert (
            '<input class="form-check-input" type="checkbox" name="lessons-1-answers" value="logs" checked>'
            in page
        )


class TestAfterwards:
    def test_a_submitted_one_is_shown_instead_of_edited(
        self, writer: FlaskClient, kb_services: Services, author: Account
    ) -> None:
        draft = kb_services.submissions.create(author, a_case())
        form = form_at(writer, f"/submissions/{draft.id}/edit")
        kb_services.submissions.submit(author, draft.id, 1)
        assert writer.get(form.action).location == f"/submissions/{draft.id}"
        answer = form.send(writer, title="Typed while it was submitted elsewhere")
        assert answer.status_code == 409
        assert "not possible now" in answer.text
        assert PageForm(answer.text, form.action).fields["title"] == "Typed while it was submitted elsewhere"

    def test_it_is_withdrawn_and_nobody_else_sees_it(
        self, writer: FlaskClient, client_as: SignIn, kb_services: Services, author: Account
    ) -> None:
        draft = kb_services.submissions.create(author, a_case())
        kb_services.submissions.submit(author, draft.id, 1)
        page = writer.get(f"/submissions/{draft.id}").text
        step = PageForm(page, f"/submissions/{draft.id}/withdraw")
        page = writer.post(step.action, data=step.fields, follow_redirects=True).text
        assert "You gave it up." in page
        assert client_as(Role.COORDINATOR).get(f"/submissions/{draft.id}").status_code == 404

    def test_a_draft_does_not_exist_for_anybody_else(
        self, client_as: SignIn, kb_services: Services, author: Account
    ) -> None:
        draft = kb_services.submissions.create(author, a_case())
        for role in (Role.INVESTIGATOR, Role.COORDINATOR):
            hidden = client_as(role).get(f"/submissions/{draft.id}")
            missing = client_as(role).get("/submissions/missing")
            assert (hidden.status_code, missing.status_code) == (404, 404)

    def test_another_text_than_the_one_looked_over_is_not_submitted(
        self, writer: FlaskClient, kb_services: Services, author: Account
    ) -> None:
        draft = kb_services.submissions.create(author, a_case())
        step = PageForm(writer.get(f"/submissions/{draft.id}").text, f"/submissions/{draft.id}/submit")
        kb_services.submissions.save(author, draft.id, 1, a_case(title="Changed meanwhile"))
        answer = writer.post(step.action, data=step.fields)
        assert answer.status_code == 409
        assert "newer revision" in answer.text
        assert "Changed meanwhile" in answer.text
