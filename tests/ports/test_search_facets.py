"""What every search engine counts beside its hits: exactly what a click returns, and nothing that is hidden."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from kb.domain.marking import OFFICERS_VIEWER, OPERATOR_VIEWER, Viewer
from kb.domain.ports import SearchEngine
from kb.domain.query import Filter
from kb.domain.unit import NOT_STATED, Facet
from tests.ports.search_engines import VIENNA_VIEWER, ask, fill, ids, tags, values
from tests.units import a_unit


def filled_with_facets(engine: SearchEngine) -> None:
    def facets(number: int) -> Iterable[tuple[Facet, str]]:
        yield Facet.TAG, f"tag-{number % 3}"
        yield Facet.TAG, f"tag-{number % 4}"
        yield Facet.STAGE, f"stage-{number % 2}"
        if number % 5:
            yield Facet.COUNTRY, ("AT", "BE", "RU")[number % 3]
            yield Facet.YEAR, str(2000 + number % 4)
        yield Facet.LANGUAGE, "en"

    fill(
        engine,
        *(
            a_unit(
                f"case-{number}",
                text="logs" if number % 7 else "forms",
                facets=frozenset(facets(number)),
                owner="vienna" if number % 2 else "brussels",
                chatham_house=number % 3 == 0,
            )
            for number in range(40)
        ),
    )


def test_what_happened_nowhere_is_not_counted_as_not_stated(engine: SearchEngine) -> None:
    """A resource has no country to be told; a practice has one, which may be withheld."""
    alone = ("practice:a", "resource:a", "instrument:a")
    fill(engine, a_unit("seven"), *(a_unit(each) for each in alone))
    assert values(ask(engine), Facet.COUNTRY) == {NOT_STATED: 2}
    assert values(ask(engine), Facet.YEAR) == {NOT_STATED: 1}
    unstated = Filter(facet=Facet.COUNTRY, values=frozenset({NOT_STATED}))
    assert set(ids(ask(engine, filters=(unstated,)))) == {"practice:a", "seven"}


@pytest.mark.parametrize("viewer", [OFFICERS_VIEWER, VIENNA_VIEWER, OPERATOR_VIEWER])
@pytest.mark.parametrize(
    "filters",
    [(), ((Facet.TAG, "tag-1"),), ((Facet.TAG, "tag-1"), (Facet.COUNTRY, "AT"), (Facet.STAGE, "stage-0"))],
)
def test_a_count_is_what_choosing_that_value_alone_in_its_facet_returns(
    engine: SearchEngine, viewer: Viewer, filters: tuple[tuple[Facet, str], ...]
) -> None:
    filled_with_facets(engine)
    chosen = tuple(Filter(facet=facet, values=frozenset({value})) for facet, value in filters)
    page = ask(engine, "logs", viewer, filters=chosen)
    assert page.facets
    for count in page.facets:
        others = tuple(each for each in chosen if each.facet is not count.facet)
        click = (*others, Filter(facet=count.facet, values=frozenset({count.value})))
        assert ask(engine, "logs", viewer, filters=click).total == count.count
        assert count.chosen == ((count.facet, count.value) in filters)


def test_values_of_one_facet_widen_and_facets_together_narrow(engine: SearchEngine) -> None:
    fill(
        engine,
        a_unit("a", facets={(Facet.TAG, "x"), (Facet.STAGE, "s")}),
        a_unit("b", facets={(Facet.TAG, "y")}),
        a_unit("c", facets={(Facet.TAG, "z"), (Facet.STAGE, "s")}),
    )
    either = Filter(facet=Facet.TAG, values=frozenset({"x", "y"}))
    stage = Filter(facet=Facet.STAGE, values=frozenset({"s"}))
    assert set(ids(ask(engine, filters=(either,)))) == {"a", "b"}
    assert ids(ask(engine, filters=(either, stage))) == ["a"]


def test_a_chosen_value_is_shown_even_where_it_finds_nothing(engine: SearchEngine) -> None:
    fill(engine, a_unit("a", facets=tags("x")))
    page = ask(engine, filters=(Filter(facet=Facet.TAG, values=frozenset({"gone"})),))
    assert (page.total, values(page, Facet.TAG)) == (0, {"x": 1, "gone": 0})


def test_counts_come_most_frequent_first(engine: SearchEngine) -> None:
    fill(engine, a_unit("a", facets=tags("x", "y")), a_unit("b", facets=tags("y")))
    assert list(values(ask(engine), Facet.TAG).items()) == [("y", 2), ("x", 1)]


def test_chatham_house_withholds_origin_from_all_but_the_owners(engine: SearchEngine) -> None:
    unit = a_unit(
        "a",
        owner="vienna",
        chatham_house=True,
        facets={(Facet.COUNTRY, "AT")},
        source_key="at-1",
        text="logs",
    )
    fill(engine, unit, a_unit("b", facets={(Facet.COUNTRY, "BE")}, source_key="be-1", text="logs"))
    austria = (Filter(facet=Facet.COUNTRY, values=frozenset({"AT"})),)
    outside, inside = ask(engine, "logs"), ask(engine, "logs", VIENNA_VIEWER)
    assert {(hit.id, hit.countries, hit.source_key) for hit in outside.hits} == {
        ("a", (), ""),
        ("b", ("BE",), "be-1"),
    }
    assert ("a", ("AT",), "at-1") in {(hit.id, hit.countries, hit.source_key) for hit in inside.hits}
    assert values(outside, Facet.COUNTRY) == {"BE": 1, NOT_STATED: 1}
    assert values(inside, Facet.COUNTRY) == {"AT": 1, "BE": 1}
    assert ask(engine, filters=austria).total == 0
    assert ask(engine, viewer=VIENNA_VIEWER, filters=austria).total == 1
