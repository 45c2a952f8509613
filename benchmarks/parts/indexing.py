"""Indexing: units for each second of a core, ours beside Whoosh as it comes, on the same units in the same run."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from whoosh.analysis import StemmingAnalyzer
from whoosh.fields import ID, TEXT, Schema
from whoosh.index import create_in

from benchmarks.base import Base, Built, Metered
from benchmarks.engines.ours import Ours
from benchmarks.section import Section, Table, shown
from kb.domain.unit import SearchUnit

SUBSET = 5_000
PLAIN = "plain Whoosh"

_Build = Callable[[Iterable[SearchUnit]], None]


def measure(base: Base) -> Section:
    """Index some units with both, and tell what indexing all of them took each engine."""
    engines = base.engines()
    with TemporaryDirectory(dir=base.folder) as folder:
        both = {
            f"{Ours.name}, the first {SUBSET}": _built(base, Ours(Path(folder) / "ours").build),
            f"{PLAIN}, the first {SUBSET}": _built(base, lambda units: _plain(Path(folder), units)),
        }
    runs = both | {f"{engine.name}, all": base.built(engine) for engine in engines}
    ours, plain = both.values()
    figures = {"indexing/of plain Whoosh": round(_rate(ours) / _rate(plain), 3)}
    for name, run in runs.items():
        figures |= {f"indexing/{name}/units per core second": round(_rate(run), 1)}
        figures |= {f"indexing/{name}/units per second": round(run.units / run.seconds, 1)}
    rows = [
        (
            name,
            str(run.units),
            f"{run.seconds:.1f}",
            f"{run.cpu:.1f}",
            shown(run.units / run.seconds),
            shown(_rate(run)),
        )
        for name, run in runs.items()
    ]
    header = ("engine", "units", "s", "s of CPU", "units/s", "units/s of CPU")
    return Section([Table("Indexing", header, rows)], figures)


def _built(base: Base, build: _Build) -> Built:
    units = Metered(islice(base.units(), SUBSET))
    build(units)
    return units.built()


def _rate(run: Built) -> float:
    return run.units / run.cpu


def _plain(folder: Path, units: Iterable[SearchUnit]) -> None:
    """Index title and text with Whoosh's own stemming analyser, writer and settings, both stored; no facets, no audiences."""
    stems = StemmingAnalyzer()
    schema = Schema(
        id=ID(stored=True), title=TEXT(stored=True, analyzer=stems), text=TEXT(stored=True, analyzer=stems)
    )
    folder = folder / "plain"
    folder.mkdir()
    writer = create_in(str(folder), schema).writer()
    for unit in units:
        writer.add_document(id=unit.id, title=unit.title, text=unit.text)
    writer.commit()
