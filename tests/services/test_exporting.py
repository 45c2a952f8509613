"""An export holds what its audience may have, in a form that comes back whole."""

from __future__ import annotations

import json
from typing import Any

import pytest

from kb.domain.account import OFFICER_WITHOUT_ORGANISATION, OPERATOR, Account, Role
from kb.domain.application import Application
from kb.domain.concept import Concept, Labels, Scheme
from kb.domain.errors import Forbidden
from kb.domain.event import Event
from kb.domain.marking import Audience, Marking
from kb.domain.practice import Practice
from kb.domain.resource import Resource
from kb.services.exporting import Export, ExportAudience, Exporting
from tests.fakes.faulty_store import FaultyEntryStore
from tests.fakes.world import World
from tests.samples import BRUSSELS, VIENNA, a_case, a_submission, case_ref, put

ANNA = Account(
    id="anna", email="a@unit.example", name="Anna", organisation=VIENNA, roles=frozenset({Role.PRESENTER})
)


@pytest.fixture
def world() -> World:
    return World(FaultyEntryStore())


@pytest.fixture
def exporting(world: World) -> Exporting:
    for marking in Marking:
        audience = Audience(marking=marking, persons=("anna",) if marking is Marking.RED else ())
        put(world.store, marking.value.lower().replace("+", "-"), a_case(audience=audience))
    put(world.store, "withheld", a_case(audience=Audience(chatham_house=True), source_key="talks:1"))
    put(
        world.store,
        "tag.logs",
        Concept(scheme=Scheme.TAG, key="logs", labels=(Labels(language="en", preferred="Logs"),)),
    )
    put(world.store, "draft", a_submission())
    world.drain.run()
    return Exporting(world.store, world.catalogue, world.audit, world.clock)


def records(exporting: Exporting, export: Export) -> dict[str, dict[str, Any]]:
    return {record["id"]: record for record in map(json.loads, exporting.lines(export))}


def test_events_and_resources_too_leave_without_the_origin_that_is_withheld(
    exporting: Exporting, world: World
) -> None:
    quiet = Audience(marking=Marking.CLEAR, chatham_house=True)
    put(world.store, "talks", Event(title="Talks", owner=VIENNA, audience=quiet))
    put(world.store, "tool", Resource(title="Tool", owner=VIENNA, audience=quiet))
    world.drain.run()

    for whom, told in ((ExportAudience.PUBLIC, False), (ANNA, True)):
        found = records(exporting, exporting.plan(OPERATOR, whom))
        assert ["owner" in each for each in (found["talks"]["body"], found["tool"]["body"])] == [told, told]


def test_practices_and_applications_leave_without_what_they_name_of_hidden_cases(
    exporting: Exporting, world: World
) -> None:
    practice = Practice(title="Do so", rests_on=("green/logs", "red/logs"), released=True)
    put(world.store, "practice", practice)
    for name, of in (
        ("of-practice", {"practice": "practice"}),
        ("of-solution", {"solution": "green/preserve"}),
        ("of-hidden", {"solution": "red/preserve"}),
        ("of-nothing", {"practice": "nothing"}),
    ):
        put(world.store, name, Application.model_validate({"month": "2026-09", "owner": VIENNA, **of}))
    world.drain.run()

    found = records(exporting, exporting.plan(OPERATOR, ExportAudience.OFFICERS))

    assert found["practice"]["body"]["rests_on"] == ["green/logs"]
    assert {name for name in found if name.startswith("of-")} == {"of-practice", "of-solution"}


def test_what_may_leave_the_community_is_clear_alone(exporting: Exporting) -> None:
    export = exporting.plan(OPERATOR, ExportAudience.PUBLIC)

    assert set(records(exporting, export)) == {"tag.logs", "clear"}
    assert export.marking is Marking.CLEAR


def test_officers_get_clear_and_green_without_the_origin_that_is_withheld(exporting: Exporting) -> None:
    export = exporting.plan(OPERATOR, ExportAudience.OFFICERS)

    found = records(exporting, export)
    assert set(found) == {"tag.logs", "clear", "green", "withheld"}
    assert export.marking is Marking.GREEN
    assert found["withheld"]["source_key"] == ""
    assert "owner" not in found["withheld"]["body"]
    assert VIENNA.name not in json.dumps(found["withheld"])


def test_an_account_gets_what_its_pages_show(exporting: Exporting) -> None:
    export = exporting.plan(OPERATOR, ANNA)

    assert {"amber", "amber-strict", "red", "draft"} <= set(records(exporting, export))
    assert export.marking is Marking.RED
    stranger = ANNA.model_copy(update={"id": "ben", "organisation": BRUSSELS})
    assert "amber" not in records(exporting, exporting.plan(OPERATOR, stranger))


def test_everything_is_everything_and_stands_in_the_audit_log(world: World, exporting: Exporting) -> None:
    export = exporting.plan(OPERATOR, ExportAudience.EVERYTHING)

    assert len(records(exporting, export)) == 8
    row = world.audit.rows[-1]
    assert (row.actor, row.action, row.subject, row.detail) == (
        "operator",
        "export",
        "everything",
        "8 records",
    )


def test_an_export_of_an_account_names_the_account_in_the_audit_log(
    world: World, exporting: Exporting
) -> None:
    exporting.plan(OPERATOR, ANNA)

    assert world.audit.rows[-1].subject == "anna"


def test_concepts_come_before_what_refers_to_them(exporting: Exporting) -> None:
    export = exporting.plan(OPERATOR, ExportAudience.EVERYTHING)

    kinds = [json.loads(line)["kind"] for line in exporting.lines(export)]
    assert kinds == sorted(kinds, key=["concept", "case-study", "submission"].index)


def test_no_account_exports_in_bulk(exporting: Exporting) -> None:
    with pytest.raises(Forbidden):
        exporting.plan(OFFICER_WITHOUT_ORGANISATION, ExportAudience.PUBLIC)


def test_what_was_narrowed_buried_or_damaged_since_the_plan_is_left_out(
    world: World, exporting: Exporting
) -> None:
    assert isinstance(world.store, FaultyEntryStore)
    export = exporting.plan(OPERATOR, ExportAudience.OFFICERS)

    put(world.store, "green", a_case(audience=Audience(marking=Marking.AMBER)))
    world.store.damage(case_ref("clear"), 1)
    world.store.bury(case_ref("withheld"), 1, "purged")

    assert set(records(exporting, export)) == {"tag.logs"}
