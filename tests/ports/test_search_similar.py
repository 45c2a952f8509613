"""One suite over every search engine: what is like a lesson, in other cases and countries, of what the viewer may see."""

from __future__ import annotations

import random
from collections import Counter
from math import log
from pathlib import Path

import pytest
from whoosh import query as whoosh_query

from kb.adapters.search import analysis
from kb.adapters.search.schema import BODIES, FACETS, TITLES
from kb.adapters.search.similar import FACET_WEIGHTS, LEAST, MOST_TERMS
from kb.domain.errors import NotFound
from kb.domain.marking import OFFICERS_VIEWER, Viewer
from kb.domain.ports import SearchEngine
from kb.domain.query import Hit
from kb.domain.similarity import Passage, SimilarQuery, Where
from kb.domain.unit import Facet, SearchUnit, UnitKind
from tests.ports.oracle import Oracle
from tests.ports.search_engines import VIENNA_VIEWER, fill, tags, whoosh_engine
from tests.ports.test_search_exactness import VIEWERS, played
from tests.units import a_unit

OURS = "The provider kept connection logs for seven days"


def alike(
    engine: SearchEngine, to: str | Passage = "a/ours", viewer: Viewer = OFFICERS_VIEWER, **more: object
) -> tuple[Hit, ...]:
    return engine.similar(SimilarQuery.model_validate({"viewer": viewer, "to": to} | more))


def names(hits: tuple[Hit, ...]) -> list[str]:
    return [hit.id for hit in hits]


def from_country(*codes: str) -> frozenset[tuple[Facet, str]]:
    return frozenset((Facet.COUNTRY, code) for code in codes)


def test_the_most_alike_comes_first_and_what_shares_nothing_not_at_all(engine: SearchEngine) -> None:
    fill(
        engine,
        a_unit("a/ours", text=OURS),
        a_unit("b/much", text="The provider kept no connection logs"),
        a_unit(
            "c/some",
            text="A provider of connection boxes and many other things, told at length, with no logs",
        ),
        a_unit("d/none", text="Officers were exhausted"),
    )
    assert names(alike(engine))[0] == "b/much"
    assert "d/none" not in names(alike(engine))


def test_its_own_case_is_left_out_and_each_other_case_comes_once(engine: SearchEngine) -> None:
    fill(
        engine,
        a_unit("a/ours", text=OURS),
        a_unit("a/next", text=OURS),
        a_unit("b/x", text=OURS),
        a_unit("b/y", text=OURS),
        a_unit("c/x", text=OURS),
    )
    assert names(alike(engine)) == ["b/x", "c/x"]
    assert names(alike(engine, limit=1)) == ["b/x"]


def test_what_is_written_in_another_language_is_found_by_shared_concepts(engine: SearchEngine) -> None:
    fill(
        engine,
        a_unit("a/ours", text=OURS, facets=tags("retention")),
        a_unit("b/x", text="Die Daten waren weg", language="de", facets=tags("retention")),
        a_unit("c/x", text="Die Daten waren weg", language="de", facets=tags("other")),
    )
    assert names(alike(engine)) == ["b/x"]


def test_only_some_kinds_can_be_asked_for(engine: SearchEngine) -> None:
    fill(
        engine,
        a_unit("a/ours", text=OURS),
        a_unit("b", text=OURS),
        a_unit("b/x", text=OURS, kind=UnitKind.SOLUTION),
    )
    assert names(alike(engine, kinds={UnitKind.SOLUTION})) == ["b/x"]


def fill_with_countries(engine: SearchEngine) -> None:
    fill(
        engine,
        a_unit("a/ours", text=OURS, facets=from_country("AT", "US")),
        a_unit("b/home", text=OURS, facets=from_country("AT")),
        a_unit("c/both", text=OURS, facets=from_country("AT", "BE")),
        a_unit("d/withheld", text=OURS, facets=from_country("AT"), owner="vienna", chatham_house=True),
        a_unit("e/withheld", text=OURS, facets=from_country("BE"), owner="vienna", chatham_house=True),
        a_unit("f/untold", text=OURS),
    )


def test_lessons_of_other_countries_are_those_that_involve_one_which_ours_does_not(
    engine: SearchEngine,
) -> None:
    fill_with_countries(engine)
    assert names(alike(engine, where=Where.AT_HOME)) == ["b/home"]
    assert set(names(alike(engine, where=Where.ABROAD))) == {"c/both", "d/withheld", "e/withheld", "f/untold"}


def test_a_withheld_country_decides_for_those_who_know_it_alone(engine: SearchEngine) -> None:
    fill_with_countries(engine)
    assert names(alike(engine, viewer=VIENNA_VIEWER, where=Where.AT_HOME)) == ["b/home", "d/withheld"]
    assert set(names(alike(engine, viewer=VIENNA_VIEWER, where=Where.ABROAD))) == {
        "c/both", "e/withheld", "f/untold",
    }  # fmt: skip
    for where, found in ((Where.AT_HOME, 0), (Where.ABROAD, 5)):
        assert len(alike(engine, "d/withheld", where=where)) == found
    for hit in alike(engine, where=Where.ABROAD):
        assert hit.countries == (("AT", "BE") if hit.id == "c/both" else ())


