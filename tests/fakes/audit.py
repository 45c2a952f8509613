"""An audit log in memory."""

from __future__ import annotations

from collections.abc import Iterable

from kb.domain.ports import AuditRow


class MemoryAuditLog:
    def __init__(self) -> None:
        self.rows: list[AuditRow] = []

    def append(self, rows: Iterable[AuditRow]) -> None:
        keys = {row.key for row in self.rows if row.key}
        for row in rows:
            if row.key is None or row.key not in keys:
                self.rows.append(row)
                keys.add(row.key or "")

    def read(self, *, subject: str | None = None, limit: int = 200) -> tuple[AuditRow, ...]:
        fitting = [row for row in reversed(self.rows) if subject is None or row.subject == subject]
        return tuple(fitting[:limit])
