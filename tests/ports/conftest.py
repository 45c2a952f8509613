"""Every search engine; a module that tries one alone makes its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.domain.ports import SearchEngine
from tests.fakes.search_engine import MemorySearchEngine
from tests.ports.search_engines import whoosh_engine


@pytest.fixture(params=["memory", "whoosh"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> SearchEngine:
    return MemorySearchEngine() if request.param == "memory" else whoosh_engine(tmp_path)
