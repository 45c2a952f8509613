"""Good practices of the register: what coordinators distil from one or more lessons.

The five headings are those of EMMIE, by which the UK's Crime Reduction Toolkit tells what is known of a measure. How well a practice did (its
label) and how strong the evidence is (`evidence`) are two things.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Annotated, NamedTuple

from pydantic import BeforeValidator, Field, StringConstraints

from kb.domain.case_links import case_of
from kb.domain.errors import Invalid, WrongState
from kb.domain.identifier import ConceptKey, Identifier, UnitId
from kb.domain.marking import NOBODY_NAMED, coordinators_among, of_account
from kb.domain.permission import Permission
from kb.domain.record import Record, Source
from kb.domain.text import Line, Prose, normal_prose
from kb.domain.workflow import Action

HEADING_LENGTH = 1_200
MOST_LESSONS = 40

Short = Annotated[
    str,
    StringConstraints(max_length=HEADING_LENGTH),
    BeforeValidator(lambda text: normal_prose(text) if isinstance(text, str) else text),
]
"""A few sentences."""
LessonNames = Annotated[tuple[UnitId, ...], Field(max_length=MOST_LESSONS)]


class PracticeStatus(StrEnum):
    """Where a practice stands."""

    PROPOSED = "proposed"
    """Its words wait for a coordinator who did not write them."""
    ENDORSED = "endorsed"
    RETIRED = "retired"
    """No longer good advice; kept with the reason, out of search."""


class PracticeLabel(StrEnum):
    """How it did, in the eyes of who distilled it."""

    WORKED = "worked"
    PROMISING = "promising"
    NEW = "new"
    FAILED = "did-not-work"


class Practice(Record):
    """A practice; its title is the statement. `writers` wrote its words since they were endorsed last, who proposed it first."""

    how_to: Prose = ""
    effect: Short = ""
    """What it changed, and by how much."""
    mechanism: Short = ""
    """Why it works."""
    context: Short = ""
    """Where it works better or worse: the moderators."""
    implementation: Short = ""
    """What it takes to do it."""
    economics: Short = ""
    """What it costs, and saves."""
    rests_on: LessonNames = ()
    contradicted_by: LessonNames = ()
    evaluations: tuple[Source, ...] = ()
    """Outside evaluations: somebody else looked whether it works."""
    difficulties: tuple[ConceptKey, ...] = ()
    tags: tuple[ConceptKey, ...] = ()
    label: PracticeLabel = PracticeLabel.NEW
    status: PracticeStatus = PracticeStatus.PROPOSED
    status_reason: Line = ""
    released: bool = False
    """It was endorsed once: its audience reads it from then on, also while newer words wait."""
    writers: tuple[Identifier, ...] = ()

    @property
    def readers(self) -> frozenset[str]:
        """Give the reader tokens: before anybody endorsed it, its writers and the coordinators of its audience."""
        audience = super().readers
        return audience if self.released else coordinators_among(audience) | {*map(of_account, self.writers)}

    @property
    def meant_for(self) -> frozenset[str]:
        """Give the tokens of its audience, as its grounds must allow them from the first day."""
        return super().readers

    @property
    def lessons(self) -> tuple[str, ...]:
        """Give the names of the lessons that it rests on and that contradict it."""
        return (*self.rests_on, *self.contradicted_by)

    @property
    def problems(self) -> tuple[tuple[str, str], ...]:
        """Give what must be mended before it can be proposed: (field, sentence) pairs."""
        twice = set(self.rests_on) & set(self.contradicted_by)
        checks = (
            (not self.title, "title", "Say in one sentence what others should do."),
            (not self.how_to, "how_to", "Say how it is done, so that a colleague can do it."),
            (not self.rests_on, "rests_on", "Name at least one lesson that it rests on."),
            (bool(twice), "contradicted_by", "A lesson cannot bear it out and contradict it. Decide which."),
            (self.audience.names_nobody, "persons", NOBODY_NAMED),
        )
        return tuple((field, sentence) for wrong, field, sentence in checks if wrong)

    def _without_origin(self) -> Practice:
        return super()._without_origin().model_copy(update={"writers": ()})


def resting_on_known(practice: Practice, known: Callable[[str], bool]) -> Practice:
    """Give a practice as it names lessons of those cases alone that are known."""

    def told(units: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(unit for unit in units if known(case_of(unit)))

    update = {"rests_on": told(practice.rests_on), "contradicted_by": told(practice.contradicted_by)}
    return practice.model_copy(update=update)


class PracticeStep(NamedTuple):
    """One allowed step: from which statuses, to which, and who may."""

    sources: frozenset[PracticeStatus]
    target: PracticeStatus
    permission: Permission
    needs_reason: bool = False


_S = PracticeStatus
PRACTICE_STEPS: dict[Action, PracticeStep] = {
    Action.EDIT: PracticeStep(frozenset({_S.PROPOSED, _S.ENDORSED}), _S.PROPOSED, Permission.EDIT_PRACTICE),
    Action.ENDORSE: PracticeStep(frozenset({_S.PROPOSED}), _S.ENDORSED, Permission.ENDORSE_PRACTICE),
    Action.RETIRE: PracticeStep(
        frozenset({_S.PROPOSED, _S.ENDORSED}), _S.RETIRED, Permission.RETIRE_PRACTICE, needs_reason=True
    ),
    Action.REINSTATE: PracticeStep(
        frozenset({_S.RETIRED}), _S.PROPOSED, Permission.RETIRE_PRACTICE, needs_reason=True
    ),
}
"""New words, and old ones brought back, wait for a coordinator who did not write them."""


def practice_after(action: Action, status: PracticeStatus, reason: str = "") -> PracticeStatus:
    """Give the status that `action` leads to from `status`; raises WrongState, or Invalid when a reason is missing."""
    step = PRACTICE_STEPS[action]
    if status not in step.sources:
        raise WrongState(f"This practice is {status.value}; that step is not possible now. Reload the page.")
    if step.needs_reason and not reason.strip():
        raise Invalid(("reason", "Say why; readers of the history will ask."))
    return step.target
