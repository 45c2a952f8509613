"""The insights service: whose audience a table has, and that it says what it holds."""

from __future__ import annotations

import pytest

from kb.domain.concept import Scheme
from kb.domain.errors import Forbidden, NotSignedIn
from kb.domain.lesson import CrossBorderIssue, Difficulty
from kb.domain.marking import Audience, Marking
from kb.domain.query import Scope, SearchRequest
from kb.domain.unit import NOT_STATED, Facet
from kb.services.insights import Insights
from tests.services.office import Office

CASES = SearchRequest(scope=Scope.CASES)
GONE = Difficulty(key="d1", title="Gone", text="After seven days.", categories=("gone",))


@pytest.fixture
def office() -> Office:
    office = Office()
    office.concept(Scheme.DIFFICULTY, "gone", "Logs gone")
    office.concept(Scheme.DIFFICULTY, "lost", "Logs lost")
    office.publish("seven", lead_country="AT", lessons=(GONE,))
    return office


def insights(office: Office) -> Insights:
    return Insights(office.searcher)


def test_a_table_counts_what_the_actor_may_see_and_no_more(office: Office) -> None:
    strict = Audience(marking=Marking.AMBER_STRICT)
    office.publish("eight", lead_country="AT", audience=strict, lessons=(GONE,))
    for account, count in ((office.anna, 2), (office.dora, 1)):
        table = insights(office).cross(account, CASES, Facet.DIFFICULTY, Facet.COUNTRY)
        assert table.cells == {("gone", "AT"): count}
        assert (table.total, table.unstated, table.illustrative) == (count, 0, False)


def test_under_the_chatham_house_rule_a_case_counts_without_its_place(office: Office) -> None:
    office.publish(
        "eight",
        lead_country="RU",
        audience=Audience(marking=Marking.GREEN, chatham_house=True),
        lessons=(GONE,),
    )
    outside = insights(office).cross(office.dora, CASES, Facet.DIFFICULTY, Facet.COUNTRY)
    inside = insights(office).cross(office.anna, CASES, Facet.DIFFICULTY, Facet.COUNTRY)
    assert set(outside.columns) == {"AT", NOT_STATED}
    assert set(inside.columns) == {"AT", "RU"}


def test_a_merged_concept_counts_as_the_one_that_stands_for_it(office: Office) -> None:
    office.concept(Scheme.DIFFICULTY, "gone", "Logs gone", replaced_by="lost", status="retired")
    table = insights(office).cross(office.dora, CASES, Facet.DIFFICULTY, Facet.COUNTRY)
    assert table.rows == {"lost": 1}


def test_figures_are_of_every_unit_that_is_found(office: Office) -> None:
    border = CrossBorderIssue(
        key="b1", title="Asked", text="Late.", from_country="AT", to_countries=("BE",), elapsed_days=12
    )
    office.publish("eight", lead_country="AT", lessons=(border,))
    request = SearchRequest(scope=Scope.CROSS_BORDER, page=3)
    (found,) = insights(office).figures(office.dora, request, {Facet.CORRIDOR})
    assert (found.id, found.case, found.days) == ("eight/b1", "eight", 12)
    assert found.values == {Facet.CORRIDOR: ("*-BE", "AT-*", "AT-BE")}


def test_nothing_is_counted_for_whoever_may_not_read(office: Office) -> None:
    for nobody, error in ((None, NotSignedIn), (office.otto, Forbidden)):
        with pytest.raises(error):
            insights(office).cross(nobody, CASES, Facet.DIFFICULTY, Facet.COUNTRY)
        with pytest.raises(error):
            insights(office).figures(nobody, CASES, ())
