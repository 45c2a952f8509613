"""What was exported comes back as it was, and nothing comes twice."""

from __future__ import annotations

import json

import pytest

from kb.domain.account import OPERATOR
from kb.domain.mapping import Row
from kb.domain.record import Kind
from kb.domain.revision import RecordRef
from kb.domain.workflow import Action
from kb.services.exporting import ExportAudience, Exporting
from kb.services.importing import RowFate
from tests.fakes.world import World
from tests.samples import a_case, a_submission, put
from tests.services.import_desk import Table


def exported(world: World) -> list[str]:
    exporting = Exporting(world.store, world.catalogue, world.audit, world.clock)
    return list(exporting.lines(exporting.plan(OPERATOR, ExportAudience.EVERYTHING)))


def test_an_export_comes_back_byte_for_byte(table: Table) -> None:
    put(table.world.store, "seven", a_case(source_key="talks:7"))
    put(table.world.store, "draft", a_submission(body=a_case(source_key="talks:8")))
    table.world.drain.run()
    lines = exported(table.world)
    other = Table()

    counts = other.run(*map(json.loads, lines), mapping=None, publish=False)

    assert counts[RowFate.IMPORTED] == len(lines)
    assert exported(other.world) == lines
    assert other.run(*map(json.loads, lines), mapping=None)[RowFate.PRESENT] == len(lines)
    header = other.world.store.current(RecordRef(kind=Kind.CASE_STUDY, id="seven")).header
    assert (header.action, header.saved_by) == (Action.IMPORT, "operator")


def test_a_source_key_that_is_there_under_another_id_is_not_restored_again(table: Table) -> None:
    put(table.world.store, "seven", a_case(source_key="talks:7"))
    table.world.drain.run()
    line = json.loads(next(line for line in exported(table.world) if "talks:7" in line))

    assert table.run({**line, "id": "eight"}, mapping=None)[RowFate.PRESENT] == 1


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"extra": 1}, "no line of an export"),
        ({"body": "text"}, "no line of an export"),
        ({"kind": "operation"}, "no line of an export"),
        ({"kind": ["case-study"]}, "no line of an export"),
        ({"format": 2}, "Format 2 is not known"),
        ({"id": "../etc"}, "id: String should match pattern"),
        ({"body": {"title": ["x"]}}, "title: Input should be a valid string"),
        (
            {"body": {"lessons": [{"kind": "difficulty", "key": "a"}, {"kind": "difficulty", "key": "a"}]}},
            "the key 'a'",
        ),
    ],
)
def test_a_line_that_is_no_export_is_refused(table: Table, change: dict[str, object], reason: str) -> None:
    sound: Row = {"format": 1, "kind": "case-study", "id": "seven", "source_key": "", "body": {"title": "x"}}

    table.run({**sound, **change}, mapping=None)

    assert reason in table.reason


def test_a_line_without_an_id_gets_one(table: Table) -> None:
    table.run({"format": 1, "kind": "case-study", "body": {"title": "New"}}, mapping=None)

    assert table.reports[-1].fate is RowFate.IMPORTED
