from __future__ import annotations

import pytest

from kb.domain.document import FILE, SENTENCES, Block, BlockKind, DocumentFormat, Manuscript, Refusal
from kb.domain.errors import Busy, Forbidden, Invalid, NotSignedIn
from kb.domain.sections import Section
from kb.domain.submission import SourceSection
from kb.services.documents import Documents
from tests.fakes.documents import KnownDocuments
from tests.samples import a_case
from tests.services.office import Office

BLOCKS = (
    Block(kind=BlockKind.HEADING, text="Difficulties", level=1),
    Block(kind=BlockKind.PARAGRAPH, text="The logs were gone."),
)


@pytest.fixture
def reader() -> KnownDocuments:
    return KnownDocuments({(b"PK paper", DocumentFormat.DOCX): Manuscript(blocks=BLOCKS)})


def test_a_paper_is_read_for_its_sections(reader: KnownDocuments) -> None:
    paper = Documents(reader).read(Office().anna, "Paper.DOCX", b"PK paper")
    assert paper.sections == (Section(heading="Difficulties", text="The logs were gone."),)


@pytest.mark.parametrize(
    ("name", "content", "refusal"),
    [
        ("", b"", Refusal.NOTHING),
        ("paper.docx", b"", Refusal.NOTHING),
        ("paper.pdf", b"%PDF", Refusal.OTHER_FORMAT),
        ("paper.pptx", b"PK paper", Refusal.OTHER_KIND),
    ],
)
def test_what_is_no_paper_is_told_at_the_file(
    reader: KnownDocuments, name: str, content: bytes, refusal: Refusal
) -> None:
    with pytest.raises(Invalid) as told:
        Documents(reader).read(Office().anna, name, content)
    assert told.value.problems == ((FILE, SENTENCES[refusal]),)


def test_who_may_not_submit_has_nothing_read(reader: KnownDocuments) -> None:
    office = Office()
    with pytest.raises(Forbidden):
        Documents(reader).read(office.otto, "paper.docx", b"PK paper")
    with pytest.raises(NotSignedIn):
        Documents(reader).read(None, "paper.docx", b"PK paper")


def test_too_many_at_once_are_told_to_wait(reader: KnownDocuments) -> None:
    reader.busy = True
    with pytest.raises(Busy):
        Documents(reader).read(Office().anna, "paper.docx", b"PK paper")


def test_a_draft_keeps_what_it_was_written_from_for_its_authors_alone() -> None:
    office = Office()
    source = (SourceSection(heading="Difficulties", text="The logs were gone.", lesson="d1"),)
    view = office.submissions.create(office.anna, a_case(), source=source)
    assert view.submission.source == source
    office.submissions.submit(office.anna, view.id, view.revision)
    assert office.submissions.get(office.carla, view.id).submission.source == ()
