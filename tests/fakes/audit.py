"""An audit log in memory; `rows` are what was appended, the oldest first."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from kb.domain.audit import ALL, AuditFilter, AuditLine, AuditRow
from kb.domain.audit_chain import AuditChain, Head

CHAIN = AuditChain(b"a key that seals the rows of tests")


class MemoryAuditLog:
    def __init__(self) -> None:
        self.rows: list[AuditRow] = []

    @property
    def lines(self) -> tuple[AuditLine, ...]:
        return tuple(CHAIN.sealed(Head(), self.rows))

    def append(self, rows: Iterable[AuditRow]) -> None:
        keys = {row.key for row in self.rows if row.key}
        for row in rows:
            if row.key is None or row.key not in keys:
                self.rows.append(row)
                keys.add(row.key or "")

    def older(
        self, asked: AuditFilter = ALL, *, before: int | None = None, limit: int = 200
    ) -> tuple[AuditLine, ...]:
        fitting = (
            line
            for line in reversed(self.lines)
            if asked.fits(line) and (before is None or line.number < before)
        )
        return tuple(islice(fitting, limit))

    def newer(
        self, asked: AuditFilter = ALL, *, after: int = 0, skip: int = 0, limit: int = 200
    ) -> tuple[AuditLine, ...]:
        fitting = (line for line in self.lines if asked.fits(line) and line.number > after)
        return tuple(islice(fitting, skip, skip + limit))

    def count(self, asked: AuditFilter = ALL) -> int:
        return sum(1 for row in self.rows if asked.fits(row))
