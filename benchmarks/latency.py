"""Search latency, facets and snippets included, beside SQLite FTS5 doing the same work on the same units in the same run."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from pathlib import Path

from benchmarks.corpus import lessons
from benchmarks.figures import milliseconds, ratio, show, spread, stopwatch
from benchmarks.reference import Fts5, any_of, phrase
from kb.adapters.search.engine import WhooshSearchEngine
from kb.domain.grammar import words_in
from kb.domain.marking import OFFICER, OFFICERS_VIEWER
from kb.domain.query import Filter, SearchQuery
from kb.domain.unit import Facet, SearchUnit, UnitKind

QUERIES = 200
SIZE = 20
SYNTHETIC = 10_000
FILTERS = (
    Filter(facet=Facet.TAG, values=frozenset({"spacecraft", "tag-1", "tag-2"})),
    Filter(facet=Facet.YEAR, values=frozenset({"1995", "2001", "2005"})),
)


def run() -> None:
    """Measure and print both sizes."""
    _measure("the real lessons", [lesson.unit() for lesson in lessons()])
    _measure("synthetic units of 150 to 400 words", list(_synthetic(SYNTHETIC)))


def _measure(name: str, units: Sequence[SearchUnit]) -> None:
    draw = random.Random(1)
    with tempfile.TemporaryDirectory() as folder:
        engine = WhooshSearchEngine(Path(folder) / "whoosh")
        with stopwatch() as seconds:
            engine.rebuild(units, len(units))
            ours = len(units) / seconds()
        reference = Fts5(Path(folder) / "fts5.sqlite")
        with stopwatch() as seconds:
            reference.add(units)
            theirs = len(units) / seconds()
        first = milliseconds(lambda: engine.search(SearchQuery(viewer=OFFICERS_VIEWER)))
        rows = [_row(engine, reference, kind, texts) for kind, texts in _queries(draw, units)]
    show(
        f"Search, {len(units)} units: {name}; p50 / p95 in ms",
        ("query", "first time", "again", "with 2 filters", "FTS5", "ratio of medians"),
        rows,
    )
    print(f"\nBuilding: {ours:.0f} units/s, FTS5 {theirs:.0f}. First search after opening: {first:.0f} ms.")


def _row(engine: WhooshSearchEngine, reference: Fts5, kind: str, texts: Sequence[str]) -> tuple[str, ...]:
    written = phrase if kind == "phrase" else any_of

    def times(act: Callable[[str], object]) -> list[float]:
        return [milliseconds(lambda text=text: act(text)) for text in texts]  # type: ignore[misc]

    def ask(text: str, filters: tuple[Filter, ...] = ()) -> object:
        return engine.search(SearchQuery(viewer=OFFICERS_VIEWER, text=text, size=SIZE, filters=filters))

    first, again = times(ask), times(ask)
    filtered = times(lambda text: ask(text, FILTERS))
    times(lambda text: reference.page(written(text), SIZE))
    theirs = times(lambda text: reference.page(written(text), SIZE))
    return kind, spread(first), spread(again), spread(filtered), spread(theirs), ratio(again, theirs)


def _queries(draw: random.Random, units: Sequence[SearchUnit]) -> Iterator[tuple[str, list[str]]]:
    """Draw words as often as they are written, so that frequent ones weigh as they do in life."""
    texts = [words for unit in units if len(words := words_in(unit.text)) > 12]

    def word() -> str:
        return draw.choice(draw.choice(texts))

    def pair() -> str:
        words = draw.choice(texts)
        start = draw.randrange(len(words) - 1)
        return f'"{words[start]} {words[start + 1]}"'

    yield "one word", [word() for _ in range(QUERIES)]
    yield "three words", [" ".join(word() for _ in range(3)) for _ in range(QUERIES)]
    yield "ten words", [" ".join(word() for _ in range(10)) for _ in range(QUERIES)]
    yield "phrase", [pair() for _ in range(QUERIES)]


def _synthetic(count: int) -> Iterator[SearchUnit]:
    draw = random.Random(2)
    letters = "abcdefghijklmnopqrstuvwxyz"
    vocabulary = ["".join(draw.choices(letters, k=draw.randrange(3, 10))) for _ in range(20_000)]
    weights = list(accumulate(1 / (rank + 3) for rank in range(len(vocabulary))))

    def text(length: int) -> str:
        return " ".join(draw.choices(vocabulary, cum_weights=weights, k=length))

    for number in range(count):
        tags = {(Facet.TAG, f"tag-{draw.randrange(200)}") for _ in range(4)}
        others = {
            (Facet.YEAR, str(draw.randrange(1990, 2026))),
            (Facet.COUNTRY, draw.choice(["AT", "BE", "ES", "FR", "GB", "RU"])),
            (Facet.STAGE, f"stage-{draw.randrange(11)}"),
            (Facet.KIND, UnitKind.DIFFICULTY.value),
        }
        yield SearchUnit(
            id=f"case-{number}/lesson",
            case=f"case-{number}",
            kind=UnitKind.DIFFICULTY,
            title=text(8),
            text=text(draw.randrange(150, 400)),
            case_title="A case",
            language="en",
            readers=frozenset({OFFICER if draw.random() < 0.7 else "country:AT"}),
            owner=None,
            chatham_house=draw.random() < 0.1,
            facets=frozenset(tags | others),
            date=str(draw.randrange(1990, 2026)),
            revision=1,
        )
