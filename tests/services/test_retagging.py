"""Changing the tags of all results of a search: what is told beforehand, and what is done."""

from __future__ import annotations

import pytest

from kb.domain.case_study import CaseStudy
from kb.domain.concept import Scheme
from kb.domain.errors import Blocked, Invalid, NotSignedIn
from kb.domain.lesson import GoodPractice
from kb.domain.marking import Audience, Marking
from kb.domain.query import Filter, Scope, SearchRequest
from kb.domain.unit import Facet, UnitKind
from kb.services.retagging import Chosen, Retag
from tests.samples import BRUSSELS, a_case, case_ref, put
from tests.services.office import Office

SPEED = Retag(scheme=Scheme.TAG, add="speed")
EVERYTHING = SearchRequest()


@pytest.fixture
def office() -> Office:
    office = Office()
    office.concept(Scheme.TAG, "templates", "Templates at hand")
    office.concept(Scheme.TAG, "speed", "Speed")
    office.concept(Scheme.STAGE, "attribution", "Attribution")
    office.concept(Scheme.STAGE, "triage", "Triage")
    office.publish(tags=("templates",))
    return office


def chosen(office: Office, retag: Retag, request: SearchRequest = EVERYTHING) -> list[Chosen]:
    return [line.chosen for line in office.retagging.plan(office.carla, request, retag).changing]


def case(office: Office, identifier: str = "seven") -> CaseStudy:
    return office.cases.get(office.anna, identifier).case


def count(office: Office, tag: str) -> int:
    filters = (Filter(facet=Facet.TAG, values=frozenset({tag})),)
    return office.searcher.search(office.query("").model_copy(update={"filters": filters})).total


def test_what_would_be_changed_is_told_result_by_result(office: Office) -> None:
    plan = office.retagging.plan(office.carla, EVERYTHING, Retag(scheme=Scheme.TAG, add="templates"))
    assert {line.title: line.bears for line in plan.staying} == {
        "Seven days": ("templates",),
        "Keep a request template ready": ("templates",),
    }
    assert {(line.kind, line.chosen.lesson) for line in plan.changing} == {
        (UnitKind.DIFFICULTY, "logs"),
        (UnitKind.SOLUTION, "preserve"),
        (UnitKind.CROSS_BORDER_ISSUE, "border"),
    }


def test_search_counts_what_was_put_on_at_once_and_the_cases_say_why(office: Office) -> None:
    office.retagging.carry_out(office.carla, chosen(office, SPEED), SPEED, "Speed decided these.")
    assert count(office, "speed") == 5
    assert all("speed" in each.tags for each in (case(office), *case(office).lessons))
    line = office.cases.history(office.anna, "seven")[0]
    assert (line.number, line.action, line.note, line.by) == (2, "retag", "Speed decided these.", "Carla")
    assert [row.action for row in office.audit.rows if row.subject.startswith("operation/")] == ["retag"] * 2


def test_one_concept_takes_the_place_of_another_with_what_was_merged_into_that(office: Office) -> None:
    office.concept(Scheme.TAG, "sheets", "Ready sheets")
    office.concept_acts.merge(office.carla, Scheme.TAG, "templates", 1, into="sheets", reason="One.")
    retag = Retag(scheme=Scheme.TAG, add="speed", remove="sheets")
    request = SearchRequest(scope=Scope.PRACTICES)
    office.retagging.carry_out(office.carla, chosen(office, retag, request), retag, "Speed it was.")
    assert [lesson.tags for lesson in case(office).lessons] == [(), (), ("speed",), ()]


def test_a_stage_is_not_put_upon_another_and_what_has_no_place_for_one_says_so(office: Office) -> None:
    plan = office.retagging.plan(office.carla, EVERYTHING, Retag(scheme=Scheme.STAGE, add="triage"))
    assert [line.chosen.lesson for line in plan.changing] == [""]
    assert {line.chosen.lesson: line.takes_none for line in plan.staying} == {
        "logs": False,
        "preserve": True,
        "template": True,
        "border": True,
    }