def test_what_is_hidden_is_similar_to_nothing_and_missing_to_whom_it_is_hidden_from(
    engine: SearchEngine,
) -> None:
    fill(engine, a_unit("a/ours", text=OURS), a_unit("b/hidden", text=OURS, readers={"organisation:vienna"}))
    assert alike(engine) == ()
    assert names(alike(engine, viewer=VIENNA_VIEWER)) == ["b/hidden"]
    for name in ("b/hidden", "nothing", "a/nothing", "a", ""):
        with pytest.raises(NotFound):
            alike(engine, name)


def test_words_that_are_kept_nowhere_yet_have_similar_ones_too(engine: SearchEngine) -> None:
    fill(
        engine,
        a_unit("a/x", text=OURS, facets=from_country("AT")),
        a_unit("b/x", text=OURS, facets=from_country("BE")),
        a_unit("c/x", text="Officers were exhausted", facets=tags("welfare")),
    )
    writing = Passage(title="Logs gone", text="Seven days of connection logs", countries=frozenset({"AT"}))
    assert set(names(alike(engine, writing))) == {"a/x", "b/x"}
    assert names(alike(engine, writing, where=Where.ABROAD)) == ["b/x"]
    assert names(alike(engine, writing.model_copy(update={"case": "a"}))) == ["b/x"]
    assert names(alike(engine, Passage(facets=tags("welfare")))) == ["c/x"]
    assert alike(engine, Passage()) == ()


def test_what_is_clearly_less_alike_is_left_out(tmp_path: Path) -> None:
    engine = whoosh_engine(tmp_path)
    weak = a_unit(
        "c/weak", text="days of rain and of much else that nobody has to do with anything here told"
    )
    fill(engine, a_unit("a/ours", text=OURS), a_unit("b/x", text=OURS), weak)
    assert names(alike(engine)) == ["b/x"]


def likenesses(oracle: Oracle, to: SearchUnit) -> dict[str, float]:
    """Ask Whoosh itself, over an index of the visible units alone, for the same words and values."""
    others = [unit for unit in oracle.units.values() if unit.case != to.case]
    family = analysis.family_of(to.language)

    def rarity(documents: int) -> float:
        return max(0.1, log(len(others) / (documents + 1)) + 1)

    words = Counter(analysis.terms(family, to.text))
    words.update({word: 2 * count for word, count in Counter(analysis.terms(family, to.title)).items()})
    occurs: Counter[str] = Counter()
    for unit in others:
        if analysis.family_of(unit.language) == family:
            occurs.update(set(analysis.terms(family, unit.title)))
            occurs.update(set(analysis.terms(family, unit.text)))
    telling = {word: (1 + log(count)) * rarity(occurs[word]) for word, count in words.items() if occurs[word]}
    best = sorted(telling, key=lambda word: (-telling[word], word))[:MOST_TERMS]
    asked: list[whoosh_query.Query] = [
        whoosh_query.Term(fields[family], word, boost=boost * telling[word] / telling[best[0]])
        for word in best
        for fields, boost in ((TITLES, 1.1), (BODIES, 1.0))
    ]
    for facet, value in to.facets:
        if facet in FACET_WEIGHTS:
            shared = sum((facet, value) in unit.facets for unit in others)
            bearing = whoosh_query.Term(FACETS, f"{facet.value}={value}", boost=0.0)
            asked.append(whoosh_query.ConstantScoreQuery(bearing, FACET_WEIGHTS[facet] * rarity(shared)))
    scores = oracle.scores(whoosh_query.Or(asked))
    return {name: float(f"{score:.6g}") for name, score in scores.items() if oracle.units[name] in others}


@pytest.mark.parametrize("seed", range(4))
def test_likeness_is_that_of_an_index_of_the_visible_alone(tmp_path: Path, seed: int) -> None:
    engine, model = played(random.Random(seed), tmp_path, 6)
    compared = 0
    for viewer in VIEWERS.values():
        oracle = model.oracle(viewer)
        for unit in oracle.units.values():
            scores = likenesses(oracle, unit)
            wanted: dict[str, str] = {}
            for name in sorted(scores, key=lambda each: (-scores[each], each)):
                wanted.setdefault(oracle.units[name].case, name)
            least = LEAST * max(scores.values(), default=0.0)
            found = engine.similar(SimilarQuery(viewer=viewer, to=unit.id, limit=20))
            assert names(found) == [name for name in wanted.values() if scores[name] >= least][:20]
            for hit in found:
                assert hit.score == pytest.approx(scores[hit.id], rel=1e-9, abs=0)
            compared += len(found)
    assert compared > 100


def test_hidden_units_change_nothing_of_it(tmp_path: Path) -> None:
    """The same answers, to the last score, from an index with and without what is hidden."""
    engine, model = played(random.Random(11), tmp_path, 5)
    seen = {unit.id for unit in model.visible(OFFICERS_VIEWER)}
    alone = whoosh_engine(tmp_path / "alone")
    fill(alone, *(unit for units in model.cases.values() for unit in units if unit.id in seen))
    for name in seen:
        for where in Where:
            asked = SimilarQuery(viewer=OFFICERS_VIEWER, to=name, where=where)
            assert engine.similar(asked) == alone.similar(asked)
