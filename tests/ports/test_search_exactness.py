"""Nothing hidden weighs: the engine against Whoosh's own scorer over an index of exactly what the viewer may see."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from kb.adapters.search.engine import WhooshSearchEngine
from kb.adapters.search.merging import MOST_IN_TIER
from kb.adapters.search.suggest import MOST_EXPANDED
from kb.domain.concept import Concept, Labels, Scheme
from kb.domain.grammar import parse
from kb.domain.lexicon import lexicon_of
from kb.domain.marking import OFFICER, OFFICERS_VIEWER, OPERATOR_VIEWER, Viewer
from kb.domain.query import Filter, SearchPage, SearchQuery
from kb.domain.syntax import Node
from kb.domain.unit import MAY_BE_UNSTATED, NOT_STATED, Facet, SearchUnit
from kb.domain.widening import widened
from tests.ports.oracle import Oracle, shown_to
from tests.ports.search_engines import whoosh_engine
from tests.units import a_change, a_unit

VOCABULARY = {
    "en": "retention retained provider providers logs logging request requests requested preservation preserve border "
    "courier evidence evidential cgnat address addresses warrant translation translated delay delayed officer",
    "de": "Vorratsdatenspeicherung Anbieter Anbietern Prüfung Prüfungen Grenze Grenzen logs cgnat",
    "ru": "провайдер провайдеры запрос запросы граница границы логи cgnat ёлка",
    "pl": "dostawca dostawcy żądanie granica logs cgnat",
}
READERS = ({OFFICER}, {"organisation:vienna"}, {"country:BE"}, {"account:anna"}, {OFFICER, "public"})
VIEWERS = {
    "officer": OFFICERS_VIEWER,
    "vienna": Viewer(tokens=frozenset({OFFICER, "organisation:vienna", "country:AT"}), organisation="vienna"),
    "anna": Viewer(
        tokens=frozenset({OFFICER, "account:anna", "organisation:brussels", "country:BE"}),
        organisation="brussels",
    ),
    "operator": OPERATOR_VIEWER,
    "nobody": Viewer(),
}
LEXICON = lexicon_of(
    Concept(
        scheme=scheme,
        key=key,
        broader=broader,
        labels=(Labels(language="en", preferred=words[0], alternative=words[1:]),),
    )
    for scheme, key, broader, words in (
        (Scheme.TAG, "t1", None, ("retention", "logs delayed", "Vorratsdatenspeicherung", "провайдер")),
        (Scheme.TAG, "t2", "t1", ("cgnat", "shared addresses", "the logs")),
        (Scheme.STAGE, "s0", None, ("preservation request", "border", "warrant", "Grenzen cgnat")),
        (Scheme.PARTNER, "p", None, ("провайдер", "provider", "Anbieter", "dostawca")),
    )
)
"""Of the words that the units are made of, so that meanings overlap with what was said and with each other."""
QUERIES = (
    "retention",
    "request preservation",
    "cgnat logs address warrant",
    '"provider logs"',
    '"logs cgnat" request',
    "retention -logs",
    "(request OR border) evidence",
    "requ* delay",
    "log*",
    "title:request border",
    "tag:t1 OR tag:t2",
    "the logs of a provider in request",
    "provider request logs retention provider logs",
    "Anbietern Prüfung cgnat logs",
    "the of and",
    'title:"provider logs"',
    "tag:t1 retention",
    "tag:t1",
    "-retention",
    "провайдер",
    "prufung Grenze cgnat",
    "żądanie",
    "",
    "absent",
    "logs logs logs",
)


def some_units(draw: random.Random, case: str, revision: int) -> tuple[SearchUnit, ...]:
    language = draw.choice(["en", "en", "en", "de", "ru", "pl"])
    words = VOCABULARY[language].split()
    shared: dict[str, object] = {
        "language": language,
        "readers": draw.choice(READERS),
        "owner": draw.choice(["vienna", "brussels", None]),
        "chatham_house": draw.random() < 0.3,
        "date": draw.choice(["", "2001", "2007-09", "2010"]),
        "revision": revision,
    }

    names = (case,) if ":" in case else (case, f"{case}/one", f"{case}/two")

    def unit(name: str) -> SearchUnit:
        facets = {(Facet.TAG, f"t{draw.randrange(3)}"), (Facet.STAGE, f"s{draw.randrange(2)}")}
        if draw.random() < 0.7:
            facets |= {
                (Facet.COUNTRY, draw.choice(["AT", "BE"])),
                (Facet.YEAR, str(draw.randrange(2000, 2004))),
            }
        return a_unit(
            name,
            title=" ".join(draw.choices(words, k=draw.randrange(1, 6))),
            text=" ".join(draw.choices(words, k=draw.randrange(0, 90))),
            facets=frozenset(facets),
            **shared,
        )

    return tuple(unit(name) for name in names[: draw.randrange(1, 4)])


def name_of(number: int) -> str:
    """Give the group of a record: most are cases, some are of the other kinds."""
    return {3: f"practice:case-{number}", 7: f"resource:case-{number}"}.get(number % 9, f"case-{number}")


class Model:
    """What an engine should hold after a sequence of changes, and what it should then answer to whom."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._oracles: dict[Viewer, Oracle] = {}
        self.cases: dict[str, tuple[SearchUnit, ...]] = {}

    def visible(self, viewer: Viewer) -> list[SearchUnit]:
        units = (unit for units in self.cases.values() for unit in units)
        return [shown_to(viewer, unit) for unit in units if viewer.sees(unit.readers)]

    def oracle(self, viewer: Viewer) -> Oracle:
        """Give what answers the viewer; the model changes no more once it was asked."""
        if viewer not in self._oracles:
            folder = self._folder / str(len(self._oracles))
            self._oracles[viewer] = Oracle(folder, self.visible(viewer))
        return self._oracles[viewer]


