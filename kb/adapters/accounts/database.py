"""The database file: how it is opened, and how it gets today's schema."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import Connection as SqliteConnection
from typing import Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import OperationalError

from kb.adapters.sqlite import OwnConnection
from kb.domain.errors import StoreFailure

MIGRATIONS: Final = Path(__file__).with_name("migrations")
HEAD: Final = "0007"
"""The schema that today's code reads; comparing it with the file's spares every start the migration tool."""
PRAGMAS: Final = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA busy_timeout = 10000",
    "PRAGMA recursive_triggers = ON",  # without it INSERT OR REPLACE would slip past the audit log's triggers
    "PRAGMA secure_delete = ON",
)


def open_database(path: Path, audit_key: bytes | None = None) -> Engine:
    """Open the accounts' database, making it or bringing it to today's schema where needed.

    `audit_key` seals what an audit log holds from before it was a chain; a new database holds none.
    """
    if not path.exists():
        path.touch(stat.S_IRUSR | stat.S_IWUSR)
    own = {"factory": OwnConnection, "check_same_thread": False}
    engine = sa.create_engine(f"sqlite:///{path}", connect_args=own)
    sa.event.listen(engine, "connect", _prepare)
    with engine.connect() as connection:
        if _version(connection) != HEAD:
            _migrate(connection, audit_key)
    return engine


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Give a connection in a transaction; raises StoreFailure where the disk or another process does not let us write."""
    try:
        with engine.begin() as connection:
            yield connection
    except OperationalError as error:
        raise StoreFailure(
            "The database of accounts and the audit log cannot be written. Have the disk of the home looked at, then try again."
        ) from error


@contextmanager
def deciding(engine: Engine) -> Iterator[Connection]:
    """Give a connection that nobody else can write beside: for what reads first and writes what follows from it."""
    with writing(engine) as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        yield connection


def _prepare(connection: SqliteConnection, _record: object) -> None:
    for pragma in PRAGMAS:
        connection.execute(pragma)


def _version(connection: Connection) -> str | None:
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    return connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()


def _migrate(connection: Connection, audit_key: bytes | None) -> None:
    """Run the missing steps in one transaction; workers that start together wait for the first one."""
    from alembic import command
    from alembic.config import Config

    connection.commit()
    connection.exec_driver_sql("BEGIN IMMEDIATE")
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes.update(connection=connection, audit_key=audit_key)
    command.upgrade(config, "head")
    connection.commit()
