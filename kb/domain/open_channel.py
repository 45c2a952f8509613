"""Whether a channel exists between two countries on a day, as far as the maintained table of its instrument says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from kb.domain.corridor import Corridor
from kb.domain.instrument import Force, Instrument, Need, Participation, Standing


class Between(StrEnum):
    """How a channel stands between two countries, in the order in which an officer reads them."""

    OPEN = "open"
    """Both take part, and it is in force."""
    UNKNOWN = "unknown"
    """The table does not tell of one of them, or of both."""
    NO_TABLE = "no-table"
    """Which countries take part is not kept here."""
    NOT_IN_FORCE = "not-in-force"
    CLOSED = "closed"
    """One of them does not take part, or not yet."""


class OpenChannel(NamedTuple):
    """A channel with how it stands between two countries, and the lines of the table that say so."""

    key: str
    instrument: Instrument
    between: Between
    start: Participation | None = None
    end: Participation | None = None


def channels_between(
    corridor: Corridor,
    instruments: Iterable[tuple[str, Instrument]],
    today: dt.date,
    need: Need | None = None,
) -> tuple[OpenChannel, ...]:
    """Give the channels that serve a need (none: any) with how each stands between the two, those that exist first."""
    found = [
        _open_channel(key, instrument, corridor, today)
        for key, instrument in instruments
        if need is None or need in instrument.needs
    ]
    order = list(Between)
    return tuple(sorted(found, key=lambda each: (order.index(each.between), each.key)))


def _open_channel(key: str, instrument: Instrument, corridor: Corridor, today: dt.date) -> OpenChannel:
    table = {each.country: each for each in instrument.participation}
    start, end = table.get(corridor.start), table.get(corridor.end)
    return OpenChannel(key, instrument, _between(instrument, (start, end), today), start, end)


def _between(instrument: Instrument, ends: tuple[Participation | None, ...], today: dt.date) -> Between:
    rules = (
        (instrument.force is Force.NOT_IN_FORCE, Between.NOT_IN_FORCE),
        (not instrument.participation, Between.NO_TABLE),
        (any(each is not None and _is_out(each, today) for each in ends), Between.CLOSED),
        (all(each is not None and each.standing is Standing.PARTY for each in ends), Between.OPEN),
    )
    return next((between for holds, between in rules if holds), Between.UNKNOWN)


def _is_out(each: Participation, today: dt.date) -> bool:
    """Say whether a country does not take part, or not yet."""
    later = each.since is not None and each.since > today
    return each.standing in {Standing.SIGNED, Standing.NOT_BOUND} or later
