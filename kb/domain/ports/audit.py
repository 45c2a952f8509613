"""The audit log: who did what, appended and never changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Protocol

from kb.domain.text import Value


class AuditRow(Value):
    """One line of the append-only audit log. `subject` names a record or account; no text of a record stands in it."""

    at: dt.datetime
    actor: str
    action: str
    subject: str = ""
    detail: str = ""
    key: str | None = None
    """For saves: `kind/id/revision`, unique, so that a drain that runs twice writes one row."""


class AuditLog(Protocol):
    """Appends; never changes or removes."""

    def append(self, rows: Iterable[AuditRow]) -> None:
        """Write rows durably; a row whose key stands already is skipped."""

    def read(self, *, subject: str | None = None, limit: int = 200) -> tuple[AuditRow, ...]:
        """Give the newest rows first."""
