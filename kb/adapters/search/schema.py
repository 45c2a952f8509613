"""The Whoosh schema and the document that a search unit becomes.

Text is indexed, never stored here: what is shown comes from `texts`, by the digest that each document carries.
"""

from __future__ import annotations

import hashlib
import platform
import unicodedata
from functools import cache
from typing import NamedTuple

import whoosh
from whoosh.fields import KEYWORD, STORED, TEXT, Schema

from kb.adapters.search import analysis
from kb.domain.unit import Facet, SearchUnit

CASE, READERS, FACETS, WORDS, STORED_RECORD = "case", "readers", "facets", "words", "record"
TITLES = {family: f"title_{family}" for family in analysis.FAMILIES}
BODIES = {family: f"body_{family}" for family in analysis.FAMILIES}
BOOSTS = {**dict.fromkeys(TITLES.values(), 1.0), **dict.fromkeys(BODIES.values(), 1.0)}
"""What a word in each analysed field weighs, by measurement; in the title it counts beside the text, and so more."""
ANALYSED = tuple(BOOSTS)
VERSION = 2


class StoredRecord(NamedTuple):
    """What a document carries beside its postings. The lengths are exact: Whoosh keeps a byte of them only."""

    digest: str
    id: str
    case: str
    revision: int
    kind: str
    date: str
    withheld: bool
    """Whether origin is shown to the owner's organisation alone."""
    owner: str
    family: str
    title_length: int
    body_length: int


def schema() -> Schema:
    """Give the fields: lists of terms, positions where there are phrases, one stored tuple.

    The lists are scorable although nothing scores by them: Whoosh looks in vain for the lengths of others, posting by
    posting, which makes indexing a tenth slower.
    """
    fields = {name: TEXT(phrase=True, stored=False) for name in ANALYSED}
    return Schema(
        **{name: KEYWORD(stored=False, scorable=True) for name in (CASE, READERS, FACETS, WORDS)},
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


def document(unit: SearchUnit) -> dict[str, object]:
    """Give the keyword arguments of Whoosh's `add_document`; lists bypass its analysers."""
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
    )
    return {
        CASE: [unit.case],
        READERS: sorted(unit.readers),
        FACETS: sorted(f"{facet.value}={value}" for facet, value in unit.facets),
        WORDS: sorted(analysis.surface_words(family, f"{unit.title}\n{unit.text}")),
        STORED_RECORD: tuple(record),
        TITLES[family]: title,
        BODIES[family]: body,
    }


@cache
def fingerprint() -> str:
    """Give a hash of all that decides what an index holds: another one means it must be rebuilt."""
    parts = (
        VERSION,
        analysis.VERSION,
        *sorted(schema().names()),
        *analysis.FAMILIES,
        *Facet,
        *SearchUnit.model_fields,
        whoosh.versionstring(),
        unicodedata.unidata_version,
        platform.machine(),
    )
    return hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()
