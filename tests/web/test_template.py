"""The form without a connection: what is downloaded, and that every field that was filled in comes back to its place."""

from __future__ import annotations

import datetime as dt
import io
from zipfile import ZipFile

import pytest
from flask.testing import FlaskClient

from kb.adapters.documents.reading import read, reader_of
from kb.adapters.markup.importing import markdown_of
from kb.bootstrap import Services
from kb.domain.account import Account
from kb.domain.case_study import CaseStudy
from kb.domain.document import DocumentFormat
from kb.domain.event import Call, Event, Session
from kb.domain.lesson import (
    BorderOutcome,
    CrossBorderIssue,
    Difficulty,
    Effort,
    GoodPractice,
    Outcome,
    Solution,
)
from kb.domain.marking import Audience, Marking
from kb.domain.period import Period
from kb.domain.record import Source
from kb.domain.sections import Paper, paper_of
from kb.web.forms.document import DocumentForm
from kb.web.forms.template_rows import CASE_ROWS, LESSON_ROWS, ROOM
from tests.papers.filling import fields, filled, opened, saved
from tests.web.page_form import PageForm
from tests.web.shelf import Shelf

TEMPLATE, CHOOSE, DRAFT = "/submit/template.docx", "/submit/from-document", "/submit/from-document/draft"
CASE, FIRST, SECOND = "About the case", "Difficulty 1", "Difficulty 2"
SOLUTION, PRACTICE, BORDER = "Solution 2", "Good practice 1", "Cross-border issue 1"
WHOLE = {
    (CASE, "Title of the case"): "HOSTING THAT MOVED",
    (CASE, "Summary"): "A website and its payments.\n\nIt moved every week.",
    (CASE, "Language of the text"): "German",
    (CASE, "Lead country"): "Austria",
    (CASE, "Other countries"): "Belgium, fr",
    (CASE, "Period: from"): "9/2007",
    (CASE, "Period: to"): "2008",
    (CASE, "Phenomena"): "Peer-to-peer sharing",
    (CASE, "Stages"): "attribution",
    (CASE, "Presented at"): "A CONFERENCE",
    (CASE, "Session of the event"): "at the border",
    (CASE, "Presenter's role"): "Head of unit",
    (CASE, "Who may be asked"): "Cybercrime desk",
    (CASE, "Tags of the case"): "Preserve first; forms",
    (CASE, "Public sources"): "A law; https://laws.example/1; 2024-05-31\nA report",
    (CASE, "Look at it again by"): "2027-01-31",
    (CASE, "Marking"): "amber",
    (CASE, "Countries that may read it"): "Belgium",
    (CASE, "Chatham House"): "Yes",
    (SECOND, "Title"): "Logs were gone, and more",
    (SECOND, "Text"): "Kept for a week.\n1 Title\n**Solution**",
    (SECOND, "Kinds of difficulty"): "Retention period expired",
    (SECOND, "Stage"): "Attribution",
    (SECOND, "Partners that helped"): "Online platform",
    (SECOND, "Tags"): "Templates at hand",
    (SOLUTION, "Title"): "Ask at once",
    (SOLUTION, "Text"): "By telephone.",
    (SOLUTION, "Which difficulties it answers"): "2",
    (SOLUTION, "Outcome"): "Partly worked",
    (SOLUTION, "Applies when"): "There is a desk.",
    (SOLUTION, "Does not apply when"): "There is none.",
    (SOLUTION, "Cost"): "Low",
    (SOLUTION, "Effort"): "high",
    (PRACTICE, "Title"): "Keep a form",
    (PRACTICE, "Text"): "Ready.",
    (PRACTICE, "Which solutions it grew from"): "Solution 2",
    (PRACTICE, "Partners that hindered"): "platform",
    (BORDER, "Title"): "Rejected",
    (BORDER, "Text"): "On form.",
    (BORDER, "From country"): "Austria",
    (BORDER, "To countries"): "Belgium; France",
    (BORDER, "Channels used"): "Expedited preservation",
    (BORDER, "Obstacles"): "Request rejected on form",
    (BORDER, "How it ended"): "Unresolved",
    (BORDER, "Days it took"): "40",
}


@pytest.fixture(autouse=True)
def filled_shelf(shelf: Shelf, author: Account) -> None:
    shelf.concepts()
    day = dt.date(2007, 9, 1)
    programme = (Session(key="s1", title="Opening"), Session(key="s2", title="At the border"))
    held = Event(title="A conference", start=day, end=day, owner=author.organisation, programme=programme)
    shelf.put("conference", held)
    shelf.follow()


