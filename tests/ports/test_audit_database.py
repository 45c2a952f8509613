"""The audit log's table: it refuses whoever goes around the port, never forks, and takes the rows of before with it."""

from __future__ import annotations

import sqlite3
from contextlib import ExitStack, closing
from functools import partial
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from sqlalchemy.exc import IntegrityError

from kb.adapters.accounts.audit import SqlAudit
from kb.adapters.accounts.database import MIGRATIONS, open_database
from kb.domain.audit import Result
from kb.domain.audit_chain import AuditChain
from tests.fakes.audit import CHAIN
from tests.faults.forks import Child
from tests.ports.test_audit_log import row

ATTEMPTS = (
    "UPDATE audit SET actor = 'somebody else'",
    "UPDATE OR REPLACE audit SET number = 2 WHERE number = 1",
    "DELETE FROM audit",
    "INSERT OR REPLACE INTO audit SELECT number, at, 'x', action, subject, result, detail, NULL, mac FROM audit",
    "INSERT OR REPLACE INTO audit SELECT 3, at, 'x', action, subject, result, detail, key, mac FROM audit WHERE number = 1",
    "REPLACE INTO audit SELECT 3, at, 'x', action, subject, result, detail, key, mac FROM audit WHERE number = 1",
    "INSERT INTO audit SELECT 1, at, '', '', '', '', '', NULL, '' FROM audit WHERE true ON CONFLICT DO UPDATE SET actor = 'x'",
    "INSERT INTO audit SELECT 9, at, 'x', action, subject, result, detail, NULL, mac FROM audit WHERE number = 1",
    "INSERT INTO audit SELECT 0, at, 'x', action, subject, result, detail, NULL, mac FROM audit WHERE number = 1",
)
"""Changing, removing, replacing, and adding anything but the next row. OWASP ASVS 5.0 16.4.2: logs cannot be modified."""
PROCESSES, ROUNDS = 4, 25


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "accounts.db"
    SqlAudit(open_database(path), CHAIN).append([row("one", key="k/1"), row("two")])
    return path


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_the_database_refuses_to_change_what_stands_in_it(path: Path, attempt: str) -> None:
    engine = open_database(path)
    before = SqlAudit(engine, CHAIN).newer()

    with pytest.raises(IntegrityError, match="append-only"), engine.begin() as connection:
        connection.execute(sa.text(attempt))

    assert SqlAudit(engine, CHAIN).newer() == before


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_a_connection_that_is_not_ours_is_refused_the_same(path: Path, attempt: str) -> None:
    """SQLite's own shell does not turn recursive triggers on, without which a replacement fires none for its removal."""
    before = SqlAudit(open_database(path), CHAIN).newer()

    with (
        closing(sqlite3.connect(path)) as connection,
        pytest.raises(sqlite3.IntegrityError, match="append-only"),
    ):
        connection.execute(attempt)

    assert SqlAudit(open_database(path), CHAIN).newer() == before


def test_who_removes_the_triggers_first_is_found_out_by_the_chain(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TRIGGER audit_never_changes")
        connection.execute("UPDATE audit SET actor = 'somebody else' WHERE number = 1")
        connection.commit()

    verdict = CHAIN.verdict(SqlAudit(open_database(path), CHAIN).newer())

    assert (verdict.number, verdict.fault is None) == (1, False)


def test_processes_that_append_at_once_make_one_chain(tmp_path: Path) -> None:
    path = tmp_path / "accounts.db"
    open_database(path).dispose()

    with ExitStack() as stack:
        children = [stack.enter_context(Child(partial(_append, path, name))) for name in range(PROCESSES)]
        for child in children:
            child.succeed()

    lines = SqlAudit(open_database(path), CHAIN).newer(limit=1_000)
    verdict = CHAIN.verdict(lines)
    assert (verdict.rows, verdict.fault) == (PROCESSES * ROUNDS * 2 + ROUNDS, None)
    assert {line.subject for line in lines if not line.key} == {
        f"process-{name}" for name in range(PROCESSES)
    }


def _append(path: Path, name: int) -> None:
    """Append two rows of one's own at a time, and one that every process tries to write."""
    log = SqlAudit(open_database(path), CHAIN)
    for number in range(ROUNDS):
        log.append(
            [row("own", f"process-{name}"), row("shared", key=f"k/{number}"), row("own", f"process-{name}")]
        )


@pytest.fixture
def before_the_chain(tmp_path: Path) -> Path:
    """Give a database of the last schema without a chain, with rows and a gap where one was skipped for its key."""
    path = tmp_path / "accounts.db"
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    engine = sa.create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0004")
        for values in (
            "(1, 1788264000, 'anna', 'sign-in', '', '', NULL)",
            "(2, 1788264001, 'visitor', 'sign-in.refused', 'anna', '', NULL)",
            "(5, 1788264002, 'anna', 'publish', 'case-study/x', 'revision 1', 'case-study/x/1')",
        ):
            connection.exec_driver_sql(f"INSERT INTO audit VALUES {values}")
    engine.dispose()
    return path


def test_rows_from_before_there_was_a_chain_are_kept_and_sealed(before_the_chain: Path) -> None:
    log = SqlAudit(
        open_database(before_the_chain, b"the key of this home"), AuditChain(b"the key of this home")
    )
    log.append([row("later"), row("again", key="case-study/x/1")])

    lines = log.newer()

    assert [(line.number, line.action, line.result) for line in lines] == [
        (1, "sign-in", Result.DONE),
        (2, "sign-in.refused", Result.REFUSED),
        (3, "publish", Result.DONE),
        (4, "later", Result.DONE),
    ]
    assert (lines[2].subject, lines[2].detail, lines[2].key) == (
        "case-study/x",
        "revision 1",
        "case-study/x/1",
    )
    assert AuditChain(b"the key of this home").verdict(lines).fault is None


@pytest.mark.parametrize("attempt", ATTEMPTS[:3])
def test_rows_from_before_are_guarded_like_new_ones(before_the_chain: Path, attempt: str) -> None:
    engine = open_database(before_the_chain, b"the key of this home")

    with pytest.raises(IntegrityError, match="append-only"), engine.begin() as connection:
        connection.execute(sa.text(attempt))
