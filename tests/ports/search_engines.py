"""The search adapter as tests open it, and how they fill and ask any engine."""

from __future__ import annotations

from pathlib import Path

from kb.adapters.search.engine import WhooshSearchEngine
from kb.adapters.search.folders import CURRENT
from kb.domain.marking import OFFICER, OFFICERS_VIEWER, Viewer
from kb.domain.ports import SearchEngine
from kb.domain.query import SearchPage, SearchQuery
from kb.domain.unit import Facet, SearchUnit
from tests.units import a_unit

UNITS = [a_unit("a", title="Logs", text="Connection logs were gone."), a_unit("b", text="else")]
VIENNA_VIEWER = Viewer(tokens=frozenset({OFFICER, "organisation:vienna"}), organisation="vienna")


def whoosh_engine(folder: Path) -> WhooshSearchEngine:
    """Give an engine over a folder of the test."""
    return WhooshSearchEngine(folder / "whoosh")


def index_folder(folder: Path) -> Path:
    """Give the index folder in use."""
    root = folder / "whoosh"
    return root / (root / CURRENT).read_text()


def total(engine: WhooshSearchEngine, text: str = "") -> int:
    """Count what any officer finds."""
    return engine.search(SearchQuery(viewer=OFFICERS_VIEWER, text=text)).total


def fill(engine: SearchEngine, *units: SearchUnit) -> None:
    engine.rebuild(units, len(units))


def ask(engine: SearchEngine, text: str = "", viewer: Viewer = OFFICERS_VIEWER, **more: object) -> SearchPage:
    return engine.search(SearchQuery.model_validate({"viewer": viewer, "text": text} | more))


def ids(page: SearchPage) -> list[str]:
    return [hit.id for hit in page.hits]


def values(page: SearchPage, facet: Facet) -> dict[str, int]:
    return {count.value: count.count for count in page.counts(facet)}


def tags(*names: str) -> frozenset[tuple[Facet, str]]:
    return frozenset((Facet.TAG, name) for name in names)
