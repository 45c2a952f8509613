"""Search quality: how good the first results are, beside SQLite FTS5 and plain Whoosh, in one run.

`python -m benchmarks.quality` measures the judged set and the known items; `--docs FILE --queries FILE --qrels FILE` measures any
collection in TREC form instead. `--json` prints the figures for programs, `--runs FOLDER` keeps what was found for trec_eval.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks import measures, sets
from benchmarks.corpus import MissingCorpus
from benchmarks.figures import show
from benchmarks.measures import MEASURES, Ranking
from benchmarks.rivals import RIVALS
from benchmarks.sets import QualitySet
from benchmarks.trec import BadCollection, read_documents, read_qrels, read_queries, write_qrels, write_run

try:
    from benchmarks.ir import averages
except ImportError:
    from benchmarks.measures import averages

MEASURED_BY = "benchmarks/measures.py" if averages is measures.averages else "ir-measures"
OURS = "Casebook"
BY_LANGUAGE = "nDCG@10"
"""The measure that the judged set is also told by, language by language."""


class Measured(NamedTuple):
    """What each engine found for each judged query of a set."""

    asked: QualitySet
    documents: int
    runs: Mapping[str, Mapping[str, Ranking]]

    @property
    def figures(self) -> dict[str, dict[str, float]]:
        """Give engine to measure to value."""
        return {engine: averages(run, self.asked.qrels) for engine, run in self.runs.items()}

    @property
    def by_language(self) -> dict[str, dict[str, float]]:
        """Give engine to language to value, where the judged queries' ids tell their language; else nothing."""
        languages = sorted({query[:2] for query in self.asked.qrels})
        if self.asked.name != sets.JUDGED_NAME:
            return {}
        return {
            engine: {
                language: averages(run, _only(self.asked.qrels, language))[BY_LANGUAGE]
                for language in languages
            }
            for engine, run in self.runs.items()
        }


def run() -> None:
    """Measure the judged set and the known items, and print; raises MissingCorpus."""
    for each in (sets.judged(), sets.known_item()):
        _show(measured(each))


def measured(asked: QualitySet) -> Measured:
    """Ask every judged query of ours and of the references; raises BadCollection."""
    with asked.open() as opened:
        rankers = {OURS: opened.ours, **{name: make(opened.documents) for name, make in RIVALS.items()}}
        judged = [query for query in asked.qrels if query in asked.queries]
        runs = {
            engine: {query: ranker(asked.queries[query]) for query in judged}
            for engine, ranker in rankers.items()
        }
        return Measured(asked, len(opened.documents), runs)


def main(arguments: Sequence[str]) -> int:
    """Measure what the arguments name; gives the exit status."""
    parser = _parser()
    given = parser.parse_args(arguments)
    try:
        found = [measured(each) for each in _wanted(parser, given)]
    except (BadCollection, MissingCorpus, OSError) as wrong:
        print(wrong, file=sys.stderr)
        return 1
    if given.runs:
        _keep(given.runs, found)
    if given.json:
        print(
            json.dumps(
                {each.asked.name: _plain(each) for each in found} | {"measured by": MEASURED_BY}, indent=2
            )
        )
        return 0
    for each in found:
        _show(each)
    print(f"\nMeasured by {MEASURED_BY}.")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.quality", description="Measure search quality."
    )
    parser.add_argument("--docs", type=Path, help="JSON Lines of id, title, text")
    parser.add_argument("--queries", type=Path, help="lines of id, tab, text")
    parser.add_argument("--qrels", type=Path, help="judgements: query, 0, document, grade")
    parser.add_argument("--language", default="en", help="of the documents (en)")
    parser.add_argument("--runs", type=Path, metavar="FOLDER", help="keep runs and judgements in TREC form")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    return parser


def _wanted(parser: argparse.ArgumentParser, given: argparse.Namespace) -> tuple[QualitySet, ...]:
    files = (given.docs, given.queries, given.qrels)
    if not any(files):
        return (sets.judged(), sets.known_item())
    if not all(files):
        parser.error("--docs, --queries and --qrels go together.")
    qrels = read_qrels(given.qrels)
    if not qrels:
        raise BadCollection(f"{given.qrels}: no query has a relevant document.")
    documents, queries = read_documents(given.docs), read_queries(given.queries)
    return (sets.collection(given.docs.stem, documents, queries, qrels, given.language),)


def _only(qrels: Mapping[str, Mapping[str, int]], language: str) -> dict[str, Mapping[str, int]]:
    return {query: judged for query, judged in qrels.items() if query.startswith(f"{language}-")}


def _plain(found: Measured) -> dict[str, object]:
    plain: dict[str, object] = {
        "documents": found.documents,
        "queries": len(found.asked.qrels),
        "engines": found.figures,
    }
    return {**plain, f"{BY_LANGUAGE} by language": found.by_language} if found.by_language else plain


def _show(found: Measured) -> None:
    title = f"{found.asked.name}: {len(found.asked.qrels)} queries, {found.documents} documents"
    _table(title, tuple(MEASURES), found.figures)
    if languages := found.by_language:
        _table(f"{found.asked.name}: {BY_LANGUAGE} by language", tuple(languages[OURS]), languages)


def _table(title: str, columns: Sequence[str], figures: Mapping[str, Mapping[str, float]]) -> None:
    rows = [(engine, *(f"{values[each]:.3f}" for each in columns)) for engine, values in figures.items()]
    show(title, ("engine", *columns), rows)


def _keep(folder: Path, found: Sequence[Measured]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for each in found:
        stem = _word(each.asked.name)
        write_qrels(folder / f"{stem}.qrels", each.asked.qrels)
        for engine, run in each.runs.items():
            write_run(folder / f"{stem}.{_word(engine)}.run", _word(engine), run)


def _word(name: str) -> str:
    return re.sub(r"\W+", "-", name.lower()).strip("-")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
