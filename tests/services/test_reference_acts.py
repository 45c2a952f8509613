"""Keeping reference records: coordinators add, change, confirm and retire them, and nothing that tells a person comes in."""

from __future__ import annotations

import datetime as dt

import pytest

from kb.domain.account import OPERATOR
from kb.domain.errors import Blocked, Forbidden, Invalid, NotFound, StaleRevision, WrongState
from kb.domain.event import Event
from kb.domain.jurisdiction import Answer, Desk, DeskRole
from kb.domain.marking import Audience, Marking
from kb.domain.operation import RevisionRef
from kb.domain.record import Kind, Origin
from kb.domain.reference import ReferenceStatus
from kb.domain.resource import Resource
from kb.domain.review_date import next_review
from kb.domain.revision import RecordRef
from kb.domain.workflow import Action
from kb.services.purging import PurgeTarget, Purging
from tests.samples import BRUSSELS
from tests.services.library import SOURCE, Library, a_law, a_resource, an_instrument


@pytest.fixture
def library() -> Library:
    return Library()


def test_a_coordinator_adds_a_resource_that_everybody_reads(library: Library) -> None:
    added = library.reference_acts.add(library.carla, a_resource(difficulties=("volume-backlog",)))
    read = library.references.resource(library.dora, added.id)

    assert read.revision == 1
    assert read.record.origin is Origin.PUBLISHED
    assert read.record.owner is None
    assert read.record.review_by == next_review(library.clock.now().date())


