"""What search quality is measured on: the judged set over the seed, known items, and any collection in TREC form.

Each opens a home of the product's own with its documents in it, searched as any officer would search it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory
from typing import NamedTuple

from benchmarks.corpus import lessons
from benchmarks.measures import DEPTH, Judgements, Ranking
from benchmarks.trec import BadCollection, Document, read_qrels, read_queries
from kb.bootstrap import Services, make_home, seed_home, services
from kb.config import Settings
from kb.domain.account import OFFICER_WITHOUT_ORGANISATION as ANY_OFFICER
from kb.domain.account import OPERATOR
from kb.domain.case_study import CaseStudy
from kb.domain.mapping import TableMapping, read_mapping
from kb.domain.query import Hit, Scope, SearchRequest
from kb.domain.record import Kind
from kb.domain.revision import RecordRef
from kb.domain.text import PROSE_LENGTH
from kb.domain.unit import units_of
from kb.services.import_checks import ImportChecks
from kb.services.importing import ImportRequest, RowFate, RowReport

Ranker = Callable[[str], Ranking]
"""Gives the ids of the best DEPTH documents for a text."""
JUDGED = Path(__file__).parent / "judged"
JUDGED_NAME = "judged"


class Opened(NamedTuple):
    """A set while its home stands: what other engines are given, and how ours answers."""

    documents: Sequence[Document]
    ours: Ranker


class QualitySet(NamedTuple):
    """Queries, judgements, and where they are asked."""

    name: str
    queries: Mapping[str, str]
    qrels: Mapping[str, Judgements]
    open: Callable[[], AbstractContextManager[Opened]]


def judged() -> QualitySet:
    """Give the judged questions over the seed knowledge base; raises BadCollection."""
    return QualitySet(
        JUDGED_NAME, read_queries(JUDGED / "queries.tsv"), read_qrels(JUDGED / "qrels.txt"), _seeded
    )


def known_item() -> QualitySet:
    """Give the lessons of the corpus, bodies only, each looked for by its title; raises MissingCorpus."""
    corpus = lessons()
    documents = tuple(Document(lesson.id, "", lesson.body) for lesson in corpus)
    queries = {f"q{number}": lesson.title for number, lesson in enumerate(corpus, 1)}
    qrels = {f"q{number}": {lesson.id: 1} for number, lesson in enumerate(corpus, 1)}
    return collection("known item", documents, queries, qrels, "en")


def collection(
    name: str,
    documents: Sequence[Document],
    queries: Mapping[str, str],
    qrels: Mapping[str, Judgements],
    language: str,
) -> QualitySet:
    """Give documents as a set, imported through a mapping like anybody's table."""
    return QualitySet(name, queries, qrels, lambda: _imported(documents, language))


@contextmanager
def _home(*, seeded: bool) -> Iterator[Services]:
    with TemporaryDirectory() as folder:
        settings = Settings(home=Path(folder))
        make_home(settings)
        if seeded:
            seed_home(settings)
            _leave_what_was_judged(settings.home / "entries")
        opened = services(settings)
        opened.indexing.update(OPERATOR)
        yield opened


def _leave_what_was_judged(entries: Path) -> None:
    """Take out what joined the seed later: nobody judged it, so a ranking that shows it would count as wrong."""
    judged_cases = frozenset((JUDGED / "cases.txt").read_text(encoding="utf-8").split())
    for folder in entries.glob("*/*"):
        kind, name = folder.parent.name, folder.name
        if kind != Kind.CONCEPT and not (kind == Kind.CASE_STUDY and name in judged_cases):
            rmtree(folder)


@contextmanager
def _seeded() -> Iterator[Opened]:
    with _home(seeded=True) as opened:
        yield Opened(tuple(_units_for_all(opened)), _searching(opened, Scope.ALL, lambda hit: hit.id))


def seed_documents() -> tuple[Document, ...]:
    """Give the judged units, those that any officer may see: what other engines are given too."""
    with _home(seeded=True) as opened:
        return tuple(_units_for_all(opened))


def _units_for_all(opened: Services) -> Iterator[Document]:
    for entry in opened.records.list(ANY_OFFICER, Kind.CASE_STUDY):
        body = opened.records.current(ANY_OFFICER, RecordRef(kind=entry.kind, id=entry.id)).body
        assert isinstance(body, CaseStudy)
        for unit in units_of(entry.id, 1, body):
            yield Document(unit.id, unit.title, unit.text)


@contextmanager
def _imported(documents: Sequence[Document], language: str) -> Iterator[Opened]:
    cut = [each._replace(text=each.text[:PROSE_LENGTH]) for each in documents]
    refused: list[RowReport] = []
    with _home(seeded=False) as opened:
        request = ImportRequest(mapping=mapping(language), publish=True, checks=ImportChecks.REPORT)
        opened.importing.run(
            OPERATOR, enumerate((each._asdict() for each in cut), 1), request, _only_refused(refused)
        )
        if refused:
            raise BadCollection(
                f"{len(refused)} documents were refused; number {refused[0].number}: {refused[0].reason}"
            )
        yield Opened(cut, _searching(opened, Scope.PRACTICES, lambda hit: hit.source_key))


def _only_refused(refused: list[RowReport]) -> Callable[[RowReport], None]:
    def report(row: RowReport) -> None:
        if row.fate is not RowFate.IMPORTED:
            refused.append(row)

    return report


def mapping(language: str) -> TableMapping:
    """Give the mapping by which a document becomes a CLEAR case with one lesson, which is what is searched."""
    title = {"column": ["title", "id"], "shorten": 300}
    text = {"column": ["text", "title"]}
    return read_mapping(
        {
            "source_key": "id",
            "owner": {"name": {"value": "Collection"}, "country": {"value": "AT"}},
            "case": {
                "title": title,
                "summary": {**text, "shorten": 300},
                "language": {"value": language},
                "marking": {"value": "CLEAR"},
            },
            "lessons": [{"kind": "good-practice", "key": "document", "title": title, "text": text}],
        }
    )


def _searching(opened: Services, scope: Scope, name_of: Callable[[Hit], str]) -> Ranker:
    def best(text: str) -> Ranking:
        request = SearchRequest(text=text, scope=scope, size=DEPTH)
        return [name_of(hit) for hit in opened.search.search(ANY_OFFICER, request).hits]

    return best
