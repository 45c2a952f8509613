"""One suite over every search engine: where one value of a facet stands for another, everything is as if it had been written."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from kb.domain.grammar import parse
from kb.domain.marking import OFFICERS_VIEWER, OPERATOR_VIEWER, Viewer
from kb.domain.ports import SearchEngine
from kb.domain.query import Filter, SearchPage, SearchQuery
from kb.domain.similarity import SimilarQuery, Where
from kb.domain.unit import Facet, SearchUnit, Standing
from tests.fakes.standing import rewritten
from tests.ports.search_engines import VIENNA_VIEWER, fill, ids, whoosh_engine
from tests.units import a_change, a_unit

STANDING: frozenset[Standing] = frozenset(
    {
        (Facet.TAG, "forms", "templates"),
        (Facet.TAG, "blanks", "templates"),
        (Facet.TAG, "never-written", "templates"),
        (Facet.TAG, "old", "never-borne"),
        (Facet.STAGE, "begin", "referral"),
    }
)
TAGS = ("forms", "blanks", "templates", "old", "other")


def units() -> Iterator[SearchUnit]:
    drawn = random.Random(6)
    for number in range(60):
        tags = {(Facet.TAG, tag) for tag in drawn.sample(TAGS, drawn.randrange(4))}
        stage = drawn.choice(("begin", "referral", "triage"))
        yield a_unit(
            f"case-{number}",
            text=drawn.choice(("logs", "forms at hand", "logs and forms")),
            facets=frozenset({*tags, (Facet.STAGE, stage), (Facet.COUNTRY, drawn.choice(("AT", "BE")))}),
            owner=drawn.choice(("vienna", "brussels")),
            chatham_house=number % 4 == 0,
        )


def shown(page: SearchPage) -> object:
    return page.model_copy(update={"query": None})


def pages(engine: SearchEngine, viewer: Viewer, standing: frozenset[Standing]) -> Iterable[object]:
    templates = Filter(facet=Facet.TAG, values=frozenset({"templates"}))
    for text in ("", "logs", "tag:templates", "stage:referral -logs"):
        for filters in ((), (templates,)):
            yield shown(
                engine.search(
                    SearchQuery(viewer=viewer, text=text, filters=filters, standing=standing, size=100)
                )
            )


@pytest.mark.parametrize("viewer", [OFFICERS_VIEWER, VIENNA_VIEWER, OPERATOR_VIEWER])
def test_pages_and_counts_are_those_of_units_that_had_been_written_so(
    engine: SearchEngine, viewer: Viewer
) -> None:
    fill(engine, *units())
    as_read = list(pages(engine, viewer, STANDING))
    fill(engine, *(rewritten(unit, STANDING) for unit in units()))
    assert as_read == list(pages(engine, viewer, frozenset()))


def test_a_unit_that_has_both_values_counts_once_and_in_several_commits_too(engine: SearchEngine) -> None:
    both = frozenset({(Facet.TAG, "forms"), (Facet.TAG, "templates")})
    fill(engine, a_unit("one", facets=both))
    engine.apply([a_change("two", a_unit("two", facets=frozenset({(Facet.TAG, "blanks")})))])
    page = engine.search(SearchQuery(viewer=OFFICERS_VIEWER, standing=STANDING))
    assert [(each.value, each.count) for each in page.counts(Facet.TAG)] == [("templates", 2)]
    assert len(engine.search(SearchQuery(viewer=OFFICERS_VIEWER)).counts(Facet.TAG)) == 3


def test_a_value_is_found_by_the_name_that_another_stands_for(engine: SearchEngine) -> None:
    fill(
        engine,
        a_unit("one", facets=frozenset({(Facet.TAG, "forms")})),
        a_unit("two", facets=frozenset({(Facet.TAG, "templates")})),
    )
    words = parse("tag:templates").node
    page = engine.search(SearchQuery(viewer=OFFICERS_VIEWER, wider=words, standing=STANDING))
    assert sorted(ids(page)) == ["one", "two"]


def test_the_former_name_typed_into_the_search_box_finds_what_stands_for_it(tmp_path: Path) -> None:
    engine = whoosh_engine(tmp_path)
    fill(engine, a_unit("two", facets=frozenset({(Facet.TAG, "templates")})))
    assert ids(engine.search(SearchQuery(viewer=OFFICERS_VIEWER, text="tag:Forms", standing=STANDING))) == [
        "two"
    ]


def test_likeness_is_by_what_stands(engine: SearchEngine) -> None:
    fill(
        engine,
        a_unit("one/d1", facets=frozenset({(Facet.TAG, "forms")})),
        a_unit("two/d1", facets=frozenset({(Facet.TAG, "blanks")})),
    )
    query = SimilarQuery(viewer=OFFICERS_VIEWER, to="one/d1", where=Where.ANYWHERE)
    assert engine.similar(query) == ()
    like = engine.similar(query.model_copy(update={"standing": STANDING}))
    assert [hit.id for hit in like] == ["two/d1"]
