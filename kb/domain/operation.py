"""Operations: a plan over many records, kept as a record first, so that a crash in the middle is rolled forward."""

from __future__ import annotations

from enum import StrEnum

from kb.domain.identifier import Identifier
from kb.domain.record import Kind
from kb.domain.text import Line, Value


class OperationKind(StrEnum):
    """What is carried out."""

    PURGE = "purge"


class OperationStatus(StrEnum):
    """How far it is; nothing but a finished operation may be reported as a success."""

    PLANNED = "planned"
    DONE = "done"


class RevisionRef(Value):
    """Names one revision."""

    kind: Kind
    id: Identifier
    revision: int


class Operation(Value):
    """The plan: which revisions, and why. It holds ids and numbers, never text."""

    operation: OperationKind
    status: OperationStatus = OperationStatus.PLANNED
    reason: Line
    requested_by: Identifier
    targets: tuple[RevisionRef, ...]

    @property
    def readers(self) -> frozenset[str]:
        """Give the reader tokens: none, an operation is for operators."""
        return frozenset()
