"""A difficulty's page: what was tried comes best founded first, and files are opened for what is told alone."""

from __future__ import annotations

import pytest

from kb.domain.concept import Scheme
from kb.domain.errors import Forbidden, NotFound, NotSignedIn
from kb.domain.evidence import Strength
from kb.domain.lesson import CrossBorderIssue, Difficulty, Outcome, Solution
from kb.domain.marking import Audience, Marking
from kb.domain.period import Period
from kb.domain.record import Kind, Origin
from kb.domain.tried import MOST_SHOWN
from kb.services.difficulties import Difficulties
from kb.services.insights import Insights
from tests.samples import BRUSSELS
from tests.services.library import Library, a_resource, an_instrument
from tests.services.register import apply, endorsed

LOGS = Difficulty(key="logs", title="Logs gone", text="Late.", categories=("gone",), stage="attribution")


def solution(key: str = "preserve", outcome: Outcome = Outcome.WORKED) -> Solution:
    return Solution(key=key, title=f"Try {key}", text="At once.", answers=("logs",), outcome=outcome)


@pytest.fixture
def library() -> Library:
    library = Library()
    library.concept(Scheme.DIFFICULTY, "gone", "Logs gone", "Retention expired")
    library.publish(
        "seven",
        lead_country="AT",
        contact="Duty desk",
        lessons=(LOGS, solution(), solution("wait", Outcome.FAILED)),
    )
    return library


def pages(library: Library) -> Difficulties:
    insights = Insights(library.searcher, library.vocabularies)
    return Difficulties(
        insights,
        library.concepts,
        library.weighing,
        practices=library.practices,
        reference=library.references,
    )


def test_it_says_where_when_and_at_which_stage_it_was_met(library: Library) -> None:
    view = pages(library).get(library.dora, "gone")

    assert (view.concept.label(), view.stands, view.cases) == ("Logs gone", "gone", 1)
    assert (view.countries, view.stages) == ({"AT": 1}, {"attribution": 1})
    assert (view.marking, view.illustrative) == (Marking.GREEN, False)


def test_failures_are_told_beside_what_worked(library: Library) -> None:
    tried = pages(library).get(library.dora, "gone").tried

    assert [(group.outcome, group.total) for group in tried] == [(Outcome.WORKED, 1), (Outcome.FAILED, 1)]
    assert [each.cited.name for group in tried for each in group.told] == ["seven/preserve", "seven/wait"]


def test_what_worked_for_others_too_comes_first(library: Library) -> None:
    library.publish("eight", lead_country="DE", other_countries=("FR", "ES"), lessons=(LOGS, solution()))
    assert _first(library) == "eight/preserve"
    apply(library, "applied", owner=BRUSSELS)
    assert _first(library) == "seven/preserve"
    told = pages(library).get(library.dora, "gone").tried[0].told[0]
    assert told.weighed.evidence.strength is Strength.REPLICATED


def _first(library: Library) -> str:
    return pages(library).get(library.dora, "gone").tried[0].told[0].cited.name


def test_of_many_the_first_are_told_and_no_other_file_is_opened(library: Library) -> None:
    for number in range(MOST_SHOWN + 4):
        library.publish(f"case{number}", lead_country="DE", lessons=(LOGS, solution()))
    library.store.reads.clear()
    view = pages(library).get(library.dora, "gone")

    group = view.tried[0]
    assert (group.total, len(group.told)) == (MOST_SHOWN + 5, MOST_SHOWN)
    shown = {each.cited.case_id for group in view.tried for each in group.told}
    opened = {ref.id for ref in library.store.reads if ref.kind is Kind.CASE_STUDY}
    assert opened <= shown


def test_a_solution_that_is_gone_while_search_still_has_it_is_left_out(library: Library) -> None:
    units = [unit.model_copy(update={"id": "seven/gone"}) for unit in library.catalogue.units()][2:3]
    library.engine.rebuild([*library.catalogue.units(), *units], 1)

    assert [each.cited.name for each in pages(library).get(library.dora, "gone").tried[0].told] == [
        "seven/preserve"
    ]