def test_nobody_else_keeps_reference_records(library: Library) -> None:
    """ASVS 5.0 8.2.1: each act is allowed by the role, not by who finds its address."""
    library.keep("tool", a_resource())
    acts = library.reference_acts

    for act in (
        lambda: acts.add(library.anna, a_resource()),
        lambda: acts.edit(library.anna, "tool", 1, a_resource()),
        lambda: acts.confirm(library.anna, Kind.RESOURCE, "tool", 1, None),
        lambda: acts.retire(library.anna, Kind.RESOURCE, "tool", 1, "Old."),
        lambda: acts.reinstate(library.anna, Kind.RESOURCE, "tool", 1, "Back."),
    ):
        with pytest.raises(Forbidden, match="Coordinators keep"):
            act()


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"title": ""}, "title"),
        ({"sources": ()}, "sources"),
        ({"sources": (SOURCE.model_copy(update={"url": None}),)}, "sources"),
        ({"as_of": None}, "as_of"),
        ({"difficulties": ("nosuch",)}, "difficulties"),
        ({"provider_type": "nosuch"}, "provider_type"),
    ],
)
def test_a_resource_says_what_it_is_where_that_stands_and_for_which_day(
    library: Library, fields: dict[str, object], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        library.reference_acts.add(library.carla, a_resource(**fields))

    assert [name for name, _ in refused.value.problems] == [field]


def test_changing_the_words_leaves_marking_owner_and_status(library: Library) -> None:
    strict = Audience(marking=Marking.AMBER_STRICT)
    library.keep("own", a_resource(audience=strict, owner=BRUSSELS, difficulties=("gone",)))

    changed = library.reference_acts.edit(
        library.carla, "own", 1, a_resource(title="New name", difficulties=("gone",)), "Renamed."
    )

    assert (changed.record.title, changed.record.audience, changed.record.owner) == (
        "New name",
        strict,
        BRUSSELS,
    )


def test_who_saves_second_is_told(library: Library) -> None:
    library.keep("tool", a_resource())
    library.reference_acts.edit(library.carla, "tool", 1, a_resource(title="First"))

    with pytest.raises(StaleRevision):
        library.reference_acts.edit(library.cyril, "tool", 1, a_resource(title="Second"))
    with pytest.raises(StaleRevision):
        library.reference_acts.confirm(library.cyril, Kind.RESOURCE, "tool", 1, None)


def test_the_first_words_about_a_channel_and_a_country_are_written_under_their_keys(library: Library) -> None:
    library.reference_acts.edit(library.carla, "eio", 0, an_instrument())
    library.reference_acts.edit(library.carla, "at", 0, a_law())

    assert library.references.instrument(library.dora, "eio").revision == 1
    assert library.references.jurisdiction(library.dora, "AT").revision == 1
    with pytest.raises(StaleRevision):
        library.reference_acts.edit(library.cyril, "at", 0, a_law())


@pytest.mark.parametrize(
    ("identifier", "words"),
    [("nosuch", an_instrument()), ("de", a_law("AT")), ("tool", a_resource()), ("../etc", a_law())],
)
def test_nothing_is_written_about_what_is_no_channel_country_or_resource(
    library: Library, identifier: str, words: Resource
) -> None:
    with pytest.raises(NotFound):
        library.reference_acts.edit(library.carla, identifier, 0, words)


def test_other_records_are_not_kept_this_way(library: Library) -> None:
    library.keep("vienna-2007", Event(title="Conference"))
    with pytest.raises(NotFound):
        library.reference_acts.retire(library.carla, Kind.EVENT, "vienna-2007", 1, "Wrong kind.")


def test_an_instrument_says_what_it_gives(library: Library) -> None:
    with pytest.raises(Invalid, match="what it gives"):
        library.reference_acts.edit(library.carla, "eio", 0, an_instrument(gives=""))


def test_a_question_that_is_none_of_the_checklist_is_refused(library: Library) -> None:
    with pytest.raises(Invalid, match="none of the vocabulary"):
        library.reference_acts.edit(library.carla, "at", 0, a_law(answers=(Answer(question="nosuch"),)))


@pytest.mark.parametrize(
    "name", ["Ministry of Justice, desk@justice.example", "Central authority, +43 1 514 0070"]
)
def test_a_desk_is_a_name_and_no_address_or_number_enters(library: Library, name: str) -> None:
    """ASVS 5.0 V2.2: what may not be kept is refused at the trusted side, whoever sends it."""
    desk = Desk(role=DeskRole.CENTRAL_AUTHORITY, name=name, source=SOURCE)

    with pytest.raises(Blocked):
        library.reference_acts.edit(library.carla, "at", 0, a_law(desks=(desk,)))
    assert library.references.jurisdiction(library.dora, "AT").revision == 0


def test_who_looked_again_says_so_for_a_year_or_until_a_day(library: Library) -> None:
    library.keep("tool", a_resource(as_of=dt.date(2020, 1, 1)))
    today = library.clock.now().date()

    date = library.reference_acts.confirm(library.carla, Kind.RESOURCE, "tool", 1, None)
    read = library.references.resource(library.dora, "tool").record
    assert (date, read.as_of, read.review_by) == (next_review(today), today, next_review(today))

    soon = today + dt.timedelta(days=40)
    assert library.reference_acts.confirm(library.carla, Kind.RESOURCE, "tool", 2, soon) == soon
    with pytest.raises(Invalid, match="within five years"):
        library.reference_acts.confirm(library.carla, Kind.RESOURCE, "tool", 3, today)


def test_a_retired_record_leaves_the_lists_says_why_and_can_come_back(library: Library) -> None:
    library.keep("tool", a_resource())

    with pytest.raises(Invalid, match="Say why"):
        library.reference_acts.retire(library.carla, Kind.RESOURCE, "tool", 1, " ")
    retired = library.reference_acts.retire(library.carla, Kind.RESOURCE, "tool", 1, "It ended.")
    assert (retired.record.status, retired.record.status_reason) == (ReferenceStatus.RETIRED, "It ended.")
    assert library.references.resources(library.dora) == ()
    for refused in (
        lambda: library.reference_acts.edit(library.carla, "tool", 2, a_resource()),
        lambda: library.reference_acts.confirm(library.carla, Kind.RESOURCE, "tool", 2, None),
    ):
        with pytest.raises(WrongState):
            refused()

    back = library.reference_acts.reinstate(library.carla, Kind.RESOURCE, "tool", 2, "It goes on.")
    assert (back.record.status, back.record.status_reason) == (ReferenceStatus.CURRENT, "")
    assert [each.action for each in library.references.history(library.dora, Kind.RESOURCE, "tool")] == [
        Action.REINSTATE,
        Action.RETIRE,
        Action.EDIT,
    ]


def test_what_was_purged_can_be_written_anew(library: Library) -> None:
    library.keep("at", a_law(summary="What should not stand here."))
    purging = Purging(library.store, library.drain, library.clock, library.randomness)
    target = PurgeTarget(records=(RecordRef(kind=Kind.JURISDICTION, id="at"),))
    report = purging.carry_out(OPERATOR, target, "Somebody asked.")

    assert report.revisions == (RevisionRef(kind=Kind.JURISDICTION, id="at", revision=1),)
    assert library.references.jurisdiction(library.dora, "AT").revision == 0
    assert library.reference_acts.edit(library.carla, "at", 0, a_law()).revision == 2
