"""Grounds: what a practice or an application rests on, and how far a text that rests on it may reach.

Whoever distils a text from several does not own them. So nobody may read it who could not read each of them: the
originator of each decides still. Source: FIRST, Traffic Light Protocol 2.0 (originator control).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from kb.domain.marking import (
    OFFICER,
    PUBLIC,
    Audience,
    Marking,
    Organisation,
    Viewer,
    highest,
    of_account,
    of_country,
    of_organisation,
)
from kb.domain.record import Record
from kb.domain.text import Value

TOO_WIDE = (
    "This reaches somebody who may not read everything that it rests on. Choose a narrower marking, name fewer "
    "countries or persons, or ask the owner to widen the lesson first."
)
MUST_BE_QUIET = "Something that it rests on is told under Chatham House, so this must be too: set the flag, or take the lesson off."
Implied = Callable[[str], frozenset[str]]
"""By a reader token: the other tokens that everybody who has it has too."""


class Ground(Value):
    """What matters of one text that another rests on: its marking, its flag, and whom it reaches."""

    marking: Marking
    reach: frozenset[str]
    chatham_house: bool = False


def ground_of(record: Record, viewer: Viewer) -> Ground:
    """Give the ground that a record is for somebody: of a withheld origin they learn no more than that they are reached."""
    known = viewer.knows_origin(record.audience, record.owner)
    return Ground(
        marking=record.audience.marking,
        reach=record.readers if known else record.readers & viewer.tokens,
        chatham_house=record.audience.chatham_house,
    )


def audience_on(grounds: Iterable[Ground], owner: Organisation | None) -> Audience:
    """Give the widest audience that `owner` may give a text on these grounds: the narrowest marking, whom all of them name."""
    known = tuple(grounds)
    marking = highest(Marking.GREEN, *(ground.marking for ground in known))
    home = {owner.country} if owner else set[str]()
    return Audience(
        marking=marking,
        countries=tuple(sorted(_named_by_all(known, of_country("")) - home))
        if marking is Marking.AMBER
        else (),
        persons=tuple(sorted(_named_by_all(known, of_account("")))) if marking is Marking.RED else (),
        chatham_house=any(ground.chatham_house for ground in known),
    )


def problems_on(
    grounds: Iterable[Ground], audience: Audience, owner: Organisation | None, implied: Implied
) -> Iterator[tuple[str, str]]:
    """Give what is wrong with an audience for a text on these grounds: (field, sentence) pairs."""
    known, readers = tuple(grounds), audience.readers(owner)
    if not all(stays_within(readers, ground.reach, implied) for ground in known):
        yield "marking", TOO_WIDE
    if any(ground.chatham_house for ground in known) and not audience.chatham_house:
        yield "chatham_house", MUST_BE_QUIET


def stays_within(readers: frozenset[str], reach: frozenset[str], implied: Implied) -> bool:
    """Say whether everybody who has one of `readers` is reached too."""
    return all(not reach.isdisjoint(_certain(token) | implied(token)) for token in readers)


def implied_by_place(owner: Organisation | None) -> Implied:
    """Give what the token of `owner` tells: that of its country."""

    def implied(token: str) -> frozenset[str]:
        return frozenset({of_country(owner.country)} if owner and token == of_organisation(owner.id) else ())

    return implied


def _certain(token: str) -> frozenset[str]:
    """Give the token itself and, as every reader but the public is an officer, that of officers."""
    return frozenset({token} if token == PUBLIC else {token, OFFICER})


def _named_by_all(grounds: Iterable[Ground], prefix: str) -> set[str]:
    """Give the countries or persons whom every ground reaches that does not reach everybody."""
    named = [
        {token.removeprefix(prefix) for token in ground.reach if token.startswith(prefix)}
        for ground in grounds
        if OFFICER not in ground.reach
    ]
    return set.intersection(*named) if named else set()