def test_a_desk_that_agreed_may_be_asked_and_under_the_chatham_house_rule_none_is_named(
    library: Library,
) -> None:
    (desk,) = pages(library).get(library.dora, "gone").desks
    assert (desk.name, desk.case.contact) == ("seven/preserve", "Duty desk")

    quiet = Audience(marking=Marking.GREEN, chatham_house=True)
    library.publish(
        "seven", lead_country="AT", contact="Duty desk", audience=quiet, lessons=(LOGS, solution())
    )
    assert pages(library).get(library.dora, "gone").desks == ()


def test_where_nobody_tells_what_they_tried_those_can_be_asked_who_met_it_last(library: Library) -> None:
    library.concept(Scheme.DIFFICULTY, "form", "Rejected on form")
    late = LOGS.model_copy(update={"categories": ("form",)})
    for year, name in enumerate(("old", "new", "quiet"), 2020):
        desk = "" if name == "quiet" else f"Desk of {name}"
        library.publish(name, contact=desk, period=Period(start=str(year)), lessons=(late,))

    view = pages(library).get(library.dora, "form")
    assert [(each.name, each.case.contact) for each in view.desks] == [
        ("new/logs", "Desk of new"),
        ("old/logs", "Desk of old"),
    ]
    assert pages(library).get(library.dora, "gone").met == ()


def test_channels_are_those_used_where_it_stood_at_a_border(library: Library) -> None:
    border = CrossBorderIssue.model_validate(
        {
            "key": "b1",
            "title": "Asked",
            "text": "Late.",
            "channels": ("mlat", "budapest-29"),
            "obstacles": ("gone",),
            "outcome": "unresolved",
        }
    )
    again = border.model_copy(update={"key": "b2", "channels": ("mlat",)})
    library.publish("eight", lessons=(border, again))
    library.keep("budapest-29", an_instrument())

    assert [tuple(each) for each in pages(library).get(library.dora, "gone").channels] == [
        ("mlat", 2, {"unresolved": 2}, False),
        ("budapest-29", 1, {"unresolved": 1}, True),
    ]


def test_practices_resources_and_instruments_that_help_stand_beside_it_also_under_a_name_that_was_merged(
    library: Library,
) -> None:
    library.concept(Scheme.DIFFICULTY, "lost", "Logs lost", replaced_by="gone", status="retired")
    practice = endorsed(library, difficulties=("lost",))
    library.keep("tool", a_resource(difficulties=("gone",)))
    library.keep("eio", an_instrument(difficulties=("lost",)))
    view = pages(library).get(library.dora, "gone")

    assert [line.id for line in view.practices] == [practice.id]
    assert [each.id for each in view.resources] == ["tool"]
    assert [each.id for each in view.instruments] == ["eio"]
    assert pages(library).get(library.dora, "lost").stands == "gone"


def test_what_helps_and_is_made_up_or_for_few_is_said_of_the_whole_page(library: Library) -> None:
    strict = Audience(marking=Marking.AMBER_STRICT)
    library.keep("tool", a_resource(difficulties=("gone",), audience=strict, owner=BRUSSELS))
    library.keep("eio", an_instrument(difficulties=("gone",), origin=Origin.ILLUSTRATIVE))
    view = pages(library).get(library.dora, "gone")

    assert (view.marking, view.illustrative) == (Marking.AMBER_STRICT, True)
    assert pages(library).get(library.anna, "gone").marking is Marking.GREEN


def test_a_difficulty_that_nobody_told_has_a_page_and_one_that_is_unknown_has_none(library: Library) -> None:
    library.concept(Scheme.DIFFICULTY, "cgnat", "Shared addresses")
    view = pages(library).get(library.dora, "cgnat")

    assert (view.cases, view.tried, view.desks, view.marking) == (0, (), (), Marking.CLEAR)
    with pytest.raises(NotFound):
        pages(library).get(library.dora, "unknown")


def test_nobody_reads_it_who_may_not_read(library: Library) -> None:
    for nobody, error in ((None, NotSignedIn), (library.otto, Forbidden)):
        with pytest.raises(error):
            pages(library).get(nobody, "gone")
