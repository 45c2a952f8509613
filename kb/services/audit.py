"""Reading the audit log."""

from __future__ import annotations

from collections.abc import Mapping

from kb.domain.account import Account
from kb.domain.permission import Permission, demand
from kb.domain.ports import AccountStore, AuditLog, AuditRow
from kb.domain.text import Value

PAGE = 200


class AuditPage(Value):
    """The newest rows, with the names of those accounts in them that still exist."""

    rows: tuple[AuditRow, ...]
    names: Mapping[str, str]


class Audit:
    """What administrators see of who did what; the log itself is written by whoever acts."""

    def __init__(self, audit: AuditLog, accounts: AccountStore) -> None:
        self._audit, self._accounts = audit, accounts

    def read(self, actor: Account | None, *, subject: str | None = None, limit: int = PAGE) -> AuditPage:
        """Give the newest rows, of one subject or all; raises Forbidden."""
        demand(actor, Permission.READ_AUDIT)
        rows = self._audit.read(subject=subject, limit=limit)
        known = self._accounts.named({row.actor for row in rows} | {row.subject for row in rows})
        return AuditPage(rows=rows, names={identifier: account.name for identifier, account in known.items()})
