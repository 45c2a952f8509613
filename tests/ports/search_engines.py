"""The search adapter as tests open it."""

from __future__ import annotations

from pathlib import Path

from kb.adapters.search.engine import CURRENT, WhooshSearchEngine
from kb.domain.marking import OFFICERS_VIEWER
from kb.domain.query import SearchQuery
from tests.units import a_unit

UNITS = [a_unit("a", title="Logs", text="Connection logs were gone."), a_unit("b", text="else")]


def whoosh_engine(folder: Path) -> WhooshSearchEngine:
    """Give an engine over a folder of the test, impatient because no other process commits there."""
    return WhooshSearchEngine(folder / "whoosh", patience=0.01)


def index_folder(folder: Path) -> Path:
    """Give the index folder in use."""
    root = folder / "whoosh"
    return root / (root / CURRENT).read_text()


def total(engine: WhooshSearchEngine, text: str = "") -> int:
    """Count what any officer finds."""
    return engine.search(SearchQuery(viewer=OFFICERS_VIEWER, text=text)).total
