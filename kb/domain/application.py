"""Applications: somebody applied a practice or a solution, and says how it went. They feed the strength of evidence."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Self

from pydantic import StringConstraints, model_validator

from kb.domain.case_links import case_of
from kb.domain.identifier import Identifier, UnitId
from kb.domain.lesson import Outcome
from kb.domain.marking import of_account
from kb.domain.record import Record
from kb.domain.text import Prose

Month = Annotated[str, StringConstraints(pattern=r"^(19|20)\d{2}-(0[1-9]|1[0-2])$")]
"""`2026-09`; never a day, so that no single operation can be told from it."""


class ApplicationStatus(StrEnum):
    """Whether it counts."""

    STANDING = "standing"
    WITHDRAWN = "withdrawn"
    """Taken back by who said so: it exists for them alone, and counts nowhere."""


class Application(Record):
    """Its owner is the organisation that applied the practice or the solution; one of the two is named."""

    practice: Identifier | None = None
    solution: UnitId | None = None
    outcome: Outcome = Outcome.UNKNOWN
    note: Prose = ""
    month: Month
    author: Identifier | None = None
    status: ApplicationStatus = ApplicationStatus.STANDING

    @model_validator(mode="after")
    def _is_of_one_thing(self) -> Self:
        if (self.practice is None) == (self.solution is None):
            raise ValueError("An application is of one practice or of one solution.")
        return self

    @property
    def subject(self) -> str:
        """Give the id of the record that it is about: the practice, or the case that tells the solution."""
        return self.practice or case_of(self.solution or "")

    @property
    def readers(self) -> frozenset[str]:
        """Give the reader tokens; what was withdrawn is its author's alone."""
        if self.status is ApplicationStatus.STANDING:
            return super().readers
        return frozenset({of_account(self.author)} if self.author else ())

    def _without_origin(self) -> Application:
        return super()._without_origin().model_copy(update={"author": None})
