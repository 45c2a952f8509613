"""What tests of the audit log share: an installation in which something was done, and lines without end."""

from __future__ import annotations

from collections.abc import Iterable

from kb.domain.account import OPERATOR, Role
from kb.domain.audit import AuditRow
from tests.fakes.clock import NOON
from tests.services.people import People


def with_a_past() -> People:
    """Give people of whom one was signed out and disabled."""
    people = People()
    people.add("anna", Role.INVESTIGATOR)
    people.accounts.end_sessions(OPERATOR, "anna")
    people.accounts.disable(OPERATOR, "anna")
    return people


def actions(lines: Iterable[AuditRow]) -> list[str]:
    """Give what was done, in the order of the lines."""
    return [line.action for line in lines]


def fill(people: People, count: int) -> None:
    """Let somebody sign in so many times."""
    people.log.append(AuditRow(at=NOON, actor="boris", action="sign-in") for _ in range(count))


def silent(_done: int, _total: int) -> None:
    """Watch nothing."""
