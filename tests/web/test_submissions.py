"""Writing and submitting through the pages, without JavaScript."""

from __future__ import annotations

from flask.testing import FlaskClient

from kb.bootstrap import Services
from kb.domain.account import Account, Role
from kb.domain.case_study import CaseStudy
from kb.domain.lesson import Difficulty
from kb.domain.marking import Marking
from kb.domain.workflow import SubmissionStatus
from kb.services.submission_view import SubmissionView
from tests.samples import a_case
from tests.web.conftest import SignIn, token_in
from tests.web.desk import Accounts, mine
from tests.web.page_form import PageForm, form_at

WORDS = {"title": "A forum with members in three states", "summary": "The unit found a forum."}
LESSON = {
    "lessons-0-title": "Connection logs were gone",
    "lessons-0-text": "- kept seven days\r\n- asked on the ninth",
}
BEGIN = "/submit/write"


def submit_step(writer: FlaskClient, view: SubmissionView) -> PageForm:
    return PageForm(writer.get(f"/submissions/{view.id}/write/check").text, f"/submissions/{view.id}/submit")


class TestNewCase:
    def test_a_case_is_written_part_by_part_looked_over_and_submitted(
        self, writer: FlaskClient, kb_services: Services, author: Account
    ) -> None:
        answer = form_at(writer, BEGIN).send(writer, "go-on", **WORDS)
        view = mine(kb_services, author)
        path = f"/submissions/{view.id}/write"
        assert answer.location == f"{path}/difficulties"
        answer = form_at(writer, answer.location).send(writer, "add:difficulty")
        assert answer.location == f"{path}/difficulties#lesson-d1"
        answer = form_at(writer, f"{path}/difficulties").send(writer, "finish", **LESSON)
        assert answer.location == path
        page = writer.get(f"{path}/check").text
        assert "Not submitted yet" in page
        assert "Connection logs were gone" in page

        step = submit_step(writer, view)
        answer = writer.post(step.action, data=step.fields)
        after = mine(kb_services, author).submission
        assert after.status is SubmissionStatus.SUBMITTED
        assert answer.location == f"/submissions/{view.id}/receipt"
        for path in (answer.location, f"/submissions/{view.id}"):
            page = writer.get(path).text
            assert after.receipt in page
            assert "Not submitted yet" not in page
            assert "waits for a coordinator" in page

    def test_beginning_offers_the_ways_and_what_was_written(
        self, writer: FlaskClient, kb_services: Services, author: Account
    ) -> None:
        assert "Nothing yet." in writer.get("/submit").text
        draft = kb_services.submissions.create(author, CaseStudy())
        sent = kb_services.submissions.create(author, a_case())
        kb_services.submissions.submit(author, sent.id, 1)
        page = writer.get("/submit").text
        assert f'href="{BEGIN}"' in page
        assert f'href="/submissions/{draft.id}/write">Without a title yet</a>' in page
        assert f'href="/submissions/{sent.id}">Seven days</a>' in page
        assert "Draft, not submitted yet" in page

    def test_looking_at_the_form_makes_no_draft_and_the_first_saved_part_does(
        self, writer: FlaskClient, kb_services: Services, author: Account
    ) -> None:
        form = form_at(writer, BEGIN)
        assert "Not saved and not submitted yet" in writer.get(BEGIN).text
        assert kb_services.submissions.mine(author) == ()
        form.send(writer, title="Only a title")
        body = mine(kb_services, author).submission.body
        assert (body.title, body.lead_country) == ("Only a title", "AT")
        assert body.audience.marking is Marking.GREEN

    def test_a_draft_may_be_empty_but_is_told_all_that_it_lacks(
        self, writer: FlaskClient, kb_services: Services, author: Account
    ) -> None:
        view = kb_services.submissions.create(author, CaseStudy(lessons=(Difficulty(key="d1"),)))
        path = f"/submissions/{view.id}/write"
        page = writer.get(f"{path}/check").text
        assert "Before you can submit it" in page
        assert f'href="{path}/about#f-title"' in page
        assert f'href="{path}/difficulties#lesson-d1"' in page
        assert "Submit it</button>" not in page
        token = token_in(page)
        answer = writer.post(f"/submissions/{view.id}/submit", data={"csrf_token": token, "revision": "1"})
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
        }
        answer = form_at(writer, BEGIN).send(writer, **typed)
        assert answer.status_code == 422
        assert kb_services.submissions.mine(author) == ()
        again = PageForm(answer.text, BEGIN).fields
        assert {name: again[name] for name in typed} == typed
        for sentence in ("is no country", "Write a year such as 2007", "beginning with https://"):
            assert sentence in answer.text
        assert '<a href="#f-period_start">Period: from</a>: Write a year' in answer.text
        assert 'aria-describedby="f-period_start-help f-period_start-error"' in answer.text

    def test_text_is_stored_with_plain_line_feeds(
        self, writer: FlaskClient, kb_services: Services, author: Account
    ) -> None:
        form_at(writer, BEGIN).send(writer, summary="- one\r\n- two")
        assert mine(kb_services, author).submission.body.summary == "- one\n- two"

    def test_a_text_that_begins_with_an_empty_line_survives_the_page(self, writer: FlaskClient) -> None:
        answer = form_at(writer, BEGIN).send(writer, summary="\r\n\r\nThird line", period_start="x")
        assert PageForm(answer.text, BEGIN).fields["summary"] == "\r\n\r\nThird line"

    def test_a_case_longer_than_a_record_is_refused_and_kept(
        self, writer: FlaskClient, kb_services: Services, author: Account
    ) -> None:
        lessons = tuple(Difficulty(key=f"d{place}", text="Я" * 20_000) for place in range(1, 5))
        view = kb_services.submissions.create(author, CaseStudy(lessons=lessons))
        path = f"/submissions/{view.id}/write/difficulties"
        texts = {f"lessons-{place}-text": "Я" * 39_000 for place in range(4)}
        answer = form_at(writer, path).send(writer, **texts)
        assert answer.status_code == 422
        assert mine(kb_services, author).revision == 1
        again = PageForm(answer.text, path).fields
        assert {name: again[name] for name in texts} == texts

    def test_red_names_persons_by_tick_or_by_address(
        self, writer: FlaskClient, kb_services: Services, author: Account, accounts: Accounts
    ) -> None:
        coordinator, investigator = accounts[Role.COORDINATOR], accounts[Role.INVESTIGATOR]
        draft = kb_services.submissions.create(author, CaseStudy())
        path = f"/submissions/{draft.id}/write/audience"
        form_at(writer, path).send(
            writer, marking="RED", audience_persons=coordinator.id, audience_addresses=investigator.email
        )
        audience = mine(kb_services, author).submission.body.audience
        assert audience.marking is Marking.RED
        assert audience.persons == (author.id, coordinator.id, investigator.id)
        again = form_at(writer, path)
        assert sorted(again.fields.getlist("audience_persons")) == sorted(audience.persons)
        again.send(writer)
        assert set(mine(kb_services, author).submission.body.audience.persons) == set(audience.persons)

    def test_administrators_have_no_form(self, client_as: SignIn) -> None:
        for path in ("/submit", BEGIN):
            assert client_as(Role.ADMINISTRATOR).get(path).status_code == 403

    def test_visitors_sign_in_first(self, client: FlaskClient) -> None:
        assert client.get(BEGIN).status_code == 302


