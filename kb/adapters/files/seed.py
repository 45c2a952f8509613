"""The seed knowledge base: which of the revisions beside the code are ours to give to a new home.

In a checkout the entries beside the code are also the data home of whoever tries it, so what they saved there must not
come along: a chain is seed as far as it was saved by the editors.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kb.adapters.files import layout
from kb.adapters.files.folders import Folders
from kb.adapters.files.operations import FileOperations
from kb.adapters.files.reading import Reader
from kb.adapters.files.refusal import told
from kb.adapters.files.writing import Writer
from kb.domain.errors import Damaged
from kb.domain.ports import Randomness
from kb.domain.revision import RecordRef

EDITORS = "casebook"
"""Who saved the seed records."""


def copy_seed(
    source: Path, target: Path, randomness: Randomness, operations: FileOperations | None = None
) -> int:
    """Copy the seed chains of `source` to a new home's entries; gives the number of records. Raises StoreFailure."""
    operations = operations or FileOperations()
    reader = Reader(source, operations)
    writer = Writer(Folders(target, operations), operations, randomness)
    copied = 0
    with told("The seed was not copied"):
        for chain in reader.chains():
            numbers = list(_seed_numbers(reader, chain.ref))
            for number in numbers:
                writer.add(layout.record_folder(target, chain.ref), number, reader.data(chain.ref, number))
            copied += bool(numbers)
    return copied


def _seed_numbers(reader: Reader, ref: RecordRef) -> Iterator[int]:
    """Give the numbers of a chain up to the first that is damaged or somebody else's."""
    for number in reader.numbers(ref):
        try:
            header = reader.revision(ref, number).header
        except Damaged:
            return
        if header.saved_by != EDITORS:
            return
        yield number
