"""A superseded case in an export points only at what the export's audience may have."""

from __future__ import annotations

import json

import pytest

from kb.domain.account import OPERATOR
from kb.domain.case_study import CaseStatus
from kb.domain.marking import Audience, Marking
from kb.services.exporting import ExportAudience, Exporting
from tests.fakes.faulty_store import FaultyEntryStore
from tests.fakes.world import World
from tests.samples import a_case, put


@pytest.mark.parametrize(
    ("marking", "audience", "successor"),
    [
        (Marking.GREEN, ExportAudience.OFFICERS, "better"),
        (Marking.AMBER, ExportAudience.OFFICERS, None),
        (Marking.AMBER, ExportAudience.EVERYTHING, "better"),
    ],
)
def test_a_successor_is_named_only_where_the_audience_may_have_it(
    marking: Marking, audience: ExportAudience, successor: str | None
) -> None:
    world = World(FaultyEntryStore())
    put(world.store, "better", a_case(audience=Audience(marking=marking)))
    put(world.store, "seven", a_case(status=CaseStatus.SUPERSEDED, superseded_by="better"))
    world.drain.run()
    exporting = Exporting(world.store, world.catalogue, world.audit, world.clock)
    lines = exporting.lines(exporting.plan(OPERATOR, audience))
    bodies = {record["id"]: record["body"] for record in map(json.loads, lines)}
    assert bodies["seven"].get("superseded_by") == successor
