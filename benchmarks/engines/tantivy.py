"""tantivy, a search library in Rust, through its Python bindings: English stems, its own BM25, its own aggregations and snippets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import tantivy
from tantivy import Occur, Query

from benchmarks.pagework import COUNTED, SIZE, Ask, Page, Question
from kb.domain.query import Filter
from kb.domain.unit import Facet, SearchUnit

_STEMMED = "stemmed"
_MOST_VALUES = 200
_SNIPPET = 240
_BOOSTS = {"title": 2.0, "body": 1.0}


class Tantivy:
    """One folder. Both text fields are stemmed as English, as FTS5 does it: one field for all languages costs it the least."""

    name = "tantivy"

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._schema = _schema()
        self._analyser = _analyser()
        self._index = tantivy.Index(self._schema, path=str(folder))
        self._index.register_tokenizer(_STEMMED, self._analyser)
        self._searcher = self._index.searcher()

    def build(self, units: Iterable[SearchUnit]) -> None:
        """Fill an empty folder in one commit."""
        writer = self._index.writer()
        for unit in units:
            writer.add_document(_document(unit))
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        self._searcher = self._index.searcher()

    def page(self, question: Question) -> Page:
        """Find, count, and cut the snippets of the best."""
        text = self._text(question)
        found = self._filtered(question, text, question.filters)
        best = (
            self._searcher.search(found, SIZE)
            if question.words
            else self._searcher.search(found, SIZE, order_by_field="date")
        )
        documents = [self._searcher.doc(address) for _, address in best.hits]
        maker = tantivy.SnippetGenerator.create(self._searcher, text, self._schema, "body")
        maker.set_max_num_chars(_SNIPPET)
        return Page(
            _count(best),
            tuple(str(document.get_first("name")) for document in documents),
            self._counts(question, text),
            tuple(maker.snippet_from_doc(document).to_html() for document in documents),
        )

    def _counts(self, question: Question, text: Query) -> Mapping[Facet, Mapping[str, int]]:
        """Count the facets that nothing is chosen of together, and each other one without its own filter."""
        free = [facet for facet in COUNTED if not question.chosen(facet)]
        counts = dict(self._counted(self._filtered(question, text, question.filters), free))
        for facet in COUNTED:
            if facet not in free:
                others = [each for each in question.filters if each.facet is not facet]
                counts |= self._counted(self._filtered(question, text, others), [facet])
        return counts

    def _counted(self, query: Query, facets: Sequence[Facet]) -> Mapping[Facet, Mapping[str, int]]:
        wanted = {facet.value: {"terms": {"field": facet.value, "size": _MOST_VALUES}} for facet in facets}
        found = self._searcher.aggregate(query, wanted)
        return {
            facet: {bucket["key"]: bucket["doc_count"] for bucket in found[facet.value]["buckets"]}
            for facet in facets
        }

    def _filtered(self, question: Question, text: Query, filters: Iterable[Filter]) -> Query:
        """Give what matches, the viewer may see and passes; only the text scores."""
        seen = Query.term_set_query(self._schema, "readers", sorted(question.viewer.tokens))
        chosen = [
            Query.term_set_query(self._schema, each.facet.value, sorted(each.values)) for each in filters
        ]
        weightless = [(Occur.Must, Query.const_score_query(each, 0.0)) for each in (seen, *chosen)]
        return Query.boolean_query([(Occur.Must, text), *weightless])

    def _text(self, question: Question) -> Query:
        terms = [term for word in question.words for term in self._analyser.analyze(word)]
        match question.ask:
            case Ask.NOTHING:
                return Query.all_query()
            case Ask.PHRASE:
                return self._in_both(lambda field: Query.phrase_query(self._schema, field, list(terms)))
            case Ask.PREFIX:
                return self._in_both(
                    lambda field: Query.regex_query(self._schema, field, f"{question.words[0]}.*")
                )
            case Ask.TITLE:
                return Query.term_query(self._schema, "title", terms[0])
            case Ask.MISSPELT:
                return self._in_both(lambda field: Query.fuzzy_term_query(self._schema, field, terms[0]))
        occur = Occur.Must if question.ask is Ask.ALL else Occur.Should
        return Query.boolean_query([(occur, self._word(term)) for term in terms])

    def _word(self, term: str) -> Query:
        return self._in_both(lambda field: Query.term_query(self._schema, field, term))

    def _in_both(self, make: Callable[[str], Query]) -> Query:
        return Query.boolean_query(
            [(Occur.Should, Query.boost_query(make(field), boost)) for field, boost in _BOOSTS.items()]
        )


def _analyser() -> tantivy.TextAnalyzer:
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    for each in (
        tantivy.Filter.remove_long(40),
        tantivy.Filter.lowercase(),
        tantivy.Filter.stemmer("english"),
    ):
        builder = builder.filter(each)
    return builder.build()


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for name in _BOOSTS:
        builder.add_text_field(name, stored=True, tokenizer_name=_STEMMED)
    builder.add_text_field("name", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("readers", tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("date", fast=True)
    for facet in Facet:
        builder.add_text_field(facet.value, fast=True, tokenizer_name="raw", index_option="basic")
    return builder.build()


def _document(unit: SearchUnit) -> tantivy.Document:
    document = tantivy.Document()
    document.add_text("title", unit.title)
    document.add_text("body", unit.text)
    document.add_text("name", unit.id)
    document.add_unsigned("date", int(f"{unit.date.replace('-', ''):0<6}"))
    for token in sorted(unit.readers):
        document.add_text("readers", token)
    for facet, value in sorted(unit.facets):
        document.add_text(facet.value, value)
    return document


def _count(result: tantivy.SearchResult) -> int:
    """Give how many there are: the bindings have it, and their types do not know."""
    return int(getattr(result, "count", 0) or 0)
