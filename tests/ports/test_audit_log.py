"""What every audit log promises, asked of SQLite and of the fake; SQLite also refuses whoever goes around the port."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlalchemy.exc import IntegrityError

from kb.adapters.accounts.audit import SqlAudit
from kb.adapters.accounts.database import open_database
from kb.domain.ports import AuditLog, AuditRow
from tests.fakes.audit import MemoryAuditLog
from tests.fakes.clock import NOON


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return open_database(tmp_path / "accounts.db")


@pytest.fixture(params=["memory", "sqlite"])
def log(request: pytest.FixtureRequest, engine: Engine) -> AuditLog:
    return MemoryAuditLog() if request.param == "memory" else SqlAudit(engine)


def row(action: str, subject: str = "", key: str | None = None) -> AuditRow:
    return AuditRow(at=NOON, actor="anna", action=action, subject=subject, detail="why", key=key)


def test_an_empty_log_reads_as_empty(log: AuditLog) -> None:
    log.append([])

    assert log.read() == ()


def test_the_newest_rows_come_first_and_whole(log: AuditLog) -> None:
    log.append([row("one"), row("two", "case-study/x", "case-study/x/1")])
    log.append([row("three")])

    assert log.read() == (row("three"), row("two", "case-study/x", "case-study/x/1"), row("one"))


def test_a_row_whose_key_stands_already_is_skipped(log: AuditLog) -> None:
    log.append([row("first", key="k/1")])
    log.append([row("again", key="k/1"), row("second", key="k/2"), row("twice", key="k/2")])

    assert [each.action for each in log.read()] == ["second", "first"]


def test_rows_without_key_are_all_kept(log: AuditLog) -> None:
    log.append([row("same"), row("same")])

    assert log.read() == (row("same"), row("same"))


def test_reading_can_be_of_one_subject_and_of_few_rows(log: AuditLog) -> None:
    log.append([row("one", "a"), row("two", "b"), row("three", "a")])

    assert [each.action for each in log.read(subject="a")] == ["three", "one"]
    assert [each.action for each in log.read(limit=1)] == ["three"]


@pytest.mark.parametrize(
    "attempt",
    [
        "UPDATE audit SET actor = 'somebody else'",
        "DELETE FROM audit",
        "INSERT OR REPLACE INTO audit (number, at, actor, action, subject, detail) VALUES (1, 0, '', '', '', '')",
    ],
)
def test_the_database_refuses_to_change_what_stands_in_it(engine: Engine, attempt: str) -> None:
    log = SqlAudit(engine)
    log.append([row("one")])

    with pytest.raises(IntegrityError, match="append-only"), engine.begin() as connection:
        connection.execute(sa.text(attempt))

    assert log.read() == (row("one"),)
