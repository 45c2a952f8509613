"""What an operation makes of a record: steps that change what it bears, each judged against the text that was looked at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from kb.domain.bearing import OF_LESSON, SINGLE, Bearer, Place, holder_at, keys_at, text_of, with_keys
from kb.domain.lesson import LessonBase
from kb.domain.operation import BearingStep, StepOutcome
from kb.domain.text import Value

NO_LONGER: Mapping[str, object] = {name: None if name in SINGLE else () for name in OF_LESSON}
"""What a lesson is compared without: what it bears may be changed by others, and both changes stand."""


class Changed(NamedTuple):
    """A record after some steps, and what each of them came to."""

    record: Bearer
    steps: tuple[BearingStep, ...]


def changed(now: Bearer, looked_at: Mapping[int, Bearer], steps: Iterable[BearingStep]) -> Changed:
    """Take the steps on a record as it is `now`; `looked_at` holds the texts at which they were planned, by revision.

    A step whose text, audience or owner has changed since is left out, and so is one that finds nothing to do. What is
    done names the concepts that it really took off and put on, so that it can be taken back exactly.
    """
    came_to = []
    for step in steps:
        outcome, keys, result = _judged(now, looked_at[step.revision], step)
        came_to.append(step.model_copy(update={"outcome": outcome, **result}))
        if outcome is StepOutcome.DONE:
            now = with_keys(now, {place_of(step): keys})
    return Changed(now, tuple(came_to))


def place_of(step: BearingStep) -> Place:
    """Give the place that a step is about."""
    return Place(step.lesson, step.field)


def is_still_so(now: Bearer, step: BearingStep) -> bool:
    """Say whether all that a step did stands as it left it; only then may it be taken back."""
    keys = keys_at(now, place_of(step))
    return (
        step.outcome is StepOutcome.DONE
        and keys is not None
        and set(step.add) <= set(keys)
        and not set(step.remove) & set(keys)
    )


def inverse(step: BearingStep, revision: int) -> BearingStep:
    """Give the step that takes one back, planned at a revision."""
    update = {"revision": revision, "remove": step.add, "add": step.remove, "outcome": None}
    return step.model_copy(update=update)


def _judged(
    now: Bearer, before: Bearer, step: BearingStep
) -> tuple[StepOutcome, tuple[str, ...], dict[str, tuple[str, ...]]]:
    keys = keys_at(now, place_of(step))
    if (now.audience, now.owner) != (before.audience, before.owner):
        return StepOutcome.REMARKED, (), {}
    if keys is None or _told(now, step.lesson) != _told(before, step.lesson):
        return StepOutcome.REWRITTEN, (), {}
    gone = tuple(key for key in keys if key in step.remove)
    new = tuple(key for key in step.add if key not in keys)
    if not (gone or new) or (step.remove and not gone):
        return StepOutcome.SO_ALREADY, (), {}
    after = _put(keys, gone, new)
    if step.field in SINGLE and len(after) > 1:
        return StepOutcome.REWRITTEN, (), {}
    return StepOutcome.DONE, after, {"remove": gone, "add": new}


def _told(record: Bearer, key: str) -> Value | tuple[str, ...] | None:
    """Give what a person read to decide: a lesson without what it bears, or a record's own title and text."""
    holder = holder_at(record, key)
    if not isinstance(holder, LessonBase):
        return holder and (record.language, record.title, text_of(record))
    bears = {name: value for name, value in NO_LONGER.items() if name in type(holder).model_fields}
    return holder.model_copy(update=bears)


def _put(keys: tuple[str, ...], gone: tuple[str, ...], new: tuple[str, ...]) -> tuple[str, ...]:
    """Give the keys with the new ones in the place of the first that goes, or at the end."""
    place = keys.index(gone[0]) if gone else len(keys)
    left = [key for key in keys[:place] if key not in gone], [key for key in keys[place:] if key not in gone]
    return (*left[0], *new, *left[1])
