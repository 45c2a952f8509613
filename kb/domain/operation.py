"""Operations: a plan over many records, kept as a record first, so that a crash in the middle is rolled forward."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator

from kb.domain.identifier import ConceptKey, Identifier
from kb.domain.record import Kind
from kb.domain.text import Line, Value
from kb.domain.unit import GroupId


class OperationKind(StrEnum):
    """What is carried out."""

    PURGE = "purge"
    SPLIT = "split"
    """Lessons that bore one concept get others, each the one that was chosen for it."""
    RETAG = "retag"
    """Concepts are put on the results of a search, or taken off them."""
    UNDO = "undo"
    """What a split or a retagging changed is taken back, where it is still so."""


BEARING = frozenset({OperationKind.SPLIT, OperationKind.RETAG, OperationKind.UNDO})
"""Those that change what records bear, and nothing else of them."""


class OperationStatus(StrEnum):
    """How far it is; nothing but a finished operation may be reported as a success."""

    PLANNED = "planned"
    DONE = "done"


class StepOutcome(StrEnum):
    """What came of a step."""

    DONE = "done"
    SO_ALREADY = "so-already"
    """There was nothing to take off or to put on any more."""
    REWRITTEN = "rewritten"
    """The text was changed since it was looked at, or is gone."""
    REMARKED = "remarked"
    """The audience or the owner was changed since it was looked at."""
    NOT_ALLOWED = "not-allowed"
    """Whoever asked for it may no longer see the record, or no longer change its tags."""
    UNREADABLE = "unreadable"
    """The record is damaged, or was purged."""


class RevisionRef(Value):
    """Names one revision."""

    kind: Kind
    id: Identifier
    revision: int


def _of_a_bearer(name: str) -> str:
    kind, mark, _ = name.partition(":")
    if mark and kind not in OTHER_BEARERS:
        raise ValueError("Records of this kind bear no concepts.")
    return name


OTHER_BEARERS = frozenset({Kind.PRACTICE, Kind.RESOURCE, Kind.INSTRUMENT})
"""Kinds beside cases whose records bear concepts (see `bearing`)."""
BearerName = Annotated[GroupId, AfterValidator(_of_a_bearer)]
"""A record that bears concepts, by the name that its units bear: the id of a case, or such as `practice:ID`."""


class BearingStep(Value):
    """What one place of one record is to bear no longer, and what instead; of a finished one, what it came to."""

    case: BearerName
    revision: int
    """The one that was looked at when it was planned; of a step that is done, the one that it made."""
    lesson: str = ""
    """Empty for the record itself."""
    field: str
    remove: tuple[ConceptKey, ...] = ()
    add: tuple[ConceptKey, ...] = ()
    outcome: StepOutcome | None = None


class Operation(Value):
    """The plan: which revisions or places, and why. Beside the reason it holds ids and numbers, never text."""

    operation: OperationKind
    status: OperationStatus = OperationStatus.PLANNED
    reason: Line
    requested_by: Identifier
    targets: tuple[RevisionRef, ...] = ()
    """Of a purge."""
    steps: tuple[BearingStep, ...] = ()
    """Of those that change what records bear."""
    undoes: Identifier | None = None
    """The operation that this one takes back."""

    @property
    def readers(self) -> frozenset[str]:
        """Give the reader tokens: none. A service tells others of the records that they may see, and of nothing else."""
        return frozenset()

    @property
    def cases(self) -> tuple[str, ...]:
        """Give the names of the records that it has steps for, each once."""
        return tuple(dict.fromkeys(step.case for step in self.steps))
