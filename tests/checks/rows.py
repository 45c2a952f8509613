"""The committed set: texts in which a check must find something, and texts that only look like it.

None leads anywhere: addresses and numbers are those that standards and libraries give as examples (RFC 2606, 3849, 5737 and
their like), or were drawn and given a right checksum; names are invented. `found.tsv` marks with «» what must be found,
also where we know that no rule finds it; `passed.tsv` holds nothing to be found, also where we know that a rule cries out.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from kb.domain.checks import Check, Names, Objection, remarks
from kb.domain.country_names import ALSO_KNOWN_AS, COUNTRY_NAMES

HERE = Path(__file__).parent
NAMES = Names(
    countries=(*COUNTRY_NAMES, *ALSO_KNOWN_AS),
    organisations=("Europol", "INTERPOL", "Internet Watch Foundation", "Virtual Global Taskforce"),
    instruments=("Budapest Convention, Article 29: expedited preservation", "European Investigation Order"),
)


class Row(NamedTuple):
    """A text of the set; `places` are what its check must find."""

    check: Check
    language: str
    text: str
    places: tuple[tuple[int, int], ...] = ()

    def findings(self) -> tuple[Objection, ...]:
        """Give what is found in the text."""
        return remarks(self.text, NAMES, self.language)


def found() -> tuple[Row, ...]:
    """Give the texts that hold something."""
    return tuple(
        Row(Check(check), language, *_unmarked(text)) for check, language, text in _rows(HERE / "found.tsv")
    )


def passed() -> tuple[Row, ...]:
    """Give the texts that hold nothing."""
    return tuple(Row(Check(check), language, text) for check, language, text in _rows(HERE / "passed.tsv"))


def _rows(path: Path) -> Iterator[list[str]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return (line.split("\t") for line in lines if not line.startswith("#"))


def _unmarked(text: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    plain, places, start = "", [], 0
    for character in text:
        if character == "«":
            start = len(plain)
        elif character == "»":
            places.append((start, len(plain)))
        else:
            plain += character
    return plain, tuple(places)
