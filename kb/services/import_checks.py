"""Import checks: what the checks say of imported rows, and what an operator wants to be done about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from enum import StrEnum

from kb.domain.account import Account
from kb.domain.checks import Check, Severity
from kb.domain.errors import Blocked
from kb.domain.finding import TextFinding
from kb.domain.revision import Body
from kb.services.text_checks import TextChecks


class ImportChecks(StrEnum):
    """What becomes of a row that holds what the checks block."""

    BLOCK = "block"
    """It is rejected, with the places of what it holds."""
    REPORT = "report"
    """It goes in; each finding is told, and the audit log says how many of which kind came in."""


class CheckedRows:
    """The checks of one import: looks through each row, and counts by check."""

    def __init__(self, text_checks: TextChecks, operator: Account, wanted: ImportChecks) -> None:
        self._text_checks = text_checks
        self._operator = operator
        self._wanted = wanted
        self._counts: dict[Severity, Counter[Check]] = {each: Counter() for each in Severity}

    def look(self, bodies: Iterable[Body]) -> tuple[TextFinding, ...]:
        """Give what blocks the records of a row; raises Blocked where it must not go in. Warnings are counted alone."""
        found = [each for body in bodies for each in self._text_checks.of_record(self._operator, body)]
        for each in found:
            self._counts[each.objection.severity][each.objection.check] += 1
        blocking = tuple(each for each in found if each.objection.severity is Severity.BLOCK)
        if blocking and self._wanted is ImportChecks.BLOCK:
            raise Blocked(blocking)
        return blocking

    @property
    def summary(self) -> str:
        """Say what was found of which kind: for the audit log, so without a place and without a word of any text."""
        verb = "rejected for" if self._wanted is ImportChecks.BLOCK else "let in with"
        told = [(verb, self._counts[Severity.BLOCK]), ("warned of", self._counts[Severity.WARN])]
        return "; ".join(
            f"{verb} {', '.join(f'{check.value} {count}' for check, count in sorted(counts.items()))}"
            for verb, counts in told
            if counts
        )


def places_of(findings: Iterable[TextFinding]) -> str:
    """Say what was found where, counted from 1 as people count, and never which words."""
    return "; ".join(
        f"{each.path}, characters {each.objection.start + 1} to {each.objection.end}: {each.objection.check.value}"
        for each in findings
    )
