"""Text checks: what is shown beside a text while it is written, and what a reviewer must answer before it is published."""

from __future__ import annotations

from collections.abc import Iterator

from kb.domain.account import Account
from kb.domain.case_study import CaseStudy
from kb.domain.checks import Names, Objection, Severity, remarks
from kb.domain.finding import TextFinding, finding, texts_of, unanswered
from kb.domain.permission import Permission, demand
from kb.domain.submission import Submission

__all__ = ["TextChecks", "TextFinding"]


class TextChecks:
    """Looks texts through with the names that this knowledge base knows."""

    def of_case(self, actor: Account | None, body: CaseStudy) -> tuple[TextFinding, ...]:
        """Give the findings of all severities in a case's texts, in their order."""
        demand(actor, Permission.READ)
        return tuple(self._of_case(body))

    def standing_warnings(self, actor: Account | None, submission: Submission) -> tuple[TextFinding, ...]:
        """Give the warnings in a submission's text that no reviewer has let pass."""
        found = unanswered(self.of_case(actor, submission.body), submission.overrides)
        return tuple(each for each in found if each.objection.severity is Severity.WARN)

    def of_text(self, actor: Account | None, text: str, language: str = "en") -> tuple[Objection, ...]:
        """Give the findings of all severities in one text, in their order."""
        demand(actor, Permission.READ)
        return remarks(text, Names(), language)

    def _of_case(self, body: CaseStudy) -> Iterator[TextFinding]:
        for path, text in texts_of(body):
            for objection in remarks(text, Names(), body.language):
                yield finding(path, text, objection)
