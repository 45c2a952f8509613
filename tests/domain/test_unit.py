from __future__ import annotations

import pytest

from kb.domain.case_study import CaseStatus
from kb.domain.lesson import BorderOutcome, CrossBorderIssue, Difficulty, GoodPractice, Solution
from kb.domain.marking import Audience, Marking
from kb.domain.period import Period
from kb.domain.unit import Facet, SearchUnit, UnitKind, units_of
from tests.samples import LESSONS, VIENNA, a_case


def units(**fields: object) -> dict[str, SearchUnit]:
    return {unit.id: unit for unit in units_of("seven", 3, a_case(**fields))}


def test_a_case_is_one_unit_and_each_lesson_is_one() -> None:
    assert [(unit.id, unit.kind) for unit in units_of("seven", 3, a_case())] == [
        ("seven", UnitKind.CASE_STUDY),
        ("seven/logs", UnitKind.DIFFICULTY),
        ("seven/preserve", UnitKind.SOLUTION),
        ("seven/template", UnitKind.GOOD_PRACTICE),
        ("seven/border", UnitKind.CROSS_BORDER_ISSUE),
    ]


@pytest.mark.parametrize("status", [CaseStatus.RETIRED, CaseStatus.SUPERSEDED])
def test_a_case_that_is_no_longer_current_has_no_units(status: CaseStatus) -> None:
    assert units(status=status) == {}


def test_every_unit_carries_what_the_audience_rule_needs() -> None:
    audience = Audience(marking=Marking.AMBER_STRICT, chatham_house=True)

    for unit in units(audience=audience, source_key="row 7", language="de").values():
        assert unit.readers == {"organisation:vienna"}
        assert (unit.owner, unit.chatham_house) == ("vienna", True)
        assert (unit.case, unit.revision, unit.source_key, unit.language) == ("seven", 3, "row 7", "de")
        assert unit.case_title == "Seven days"


def test_a_case_without_an_owner_or_a_period_has_units_all_the_same() -> None:
    whole = units(owner=None)["seven"]

    assert (whole.owner, whole.date) == (None, "")
    assert whole.values(Facet.YEAR) == frozenset()


def test_the_period_gives_the_year_and_the_date_to_sort_by() -> None:
    for unit in units(period=Period(start="2007-09", end="2008")).values():
        assert unit.values(Facet.YEAR) == {"2007"}
        assert unit.date == "2007-09"


def test_a_solution_is_found_by_its_conditions_too() -> None:
    solution = Solution(key="s", title="Ask", text="How.", applies_when="Early.", applies_not_when="Late.")

    assert units(lessons=(solution,))["seven/s"].text == "How.\n\nEarly.\n\nLate."
    assert units()["seven"].text == a_case().summary


def test_a_difficulty_has_its_categories_and_its_stage() -> None:
    logs = units()["seven/logs"]

    assert logs.values(Facet.DIFFICULTY) == {"retention-expired"}
    assert logs.values(Facet.STAGE) == {"attribution"}
    assert logs.values(Facet.KIND) == {"difficulty"}
    assert logs.values(Facet.COUNTRY) == {"AT"}
    assert logs.values(Facet.MARKING) == {"GREEN"}
    assert logs.values(Facet.OUTCOME) == frozenset()


def test_solutions_and_practices_are_about_the_difficulties_behind_them() -> None:
    for name in ("seven/preserve", "seven/template"):
        assert units()[name].values(Facet.DIFFICULTY) == {"retention-expired"}
        assert units()[name].values(Facet.STAGE) == {"attribution"}
    assert units()["seven/preserve"].values(Facet.OUTCOME) == {"worked"}
    assert units()["seven/template"].values(Facet.TAG) == {"templates"}


def test_a_practice_that_grew_from_nothing_is_about_no_difficulty() -> None:
    lone = units(lessons=(LESSONS[0], GoodPractice(key="lone")))["seven/lone"]

    assert lone.values(Facet.DIFFICULTY) == frozenset()


