"""Two revisions of a record beside each other, each in the form in which its reader may see it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from kb.domain.difference import FieldDifference, record_difference
from kb.domain.marking import Marking, highest
from kb.domain.record import Record
from kb.domain.text import Value

V = TypeVar("V", bound=Value)


class RevisionDifference(Value, Generic[V]):
    """What differs between two revisions, and the narrowest marking of all that it shows."""

    before: V
    after: V
    fields: tuple[FieldDifference, ...]
    marking: Marking


def difference(before: V, after: V, text: Callable[[V], Record], *shown: Marking) -> RevisionDifference[V]:
    """Compare the texts of two views; markings that are `shown` are of what the views tell beside their texts."""
    texts = text(before), text(after)
    return RevisionDifference(
        before=before,
        after=after,
        fields=record_difference(*texts),
        marking=highest(*(each.audience.marking for each in texts), *shown),
    )