def paper(content: bytes) -> Paper:
    answer = read(content, DocumentFormat.DOCX, reader_of(DocumentFormat.DOCX), markdown_of)
    assert answer.manuscript is not None, answer.refusal
    return paper_of(answer.manuscript)


def brought_back(client: FlaskClient, app_form: DocumentForm) -> PageForm:
    """Show what came back, as the page after the upload does."""
    token = PageForm(client.get("/submit/write").text, "/submit/write").fields["csrf_token"]
    sent = {"csrf_token": token, "title": app_form.title + "x" * 400, "language": app_form.language}
    for place, section in enumerate(app_form.sections):
        at = f"sections-{place}"
        sent |= {
            f"{at}-heading": section.heading,
            f"{at}-text": section.text,
            f"{at}-use": section.use,
            f"{at}-field": section.field,
        }
    answer = client.post(DRAFT, data=sent, headers={"Origin": "http://localhost"})
    assert answer.status_code == 422, answer.text
    return PageForm(answer.text, DRAFT)


def drafted(client: FlaskClient, kb: Services, author: Account, content: bytes) -> CaseStudy:
    with client.application.test_request_context():
        form = DocumentForm.of(paper(content))
    answer = brought_back(client, form).send(client, title=form.title)
    assert answer.status_code == 302, answer.text
    return kb.submissions.get(author, kb.submissions.mine(author)[0].id).submission.body


def test_every_field_comes_back_to_its_place(
    writer: FlaskClient, kb_services: Services, author: Account
) -> None:
    empty = writer.get(TEMPLATE)
    assert str(empty.mimetype).endswith("wordprocessingml.document")
    offered = fields(opened(empty.data))
    assert set(WHOLE) <= set(offered)
    body = drafted(writer, kb_services, author, filled(empty.data, {**WHOLE, (CASE, "Phenomena"): ""}))

    assert body.title == "HOSTING THAT MOVED"
    assert body.summary == "A website and its payments.\n\nIt moved every week."
    assert (body.language, body.lead_country, body.other_countries) == ("de", "AT", ("BE", "FR"))
    assert body.period == Period(start="2007-09", end="2008")
    assert (body.stages, body.event, body.session) == (("attribution",), "conference", "s2")
    assert (body.presenter_role, body.contact) == ("Head of unit", "Cybercrime desk")
    assert body.tags == ("preserve-first", "templates")
    assert body.sources == (
        Source(title="A law", url="https://laws.example/1", as_of=dt.date(2024, 5, 31)),
        Source(title="A report"),
    )
    assert body.review_by == dt.date(2027, 1, 31)
    assert body.audience == Audience(marking=Marking.AMBER, countries=("BE",), chatham_house=True)
    assert body.lessons == (
        Difficulty(
            key="d1", title="Logs were gone, and more", text="Kept for a week.\n\n1 Title\n\n\\*\\*Solution**",
            categories=("retention-expired",), stage="attribution", partners_helped=("platform",), tags=("templates",),
        ),
        Solution(
            key="s1", title="Ask at once", text="By telephone.", answers=("d1",), outcome=Outcome.PARTLY,
            applies_when="There is a desk.", applies_not_when="There is none.", cost=Effort.LOW, effort=Effort.HIGH,
        ),
        GoodPractice(key="p1", title="Keep a form", text="Ready.", grew_from=("s1",), partners_hindered=("platform",)),
        CrossBorderIssue(
            key="b1", title="Rejected", text="On form.", from_country="AT", to_countries=("BE", "FR"),
            channels=("budapest-29",), obstacles=("request-rejected-on-form",), outcome=BorderOutcome.UNRESOLVED,
            elapsed_days=40,
        ),
    )  # fmt: skip


def test_the_file_has_every_field_of_the_form(writer: FlaskClient) -> None:
    offered = fields(opened(writer.get(TEMPLATE).data))
    wanted = len(CASE_ROWS) + sum(room * len(LESSON_ROWS[kind]) for kind, room in ROOM.items())
    assert len(offered) == len(set(offered)) == wanted