def test_a_cross_border_issue_has_its_corridor_channels_and_obstacles() -> None:
    issue = LESSONS[3].model_copy(update={"outcome": BorderOutcome.PARTLY, "from_country": None})
    border = units(lessons=(issue,))["seven/border"]

    assert border.values(Facet.COUNTRY) == {"AT", "BE"}
    assert border.values(Facet.CHANNEL) == {"budapest-29"}
    assert border.values(Facet.DIFFICULTY) == {"request-rejected-on-form"}
    assert border.values(Facet.OUTCOME) == {"partly-resolved"}


def test_an_issue_without_an_outcome_has_none_in_its_facets() -> None:
    lessons = (CrossBorderIssue(key="b"), Difficulty(key="d"))

    assert units(lessons=lessons)["seven/b"].values(Facet.OUTCOME) == frozenset()
    assert units(lessons=lessons)["seven/d"].values(Facet.STAGE) == frozenset()


def test_the_case_itself_gathers_what_its_lessons_are_about_and_not_how_they_went() -> None:
    whole = units(stages=("triage",), tags=("deconfliction",))["seven"]

    assert whole.values(Facet.DIFFICULTY) == {"retention-expired", "request-rejected-on-form"}
    assert whole.values(Facet.STAGE) == {"attribution", "triage"}
    assert whole.values(Facet.TAG) == {"templates", "deconfliction"}
    assert whole.values(Facet.CHANNEL) == {"budapest-29"}
    assert whole.values(Facet.COUNTRY) == {"AT", "BE"}
    assert whole.values(Facet.KIND) == {"case-study"}
    assert whole.values(Facet.OUTCOME) == frozenset()


def test_every_unit_of_a_case_has_its_phenomena_and_its_event() -> None:
    for unit in units(phenomena=("grooming",), event="vienna07").values():
        assert unit.values(Facet.PHENOMENON) == {"grooming"}
        assert unit.values(Facet.EVENT) == {"vienna07"}


def test_every_unit_of_a_case_has_the_country_whose_unit_reported_it() -> None:
    for unit in units(lead_country="DE").values():
        assert unit.values(Facet.REPORTER) == {VIENNA.country}
    for unit in units(owner=None).values():
        assert unit.values(Facet.REPORTER) == frozenset()


def test_a_border_issue_has_its_corridors_and_days_and_the_case_has_the_corridors() -> None:
    issue = LESSONS[3].model_copy(
        update={"from_country": "AT", "to_countries": ("BE", "RU"), "elapsed_days": 40}
    )
    found = units(lessons=(*LESSONS[:3], issue))

    for name in ("seven", "seven/border"):
        assert found[name].values(Facet.CORRIDOR) == {"AT-BE", "AT-RU", "AT-*", "*-BE", "*-RU", "*-*"}
    assert (found["seven/border"].days, found["seven"].days) == (40, None)
    assert found["seven/logs"].values(Facet.CORRIDOR) == frozenset()


def test_a_border_of_which_one_side_is_not_told_is_no_corridor() -> None:
    issue = LESSONS[3].model_copy(update={"from_country": None, "to_countries": ("BE",)})

    assert units(lessons=(issue,))["seven/border"].values(Facet.CORRIDOR) == frozenset()


def test_partners_that_helped_or_hindered_are_of_the_lesson_and_of_its_case() -> None:
    logs = LESSONS[0].model_copy(update={"partners_helped": ("hotline",), "partners_hindered": ("bank",)})
    found = units(lessons=(logs, *LESSONS[1:]))

    for name in ("seven", "seven/logs"):
        assert found[name].values(Facet.PARTNER) == {"hotline", "bank"}
        assert found[name].values(Facet.HELPED) == {"hotline"}
        assert found[name].values(Facet.HINDERED) == {"bank"}
    assert found["seven/border"].values(Facet.PARTNER) == frozenset()
