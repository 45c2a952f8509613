"""Text checks: what is shown beside a text while it is written, and what a reviewer must answer before it is published."""

from __future__ import annotations

from collections.abc import Iterator

from kb.domain.account import Account
from kb.domain.case_study import CaseStudy
from kb.domain.checks import Names, Objection, Severity
from kb.domain.finding import TextFinding, finding, texts_of, unanswered
from kb.domain.permission import Permission, demand
from kb.domain.revision import Body
from kb.domain.submission import Submission
from kb.services.known_names import KnownNames
from kb.services.remembered_checks import RememberedChecks

__all__ = ["TextChecks", "TextFinding"]

NOBODYS_WORDS = ("owner.", "author")
"""Paths of what no writer of the case has typed into it."""


class TextChecks:
    """Looks texts through with the names that the reader knows."""

    def __init__(self, names: KnownNames) -> None:
        self._names = names
        self._checks = RememberedChecks()

    def of_case(self, actor: Account | None, body: CaseStudy) -> tuple[TextFinding, ...]:
        """Give the findings of all severities in a case's texts, in their order."""
        return self.of_record(actor, body)

    def of_record(self, actor: Account | None, body: Body) -> tuple[TextFinding, ...]:
        """Give the findings of all severities in a record of any kind."""
        account = demand(actor, Permission.READ)
        return tuple(self._found(body, self._names.of(account)))

    def standing_warnings(self, actor: Account | None, submission: Submission) -> tuple[TextFinding, ...]:
        """Give the warnings in a submission's text that no reviewer has let pass."""
        found = unanswered(self.of_case(actor, submission.body), submission.overrides)
        return tuple(each for each in found if each.objection.severity is Severity.WARN)

    def of_text(self, actor: Account | None, text: str, language: str = "en") -> tuple[Objection, ...]:
        """Give the findings of all severities in one text, in their order."""
        account = demand(actor, Permission.READ)
        return self._checks.remarks(text, self._names.of(account), language)

    def _found(self, body: Body, names: Names) -> Iterator[TextFinding]:
        language = getattr(body.body if isinstance(body, Submission) else body, "language", "en")
        for path, text in texts_of(body):
            if not path.startswith(NOBODYS_WORDS):
                for objection in self._checks.remarks(text, names, language):
                    yield finding(path, text, objection)
