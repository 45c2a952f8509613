"""Every entry store."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.domain.ports import EntryStore
from tests.ports.entry_stores import Stand, in_files, in_memory


@pytest.fixture(params=[in_memory, in_files], ids=["memory", "files"])
def stand(request: pytest.FixtureRequest, tmp_path: Path) -> Stand:
    made: Stand = request.param(tmp_path)
    return made


@pytest.fixture
def store(stand: Stand) -> EntryStore:
    return stand.store