def test_instructions_that_were_left_are_not_taken_in(writer: FlaskClient) -> None:
    content = writer.get(TEMPLATE).data
    with writer.application.test_request_context():
        form = DocumentForm.of(paper(content))
    assert (form.title, form.sections) == ("", ())
    document = opened(content)
    line = next(each for each in document.paragraphs if each.text.startswith("▸ What the case was about"))
    line.text = f"{line.text} Typed behind it."
    with writer.application.test_request_context():
        (section,) = DocumentForm.of(paper(saved(document))).sections
    assert (section.heading, section.text) == ("Summary", "Typed behind it.")


def test_it_is_the_same_file_each_time_and_tells_no_date(writer: FlaskClient) -> None:
    first = writer.get(TEMPLATE)
    assert first.data == writer.get(TEMPLATE).data
    assert {each.date_time[0] for each in ZipFile(io.BytesIO(first.data)).infolist()} == {1980}
    assert 'filename="case-study.docx"' in first.headers["Content-Disposition"]


@pytest.mark.parametrize(
    ("field", "words", "sentence"),
    [
        ((CASE, "Stages"), "Afterwards", "“Afterwards” is none of the words"),
        ((CASE, "Marking"), "secret", "“secret” is none of the words"),
        ((CASE, "Lead country"), "Atlantis", "“Atlantis” is no country"),
        ((CASE, "Language of the text"), "Klingon", "no language"),
        ((CASE, "Presented at"), "Nowhere", "no event"),
        ((CASE, "Session of the event"), "Opening", "Say above at which event"),
        ((CASE, "Period: from"), "last year", "2007-09"),
        ((SOLUTION, "Which difficulties it answers"), "7", "“7” is no lesson"),
        ((BORDER, "Days it took"), "many", "number"),
    ],
)
def test_what_is_not_understood_is_told_at_its_field(
    writer: FlaskClient, field: tuple[str, str], words: str, sentence: str
) -> None:
    content = filled(
        writer.get(TEMPLATE).data, {(SOLUTION, "Title"): "A", (BORDER, "Title"): "B", field: words}
    )
    with writer.application.test_request_context():
        form = DocumentForm.of(paper(content))
    place = next(place for place, each in enumerate(form.sections) if each.text == words)
    answer = brought_back(writer, form).send(writer, title="Short")
    assert answer.status_code == 422
    assert sentence in answer.text
    assert f'<a href="#section-{place}">{field[1]}</a>' in answer.text


def test_a_form_that_names_its_event_is_not_for_the_session_of_the_call_that_was_followed(
    writer: FlaskClient, kb_services: Services, author: Account, shelf: Shelf
) -> None:
    call = Call(text="A case each", deadline=dt.date(2999, 1, 1))
    shelf.put("weeks", Event(title="Two weeks", call=call, programme=(Session(key="talk", title="Talk"),)))
    shelf.follow()
    content = filled(writer.get(TEMPLATE).data, {(CASE, "Presented at"): "A conference"})
    with writer.application.test_request_context():
        form = DocumentForm.of(paper(content))
    brought_back(writer, form).send(writer, title="Short", event="weeks", session="talk")
    (entry,) = kb_services.submissions.mine(author)
    body = kb_services.submissions.get(author, entry.id).submission.body
    assert (body.event, body.session) == ("conference", None)


def test_a_session_of_another_event_is_told_at_its_field(writer: FlaskClient) -> None:
    answers = {(CASE, "Presented at"): "A conference", (CASE, "Session of the event"): "Closing"}
    content = filled(writer.get(TEMPLATE).data, answers)
    with writer.application.test_request_context():
        form = DocumentForm.of(paper(content))
    answer = brought_back(writer, form).send(writer, title="Short")
    assert "“Closing” is no session of that event" in answer.text


def test_a_field_of_a_lesson_without_one_above_is_told(writer: FlaskClient) -> None:
    page = brought_back(writer, DocumentForm())
    answer = page.send(
        writer,
        title="Short",
        **{
            "sections-0-text": "preserve-first",
            "sections-0-use": "field",
            "sections-0-field": "lesson.tags",
            "sections-0-heading": "Tags",
        },
    )
    assert answer.status_code == 422
    assert "Above this stands no lesson" in answer.text


def test_a_field_that_nobody_knows_is_told(writer: FlaskClient) -> None:
    page = brought_back(writer, DocumentForm())
    answer = page.send(writer, title="Short", **{"sections-0-use": "field", "sections-0-field": "case.owner"})
    assert answer.status_code == 422
    assert "No such field" in answer.text
