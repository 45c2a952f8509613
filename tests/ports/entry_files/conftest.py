"""A folder of entries, and the store that holds it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.adapters.files.store import FileEntryStore
from tests.ports.entry_files.tampering import TAG, TAG_REF, opened
from tests.ports.entry_stores import a_save


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "entries"


@pytest.fixture
def store(root: Path) -> FileEntryStore:
    """Give a store that holds a case of three revisions and a concept."""
    store = opened(root)
    for number in (1, 2, 3):
        store.save(a_save(number, title=f"Text {number}"))
    store.save(a_save(ref=TAG_REF, body=TAG))
    return store
