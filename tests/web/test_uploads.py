"""The one page that takes a file: how much, from whom, and that nothing of it stays."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from kb.adapters.documents.reader import DocumentsInChildren
from kb.bootstrap.outside import MARKDOWN_OF, Outside
from kb.config import Settings
from kb.domain.account import Role
from kb.domain.document import MOST_BYTES, DocumentFormat
from kb.services.demo import DemoAccount
from kb.web.bounded import MOST_UPLOADED
from kb.web.headers import MOST_BYTES as MOST_ELSEWHERE
from tests.fakes.clock import FakeClock
from tests.fakes.documents import KnownDocuments
from tests.papers.parts import paragraph, word
from tests.web.conftest import SignIn, csrf_token, token_in
from tests.web.papers import (
    CHOOSE,
    DRAFT,
    kb_services,
    reader,
    sent_file,
    upload,
)
from tests.web.telephone import send

__all__ = ["kb_services", "reader"]


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
