"""Reference records: public facts that coordinators keep for everybody, each with its source and the day on which it was looked at.

They are nobody's experience and nobody's property: no organisation owns them, coordinators keep them, and what was not
looked at for long says so itself.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import NamedTuple

from pydantic import model_validator

from kb.domain.errors import Invalid, WrongState
from kb.domain.marking import Marking
from kb.domain.record import Record
from kb.domain.text import Line
from kb.domain.workflow import Action


class ReferenceStatus(StrEnum):
    """Where a reference record stands."""

    CURRENT = "current"
    RETIRED = "retired"
    """No longer offered: it ended, or was wrong. Kept with the reason, out of lists and search."""


class Reference(Record):
    """The part that resources, instruments and jurisdictions share; `as_of` is the day for which its facts were looked at."""

    status: ReferenceStatus = ReferenceStatus.CURRENT
    status_reason: Line = ""
    as_of: dt.date | None = None

    def is_overdue(self, today: dt.date) -> bool:
        """Say whether somebody should have looked again before today."""
        return self.review_by is not None and self.review_by < today


class PublicReference(Reference):
    """A reference record under an id that everybody can guess: it can hide nothing, so it says nothing that is not public."""

    @model_validator(mode="after")
    def _is_for_everybody(self) -> PublicReference:
        audience = self.audience
        if audience.marking not in {Marking.CLEAR, Marking.GREEN} or audience.chatham_house:
            raise ValueError("Instruments and legislation are public facts: mark them CLEAR or GREEN.")
        return self


class ReferenceStep(NamedTuple):
    """One allowed step: from which statuses, to which."""

    sources: frozenset[ReferenceStatus]
    target: ReferenceStatus
    needs_reason: bool = False


_S = ReferenceStatus
_CURRENT, _RETIRED = frozenset({_S.CURRENT}), frozenset({_S.RETIRED})
REFERENCE_STEPS: dict[Action, ReferenceStep] = {
    Action.EDIT: ReferenceStep(_CURRENT, _S.CURRENT),
    Action.CONFIRM: ReferenceStep(_CURRENT, _S.CURRENT),
    Action.RETIRE: ReferenceStep(_CURRENT, _S.RETIRED, needs_reason=True),
    Action.REINSTATE: ReferenceStep(_RETIRED, _S.CURRENT, needs_reason=True),
}
"""What a coordinator can do with a reference record that there is."""


def reference_after(action: Action, status: ReferenceStatus, reason: str = "") -> ReferenceStatus:
    """Give the status that `action` leads to from `status`; raises WrongState, or Invalid when a reason is missing."""
    step = REFERENCE_STEPS[action]
    if status not in step.sources:
        raise WrongState(f"This record is {status.value}; that step is not possible now. Reload the page.")
    if step.needs_reason and not reason.strip():
        raise Invalid(("reason", "Say why; readers of the history will ask."))
    return step.target
