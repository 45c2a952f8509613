"""The engines that search quality is measured beside, each as it comes: SQLite FTS5 and Whoosh.

Both get the words alone, joined by OR, because an operator in a question would be read differently by each.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from whoosh.analysis import StemmingAnalyzer
from whoosh.fields import ID, TEXT, Schema
from whoosh.filedb.filestore import RamStorage
from whoosh.qparser import MultifieldParser, OrGroup

from benchmarks.measures import DEPTH, Ranking
from benchmarks.reference import Fts5, any_of
from benchmarks.sets import Ranker
from benchmarks.trec import Document
from kb.domain.grammar import words_in
from kb.domain.marking import OFFICER
from kb.domain.unit import SearchUnit, UnitKind


def fts5(documents: Sequence[Document]) -> Ranker:
    """Give SQLite FTS5: Porter stems, bm25, the title counting twice."""
    engine = Fts5()
    engine.add(_unit(document) for document in documents)

    def best(text: str) -> Ranking:
        return [documents[row].id for row in engine.best(any_of(text), DEPTH)] if words_in(text) else ()

    return best


def whoosh(documents: Sequence[Document]) -> Ranker:
    """Give plain Whoosh: its English stemming analyser, its BM25F and its parser over title and text, nothing set."""
    stems = StemmingAnalyzer()
    schema = Schema(id=ID(stored=True), title=TEXT(analyzer=stems), text=TEXT(analyzer=stems))
    index = RamStorage().create_index(schema)
    writer = index.writer()
    for document in documents:
        writer.add_document(id=document.id, title=document.title, text=document.text)
    writer.commit()
    parser = MultifieldParser(["title", "text"], schema, group=OrGroup)
    searcher = index.searcher()

    def best(text: str) -> Ranking:
        found = searcher.search(parser.parse(" ".join(words_in(text)).lower()), limit=DEPTH)
        return [hit["id"] for hit in found]

    return best


RIVALS: Mapping[str, Callable[[Sequence[Document]], Ranker]] = {
    "SQLite FTS5 (porter, OR, bm25)": fts5,
    "plain Whoosh (stemming, OR, BM25F)": whoosh,
}


def _unit(document: Document) -> SearchUnit:
    return SearchUnit(
        id="document",
        case="document",
        kind=UnitKind.GOOD_PRACTICE,
        title=document.title,
        text=document.text,
        case_title=document.title,
        language="en",
        readers=frozenset({OFFICER}),
        owner=None,
        chatham_house=False,
        facets=frozenset(),
        date="",
        revision=1,
    )
