"""What comes before what, where both are found; by how much was measured (docs/quality.md)."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.adapters.search.engine import WhooshSearchEngine
from kb.domain.concept import Scheme
from kb.domain.grammar import parse
from kb.domain.lexicon import lexicon_of
from kb.domain.unit import Facet
from kb.domain.widening import widened
from tests.domain.test_lexicon import a_concept
from tests.ports.search_engines import ask, fill, ids, whoosh_engine
from tests.units import a_unit


@pytest.fixture
def engine(tmp_path: Path) -> WhooshSearchEngine:
    return whoosh_engine(tmp_path)


def test_words_side_by_side_as_they_were_typed_come_before_the_same_words_apart(
    engine: WhooshSearchEngine,
) -> None:
    fill(
        engine,
        a_unit("a", text="request of a court for the preservation"),
        a_unit("b", text="preservation request of a court for the"),
        a_unit("c", text="else"),
    )
    assert ids(ask(engine, "preservation request")) == ["b", "a"]
    assert ids(ask(engine, "preservation of the request")) == ["b", "a"]


def test_a_word_in_the_form_that_was_typed_comes_before_its_other_forms(engine: WhooshSearchEngine) -> None:
    fill(engine, a_unit("a", text="it requested logs"), a_unit("b", text="it requests logs"), a_unit("c"))
    assert ids(ask(engine, "requests")) == ["b", "a"]
    assert ids(ask(engine, "requested")) == ["a", "b"]


def test_one_with_all_the_words_comes_before_one_that_has_one_of_them_often(
    engine: WhooshSearchEngine,
) -> None:
    fill(
        engine,
        a_unit("a", text="cgnat cgnat cgnat cgnat"),
        a_unit("b", text="cgnat and much else that is said here of warrants in that year"),
        *(a_unit(f"c{number}", text="warrants") for number in range(9)),
    )
    assert ids(ask(engine, "cgnat warrants"))[:2] == ["b", "a"]


def test_how_many_texts_there_are_in_other_languages_does_not_move_those_of_one(
    engine: WhooshSearchEngine,
) -> None:
    """The mean length of a German text is not shorter for every English one."""
    german = [
        a_unit("a", language="de", text="Vorratsdatenspeicherung beim Anbieter"),
        a_unit("b", language="de", text="Anbieter " * 3 + "antworten spät"),
    ]
    fill(engine, *german, *(a_unit(f"c{number}", text="providers") for number in range(2)))
    few = {hit.id: hit.score for hit in ask(engine, "Vorratsdatenspeicherung Anbieter").hits}
    fill(engine, *german, *(a_unit(f"c{number}", text="providers") for number in range(40)))
    many = {hit.id: hit.score for hit in ask(engine, "Vorratsdatenspeicherung Anbieter").hits}
    assert few.keys() == many.keys() == {"a", "b"}
    assert few["a"] > few["b"]
    assert many["a"] > many["b"]


def test_what_bears_a_concept_that_was_hinted_at_is_found_after_what_says_so(
    engine: WhooshSearchEngine,
) -> None:
    lexicon = lexicon_of([a_concept(Scheme.TAG, "gone", "retention period expired")], terminology=())
    fill(
        engine,
        a_unit("a", language="fr", text="les données n’existent plus", facets={(Facet.TAG, "gone")}),
        a_unit("b", text="retention", facets={(Facet.TAG, "gone")}),
        a_unit("c", text="else"),
    )
    wider = widened(parse("retention").node, lexicon)
    assert ids(ask(engine, "retention", wider=wider.node)) == ["b", "a"]
    assert wider.also == ("tag: retention period expired",)


def test_small_words_alone_find_nothing_and_that_is_told(engine: WhooshSearchEngine) -> None:
    fill(engine, a_unit("a", text="to be or not to be"))
    page = ask(engine, "to be or not")
    assert (page.total, page.read_as.partition(".")[2].strip()[:26]) == (0, "These words stand in every")
    for other in ("kryptonite", "to be kryptonite", "absent*", "title:to", "tag:x"):
        assert "stand in every" not in ask(engine, other).read_as
