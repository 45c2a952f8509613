"""What every audit log promises, asked of SQLite and of the fake."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from kb.adapters.accounts.audit import AT_ONCE, SqlAudit
from kb.adapters.accounts.database import open_database
from kb.domain.audit import AuditFilter, AuditLine, AuditRow, Result
from kb.domain.ports import AuditLog
from tests.fakes.audit import CHAIN, MemoryAuditLog
from tests.fakes.clock import NOON

SECOND = dt.timedelta(seconds=1)
ROWS = (
    AuditRow(at=NOON, actor="anna", action="sign-in"),
    AuditRow(at=NOON, actor="visitor", action="sign-in.refused", subject="anna"),
    AuditRow(at=NOON, actor="boris", action="account.disabled", subject="anna", detail="why"),
    AuditRow(at=NOON, actor="anna", action="publish", subject="case-study/x", key="case-study/x/1"),
    AuditRow(at=NOON, actor="boris", action="refused", subject="x"),
    AuditRow(at=NOON, actor="operator", action="export", subject="public", detail="7 records"),
    AuditRow(at=NOON + SECOND, actor="anna", action="sign-out"),
    AuditRow(at=NOON + 2 * SECOND, actor="carla", action="sign-in-by-proxy"),
)
FILTERS = (
    AuditFilter(),
    AuditFilter(person="anna"),
    AuditFilter(person="nobody"),
    AuditFilter(actor="boris"),
    AuditFilter(subjects=frozenset({"x", "case-study/x"})),
    AuditFilter(actions=frozenset({"sign-in"})),
    AuditFilter(actions=frozenset({"sign-in.refused", "account"})),
    AuditFilter(actions=frozenset({"sign_in", "%"})),
    AuditFilter(result=Result.REFUSED),
    AuditFilter(since=NOON + SECOND),
    AuditFilter(until=NOON + SECOND),
    AuditFilter(without_records=True),
    AuditFilter(person="anna", result=Result.DONE, without_records=True, until=NOON + SECOND),
)


@pytest.fixture(params=["memory", "sqlite"])
def log(request: pytest.FixtureRequest, tmp_path: Path) -> AuditLog:
    return MemoryAuditLog() if request.param == "memory" else sql_log(tmp_path)


def sql_log(folder: Path) -> SqlAudit:
    return SqlAudit(open_database(folder / "accounts.db"), CHAIN)


def row(action: str, subject: str = "", key: str | None = None) -> AuditRow:
    return AuditRow(at=NOON, actor="anna", action=action, subject=subject, detail="why", key=key)


def plain(lines: tuple[AuditLine, ...]) -> Iterator[AuditRow]:
    for line in lines:
        yield AuditRow(**line.model_dump(exclude={"number", "mac"}))


def test_an_empty_log_reads_as_empty(log: AuditLog) -> None:
    log.append([])

    assert log.older() == log.newer() == ()


def test_rows_come_back_whole_in_either_direction(log: AuditLog) -> None:
    log.append(ROWS[:2])
    log.append(ROWS[2:])

    assert tuple(plain(log.newer())) == ROWS
    assert log.older() == log.newer()[::-1]


def test_rows_are_numbered_without_a_gap_and_each_is_sealed_with_the_one_before(log: AuditLog) -> None:
    log.append(ROWS[:3])
    log.append(ROWS[3:])

    assert [line.number for line in log.newer()] == list(range(1, len(ROWS) + 1))
    assert CHAIN.verdict(log.newer()).fault is None


def test_a_row_whose_key_stands_already_is_skipped_and_adds_no_link(log: AuditLog) -> None:
    log.append([row("first", key="k/1")])
    log.append([row("again", key="k/1")])
    log.append([row("again", key="k/1"), row("second", key="k/2"), row("twice", key="k/2")])

    assert [(each.number, each.action) for each in log.newer()] == [(1, "first"), (2, "second")]
    assert CHAIN.verdict(log.newer()).fault is None


def test_however_many_keys_come_at_once_those_that_stand_are_skipped(log: AuditLog) -> None:
    many = [row("save", key=f"k/{number}") for number in range(2 * AT_ONCE + 1)]
    log.append(many[::2])

    log.append(many)

    assert len({each.key for each in log.newer(limit=len(many) + 1)}) == len(many)
    assert CHAIN.verdict(log.newer(limit=len(many) + 1)).rows == len(many)


def test_rows_without_key_are_all_kept(log: AuditLog) -> None:
    log.append([row("same"), row("same")])

    assert tuple(plain(log.newer())) == (row("same"), row("same"))


@pytest.mark.parametrize("asked", FILTERS)
def test_a_filter_gives_exactly_the_rows_that_fit_it(log: AuditLog, asked: AuditFilter) -> None:
    log.append(ROWS)

    fitting = tuple(each for each in ROWS if asked.fits(each))

    assert tuple(plain(log.newer(asked))) == fitting
    assert tuple(plain(log.older(asked))) == fitting[::-1]
    assert tuple(plain(log.newer(asked, skip=1, limit=2))) == fitting[1:3]
    assert log.count(asked) == len(fitting)


def test_pages_follow_each_other_by_number_whatever_is_added_meanwhile(log: AuditLog) -> None:
    log.append(row(f"act-{number}") for number in range(5))
    newest = log.older(limit=2)

    log.append([row("later")])
    second = log.older(before=newest[-1].number, limit=2)

    assert [line.number for line in newest] == [5, 4]
    assert [line.number for line in second] == [3, 2]
    assert [line.number for line in log.older(before=second[-1].number, limit=2)] == [1]
    assert [line.number for line in log.newer(after=3, limit=2)] == [4, 5]
    assert log.newer(after=6) == log.older(before=1) == log.newer(limit=0) == ()
