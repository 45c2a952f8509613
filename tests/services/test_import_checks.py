"""What the checks block stays out of an import, or comes in with a note of it; its words are told nowhere."""

from __future__ import annotations

import json

import pytest

from kb.domain.account import OPERATOR
from kb.domain.checks import Check
from kb.domain.mapping import Row
from kb.domain.record import Kind
from kb.services.exporting import ExportAudience, Exporting
from kb.services.import_checks import ImportChecks
from kb.services.import_lines import UNTOLD
from kb.services.importing import RowFate
from tests.samples import a_case, put
from tests.services.import_desk import ANNA, Table, a_row

PLANTED = "desk@unit.example"
BLOCKED = a_row(1, text=f"Write to {PLANTED}.")
REPORT = ImportChecks.REPORT


def note(table: Table) -> str:
    return table.world.audit.rows[-1].detail


def holds(table: Table, planted: str = PLANTED) -> bool:
    told = (*table.reports, *table.world.audit.rows)
    return bool([*table.world.store.holds(planted)]) or any(planted in repr(each) for each in told)


@pytest.mark.parametrize("publish", [True, False])
def test_a_row_that_leads_to_somebody_stays_out_and_is_told_by_its_places(
    table: Table, publish: bool
) -> None:
    counts = table.run(BLOCKED, a_row(2), on_behalf=ANNA, publish=publish)

    assert counts == {RowFate.IMPORTED: 1, RowFate.PRESENT: 0, RowFate.REJECTED: 1}
    refused = table.reports[0]
    assert refused.reason.startswith(
        "lessons.d1.text, characters 10 to 26: email. Leave the e-mail address out"
    )
    assert [each.objection.check for each in refused.findings] == [Check.EMAIL]
    assert note(table).endswith("1 rejected; rejected for email 1")
    assert not holds(table)


def test_whoever_wants_it_lets_such_rows_in_and_the_audit_log_says_so(table: Table) -> None:
    counts = table.run(BLOCKED, a_row(2, text="Peter Novak and @wolf_77"), on_behalf=ANNA, checks=REPORT)

    assert counts[RowFate.IMPORTED] == 2
    assert [len(each.findings) for each in table.reports] == [1, 0]
    assert note(table).endswith("0 rejected; let in with email 1; warned of handle 1, name 1")
    assert PLANTED not in note(table)


def test_a_tag_that_leads_to_somebody_is_not_made(table: Table) -> None:
    table.run(a_row(1, tags=f"known;{PLANTED}"), on_behalf=ANNA)

    assert table.reports[0].fate is RowFate.REJECTED
    assert len(table.bodies(Kind.CONCEPT)) == 3
    assert not holds(table)


def test_a_dry_run_says_the_same_and_keeps_nothing(table: Table) -> None:
    assert table.run(BLOCKED, on_behalf=ANNA, dry_run=True)[RowFate.REJECTED] == 1
    assert table.run(BLOCKED, on_behalf=ANNA, dry_run=True, checks=REPORT)[RowFate.IMPORTED] == 1
    assert not [*table.world.store.holds(PLANTED)]
    assert all(row.action != "import" or row.key for row in table.world.audit.rows)


def test_a_word_that_no_concept_has_is_not_repeated_where_it_leads_to_somebody(table: Table) -> None:
    table.run(a_row(1, topic=PLANTED), a_row(2, topic="unheard of"), on_behalf=ANNA)

    assert table.reports[0].reason == UNTOLD
    assert "unheard of" in table.reason


def exported(table: Table) -> list[Row]:
    exporting = Exporting(table.world.store, table.world.catalogue, table.world.audit, table.world.clock)
    plan = exporting.plan(OPERATOR, ExportAudience.EVERYTHING)
    return [json.loads(line) for line in exporting.lines(plan)]


def test_an_export_that_comes_back_is_looked_through_as_well(table: Table) -> None:
    put(table.world.store, "seven", a_case(summary=f"Write to {PLANTED}."))
    table.world.drain.run()
    lines = exported(table)
    other = Table()

    assert other.run(*lines, mapping=None)[RowFate.REJECTED] == 1
    assert any(each.reason.startswith("summary, characters 10 to 26: email") for each in other.reports)
    assert other.run(*lines, mapping=None, checks=REPORT)[RowFate.IMPORTED] == 1
    assert exported(other) == lines


def test_what_is_there_already_is_not_looked_at(table: Table) -> None:
    put(table.world.store, "seven", a_case(summary=f"Write to {PLANTED}."))
    table.world.drain.run()

    counts = table.run(*exported(table), mapping=None)

    assert counts[RowFate.REJECTED] == counts[RowFate.IMPORTED] == 0


def test_a_record_that_stands_twice_in_an_export_comes_in_once(table: Table) -> None:
    put(table.world.store, "seven", a_case())
    table.world.drain.run()
    line = next(each for each in exported(table) if each["id"] == "seven")

    counts = Table().run(line, line, mapping=None)

    assert (counts[RowFate.IMPORTED], counts[RowFate.PRESENT]) == (1, 1)
