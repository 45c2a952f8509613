"""The insights service: whose audience a table has, and that it says what it holds."""

from __future__ import annotations

import pytest

from kb.domain.concept import Scheme
from kb.domain.errors import Forbidden, NotSignedIn
from kb.domain.insight import MatrixRequest
from kb.domain.lesson import CrossBorderIssue, Difficulty, Outcome, Solution
from kb.domain.marking import Audience, Marking, Organisation
from kb.domain.period import Period
from kb.domain.query import Scope, SearchRequest
from kb.domain.record import Origin
from kb.domain.unit import NOT_STATED, Facet
from kb.services.insights import Insights
from tests.samples import BRUSSELS
from tests.services.office import Office

CASES = SearchRequest(scope=Scope.CASES)
BERLIN = Organisation(id="berlin", name="Example unit, Germany", country="DE")
GONE = Difficulty(key="d1", title="Gone", text="After seven days.", categories=("gone",))


@pytest.fixture
def office() -> Office:
    office = Office()
    office.concept(Scheme.DIFFICULTY, "gone", "Logs gone")
    office.concept(Scheme.DIFFICULTY, "lost", "Logs lost")
    office.publish("seven", lead_country="AT", lessons=(GONE,))
    return office


def insights(office: Office) -> Insights:
    return Insights(office.searcher, office.vocabularies)


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
    assert found.values == {Facet.CORRIDOR: ("*-*", "*-BE", "AT-*", "AT-BE")}


def test_the_matrix_groups_what_is_counted_and_says_what_nobody_told(office: Office) -> None:
    office.concept(Scheme.DIFFICULTY, "data", "Data", is_group=True)
    office.concept(Scheme.DIFFICULTY, "lost", "Logs lost", broader="data")
    office.concept(Scheme.DIFFICULTY, "gone", "Logs gone", broader="data")
    office.concept(Scheme.PHENOMENON, "grooming", "Grooming")
    lost = GONE.model_copy(update={"key": "d2", "categories": ("lost",)})
    period = Period(start="2007-09")
    office.publish("eight", lead_country="AT", lessons=(GONE, lost), phenomena=("grooming",), period=period)
    view = insights(office).matrix(office.dora)

    (group,) = view.matrix.groups
    assert group.heading
    assert (group.heading.label, group.heading.total) == ("Data", 2)
    assert [(line.key, line.total) for line in group.lines] == [("gone", 2), ("lost", 1)]
    assert view.by_year.columns == ("2007", NOT_STATED)
    assert (view.total, view.years, view.marking, view.country) == (2, ("2007",), Marking.GREEN, "BE")
    assert view.phenomena == (("grooming", "Grooming"),)
    assert view.silent == ()

    narrowed = insights(office).matrix(office.dora, MatrixRequest(phenomenon="grooming", since=2000))
    assert [(line.key, line.total) for line in narrowed.matrix.lines] == [("gone", 1), ("lost", 1)]
    assert narrowed.years == ("2007",)
    never = insights(office).matrix(office.dora, MatrixRequest(since=2020))
    assert (never.total, never.silent) == (0, (("gone", "Logs gone"), ("lost", "Logs lost")))


def test_what_worked_elsewhere_is_open_for_whoever_has_a_country_of_their_own(office: Office) -> None:
    solution = Solution(key="s1", title="Ask", text="At once.", answers=("d1",), outcome=Outcome.WORKED)
    office.publish("eight", lead_country="DE", lessons=(GONE, solution))
    found = insights(office).matrix(office.anna)
    assert [(each.key, each.here, each.elsewhere) for each in found.openings] == [("gone", 1, 1)]
    nowhere = insights(office).matrix(office.nora)
    assert (nowhere.country, nowhere.openings) == (None, ())


def test_a_difficulty_is_in_common_where_units_of_several_countries_reported_it(office: Office) -> None:
    office.publish("wide", lead_country="DE", other_countries=("FR", "ES"), lessons=(GONE,))
    assert insights(office).matrix(office.dora).shared == ()

    office.publish("eight", lead_country="AT", owner=BRUSSELS, lessons=(GONE,))
    quiet = Audience(marking=Marking.GREEN, chatham_house=True)
    office.publish("nine", lead_country="AT", owner=BERLIN, audience=quiet, lessons=(GONE,))
    assert insights(office).matrix(office.dora).shared == ()

    office.publish("nine", lead_country="AT", owner=BERLIN, lessons=(GONE,))
    assert insights(office).matrix(office.dora).shared == (("gone", "Logs gone", 3),)


def test_what_was_solved_at_home_at_another_stage_is_not_open_there(office: Office) -> None:
    late = GONE.model_copy(update={"key": "d2", "stage": "triage"})
    early = GONE.model_copy(update={"stage": "attribution"})
    worked = Solution(key="s1", title="Ask", text="At once.", answers=("d1",), outcome=Outcome.WORKED)
    there = worked.model_copy(update={"answers": ("d2",)})
    office.publish("eight", lead_country="DE", lessons=(late, there))
    office.publish("nine", lead_country="AT", lessons=(early, late))
    asked = MatrixRequest(stage="triage")
    (opening,) = insights(office).matrix(office.anna, asked).openings
    assert (opening.key, opening.here, opening.elsewhere) == ("gone", 1, 1)

    office.publish("nine", lead_country="AT", lessons=(early, late, worked))
    assert insights(office).matrix(office.anna, asked).openings == ()


def test_the_matrix_bears_the_narrowest_marking_of_what_it_counts(office: Office) -> None:
    office.publish(
        "eight", lead_country="AT", audience=Audience(marking=Marking.AMBER_STRICT), lessons=(GONE,)
    )
    assert insights(office).matrix(office.anna).marking is Marking.AMBER_STRICT
    assert insights(office).matrix(office.dora).marking is Marking.GREEN


def test_a_few_numbers_say_what_there_is(office: Office) -> None:
    border = CrossBorderIssue(key="b1", title="Asked", text="Late.", from_country="AT", to_countries=("BE",))
    office.publish("eight", lead_country="DE", lessons=(GONE, border), origin=Origin.ILLUSTRATIVE)
    for owner in (BRUSSELS, BERLIN):
        office.publish(owner.id, lead_country="DE", owner=owner, lessons=(GONE,))
    found = insights(office).overview(office.dora)
    assert found[:5] == (4, 3, 1, 1, 1)
    assert found.illustrative


def test_nothing_is_counted_for_whoever_may_not_read(office: Office) -> None:
    for nobody, error in ((None, NotSignedIn), (office.otto, Forbidden)):
        with pytest.raises(error):
            insights(office).cross(nobody, CASES, Facet.DIFFICULTY, Facet.COUNTRY)
        with pytest.raises(error):
            insights(office).figures(nobody, CASES, ())
        with pytest.raises(error):
            insights(office).matrix(nobody)
        with pytest.raises(error):
            insights(office).overview(nobody)
