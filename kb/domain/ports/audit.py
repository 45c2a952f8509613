"""The audit log, appended to and never changed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from kb.domain.audit import ALL, AuditFilter, AuditLine, AuditRow


class AuditLog(Protocol):
    """Appends rows to one chain, whoever else does so at the same moment; never changes or removes."""

    def append(self, rows: Iterable[AuditRow]) -> None:
        """Write rows durably, each sealed with the one before it; a row whose key stands already is skipped."""

    def older(
        self, asked: AuditFilter = ALL, *, before: int | None = None, limit: int = 200
    ) -> tuple[AuditLine, ...]:
        """Give the newest lines that are asked for, below this number where one is given, the newest first."""

    def newer(
        self, asked: AuditFilter = ALL, *, after: int = 0, skip: int = 0, limit: int = 200
    ) -> tuple[AuditLine, ...]:
        """Give the lines that follow this number, without the first `skip` of those asked for, the oldest first."""

    def count(self, asked: AuditFilter = ALL) -> int:
        """Give how many lines are asked for."""
