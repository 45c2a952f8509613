"""A paper's sections on their way into a draft, through the pages; the reading itself is tried beside the ports."""

from __future__ import annotations

import datetime as dt

from flask.testing import FlaskClient

from kb.bootstrap import Services
from kb.config import Settings
from kb.domain.account import Account, Role
from kb.domain.document import DocumentFormat, Manuscript
from kb.domain.event import Call, Event, Session
from kb.domain.lesson import Difficulty, GoodPractice
from kb.domain.submission import SourceSection
from kb.services.demo import DemoAccount
from tests.fakes.clock import FakeClock
from tests.fakes.documents import KnownDocuments
from tests.web.conftest import SignIn, csrf_token
from tests.web.page_form import PageForm
from tests.web.papers import (
    CHOOSE,
    DRAFT,
    OWN,
    heading,
    kb_services,
    only_draft,
    reader,
    upload,
    words,
)
from tests.web.reading import Page
from tests.web.shelf import Shelf
from tests.web.telephone import send

__all__ = ["kb_services", "reader"]


def test_a_paper_becomes_a_draft_as_the_presenter_leaves_its_sections(
    writer: FlaskClient, author: Account, kb_services: Services
) -> None:
    form = PageForm(upload(writer, b"PK").text, DRAFT)
    assert form.fields["title"] == "Hosting that moved every week"
    uses = [form.fields[f"sections-{place}-use"] for place in range(6)]
    assert uses == ["summary", "difficulty", "difficulty", "solution", "good-practice", "leave-out"]

    answer = form.send(
        writer, **{"sections-1-heading": "Logs are kept for a week", "sections-3-use": "continues"}
    )

    assert answer.status_code == 302
    draft = only_draft(kb_services, author)
    assert draft.body.title == "Hosting that moved every week"
    assert draft.body.summary == "The case is about a website and the people who paid for it."
    assert draft.body.lessons == (
        Difficulty(key="d1", title="Logs are kept for a week", text="the logs were gone."),
        Difficulty(
            key="d2", title="Translation", text="nobody read the answer.\n\nA desk that asks at once."
        ),
        GoodPractice(key="p1", title="Recommendations", text="Ask within a day."),
    )
    assert [(each.heading, each.lesson) for each in draft.source] == [
        ("Summary", ""),
        ("Logs are kept for a week", "d1"),
        ("Translation", "d2"),
        ("Solutions", "d2"),
        ("Recommendations", "p1"),
    ]
    assert "To all." not in draft.model_dump_json()
    assert "not submitted yet" in writer.get(answer.location, follow_redirects=True).text


def test_a_paper_that_follows_a_call_is_for_its_event_and_session(
    writer: FlaskClient, author: Account, kb_services: Services, shelf: Shelf
) -> None:
    call = Call(text="A case each", deadline=dt.date(2999, 1, 1))
    event = Event(title="Two weeks", call=call, programme=(Session(key="talk", title="At the border"),))
    shelf.put("weeks", event)
    shelf.follow()

    start = Page(writer.get("/submit?event=weeks&session=talk").text)
    chosen = PageForm(writer.get(start.address("From a paper or slides")).text, CHOOSE)
    followed = {name: chosen.fields[name] for name in ("event", "session")}
    page = upload(writer, b"PK", **followed).text
    assert "You follow a call for case studies" in page
    PageForm(page, DRAFT).send(writer)

    body = only_draft(kb_services, author).body
    assert (body.event, body.session) == ("weeks", "talk")


def test_the_page_says_what_is_not_as_it_was(writer: FlaskClient) -> None:
    page = upload(writer, b"PK").text
    assert "Images" in page
    assert "Never taken over" in page
    again = PageForm(page, DRAFT).send(writer, title="x" * 400)
    assert (again.status_code, "Never taken over" in again.text) == (422, True)


def test_the_words_of_the_second_page_travel_through_signing_in(
    client_as: SignIn, people: dict[Role, DemoAccount], clock: FakeClock, kb_services: Services
) -> None:
    demo = people[Role.PRESENTER]
    client = client_as(Role.PRESENTER)
    form = PageForm(upload(client, b"PK").text, DRAFT)
    clock.tick(hours=1)
    asking = client.post(DRAFT, data=form.fields, headers=OWN).text
    status, resend = send(client, "/sign-in", asking, email=demo.account.email, password=demo.password)
    assert status == 200
    status, _place = send(client, DRAFT, resend, title="Typed before")
    assert status == 302
    draft = only_draft(kb_services, demo.account)
    assert (draft.body.title, len(draft.body.lessons)) == ("Typed before", 4)


