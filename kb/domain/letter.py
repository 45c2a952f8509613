"""Letters: what is written to one person about their notices. Titles at most, and those of narrow records not even that.

A letter passes servers and lies in mailboxes that nobody here keeps, so it says what happened and where to read on.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Collection, Iterable, Sequence

from kb.domain.marking import Marking
from kb.domain.notice import ASKING, Told
from kb.domain.record import Kind
from kb.domain.text import LINE_LENGTH, Line, Value

PRODUCT = "Casebook"
UNTITLED = frozenset({Marking.AMBER_STRICT, Marking.RED})
"""Markings of records whose titles no mail tells: it would leave the few who may know them."""
WORDS: dict[Told, str] = {
    Told.SUBMITTED: "Submitted for review",
    Told.RESUBMITTED: "Submitted again",
    Told.TAKEN: "Taken into review",
    Told.HANDED_OVER: "Given to you for review",
    Told.CHANGES_REQUESTED: "Changes requested",
    Told.DECLINED: "Declined",
    Told.WITHDRAWN: "Withdrawn",
    Told.PUBLISHED: "Published",
    Told.REBASED: "Back in review, because the case has moved on",
    Told.COMMENTED: "New comment",
    Told.ASKED: "Your opinion is asked for",
    Told.NAMED: "You are a co-author now",
    Told.RETIRED: "Retired",
    Told.SUPERSEDED: "Superseded",
    Told.REINSTATED: "Brought back into search",
    Told.UNPUBLISHED: "Taken from readers",
    Told.QUESTION: "New in a discussion of yours",
    Told.ANSWER: "Somebody answered you",
    Told.REVIEW_DUE: "Is it still true? To be looked at again soon",
    Told.REVIEW_OVERDUE: "Is it still true? Its date has passed",
    Told.FOLLOWED: "New in what you follow",
    Told.PRACTICE_CHANGED: "A practice that you follow was changed",
    Told.APPLIED: "Somebody applied a practice that you follow",
}
"""What happened, in the words of a mail."""
MOST_TOLD = 30
"""A letter tells so many notices; the rest it counts."""
_THINGS = {
    Kind.SUBMISSION: "a submission",
    Kind.EVENT: "an event",
    Kind.PRACTICE: "a practice",
    Kind.APPLICATION: "a practice",
}


class Letter(Value):
    """One mail to one address, in plain text. `id` is the same for the same notices, so that a second copy shows as one."""

    id: str
    at: dt.datetime
    to: str
    subject: Line
    text: str
    settings: str
    """The address at which its reader decides what is mailed."""


class Item(Value):
    """One notice, as a letter tells it: the title as its reader may see it at this moment."""

    key: str
    act: Told
    kind: Kind
    title: str
    marking: Marking
    address: str

    @property
    def line(self) -> str:
        """Give what happened to what; a title is told as one short line, whatever it holds."""
        told = _THINGS.get(self.kind, "a case study") if self.marking in UNTITLED else self.title
        return f"{WORDS[self.act]}: {told[:LINE_LENGTH] or 'without a title'}"


class Digest(Value):
    """What one letter holds: notices, and sentences about what waits elsewhere, each with its address."""

    items: tuple[Item, ...]
    besides: tuple[tuple[str, str], ...] = ()


def letter_to(address: str, digest: Digest, *, at: dt.datetime, inbox: str, settings: str) -> Letter:
    """Write a letter; what asks for something comes first."""
    ordered = sorted(digest.items, key=lambda each: each.act not in ASKING)
    asking = [each for each in ordered[:MOST_TOLD] if each.act in ASKING]
    others = [each for each in ordered[:MOST_TOLD] if each.act not in ASKING]
    more = len(ordered) - MOST_TOLD
    paragraphs = [
        f"What is new for you in {PRODUCT}, as of {at:%Y-%m-%d %H:%M} UTC.",
        *_part("WAITS FOR YOU", asking),
        *_part("GOOD TO KNOW" if asking else "", others),
        *([f"and {more} more in your inbox"] if more > 0 else ()),
        *(f"{sentence}\n  {where}" for sentence, where in digest.besides),
        f"All of it: {inbox}",
        f"This was sent to you alone. Choose what is mailed, or nothing: {settings}",
    ]
    return Letter(
        id=_id(address, [each.key for each in digest.items]),
        at=at,
        to=address,
        subject=_subject(digest.items),
        text="\n\n".join(paragraphs) + "\n",
        settings=settings,
    )


def _subject(items: Sequence[Item]) -> str:
    """Give a subject without a title: it is shown where others look on."""
    return (
        f"{PRODUCT}: {WORDS[items[0].act].lower()}" if len(items) == 1 else f"{PRODUCT}: {len(items)} notices"
    )


def _part(title: str, items: Collection[Item]) -> Iterable[str]:
    if items and title:
        yield title
    for each in items:
        yield f"{each.line}\n  {each.address}"


def _id(address: str, keys: Iterable[str]) -> str:
    """Give an id from which neither the person nor a record can be told."""
    return hashlib.sha256("\n".join((address, *sorted(keys))).encode()).hexdigest()[:32]
