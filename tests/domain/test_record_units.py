from __future__ import annotations

import pytest

from kb.domain.discussion import Discussion
from kb.domain.event import Event
from kb.domain.instrument import Instrument, Participation, Requirement, TimeLimit
from kb.domain.marking import Audience, Marking
from kb.domain.practice import Practice, PracticeStatus
from kb.domain.record import Kind, Origin, Source
from kb.domain.record_units import SEARCHED, UNITS, group_of, record_of, units_in
from kb.domain.reference import ReferenceStatus
from kb.domain.resource import Resource
from kb.domain.revision import BODY_OF, KIND_OF, Body, RecordRef
from kb.domain.unit import Facet, SearchUnit, UnitKind
from tests.samples import VIENNA, a_case

PRACTICE = Practice(
    title="Ask on the first day",
    how_to="Telephone.",
    effect="Logs were there.",
    economics="Nothing.",
    rests_on=("seven/preserve",),
    difficulties=("retention-expired",),
    tags=("templates",),
    language="de",
    owner=VIENNA,
    released=True,
)
RESOURCE = Resource(
    title="A course",
    summary="Two days.",
    provider="An academy",
    eligible="Police",
    difficulties=("training",),
    origin=Origin.PUBLISHED,
    sources=(Source(title="Its page"),),
)
INSTRUMENT = Instrument(
    title="Expedited preservation",
    gives="Data stay.",
    who_may_ask="Any contact point.",
    requirements=(Requirement(text="Name the authority"),),
    conditions="No dual criminality.",
    time_limits=(TimeLimit(what="Preservation", limit="60 days"),),
    difficulties=("mla-delay",),
    participation=(Participation(country="AT", source=Source(title="The table")),),
)


def the_unit(body: Body, identifier: str = "one") -> SearchUnit:
    (unit,) = units_in(RecordRef(kind=KIND_OF[type(body)], id=identifier), 3, body)
    return unit


@pytest.mark.parametrize("kind", sorted(SEARCHED))
def test_a_record_and_the_group_of_its_units_name_each_other(kind: Kind) -> None:
    ref = RecordRef(kind=kind, id="example-one.2")
    assert record_of(group_of(ref)) == ref
    assert (group_of(ref) == ref.id) is (kind is Kind.CASE_STUDY)


def test_no_record_of_another_kind_can_be_taken_for_a_case() -> None:
    groups = {group_of(RecordRef(kind=kind, id="same")) for kind in Kind}
    assert len(groups) == len(Kind)


def test_a_case_has_its_units_and_what_is_not_searched_has_none() -> None:
    assert [each.id for each in units_in(RecordRef(kind=Kind.CASE_STUDY, id="seven"), 1, a_case())][:2] == [
        "seven",
        "seven/logs",
    ]
    for body in (Event(), Discussion(case="seven")):
        assert units_in(RecordRef(kind=KIND_OF[type(body)], id="seven"), 1, body) == ()
    assert {BODY_OF[kind] for kind in SEARCHED} == set(UNITS)


def test_a_practice_is_found_by_its_own_words_and_never_by_those_of_its_lessons() -> None:
    unit = the_unit(PRACTICE)
    assert (unit.id, unit.case, unit.kind, unit.revision) == (
        "practice:one",
        "practice:one",
        UnitKind.PRACTICE,
        3,
    )
    assert (unit.title, unit.text) == ("Ask on the first day", "Telephone.\n\nLogs were there.\n\nNothing.")
    assert unit.facets == {
        (Facet.KIND, "practice"),
        (Facet.LANGUAGE, "de"),
        (Facet.MARKING, "GREEN"),
        (Facet.ORIGIN, "reported"),
        (Facet.DIFFICULTY, "retention-expired"),
        (Facet.TAG, "templates"),
        (Facet.COUNTRY, "AT"),
    }
    assert "seven" not in unit.model_dump_json()


@pytest.mark.parametrize("released", [False, True])
@pytest.mark.parametrize("marking", Marking)
def test_a_practice_is_found_by_those_who_read_its_page_and_by_nobody_else(
    marking: Marking, released: bool
) -> None:
    audience = Audience(marking=marking, persons=("anna", "carla"), chatham_house=True)
    practice = PRACTICE.model_copy(update={"audience": audience, "released": released, "writers": ("anna",)})
    unit = the_unit(practice)
    assert (unit.readers, unit.owner, unit.chatham_house) == (practice.readers, "vienna", True)


def test_a_practice_of_no_organisation_has_no_country() -> None:
    unit = the_unit(PRACTICE.model_copy(update={"owner": None}))
    assert (unit.owner, unit.values(Facet.COUNTRY)) == (None, frozenset())


def test_a_resource_is_found_by_what_it_is_and_who_gives_it() -> None:
    unit = the_unit(RESOURCE)
    assert (unit.id, unit.kind, unit.text) == (
        "resource:one",
        UnitKind.RESOURCE,
        "Two days.\n\nAn academy\n\nPolice",
    )
    assert unit.values(Facet.DIFFICULTY) == {"training"}
    assert unit.values(Facet.ORIGIN) == {"published"}


def test_an_instrument_is_its_channel_and_no_place() -> None:
    unit = the_unit(INSTRUMENT, "budapest-29")
    assert (unit.id, unit.kind) == ("instrument:budapest-29", UnitKind.INSTRUMENT)
    assert unit.values(Facet.CHANNEL) == {"budapest-29"}
    assert unit.values(Facet.COUNTRY) == frozenset()
    assert unit.text.split("\n\n") == [
        "Data stay.",
        "Any contact point.",
        "Name the authority",
        "No dual criminality.",
        "Preservation: 60 days",
    ]


@pytest.mark.parametrize("body", [PRACTICE, RESOURCE, INSTRUMENT])
def test_what_is_retired_is_found_no_more(body: Practice | Resource | Instrument) -> None:
    retired = PracticeStatus.RETIRED if isinstance(body, Practice) else ReferenceStatus.RETIRED
    ref = RecordRef(kind=KIND_OF[type(body)], id="one")
    assert units_in(ref, 1, body.model_copy(update={"status": retired})) == ()