class TestAfterwards:
    def test_a_submitted_one_is_shown_instead_of_edited(
        self, writer: FlaskClient, kb_services: Services, author: Account
    ) -> None:
        draft = kb_services.submissions.create(author, a_case())
        form = form_at(writer, f"/submissions/{draft.id}/write/about")
        kb_services.submissions.submit(author, draft.id, 1)
        for path in (form.action, f"/submissions/{draft.id}/write", f"/submissions/{draft.id}/write/check"):
            assert writer.get(path).location == f"/submissions/{draft.id}"
        answer = form.send(writer, title="Typed while it was submitted elsewhere")
        assert answer.status_code == 409
        assert "not possible now" in answer.text
        assert PageForm(answer.text, form.action).fields["title"] == "Typed while it was submitted elsewhere"

    def test_the_address_of_the_long_form_leads_to_the_parts(
        self, writer: FlaskClient, kb_services: Services, author: Account
    ) -> None:
        draft = kb_services.submissions.create(author, a_case())
        assert writer.get(f"/submissions/{draft.id}/edit").location == f"/submissions/{draft.id}/write"

    def test_what_was_never_submitted_has_no_receipt(
        self, writer: FlaskClient, kb_services: Services, author: Account
    ) -> None:
        draft = kb_services.submissions.create(author, a_case())
        assert writer.get(f"/submissions/{draft.id}/receipt").location == f"/submissions/{draft.id}"

    def test_a_red_one_says_that_the_named_coordinator_alone_reads_it(
        self, writer: FlaskClient, kb_services: Services, author: Account, accounts: Accounts
    ) -> None:
        named = {"marking": "RED", "persons": (accounts[Role.COORDINATOR].id,)}
        draft = kb_services.submissions.create(author, a_case(audience=named))
        assert (
            "the coordinators whom you named; no other"
            in writer.get(f"/submissions/{draft.id}/write/check").text
        )
        kb_services.submissions.submit(author, draft.id, 1)
        assert "coordinator whom you named reads it" in writer.get(f"/submissions/{draft.id}/receipt").text

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
        step = submit_step(writer, draft)
        kb_services.submissions.save(author, draft.id, 1, a_case(title="Changed meanwhile"))
        answer = writer.post(step.action, data=step.fields)
        assert answer.status_code == 409
        assert "newer revision" in answer.text
        assert "Changed meanwhile" in answer.text