def test_cases_of_others_are_no_officers_to_change_and_their_own_are(office: Office) -> None:
    office.publish("eight", owner=BRUSSELS, lead_country="BE")
    plan = office.retagging.plan(office.anna, EVERYTHING, SPEED)
    assert {line.chosen.case for line in plan.changing} == {"seven"}
    assert plan.not_yours == 5
    with pytest.raises(Invalid):
        office.retagging.carry_out(
            office.anna, [Chosen(case="eight", revision=1)], SPEED, "They are not mine."
        )
    office.retagging.carry_out(office.anna, [Chosen(case="seven", revision=1)], SPEED, "They are ours.")
    assert "speed" in case(office).tags
    with pytest.raises(NotSignedIn):
        office.retagging.plan(None, EVERYTHING, SPEED)


def test_what_does_not_exist_for_who_acts_takes_no_part(office: Office) -> None:
    office.publish("eight", audience=Audience(marking=Marking.AMBER))
    plan = office.retagging.plan(office.carla, EVERYTHING, SPEED)
    assert ({line.chosen.case for line in plan.lines}, plan.not_yours, plan.others) == ({"seven"}, 0, 0)
    asked = [Chosen(case="eight", revision=1), Chosen(case="missing", revision=1), *chosen(office, SPEED)]
    office.retagging.carry_out(office.carla, asked, SPEED, "All of them.")
    assert "speed" not in case(office, "eight").tags


def test_who_has_no_case_is_not_offered_it(office: Office) -> None:
    offered = {
        each.id: office.retagging.is_offered(each)
        for each in (office.carla, office.anna, office.dora, office.nora)
    }
    assert offered == {"carla": True, "anna": True, "dora": False, "nora": False}


@pytest.mark.parametrize(
    ("retag", "field"),
    [
        (Retag(scheme=Scheme.PARTNER, add="speed"), "scheme"),
        (Retag(scheme=Scheme.TAG), "add"),
        (Retag(scheme=Scheme.TAG, add="missing"), "add"),
        (Retag(scheme=Scheme.TAG, remove="missing"), "remove"),
        (Retag(scheme=Scheme.TAG, add="speed", remove="speed"), "remove"),
    ],
)
def test_what_does_not_go_together_is_named_before_anything_is_done(
    office: Office, retag: Retag, field: str
) -> None:
    for ask in (
        lambda: office.retagging.plan(office.carla, EVERYTHING, retag),
        lambda: office.retagging.carry_out(office.carla, [], retag, "Why not."),
    ):
        with pytest.raises(Invalid) as raised:
            ask()
        assert field in {name for name, _ in raised.value.problems}


def test_it_needs_a_reason_that_the_checks_let_pass_and_something_to_change(office: Office) -> None:
    asked = chosen(office, SPEED)
    for wrong, reason in ((asked, " "), ([], "Why"), ([Chosen(case="seven", revision=1)] * 501, "")):
        with pytest.raises(Invalid):
            office.retagging.carry_out(office.carla, wrong, SPEED, reason)
    with pytest.raises(Blocked):
        office.retagging.carry_out(office.carla, asked, SPEED, "Ask anna@example.org.")
    assert case(office).tags == ("templates",)


def test_more_results_than_a_person_looks_through_are_refused_as_a_whole(office: Office) -> None:
    many = [
        GoodPractice(key=f"p{number}", title=f"Practice {number}", text="It helps.") for number in range(60)
    ]
    for number in range(9):
        put(office.store, f"many{number}", a_case(lessons=many))
    office.drain.run()
    with pytest.raises(Invalid) as raised:
        office.retagging.plan(office.carla, EVERYTHING, SPEED)
    assert "554 results" in raised.value.problems[0][1]


def test_what_the_index_still_holds_and_the_files_no_longer_do_is_left_out(office: Office) -> None:
    put(office.store, "seven", a_case(lessons=()))
    plan = office.retagging.plan(office.carla, EVERYTHING, SPEED)
    assert [line.chosen.lesson for line in plan.lines] == [""]
    office.store.bury(case_ref(), 2, "Purged.")
    assert office.retagging.plan(office.carla, EVERYTHING, SPEED).others == 5


def test_what_the_results_bear_is_counted_over_all_of_them(office: Office) -> None:
    found = office.retagging.found(office.carla, SearchRequest(page=9))
    assert (found.total, [(each.value, each.count) for each in found.counts(Facet.TAG)]) == (
        5,
        [("templates", 2)],
    )
