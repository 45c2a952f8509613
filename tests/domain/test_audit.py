"""Which rows of the audit log somebody asks for, and what belongs together in it."""

from __future__ import annotations

import datetime as dt
from itertools import combinations

import pytest

from kb.domain.audit import ACTIONS, AuditFilter, AuditRow, Result, subjects_named
from tests.fakes.clock import NOON
from tests.noted_acts import noted

ROW = AuditRow(at=NOON, actor="anna", action="account.disabled", subject="boris")
SAVE = AuditRow(at=NOON, actor="anna", action="publish", subject="case-study/x", key="case-study/x/1")
REFUSAL = AuditRow(at=NOON, actor="anna", action="refused")
SECOND = dt.timedelta(seconds=1)


@pytest.mark.parametrize(
    ("fitting", "other"),
    [
        (AuditFilter(person="anna"), AuditFilter(person="carla")),
        (AuditFilter(person="boris"), AuditFilter(person="case-study/boris")),
        (AuditFilter(actor="anna"), AuditFilter(actor="boris")),
        (AuditFilter(subjects=frozenset({"x", "boris"})), AuditFilter(subjects=frozenset({"anna"}))),
        (AuditFilter(actions=frozenset({"account"})), AuditFilter(actions=frozenset({"acc", "disabled"}))),
        (
            AuditFilter(actions=frozenset({"account.disabled"})),
            AuditFilter(actions=frozenset({"account.dis"})),
        ),
        (AuditFilter(result=Result.DONE), AuditFilter(result=Result.REFUSED)),
        (AuditFilter(since=NOON), AuditFilter(since=NOON + SECOND)),
        (AuditFilter(until=NOON + SECOND), AuditFilter(until=NOON)),
    ],
)
def test_a_row_fits_what_is_said_of_it_and_nothing_else(fitting: AuditFilter, other: AuditFilter) -> None:
    assert fitting.fits(ROW)
    assert not other.fits(ROW)


def test_what_was_refused_is_told_by_the_name_of_the_act_where_nothing_else_is_said() -> None:
    assert [row.result for row in (ROW, SAVE, REFUSAL)] == [Result.DONE, Result.DONE, Result.REFUSED]
    assert AuditRow(at=NOON, actor="visitor", action="sign-in.refused").result is Result.REFUSED
    assert AuditRow(at=NOON, actor="anna", action="export", result=Result.REFUSED).result is Result.REFUSED


def test_everything_that_is_given_must_apply() -> None:
    assert AuditFilter(actor="anna", person="boris", result=Result.DONE).fits(ROW)
    assert not AuditFilter(actor="anna", person="boris", result=Result.REFUSED).fits(ROW)


def test_what_tells_who_acted_on_which_record_or_how_many_there_are_can_be_left_out() -> None:
    export = AuditRow(at=NOON, actor="operator", action="export", detail="7 records")
    without = AuditFilter(without_records=True)

    assert [without.fits(row) for row in (ROW, SAVE, REFUSAL, export)] == [True, False, False, False]
    assert all(AuditFilter().fits(row) for row in (ROW, SAVE, REFUSAL, export))


def test_a_record_is_found_by_its_id_with_and_without_its_kind() -> None:
    assert {"abc", "case-study/abc", "submission/abc"} <= subjects_named("abc")
    assert subjects_named("case-study/abc") == {"case-study/abc", "abc"}


def test_the_groups_of_actions_share_nothing_but_imports() -> None:
    shared = [one & other for one, other in combinations(ACTIONS.values(), 2) if one & other]

    assert shared == [{"import"}]  # a save by an import, and the row that tells of the import as a whole


def test_every_act_that_the_services_note_is_in_a_group() -> None:
    known = frozenset[str]().union(*ACTIONS.values())

    assert {"sign-in", "sign-out", "export", "import", "publish", "refused"} <= known
    assert {"account.disabled", "audit.exported", "feed.made"} <= noted()
    assert {action for action in noted() if action.partition(".")[0] not in known} == set()
