"""What a file says is read from it each time, and parsed again where it says something else."""

from __future__ import annotations

from pathlib import Path
from weakref import ref

import pytest

from kb.adapters.files.store import FileEntryStore
from kb.domain.errors import Damaged
from tests.ports.entry_files.tampering import change, file_of
from tests.ports.entry_stores import CASE


def test_a_text_that_is_read_again_is_not_parsed_again(store: FileEntryStore) -> None:
    assert store.current(CASE) is store.revision(CASE, 3)


def test_a_file_that_was_damaged_after_it_was_read_is_kept_from_view(
    store: FileEntryStore, root: Path
) -> None:
    before = store.current(CASE)
    change(file_of(root, 3), b"title: Text", b"title: Fake")
    with pytest.raises(Damaged):
        store.current(CASE)

    change(file_of(root, 3), b"title: Fake", b"title: Text")
    assert store.current(CASE) == before


def test_nothing_of_a_text_that_is_buried_stays_in_memory(store: FileEntryStore) -> None:
    read = ref(store.revision(CASE, 1))
    assert read() is not None

    store.bury(CASE, 1, "a name was left in")

    assert read() is None
    assert store.revision(CASE, 1).body is None
