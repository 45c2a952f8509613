"""The audit log in SQL: rows are added and read, nothing else; triggers refuse the rest whoever asks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from kb.adapters.accounts.database import deciding
from kb.adapters.accounts.tables import AUDIT
from kb.domain.audit import ABOUT_RECORDS, ALL, AuditFilter, AuditLine, AuditRow
from kb.domain.audit_chain import AuditChain, Head

AT_ONCE = 500
"""Keys looked up in one statement: SQLite bounds the values of one."""
_LINE = tuple(AUDIT.c[name] for name in AuditLine.model_fields)


class SqlAudit:
    """An `AuditLog`. The last seal is read and the next rows are written in one transaction, so the chain never forks."""

    def __init__(self, engine: Engine, chain: AuditChain) -> None:
        self._engine, self._chain = engine, chain

    def append(self, rows: Iterable[AuditRow]) -> None:
        asked = tuple(rows)
        if not asked:
            return
        with deciding(self._engine) as connection:
            new = _new(asked, _standing(connection, [row.key for row in asked if row.key]))
            lines = [line.model_dump() for line in self._chain.sealed(_head(connection), new)]
            if lines:
                connection.execute(sa.insert(AUDIT), lines)

    def older(
        self, asked: AuditFilter = ALL, *, before: int | None = None, limit: int = 200
    ) -> tuple[AuditLine, ...]:
        bound = sa.true() if before is None else AUDIT.c.number < before
        return self._lines(asked, bound, AUDIT.c.number.desc(), limit)

    def newer(
        self, asked: AuditFilter = ALL, *, after: int = 0, skip: int = 0, limit: int = 200
    ) -> tuple[AuditLine, ...]:
        return self._lines(asked, AUDIT.c.number > after, AUDIT.c.number.asc(), limit, skip)

    def count(self, asked: AuditFilter = ALL) -> int:
        fitting = sa.select(sa.func.count()).select_from(AUDIT).where(*_conditions(asked))
        with self._engine.connect() as connection:
            return connection.execute(fitting).scalar_one()

    def _lines(
        self,
        asked: AuditFilter,
        bound: sa.ColumnElement[bool],
        order: sa.ColumnElement[int],
        limit: int,
        skip: int = 0,
    ) -> tuple[AuditLine, ...]:
        fitting = sa.select(*_LINE).where(bound, *_conditions(asked)).order_by(order).limit(limit)
        lines = fitting.offset(skip) if skip else fitting
        with self._engine.connect() as connection:
            return tuple(AuditLine(**row) for row in connection.execute(lines).mappings())


def _head(connection: Connection) -> Head:
    newest = sa.select(AUDIT.c.number, AUDIT.c.mac).order_by(AUDIT.c.number.desc()).limit(1)
    found = connection.execute(newest).mappings().first()
    return Head(**found) if found else Head()


def _standing(connection: Connection, keys: Sequence[str]) -> set[str]:
    return {
        key
        for start in range(0, len(keys), AT_ONCE)
        for key in connection.scalars(
            sa.select(AUDIT.c.key).where(AUDIT.c.key.in_(keys[start : start + AT_ONCE]))
        )
    }


def _new(rows: Iterable[AuditRow], standing: set[str]) -> Iterator[AuditRow]:
    for row in rows:
        if row.key not in standing:
            yield row
        if row.key:
            standing.add(row.key)


def _conditions(asked: AuditFilter) -> Iterator[sa.ColumnElement[bool]]:
    given = ((condition, getattr(asked, name)) for name, condition in _CONDITIONS.items())
    return (condition(value) for condition, value in given if value)


_FIRST_WORD = sa.func.substr(AUDIT.c.action, 1, sa.func.instr(AUDIT.c.action.concat("."), ".") - 1)
_CONDITIONS: Mapping[str, Callable[[Any], sa.ColumnElement[bool]]] = {
    "person": lambda person: sa.or_(AUDIT.c.actor == person, AUDIT.c.subject == person),
    "actor": lambda actor: AUDIT.c.actor == actor,
    "subjects": AUDIT.c.subject.in_,
    "actions": lambda actions: sa.or_(AUDIT.c.action.in_(actions), _FIRST_WORD.in_(actions)),
    "result": lambda result: AUDIT.c.result == result,
    "since": lambda since: AUDIT.c.at >= since,
    "until": lambda until: AUDIT.c.at < until,
    "without_records": lambda _: sa.and_(AUDIT.c.key.is_(None), AUDIT.c.action.not_in(ABOUT_RECORDS)),
}
"""What each part of a filter means in SQL, where it is given."""
assert set(_CONDITIONS) == set(AuditFilter.model_fields)
