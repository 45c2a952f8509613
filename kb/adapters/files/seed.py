"""The seed knowledge base: which of the revisions beside the code are ours to give to a new home.

In a checkout the entries beside the code are also the data home of whoever tries it, so what they saved there must not
come along: a chain is seed as far as it was saved by the editors.
"""

from __future__ import annotations

from pathlib import Path

from kb.adapters.files import layout
from kb.adapters.files.operations import FILE_MODE, FOLDER_MODE, FileOperations
from kb.adapters.files.reading import Reader
from kb.domain.errors import Damaged

EDITORS = "casebook"
"""Who saved the seed records."""


def copy_seed(source: Path, target: Path) -> int:
    """Copy the seed chains of `source` to a new home's entries; gives the number of records."""
    reader = Reader(source, FileOperations())
    copied = 0
    for chain in reader.chains(None):
        for number in reader.numbers(chain.ref):
            try:
                header = reader.revision(chain.ref, number).header
            except Damaged:
                break
            if header.saved_by != EDITORS:
                break
            folder = layout.record_folder(target, chain.ref)
            folder.mkdir(FOLDER_MODE, parents=True, exist_ok=True)
            file = folder / layout.revision_name(number)
            origin = layout.record_folder(source, chain.ref) / layout.revision_name(number)
            file.write_bytes(origin.read_bytes())
            file.chmod(FILE_MODE)
            copied += number == 1
    return copied
