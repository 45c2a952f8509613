"""A discussion comes back with an import as an export gave it, and under the id of its case alone."""

from __future__ import annotations

import json

from kb.domain.account import OPERATOR
from kb.domain.discussion import Discussion
from kb.domain.record import Kind
from kb.domain.revision import RecordRef
from kb.services.discussions import Discussions
from kb.services.exporting import ExportAudience, Exporting
from kb.services.importing import RowFate
from tests.services.import_desk import Table
from tests.services.office import Office

LINE = {"format": 1, "kind": "discussion", "body": {"case": "seven"}}


def test_an_export_brings_back_every_post() -> None:
    office, table = Office(), Table()
    office.publish()
    talk = Discussions(
        office.records, office.saving, office.store, accounts=office.people, clock=office.clock
    )
    asked = talk.ask(office.dora, "seven", "logs", "How long?")
    talk.answer(office.anna, "seven", asked.key, "A week.")
    exporting = Exporting(office.store, office.catalogue, office.audit, office.clock)
    lines = exporting.lines(exporting.plan(OPERATOR, ExportAudience.EVERYTHING))
    counts = table.run(*(json.loads(each) for each in lines), mapping=None)
    assert (counts[RowFate.IMPORTED], counts[RowFate.REJECTED]) == (2, 0), table.reports
    (stored,) = table.bodies(Kind.DISCUSSION)
    assert stored == office.store.current(talk_ref()).body


def talk_ref() -> RecordRef:
    return RecordRef(kind=Kind.DISCUSSION, id="seven")


def test_it_is_kept_under_no_other_id_than_its_cases() -> None:
    table = Table()
    assert table.run({**LINE, "id": "eight"}, mapping=None)[RowFate.REJECTED] == 1
    assert "seven" in table.reason
    assert table.run(LINE, mapping=None)[RowFate.IMPORTED] == 1
    assert table.run({**LINE, "id": "seven"}, mapping=None)[RowFate.PRESENT] == 1
    assert table.bodies(Kind.DISCUSSION) == [Discussion(case="seven")]