def assert_exact(
    engine: WhooshSearchEngine, model: Model, viewer: Viewer, text: str, wider: Node | None = None
) -> None:
    page = engine.search(SearchQuery(viewer=viewer, text=text, wider=wider, size=200))
    model.oracle(viewer).assert_answers(page)
    assert_filters_only_narrow(engine, page)


def assert_filters_only_narrow(engine: WhooshSearchEngine, page: SearchPage) -> None:
    """A filter takes hits away and leaves the scores and the order of the others as they were."""
    chosen = Filter(facet=Facet.COUNTRY, values=frozenset({"AT", NOT_STATED}))
    narrowed = engine.search(page.query.model_copy(update={"filters": (chosen,)}))
    kept = [
        hit
        for hit in page.hits
        if "AT" in hit.countries or (not hit.countries and hit.kind in MAY_BE_UNSTATED[Facet.COUNTRY])
    ]
    assert narrowed.hits == tuple(kept)


def changed(draw: random.Random, model: Model, revision: int) -> list[str]:
    """Change some cases of the model: new ones, rewritten ones, ones that are no more."""
    names = [name_of(draw.randrange(25)) for _ in range(draw.randrange(1, 6))]
    for name in names:
        gone = draw.random() < 0.2
        model.cases[name] = () if gone else some_units(draw, name, revision)
    return sorted(set(names))


def played(draw: random.Random, folder: Path, steps: int) -> tuple[WhooshSearchEngine, Model]:
    (folder / "fresh").mkdir()
    engine, model = whoosh_engine(folder), Model(folder / "fresh")
    for number in range(12):
        model.cases[name_of(number)] = some_units(draw, name_of(number), 1)
    units: Sequence[SearchUnit] = [unit for units in model.cases.values() for unit in units]
    engine.rebuild(units, len(units))
    for step in range(steps):
        names = changed(draw, model, step + 2)
        engine.apply([a_change(name, *model.cases[name]) for name in names])
        engine.merge()
    return engine, model


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("steps", [0, 3, MOST_IN_TIER[0] + 4])
def test_hits_scores_order_and_counts_are_those_of_an_index_of_the_visible_alone(
    tmp_path: Path, seed: int, steps: int
) -> None:
    engine, model = played(random.Random(seed * 100 + steps), tmp_path, steps)
    for viewer in VIEWERS.values():
        for text in QUERIES:
            assert_exact(engine, model, viewer, text)
            assert_exact(engine, model, viewer, text, widened(parse(text).node, LEXICON).node)


def test_the_queries_are_widened_by_words_and_by_concepts() -> None:
    also = {each for text in QUERIES for each in widened(parse(text).node, LEXICON).also}
    assert {"logs delayed", "провайдер", "tag: cgnat", "stage: preservation request"} <= also


def test_a_viewer_cannot_tell_whether_hidden_units_exist(tmp_path: Path) -> None:
    """The same pages, to the last score, from an index with and without what is hidden."""
    engine, model = played(random.Random(7), tmp_path, 5)
    visible = model.visible(OFFICERS_VIEWER)
    (tmp_path / "alone").mkdir()
    alone = whoosh_engine(tmp_path / "alone")
    alone.rebuild(visible, len(visible))
    for text in (*QUERIES, "retenton", "warant", "kryptonite"):
        for wider in (None, widened(parse(text).node, LEXICON).node):
            query = SearchQuery(viewer=OFFICERS_VIEWER, text=text, wider=wider, size=200)
            assert engine.search(query) == alone.search(query)


def test_the_words_of_a_prefix_are_the_most_frequent_visible_ones(tmp_path: Path) -> None:
    """Words of hidden units would push visible ones out of the sixty-four."""
    engine = whoosh_engine(tmp_path)
    hidden = [
        a_unit(
            f"hidden-{number}",
            text=" ".join(f"pre{'abcdefghij'[each % 10]}{each}" for each in range(90)),
            readers={"x"},
        )
        for number in range(3)
    ]
    seen = [a_unit(f"seen-{number}", text=f"prefix{number:03}x") for number in range(MOST_EXPANDED + 6)]
    engine.rebuild([*hidden, *seen], len(hidden) + len(seen))
    page = engine.search(SearchQuery(viewer=OFFICERS_VIEWER, text="pre*", size=200))
    assert page.total == MOST_EXPANDED
    assert {hit.id for hit in page.hits} == {f"seen-{number}" for number in range(MOST_EXPANDED)}


def test_no_merge_changes_a_score(tmp_path: Path) -> None:
    """Whoosh keeps a byte of each length and merges from that byte: exact lengths are kept beside."""
    engine, model = played(random.Random(3), tmp_path, MOST_IN_TIER[0] * 2)
    units = [unit for units in model.cases.values() for unit in units]
    before = engine.search(SearchQuery(viewer=OPERATOR_VIEWER, text="retention logs cgnat", size=200))
    engine.rebuild(units, len(units))
    assert engine.search(before.query) == before