def test_what_must_not_be_kept_is_marked_and_kept_nowhere(
    writer: FlaskClient, author: Account, kb_services: Services, settings: Settings
) -> None:
    page = upload(writer, b"PK address").text
    assert ">desk@police.example<sup" in page
    form = PageForm(page, DRAFT)
    refused = form.send(writer)
    assert refused.status_code == 422
    assert "Nothing is kept yet" in refused.text
    assert "Nobody at desk@police.example answered." in refused.text
    assert kb_services.submissions.mine(author) == ()

    mended = PageForm(refused.text, DRAFT).send(writer, **{"sections-0-text": "Nobody at the desk answered."})
    assert mended.status_code == 302
    assert only_draft(kb_services, author).source == (
        SourceSection(heading="Difficulties", text="Nobody at the desk answered.", lesson="d1"),
    )
    assert not any(b"desk@police" in path.read_bytes() for path in settings.home.rglob("*") if path.is_file())


def test_what_is_left_out_stops_nobody(writer: FlaskClient, author: Account, kb_services: Services) -> None:
    form = PageForm(upload(writer, b"PK address").text, DRAFT)
    assert form.send(writer, **{"sections-0-use": "leave-out"}).status_code == 302
    draft = only_draft(kb_services, author)
    assert (draft.source, draft.body.lessons) == ((), ())


def test_a_title_that_must_not_be_kept_is_told(writer: FlaskClient) -> None:
    answer = PageForm(upload(writer, b"PK").text, DRAFT).send(writer, title="Call +43 1 5249 1234")
    assert answer.status_code == 422
    assert "Mend the title" in answer.text


def test_what_is_too_long_is_told_at_its_section_and_not_lost(writer: FlaskClient) -> None:
    form = PageForm(upload(writer, b"PK").text, DRAFT)
    answer = form.send(writer, **{"sections-2-heading": "x" * 301, "sections-4-text": "y" * 40_001})
    assert answer.status_code == 422
    told = PageForm(answer.text, DRAFT)
    assert told.fields["sections-2-heading"] == "x" * 301
    assert told.fields["sections-4-text"] == "y" * 40_001
    assert 'href="#section-2"' in answer.text
    assert 'href="#section-4"' in answer.text


def test_more_words_than_a_record_holds_are_refused_and_not_lost(
    writer: FlaskClient, author: Account, kb_services: Services
) -> None:
    form = PageForm(upload(writer, b"PK").text, DRAFT)
    longer = {f"sections-{place}-text": "words " * 6_600 for place in range(5)}
    answer = form.send(writer, **longer)
    assert answer.status_code == 422
    assert "256 KiB" in answer.text
    assert PageForm(answer.text, DRAFT).fields["sections-4-text"].startswith("words words")
    assert kb_services.submissions.mine(author) == ()


def test_more_lessons_than_a_case_holds_are_told(writer: FlaskClient) -> None:
    fields = {
        f"sections-{place}-{name}": value
        for place in range(70)
        for name, value in (("heading", "A"), ("text", "B"), ("use", "difficulty"))
    }
    token = csrf_token(writer, CHOOSE)
    answer = writer.post(DRAFT, data={"csrf_token": token, "title": "Many", **fields}, headers=OWN)
    assert answer.status_code == 422
    assert "60" in answer.text


def test_strange_fields_do_no_harm(writer: FlaskClient, author: Account, kb_services: Services) -> None:
    sent = {
        "csrf_token": csrf_token(writer, CHOOSE),
        "sections-0-use": "everything", "sections-0-text": "x", "sections-0-slide": "12345678", "sections-9999-text": "y",
        "sections-1-use": "continues", "sections-1-text": "z", "dropped": "nothing:1", "language": "",
    }  # fmt: skip
    assert writer.post(DRAFT, data=sent, headers=OWN).status_code == 302
    draft = only_draft(kb_services, author)
    assert (draft.body.summary, draft.body.lessons) == ("z", ())


def test_two_hundred_sections_are_shown_and_taken(writer: FlaskClient, reader: KnownDocuments) -> None:
    blocks = tuple(
        each for n in range(200) for each in (heading(f"Part {n}"), words(f"What happened in part {n}."))
    )
    reader.shelf[b"PK long", DocumentFormat.DOCX] = Manuscript(blocks=blocks)
    page = upload(writer, b"PK long")
    assert page.status_code == 200
    assert PageForm(page.text, DRAFT).send(writer).status_code == 302
