"""Reference records: public facts that coordinators keep for everybody, each with its source and the day on which it was looked at.

They are nobody's experience and nobody's property: no organisation owns them, coordinators keep them, and what was not
looked at for long says so itself.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum
from typing import ClassVar, NamedTuple, Self

from pydantic import model_validator

from kb.domain.concept import Scheme
from kb.domain.errors import Invalid, WrongState
from kb.domain.marking import Marking
from kb.domain.record import Record
from kb.domain.replacement import Replacements
from kb.domain.text import Line
from kb.domain.workflow import Action


class ReferenceStatus(StrEnum):
    """Where a reference record stands."""

    CURRENT = "current"
    RETIRED = "retired"
    """No longer offered: it ended, or was wrong. Kept with the reason, out of lists and search."""


class Reference(Record):
    """The part that resources, instruments and jurisdictions share; `as_of` is the day for which its facts were looked at."""

    CONCEPTS: ClassVar[Mapping[str, Scheme]] = {}
    """The fields that hold keys of concepts, one or several, each with its scheme."""

    status: ReferenceStatus = ReferenceStatus.CURRENT
    status_reason: Line = ""
    as_of: dt.date | None = None

    @property
    def problems(self) -> tuple[tuple[str, str], ...]:
        """Give what must be mended before it can be kept: (field, sentence) pairs."""
        checks = (
            (not self.title, "title", "Give it the name by which others know it."),
            (
                not any(each.url for each in self.sources),
                "sources",
                "Name at least one public source, with its address.",
            ),
            (self.as_of is None, "as_of", "Say for which day this was looked at."),
        )
        return tuple((field, sentence) for wrong, field, sentence in checks if wrong)

    def resolved(self, replacements: Replacements) -> Self:
        """Give the record as it reads now: of merged concepts those that stand for them."""
        if not replacements:
            return self
        return self.model_copy(
            update={
                field: _standing(getattr(self, field), scheme, replacements)
                for field, scheme in self.CONCEPTS.items()
            }
        )

    def concepts(self) -> tuple[tuple[str, Scheme, tuple[str, ...]], ...]:
        """Give (field, scheme, keys) of every concept that it names."""
        return tuple((field, scheme, _keys(getattr(self, field))) for field, scheme in self.CONCEPTS.items())

    def is_overdue(self, today: dt.date) -> bool:
        """Say whether somebody should have looked again before today."""
        return self.review_by is not None and self.review_by < today


def _keys(value: tuple[str, ...] | str | None) -> tuple[str, ...]:
    if isinstance(value, tuple):
        return value
    return (value,) if value else ()


def _standing(
    value: tuple[str, ...] | str | None, scheme: Scheme, replacements: Replacements
) -> tuple[str, ...] | str | None:
    if isinstance(value, tuple):
        return replacements.among_keys(scheme, value)
    return replacements.of(scheme, value) if value else value


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
