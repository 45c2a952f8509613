"""The audit log in SQL: rows are added and read, nothing else; triggers refuse the rest whoever asks."""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.engine import Engine

from kb.adapters.accounts.database import writing
from kb.adapters.accounts.tables import AUDIT
from kb.domain.ports import AuditRow

_ROW = tuple(AUDIT.c[name] for name in AuditRow.model_fields)


class SqlAudit:
    """An `AuditLog`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def append(self, rows: Iterable[AuditRow]) -> None:
        values = [row.model_dump() for row in rows]
        if not values:
            return
        with writing(self._engine) as connection:
            connection.execute(insert(AUDIT).on_conflict_do_nothing(index_elements=[AUDIT.c.key]), values)

    def read(self, *, subject: str | None = None, limit: int = 200) -> tuple[AuditRow, ...]:
        chosen = sa.true() if subject is None else AUDIT.c.subject == subject
        newest = sa.select(*_ROW).where(chosen).order_by(AUDIT.c.number.desc()).limit(limit)
        with self._engine.connect() as connection:
            return tuple(AuditRow(**row) for row in connection.execute(newest).mappings())
