"""The accounts' database: durable, migrated from nothing, opened by several processes at once."""

from __future__ import annotations

import stat
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Engine
from sqlalchemy.exc import IntegrityError

from kb.adapters.accounts.accounts import SqlAccounts
from kb.adapters.accounts.audit import SqlAudit
from kb.adapters.accounts.database import HEAD, MIGRATIONS, open_database
from kb.adapters.accounts.saved_searches import SqlSavedSearches
from kb.adapters.accounts.sessions import SqlSessions
from kb.adapters.accounts.tables import METADATA
from kb.domain.errors import StoreFailure
from kb.domain.ports import AuditRow, NewAccount
from tests.fakes.audit import CHAIN
from tests.fakes.clock import NOON


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return open_database(tmp_path / "accounts.db")


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("busy_timeout", 10_000),
        ("recursive_triggers", 1),
        ("secure_delete", 1),
    ],
)
def test_every_connection_is_durable_strict_and_patient(engine: Engine, pragma: str, value: object) -> None:
    with engine.connect() as connection:
        assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value


def test_the_migrations_make_exactly_the_tables_that_the_code_reads(engine: Engine) -> None:
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []


def test_the_code_names_the_last_migration() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))

    assert ScriptDirectory.from_config(config).get_current_head() == HEAD


def test_a_file_of_the_first_release_is_brought_to_todays_tables_with_what_is_in_it(tmp_path: Path) -> None:
    path = tmp_path / "accounts.db"
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    engine = sa.create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.exec_driver_sql(
            "INSERT INTO account VALUES ('anna', 'a@example.org', 'a@example.org', 'Anna', NULL, 1, 'en', 0, NULL)"
        )
    engine.dispose()

    today = open_database(path)

    assert SqlAccounts(today).get("anna")
    assert SqlSavedSearches(today).of("anna") == ()


def test_only_the_servers_user_reads_the_file(tmp_path: Path, engine: Engine) -> None:
    assert stat.S_IMODE((tmp_path / "accounts.db").stat().st_mode) == 0o600
    engine.dispose()


def test_opening_again_keeps_what_is_there(tmp_path: Path, engine: Engine) -> None:
    account = NewAccount(id="a", email="a@example.org", name="A", organisation=None, roles=frozenset())
    SqlAccounts(engine).add(account)

    assert SqlAccounts(open_database(tmp_path / "accounts.db")).get("a")


def test_several_that_start_at_once_end_with_one_schema(tmp_path: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        engines = list(pool.map(open_database, [tmp_path / "shared.db"] * 4))

    for engine in engines:
        assert SqlAccounts(engine).list() == ()


def test_a_disk_that_refuses_is_told_as_such_and_reading_goes_on(engine: Engine) -> None:
    accounts, sessions, audit = SqlAccounts(engine), SqlSessions(engine), SqlAudit(engine, CHAIN)
    account = accounts.add(
        NewAccount(id="a", email="a@example.org", name="A", organisation=None, roles=frozenset())
    )
    sa.event.listen(engine, "checkout", lambda raw, *_: raw.execute("PRAGMA query_only = ON"))
    attempts: list[Callable[[], object]] = [
        lambda: accounts.set_profile(account),
        lambda: sessions.touch("token", NOON),
        lambda: audit.append([AuditRow(at=NOON, actor="a", action="b")]),
    ]

    for attempt in attempts:
        with pytest.raises(StoreFailure, match="cannot be written"):
            attempt()

    assert accounts.get("a") == account


def test_a_reference_to_nobody_is_refused(engine: Engine) -> None:
    with pytest.raises(IntegrityError), engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO link VALUES ('nobody', 'hash', 0)")
