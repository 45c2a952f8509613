"""What every reader of documents promises, asked of the one in children and of the fake; then what that child is given."""

from __future__ import annotations

import io
import os
import threading
import time
from pathlib import Path

import pytest
from docx import Document

from kb.adapters.bounds import Limits
from kb.adapters.documents.reader import AT_ONCE, DocumentsInChildren
from kb.domain.document import MOST_BYTES, SENTENCES, Block, BlockKind, DocumentFormat, Manuscript, Refusal
from kb.domain.errors import Busy, Invalid
from kb.domain.ports import DocumentReader
from tests.fakes.documents import KnownDocuments
from tests.papers.parts import paragraph, word

FROM_HTML = "kb.adapters.markup.importing:markdown_of"
DOCX, PPTX = DocumentFormat.DOCX, DocumentFormat.PPTX


def paper() -> bytes:
    document = Document()
    document.add_heading("Difficulties", 1)
    document.add_paragraph("The logs were gone.")
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


PAPER = paper()
READ = (
    Block(kind=BlockKind.HEADING, text="Difficulties", level=1),
    Block(kind=BlockKind.PARAGRAPH, text="The logs were gone."),
)


@pytest.fixture(params=["known", "children"])
def reader(request: pytest.FixtureRequest) -> DocumentReader:
    shelf = {(PAPER, DOCX): Manuscript(blocks=READ)}
    return KnownDocuments(shelf) if request.param == "known" else DocumentsInChildren(FROM_HTML)


def test_a_document_is_read_for_its_words(reader: DocumentReader) -> None:
    assert reader.read(PAPER, DOCX).blocks == READ


@pytest.mark.parametrize(
    ("content", "claimed", "refusal"),
    [
        (b"", DOCX, Refusal.NOTHING),
        (bytes(MOST_BYTES + 1), DOCX, Refusal.TOO_LARGE),
        (b"Dear colleagues", PPTX, Refusal.NO_DOCUMENT),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", DOCX, Refusal.PROTECTED),
        (b"PK\x03\x04 and no more", DOCX, Refusal.BROKEN),
        (PAPER, PPTX, Refusal.OTHER_KIND),
    ],
    ids=lambda value: value.value if isinstance(value, Refusal) else "",
)
def test_what_is_not_read_is_told_what_to_do(
    reader: DocumentReader, content: bytes, claimed: DocumentFormat, refusal: Refusal
) -> None:
    with pytest.raises(Invalid) as told:
        reader.read(content, claimed)
    assert told.value.problems == (("file", SENTENCES[refusal]),)


# -- the child --


def test_no_more_than_a_few_are_read_at_once() -> None:
    """ASVS 5.0 V15.2: what costs much is limited, and who comes too many is told to wait."""
    slow = word("".join(paragraph(f"Number {n}.") for n in range(20_000)))
    reader = DocumentsInChildren(FROM_HTML, Limits(clock=2.0), patience=0.05)
    told: list[str] = []

    def ask() -> None:
        try:
            reader.read(slow, DOCX)
        except (Busy, Invalid) as refused:
            told.append(type(refused).__name__)

    threads = [threading.Thread(target=ask) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    time.sleep(0.3)
    with pytest.raises(Busy, match="Choose the file again"):
        reader.read(PAPER, DOCX)
    for thread in threads:
        thread.join()
    assert "Busy" not in told


@pytest.fixture
def betrayer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put a module in reach of the child which does, in place of making Markdown, what its words say."""
    (tmp_path / "betrayer.py").write_text(
        "import json, os, socket, subprocess\n"
        "from html import unescape\n"
        "def do(html):\n"
        "    said = unescape(html).removeprefix('<p>').removesuffix('</p>')\n"
        "    try:\n"
        "        return json.dumps(eval(said)) or 'nothing'\n"
        "    except Exception as refused:\n"
        "        return type(refused).__name__\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("KB_SMTP_PASSWORD", "a secret of the server")
    return tmp_path


def answers_to(*questions: str) -> list[str]:
    content = word("".join(paragraph(question) for question in questions))
    return [block.text for block in DocumentsInChildren("betrayer:do").read(content, DOCX).blocks]


@pytest.mark.usefixtures("betrayer")
def test_the_child_is_refused_the_network_other_processes_and_files() -> None:
    """ASVS 5.0 V13.2: a part has no more rights than its work needs."""
    questions = (
        "socket.create_connection(('127.0.0.1', 9)) and 1",
        "socket.socket() and 1",
        "socket.getaddrinfo('a.test', 80) and 1",
        "os.system('true')",
        "os.fork()",
        "subprocess.run(['/bin/true']) and 1",
        "open('/etc/hostname').read()",
        "open('/tmp/left-behind', 'w').write('x')",
        "os.open('/tmp/left-behind.py', os.O_CREAT | os.O_WRONLY)",
        "os.mkdir('/tmp/left-behind')",
        "os.unlink('/tmp/left-behind')",
    )
    said = dict(zip(questions, answers_to(*questions), strict=True))
    assert said == dict.fromkeys(questions, "PermissionError")


def test_the_child_is_given_no_secret_and_no_open_file_of_the_server(betrayer: Path) -> None:
    """ASVS 5.0 V13.3: secrets reach only what needs them."""
    ours = os.open(betrayer / "betrayer.py", os.O_RDONLY)
    os.set_inheritable(ours, True)
    try:
        environment, file = answers_to("sorted(os.environ)", f"os.fstat({ours}) and 1")
    finally:
        os.close(ours)
    assert environment in {'["LC_CTYPE", "PYTHONPATH"]', '["PYTHONPATH"]'}
    assert file == "OSError"


def test_a_reader_that_answers_with_something_else_is_not_believed(betrayer: Path) -> None:
    with pytest.raises(Invalid, match="damaged"):
        DocumentsInChildren("betrayer:do").read(word(paragraph("os.write(1, b'{}') and 'x'")), DOCX)
