"""How long somebody waits who tried in vain."""

from __future__ import annotations

import datetime as dt

import pytest

from kb.domain.throttle import ACCOUNT, ADDRESS, MEMORY, Limit, Tally, delay, failed, site_of, wait
from tests.fakes.clock import NOON

NONE = dt.timedelta(0)
SECOND = dt.timedelta(seconds=1)


@pytest.mark.parametrize(
    ("failures", "seconds"),
    [(0, 0), (2, 0), (3, 1), (4, 2), (5, 4), (10, 128), (11, 256), (12, 300), (10_000, 300)],
)
def test_three_tries_are_free_and_then_the_wait_doubles_up_to_five_minutes(
    failures: int, seconds: int
) -> None:
    """ASVS 5.0 V6.3: guessing is slowed down, and nobody is locked out for good."""
    assert delay(ACCOUNT, failures).total_seconds() == seconds


def test_an_address_which_many_share_has_more_free_tries_and_waits_longer() -> None:
    assert delay(ADDRESS, ADDRESS.free - 1) == NONE
    assert delay(ADDRESS, ADDRESS.free) == SECOND
    assert delay(ADDRESS, 1000) == dt.timedelta(minutes=15)


def test_who_never_failed_waits_for_nothing() -> None:
    assert wait(ACCOUNT, None, NOON) == NONE


def test_the_wait_passes_while_time_does() -> None:
    tally = Tally(failures=5, last_at=NOON)

    assert [wait(ACCOUNT, tally, NOON + n * SECOND) for n in (0, 3, 4, 9)] == [4 * SECOND, SECOND, NONE, NONE]


@pytest.mark.parametrize("limit", [ACCOUNT, ADDRESS])
def test_a_clock_that_was_set_back_locks_nobody_out(limit: Limit) -> None:
    tally = Tally(failures=50, last_at=NOON + dt.timedelta(days=400))

    assert wait(limit, tally, NOON) == limit.longest


def test_failures_add_up_until_a_day_has_passed() -> None:
    first = failed(None, NOON)
    second = failed(first, NOON + MEMORY - SECOND)
    later = failed(second, second.last_at + MEMORY)

    assert [first.failures, second.failures, later.failures] == [1, 2, 1]


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("unknown", "unknown"),
        ("", ""),
    ],
)
def test_of_an_address_that_is_counted_which_its_holder_cannot_change_at_will(
    address: str, counted: str
) -> None:
    assert site_of(address) == counted
