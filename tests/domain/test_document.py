from __future__ import annotations

import pytest

from kb.domain.document import FILE, SENTENCES, DocumentFormat, Refusal, format_of, refused
from kb.domain.errors import Invalid


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Vortrag Wien.docx", DocumentFormat.DOCX),
        ("SLIDES.PPTX", DocumentFormat.PPTX),
        ("paper.v2.final.docx", DocumentFormat.DOCX),
        ("docx", DocumentFormat.DOCX),
    ],
)
def test_the_end_of_a_name_claims_a_format(name: str, found: DocumentFormat) -> None:
    assert format_of(name) is found


@pytest.mark.parametrize("name", ["", "paper.pdf", "paper.doc", "paper.docm", "paper.docx.exe", "paper.odt"])
def test_other_names_are_told_what_to_do(name: str) -> None:
    with pytest.raises(Invalid) as told:
        format_of(name)
    assert told.value.problems == ((FILE, SENTENCES[Refusal.OTHER_FORMAT]),)


def test_every_refusal_says_what_to_do() -> None:
    assert set(SENTENCES) == set(Refusal)
    assert len({str(refused(each)) for each in Refusal}) == len(Refusal)
