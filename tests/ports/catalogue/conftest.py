"""The catalogue on SQLite and the one in memory."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.adapters.catalogue.store import SqliteCatalogue
from kb.domain.ports import Catalogue
from tests.fakes.catalogue import MemoryCatalogue


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "search_index" / "catalogue.sqlite"


@pytest.fixture(params=["memory", "sqlite"])
def catalogue(request: pytest.FixtureRequest, path: Path) -> Catalogue:
    return MemoryCatalogue() if request.param == "memory" else SqliteCatalogue(path)
