"""Everything that is to be looked at in a text: what blocks it, what a second person must answer for, and better terms."""

from __future__ import annotations

from kb.domain.checks.check import Objection
from kb.domain.checks.names import Names
from kb.domain.checks.table import objections


def remarks(
    text: str,
    names: Names,  # noqa: ARG001 - no rule asks for them yet
    language: str = "en",  # noqa: ARG001
) -> tuple[Objection, ...]:
    """Give the findings of all severities, in order of start.

    `language` is that of the text: some rules know only how English is written.
    """
    return objections(text)
