"""The postings of one field of one segment as arrays: for each term the documents that have it, how often and where.

Positions stand in the order of the postings, as many for each as its frequency, so one start per term finds them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kb.adapters.search.array_file import Array, Arrays, Integers
from kb.adapters.search.term_list import TermList


@dataclass(frozen=True)
class Occurrences:
    """How often each posting's term occurs, and at which places among the terms of the field."""

    frequencies: Integers
    starts: Integers
    """By term, into `positions`."""
    positions: Integers


@dataclass(frozen=True)
class Inverted:
    """Documents ascend within each term; `starts` says where each term's begin. Lists of names have no occurrences."""

    terms: TermList
    starts: Integers
    documents: Integers
    occurrences: Occurrences | None = None

    @classmethod
    def from_arrays(cls, arrays: Arrays, name: str) -> Inverted:
        """Take a field out of a segment's arrays."""
        occurrences = None
        if f"{name}.frequencies" in arrays:
            occurrences = Occurrences(
                arrays[f"{name}.frequencies"], arrays[f"{name}.position_starts"], arrays[f"{name}.positions"]
            )
        return cls(
            TermList.from_arrays(arrays, f"{name}.terms"),
            arrays[f"{name}.starts"],
            arrays[f"{name}.documents"],
            occurrences,
        )

    def arrays(self, name: str) -> dict[str, Array]:
        """Give the field for a segment's arrays."""
        found = self.terms.arrays(f"{name}.terms")
        found |= {f"{name}.starts": self.starts, f"{name}.documents": self.documents}
        if self.occurrences:
            found[f"{name}.frequencies"] = self.occurrences.frequencies
            found[f"{name}.position_starts"] = self.occurrences.starts
            found[f"{name}.positions"] = self.occurrences.positions
        return found

    def documents_of(self, place: int) -> Integers:
        """Give the documents of the term at a place."""
        return self.documents[self.starts[place] : self.starts[place + 1]]

    def frequencies_of(self, place: int) -> Integers:
        """Give how often the term at a place occurs in each of its documents; of names, once."""
        start, end = self.starts[place], self.starts[place + 1]
        if self.occurrences is None:
            return np.ones(end - start, dtype=np.uint8)
        return self.occurrences.frequencies[start:end]

    def positions_of(self, place: int) -> Integers:
        """Give at which positions the term at a place stands, document by document."""
        assert self.occurrences
        return self.occurrences.positions[self.occurrences.starts[place] : self.occurrences.starts[place + 1]]


def narrow(values: npt.NDArray[np.int64], most: int | None = None) -> Integers:
    """Give numbers that are not negative in the smallest type that holds them."""
    if most is None:
        most = int(values.max()) if len(values) else 0
    return values.astype(np.min_scalar_type(most))
