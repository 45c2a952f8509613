"""Known-item search: a lesson's title is typed, its body alone is indexed; where does it come back?

The corpus is of another field than ours, so that nothing can be tuned to its words.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.corpus import Lesson, lessons
from benchmarks.figures import show
from benchmarks.reference import Fts5, any_of
from kb.adapters.search.engine import WhooshSearchEngine
from kb.domain.grammar import words_in
from kb.domain.marking import OFFICERS_VIEWER
from kb.domain.query import SearchQuery

DEPTH = 10

Ranker = Callable[[str], Sequence[str]]
"""Gives the ids of the best DEPTH lessons for a text."""


def run() -> None:
    """Measure and print."""
    corpus = lessons()
    units = [lesson.unit(titled=False) for lesson in corpus]
    reference = Fts5()
    reference.add(units)
    with tempfile.TemporaryDirectory() as folder:
        engine = WhooshSearchEngine(Path(folder) / "whoosh")
        engine.rebuild(units, len(units))

        def ours(text: str) -> Sequence[str]:
            page = engine.search(SearchQuery(viewer=OFFICERS_VIEWER, text=text, size=DEPTH))
            return [hit.case for hit in page.hits]

        def theirs(text: str) -> Sequence[str]:
            return [corpus[row].id for row in reference.best(any_of(text), DEPTH)]

        rankers: tuple[tuple[str, Ranker], ...] = (
            ("Casebook, the title as it stands", ours),
            ("Casebook, its words alone", lambda text: ours(" ".join(words_in(text)))),
            ("Casebook, all words required", lambda text: ours(_all_of(text))),
            ("SQLite FTS5, porter, any of the words, bm25", theirs),
        )
        rows = [(name, *_scores(corpus, ranker)) for name, ranker in rankers]
    show(f"Known item, {len(corpus)} lessons", ("engine", "MRR@10", "success@1", "success@10"), rows)


def _all_of(text: str) -> str:
    """Require each word, as far as the grammar takes that many operators: a quoted word is required."""
    return " ".join(f'"{word}"' for word in words_in(text)[:12])


def _scores(corpus: Sequence[Lesson], ranker: Ranker) -> tuple[str, str, str]:
    ranks = [_rank(ranker(lesson.title), lesson.id) for lesson in corpus]
    found = [rank for rank in ranks if rank]
    count = len(ranks)
    return (
        f"{sum(1 / rank for rank in found) / count:.3f}",
        f"{sum(rank == 1 for rank in found) / count:.3f}",
        f"{len(found) / count:.3f}",
    )


def _rank(found: Sequence[str], wanted: str) -> int:
    """Give the place from 1, or 0 where it did not come back."""
    return found.index(wanted) + 1 if wanted in found else 0
