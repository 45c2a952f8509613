"""The Whoosh schema and the document that a search unit becomes.

Text is indexed, never stored here: what is shown comes from `texts`, by the digest that each document carries.
"""

from __future__ import annotations

import hashlib
import platform
import sys
import unicodedata
from collections.abc import Collection, Sequence
from functools import cache
from typing import NamedTuple

import whoosh
from whoosh.fields import KEYWORD, STORED, TEXT, Schema

from kb.adapters.search import analysis
from kb.domain.unit import Facet, SearchUnit, UnitKind

INDEX_NAME = "MAIN"
"""What Whoosh calls an index that is given no name; its files begin so."""
CASE, READERS, FACETS, STORED_RECORD = "case", "readers", "facets", "record"
WORDS = "words"
"""Words as people write them, with the documents that have them: kept beside Whoosh, which would take twice the time with them."""
TITLES = {family: f"title_{family}" for family in analysis.FAMILIES}
BODIES = {family: f"body_{family}" for family in analysis.FAMILIES}
BOOSTS = {**dict.fromkeys(TITLES.values(), 1.1), **dict.fromkeys(BODIES.values(), 1.0)}
"""What a word in each analysed field weighs, by measurement; in the title it counts beside the text, and so more."""
ANALYSED = tuple(BOOSTS)
NO_DAYS = -1
VERSION = 5


class StoredRecord(NamedTuple):
    """What a document carries beside its postings. The lengths are exact: Whoosh keeps a byte of them only."""

    digest: str
    id: str
    case: str
    """Its group: a case's id, or the name of another record."""
    revision: int
    kind: str
    date: str
    withheld: bool
    """Whether origin is shown to the owner's organisation alone."""
    owner: str
    family: str
    title_length: int
    body_length: int
    days: int
    """How long it took; NO_DAYS where that is not told."""


def schema() -> Schema:
    """Give the fields: lists of terms, positions where there are phrases, one stored tuple.

    The lists are scorable although nothing scores by them: Whoosh looks in vain for the lengths of others, posting by
    posting, which makes indexing a tenth slower.
    """
    fields = {name: TEXT(phrase=True, stored=False) for name in ANALYSED}
    return Schema(
        **{name: KEYWORD(stored=False, scorable=True) for name in (CASE, READERS, FACETS)},
        **{STORED_RECORD: STORED()},
        **fields,
    )


def digest_of(unit: SearchUnit) -> str:
    """Give the checksum by which a document names the very text that it was made of."""
    return hashlib.sha256(unit_text(unit).encode()).hexdigest()


def unit_text(unit: SearchUnit) -> str:
    """Give the unit as it is kept: in one form, whatever the order of its sets."""
    facets = sorted((facet.value, value) for facet, value in unit.facets)
    ordered = unit.model_copy(update={"readers": tuple(sorted(unit.readers)), "facets": tuple(facets)})
    return ordered.model_dump_json(warnings=False)


class Document(NamedTuple):
    """A unit analysed, once for Whoosh and for the arrays beside it."""

    record: StoredRecord
    readers: Sequence[str]
    facets: Sequence[str]
    words: Collection[str]
    title: Sequence[str]
    body: Sequence[str]

    def fields(self) -> dict[str, object]:
        """Give the keyword arguments of Whoosh's `add_document`; lists bypass its analysers."""
        return {
            CASE: [self.record.case],
            READERS: self.readers,
            FACETS: self.facets,
            STORED_RECORD: tuple(self.record),
            TITLES[self.record.family]: self.title,
            BODIES[self.record.family]: self.body,
        }


def document(unit: SearchUnit) -> Document:
    """Analyse a unit."""
    family = analysis.family_of(unit.language)
    title, body = analysis.terms(family, unit.title), analysis.terms(family, unit.text)
    record = StoredRecord(
        digest=digest_of(unit),
        id=unit.id,
        case=unit.case,
        revision=unit.revision,
        kind=unit.kind.value,
        date=unit.date,
        withheld=unit.chatham_house,
        owner=unit.owner or "",
        family=family,
        title_length=len(title),
        body_length=len(body),
        days=NO_DAYS if unit.days is None else unit.days,
    )
    return Document(
        record=record,
        readers=sorted(unit.readers),
        facets=sorted(f"{facet.value}={value}" for facet, value in unit.facets),
        words=analysis.surface_words(family, f"{unit.title}\n{unit.text}"),
        title=title,
        body=body,
    )


@cache
def fingerprint() -> str:
    """Give a hash of all that decides what an index holds: another one means it must be rebuilt."""
    parts = (
        VERSION,
        analysis.VERSION,
        *sorted(schema().names()),
        *analysis.FAMILIES,
        *Facet,
        *UnitKind,
        sys.byteorder,
        *SearchUnit.model_fields,
        whoosh.versionstring(),
        unicodedata.unidata_version,
        platform.machine(),
    )
    return hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()
