"""Papers that a browser brings, read by a reader that knows them, and the application with that reader."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from kb.bootstrap import Services, services
from kb.bootstrap.outside import Outside
from kb.config import Settings
from kb.domain.account import Account
from kb.domain.document import Block, BlockKind, DocumentFormat, DropKind, Dropped, Manuscript
from kb.domain.submission import Submission
from tests.fakes.chores import ChoresWithoutMail
from tests.fakes.clock import FakeClock
from tests.fakes.documents import KnownDocuments
from tests.fakes.hasher import PlainHasher
from tests.web.conftest import csrf_token

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
def kb_services(settings: Settings, clock: FakeClock, beginning: Path, reader: KnownDocuments) -> Services:
    shutil.copytree(beginning, settings.home)
    outside = Outside(clock=clock, hasher=PlainHasher(), chores=ChoresWithoutMail, documents=reader)
    return services(settings, outside)


def sent_file(
    client: FlaskClient,
    content: bytes,
    name: str = "Vortrag.docx",
    *,
    token: str,
    to: str = CHOOSE,
    **fields: str,
) -> TestResponse:
    """Send a file as a browser does; the client of Werkzeug would put a large one onto the disk itself."""
    parts = (
        *(
            f'--b\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}'.encode()
            for field, value in {"csrf_token": token, **fields}.items()
        ),
        f'--b\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
        "Content-Type: application/octet-stream\r\n\r\n".encode()
        + content,
        b"--b--\r\n",
    )
    return client.post(
        to, data=b"\r\n".join(parts), content_type="multipart/form-data; boundary=b", headers=OWN
    )


def upload(client: FlaskClient, content: bytes, name: str = "Vortrag.docx", **fields: str) -> TestResponse:
    return sent_file(client, content, name, token=csrf_token(client, CHOOSE), **fields)


def only_draft(kb: Services, author: Account) -> Submission:
    (entry,) = kb.submissions.mine(author)
    return kb.submissions.get(author, entry.id).submission
