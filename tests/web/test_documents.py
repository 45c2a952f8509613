"""A paper on its way into a draft, through the pages; the reading itself is tried beside the ports."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from kb.adapters.documents.reader import DocumentsInChildren
from kb.bootstrap import Services, services
from kb.bootstrap.outside import MARKDOWN_OF, Outside
from kb.config import Settings
from kb.domain.account import Account, Role
from kb.domain.document import MOST_BYTES, Block, BlockKind, DocumentFormat, DropKind, Dropped, Manuscript
from kb.domain.lesson import Difficulty, GoodPractice
from kb.domain.submission import SourceSection, Submission
from kb.services.demo import DemoAccount
from kb.web.bounded import MOST_UPLOADED
from kb.web.headers import MOST_BYTES as MOST_ELSEWHERE
from tests.fakes.chores import ChoresWithoutMail
from tests.fakes.clock import FakeClock
from tests.fakes.documents import KnownDocuments
from tests.fakes.hasher import PlainHasher
from tests.papers.parts import paragraph, word
from tests.web.conftest import SignIn, csrf_token, token_in
from tests.web.page_form import PageForm
from tests.web.telephone import send

CHOOSE, DRAFT = "/submit/from-document", "/submit/from-document/draft"
OWN = {"Origin": "http://localhost"}


def heading(text: str, level: int = 1) -> Block:
    return Block(kind=BlockKind.HEADING, text=text, level=level)


def words(text: str) -> Block:
    return Block(kind=BlockKind.PARAGRAPH, text=text)


PAPER = Manuscript(
    blocks=(
        Block(kind=BlockKind.TITLE, text="Hosting that moved every week"),
        heading("Summary"),
        words("The case is about a website and the people who paid for it."),
        heading("Difficulties"),
        words("- Retention: the logs were gone.\n- Translation: nobody read the answer."),
        heading("Solutions"),
        words("A desk that asks at once."),
        heading("Recommendations"),
        words("Ask within a day."),
        heading("Thanks"),
        words("To all."),
    ),
    dropped=(Dropped(kind=DropKind.IMAGES, count=3), Dropped(kind=DropKind.AUTHORS, count=1)),
)
ADDRESS = Manuscript(blocks=(heading("Difficulties"), words("Nobody at desk@police.example answered.")))


@pytest.fixture
def reader() -> KnownDocuments:
    return KnownDocuments(
        {(b"PK", DocumentFormat.DOCX): PAPER, (b"PK address", DocumentFormat.DOCX): ADDRESS}
    )


@pytest.fixture
def kb_services(settings: Settings, clock: FakeClock, reader: KnownDocuments) -> Services:
    settings.entries.mkdir(parents=True)
    outside = Outside(clock=clock, hasher=PlainHasher(), chores=ChoresWithoutMail, documents=reader)
    return services(settings, outside)


def sent_file(
    client: FlaskClient, content: bytes, name: str = "Vortrag.docx", *, token: str, to: str = CHOOSE
) -> TestResponse:
    """Send a file as a browser does; the client of Werkzeug would put a large one onto the disk itself."""
    parts = (
        b'--b\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n' + token.encode(),
        f'--b\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
        "Content-Type: application/octet-stream\r\n\r\n".encode()
        + content,
        b"--b--\r\n",
    )
    return client.post(
        to, data=b"\r\n".join(parts), content_type="multipart/form-data; boundary=b", headers=OWN
    )


def upload(client: FlaskClient, content: bytes, name: str = "Vortrag.docx") -> TestResponse:
    return sent_file(client, content, name, token=csrf_token(client, CHOOSE))


def only_draft(kb: Services, author: Account) -> Submission:
    (entry,) = kb.submissions.mine(author)
    return kb.submissions.get(author, entry.id).submission


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


def test_the_page_says_what_is_not_as_it_was(writer: FlaskClient) -> None:
    page = upload(writer, b"PK").text
    assert "Images" in page
    assert "Never taken over" in page
    again = PageForm(page, DRAFT).send(writer, title="x" * 400)
    assert (again.status_code, "Never taken over" in again.text) == (422, True)


def test_nothing_is_kept_of_an_upload(
    writer: FlaskClient, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """ASVS 5.0 V14.2: what is sensitive is not stored longer than it is needed."""
    spool = tmp_path / "spool"
    spool.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(spool))
    before = {path for path in settings.home.rglob("*") if path.is_file()}
    large = b"PK" + b"x" * (MOST_BYTES - 2)
    assert upload(writer, large, "A secret name.docx").status_code == 422
    assert upload(writer, b"PK").status_code == 200
    assert list(spool.iterdir()) == []
    after = {path for path in settings.home.rglob("*") if path.is_file()}
    assert {path.name for path in after - before} <= {"accounts.db-wal", "accounts.db-shm", "audit.db-wal"}
    assert not any(b"A secret name" in path.read_bytes() for path in after)


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "", "Choose a file"),
        (b"", "empty.docx", "Choose a file"),
        (b"%PDF", "paper.pdf", "Only .docx and .pptx"),
        (b"PK", "slides.pptx", "does not say what is in it"),
        (b"Dear colleagues", "paper.docx", "no Word document"),
        (bytes(MOST_BYTES + 1), "paper.docx", "larger than 10 MB"),
    ],
)
def test_what_is_not_read_is_told_at_the_field(
    writer: FlaskClient, content: bytes, name: str, sentence: str
) -> None:
    """ASVS 5.0 V5.2: too large a file, another kind of file, and one whose name says something else."""
    answer = upload(writer, content, name)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert 'aria-invalid="true"' in answer.text


def test_more_bytes_than_any_paper_has_are_not_read(writer: FlaskClient) -> None:
    answer = upload(writer, bytes(MOST_UPLOADED))
    assert answer.status_code == 413
    assert "A paper may weigh 10 MB" in answer.text


@pytest.mark.parametrize("path", ["/submit", DRAFT, "/profile"])
def test_no_other_page_takes_so_much(writer: FlaskClient, path: str) -> None:
    token = csrf_token(writer, CHOOSE)
    assert sent_file(writer, bytes(MOST_ELSEWHERE), token=token, to=path).status_code == 413


def test_a_visitor_sends_no_file(client: FlaskClient) -> None:
    answer = sent_file(client, bytes(MOST_BYTES), token="none")
    assert answer.status_code == 401
    assert "Sign in" in answer.text


def test_who_was_signed_out_is_asked_for_the_file_again(
    client_as: SignIn, people: dict[Role, DemoAccount], clock: FakeClock
) -> None:
    demo = people[Role.PRESENTER]
    client = client_as(Role.PRESENTER)
    token = csrf_token(client, CHOOSE)
    clock.tick(hours=1)
    asking = sent_file(client, b"PK", token=token).text
    status, place = send(client, "/sign-in", asking, email=demo.account.email, password=demo.password)
    assert (status, place) == (302, f"{CHOOSE}?again=yes")
    assert "Choose the file again" in client.get(place).text


def test_a_page_of_another_session_asks_for_the_file_again(writer: FlaskClient) -> None:
    answer = sent_file(writer, b"PK", token="of another session")
    assert answer.status_code == 400
    assert f'href="{CHOOSE}?again=yes"' in answer.text


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


def test_who_is_no_officer_is_shown_nothing_of_it(client_as: SignIn) -> None:
    administrator = client_as(Role.ADMINISTRATOR)
    assert administrator.get(CHOOSE).status_code == 403
    assert upload_without_page(administrator).status_code == 403


def upload_without_page(client: FlaskClient) -> TestResponse:
    token = token_in(client.get("/profile").text)
    return sent_file(client, b"PK", token=token)


def test_too_many_at_once_are_told_when_to_come_back(writer: FlaskClient, reader: KnownDocuments) -> None:
    reader.busy = True
    answer = upload(writer, b"PK")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "5"


def test_the_real_reader_stands_behind_the_page() -> None:
    reader = Outside().documents
    assert isinstance(reader, DocumentsInChildren)
    read = reader.read(word(paragraph("A *star* and snake_case_")), DocumentFormat.DOCX)
    assert [block.text for block in read.blocks] == ["A \\*star* and snake_case_"]
    assert MARKDOWN_OF.partition(":")[2] == "markdown_of"


def test_two_hundred_sections_are_shown_and_taken(writer: FlaskClient, reader: KnownDocuments) -> None:
    blocks = tuple(
        each for n in range(200) for each in (heading(f"Part {n}"), words(f"What happened in part {n}."))
    )
    reader.shelf[b"PK long", DocumentFormat.DOCX] = Manuscript(blocks=blocks)
    page = upload(writer, b"PK long")
    assert page.status_code == 200
    assert PageForm(page.text, DRAFT).send(writer).status_code == 302
