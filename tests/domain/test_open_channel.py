"""Which channels exist between two countries: what the table says, and no more."""

from __future__ import annotations

import datetime as dt

import pytest

from kb.domain.corridor import Corridor
from kb.domain.instrument import Force, Instrument, Need, Participation, Standing
from kb.domain.open_channel import Between, channels_between
from kb.domain.record import Source

TODAY = dt.date(2026, 11, 22)
AT_DE = Corridor("AT", "DE")


def line(country: str, standing: Standing = Standing.PARTY, since: dt.date | None = None) -> Participation:
    return Participation(country=country, standing=standing, since=since, source=Source(title="The table"))


def instrument(
    *table: Participation, force: Force = Force.IN_FORCE, needs: tuple[Need, ...] = (Need.PRESERVE,)
) -> Instrument:
    return Instrument(title="An instrument", force=force, needs=needs, participation=table)


@pytest.mark.parametrize(
    ("kept", "between"),
    [
        (instrument(line("AT"), line("DE")), Between.OPEN),
        (instrument(line("AT", since=TODAY), line("DE")), Between.OPEN),
        (instrument(line("AT"), line("DE"), force=Force.ARRANGEMENT), Between.OPEN),
        (instrument(line("AT")), Between.UNKNOWN),
        (instrument(line("AT"), line("DE", Standing.UNKNOWN)), Between.UNKNOWN),
        (instrument(line("FR")), Between.UNKNOWN),
        (instrument(), Between.NO_TABLE),
        (instrument(line("AT"), line("DE", Standing.SIGNED)), Between.CLOSED),
        (instrument(line("DE", Standing.NOT_BOUND)), Between.CLOSED),
        (instrument(line("AT", since=TODAY + dt.timedelta(days=1)), line("DE")), Between.CLOSED),
        (instrument(line("AT"), line("DE"), force=Force.NOT_IN_FORCE), Between.NOT_IN_FORCE),
    ],
)
def test_a_channel_exists_where_both_are_in_the_table_and_is_not_known_where_one_is_missing(
    kept: Instrument, between: Between
) -> None:
    (found,) = channels_between(AT_DE, [("budapest-29", kept)], TODAY)
    assert found.between is between


def test_the_lines_of_the_table_that_say_so_come_with_it() -> None:
    (found,) = channels_between(AT_DE, [("eio", instrument(line("AT"), line("FR")))], TODAY)
    assert (found.start, found.end) == (line("AT"), None)


def test_channels_that_exist_come_first_and_those_that_do_not_serve_the_need_not_at_all() -> None:
    kept = [
        ("closed", instrument(line("AT", Standing.NOT_BOUND))),
        ("untold", instrument()),
        ("open-b", instrument(line("AT"), line("DE"), needs=(Need.SEARCH, Need.PRESERVE))),
        ("open-a", instrument(line("AT"), line("DE"))),
        ("other", instrument(line("AT"), line("DE"), needs=(Need.ARREST,))),
    ]
    found = channels_between(AT_DE, kept, TODAY, Need.PRESERVE)
    assert [each.key for each in found] == ["open-a", "open-b", "untold", "closed"]
    assert len(channels_between(AT_DE, kept, TODAY)) == 5
