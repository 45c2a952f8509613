"""One segment of the index as arrays: what each document is, and the postings of each field. It never changes.

Which of its documents are deleted stands in the seal, not here.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import numpy as np
from whoosh.util.numeric import byte_to_length

from kb.adapters.search import array_file
from kb.adapters.search.analysis import FAMILIES
from kb.adapters.search.array_file import Arrays, Integers, Mask, Weights
from kb.adapters.search.inverted import Inverted
from kb.adapters.search.schema import ANALYSED, FACETS, READERS, WORDS, StoredRecord
from kb.adapters.search.term_list import TermList
from kb.domain.unit import Facet, UnitKind

SUFFIX = ".arrays"
FIELDS = (READERS, FACETS, WORDS, *ANALYSED)
"""The fields with postings; an analysed one that no document has is left out."""
CODED = ("id", "case", "date", "owner")
"""What is a word of a list for each document; its place in the list orders documents by it."""
KINDS = tuple(kind.value for kind in UnitKind)
PLAIN = ("digest", "revision", "kind", "family", "withheld", "title_length", "body_length", "days")
FEW = 16
"""Looking one word up costs about as much as reading so many."""

LENGTHS: Weights = np.array([byte_to_length(byte) for byte in range(256)], dtype=np.float64)
"""The length that each byte stands for."""


class FacetCodes(NamedTuple):
    """The facet values of each document: `codes[starts[n]:starts[n + 1]]` are places in the list of values."""

    starts: Integers
    codes: Integers


class Segment:
    """The arrays of one segment, by name and by what they mean."""

    def __init__(self, arrays: Arrays) -> None:
        self.arrays = arrays
        self._stated: dict[Facet, Mask] = {}

    @classmethod
    def opened(cls, folder: Path, name: str) -> Segment:
        """Map a segment's arrays; raises ValueError or OSError."""
        return cls(array_file.opened(path_of(folder, name)))

    @property
    def size(self) -> int:
        """Give how many documents there are, deleted ones included."""
        return len(self.arrays["revision"])

    @cached_property
    def fields(self) -> Mapping[str, Inverted]:
        """Give the postings of each field that has any."""
        return {name: Inverted.from_arrays(self.arrays, name) for name in FIELDS if name in self._has}

    @property
    def _has(self) -> frozenset[str]:
        return frozenset(name.partition(".")[0] for name in self.arrays if name.endswith(".documents"))

    def values(self, column: str) -> TermList:
        """Give the words of a coded column."""
        return self._values[column]

    @cached_property
    def _values(self) -> Mapping[str, TermList]:
        return {column: TermList.from_arrays(self.arrays, f"{column}.values") for column in CODED}

    def codes(self, column: str) -> Integers:
        """Give each document's place in the words of a coded column."""
        return self.arrays[f"{column}.codes"]

    def of_case(self, case: str) -> Integers:
        """Give the documents of a case, deleted ones included."""
        code = self.values("case").find(case)
        return np.flatnonzero(self.codes("case") == code) if code is not None else np.zeros(0, dtype=np.intp)

    def of_cases(self, cases: Collection[str]) -> Mask:
        """Say of each document whether it is of one of these cases, at one look over all, however many cases there are."""
        values = self.values("case")
        if len(cases) * FEW < len(values):
            places = [place for case in cases if (place := values.find(case)) is not None]
        else:
            places = [place for place, case in enumerate(values) if case in cases]
        wanted = np.zeros(len(values), dtype=np.bool_)
        wanted[places] = True
        found: Mask = wanted[self.codes("case")]
        return found

    def of_owner(self, owner: str) -> Mask:
        """Say of each document whether an organisation owns it."""
        code = self.values("owner").find(owner)
        owned: Mask = self.codes("owner") == (-1 if code is None else code)
        return owned

    @cached_property
    def title_bytes(self) -> Integers:
        """Give the length of each title as Whoosh keeps it, to a byte."""
        return quantised(self.arrays["title_length"])

    @cached_property
    def body_bytes(self) -> Integers:
        """Give the length of each text as Whoosh keeps it, to a byte."""
        return quantised(self.arrays["body_length"])

    @property
    def facets(self) -> FacetCodes:
        """Give the facet values document by document."""
        return FacetCodes(self.arrays["facet_codes.starts"], self.arrays["facet_codes.codes"])

    @cached_property
    def facet_terms(self) -> Sequence[str]:
        """Give the facet values that any document has, in their order: so few that they are kept as words."""
        return list(self.fields[FACETS].terms) if FACETS in self.fields else []

    def stated(self, facet: Facet) -> Mask:
        """Say of each document whether it has a value of the facet."""
        if facet not in self._stated:
            mask = np.zeros(self.size, dtype=np.bool_)
            if inverted := self.fields.get(FACETS):
                first, after = inverted.terms.beginning(f"{facet.value}=")
                mask[inverted.documents[inverted.starts[first] : inverted.starts[after]]] = True
            self._stated[facet] = mask
        return self._stated[facet]

    def digest(self, number: int) -> str:
        """Give the checksum of a document's text."""
        digest: bytes = self.arrays["digest"][number].tobytes()
        return digest.hex()

    def record(self, number: int) -> StoredRecord:
        """Give what Whoosh stores of a document."""
        plain = {column: self.arrays[column][number].item() for column in PLAIN[1:]}
        coded = {column: self.values(column)[self.codes(column)[number]] for column in CODED}
        return StoredRecord(
            **plain
            | coded
            | {
                "digest": self.digest(number),
                "kind": KINDS[plain["kind"]],
                "family": FAMILIES[plain["family"]],
            }
        )


def path_of(folder: Path, name: str) -> Path:
    """Give where the arrays of a segment lie: under its name, so that Whoosh removes them with its own files."""
    return folder / f"{name}{SUFFIX}"


def quantised(lengths: Integers) -> Integers:
    """Give lengths as the byte that Whoosh keeps of each."""
    return np.minimum(np.searchsorted(LENGTHS, lengths), 255).astype(np.uint8)
