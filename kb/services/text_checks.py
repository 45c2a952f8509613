"""Text checks: what is shown beside a text while it is written, and what a reviewer must answer before it is published."""

from __future__ import annotations

from collections.abc import Iterator

from kb.domain.account import Account
from kb.domain.case_study import CaseStudy
from kb.domain.checks import Names, Objection, remarks
from kb.domain.finding import TextFinding, finding, texts_of
from kb.domain.permission import Permission, demand

__all__ = ["TextChecks", "TextFinding"]


class TextChecks:
    """Looks texts through with the names that this knowledge base knows."""

    def of_case(self, actor: Account | None, body: CaseStudy) -> tuple[TextFinding, ...]:
        """Give the findings of all severities in a case's texts, in their order."""
        demand(actor, Permission.READ)
        return tuple(self._of_case(body))

    def of_text(self, actor: Account | None, text: str, language: str = "en") -> tuple[Objection, ...]:
        """Give the findings of all severities in one text, in their order."""
        demand(actor, Permission.READ)
        return remarks(text, Names(), language)

    def _of_case(self, body: CaseStudy) -> Iterator[TextFinding]:
        for path, text in texts_of(body):
            for objection in remarks(text, Names(), body.language):
                yield finding(path, text, objection)
