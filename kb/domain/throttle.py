"""How long somebody waits who tried in vain: nothing at first, then twice as long each time, never for ever.

Counted per account and per address the tries are made from (OWASP ASVS 5.0, V6.3): the one slows down who guesses at one
person, the other who tries one password on many. After the wait the right words get in, so nobody can lock another out
for good.
"""

from __future__ import annotations

import datetime as dt
import ipaddress

from kb.domain.text import Value

MEMORY = dt.timedelta(hours=24)
"""Failures older than this count no more."""
IPV6_SITE = 64
"""Bits of an IPv6 address that name who was given it; the rest its holder changes at will."""


class Limit(Value):
    """How many tries are free, and how long the wait becomes at most."""

    free: int
    longest: dt.timedelta


ACCOUNT = Limit(free=3, longest=dt.timedelta(minutes=5))
"""Tries to be one person."""
ADDRESS = Limit(free=10, longest=dt.timedelta(minutes=15))
"""Tries from one address: a whole unit may share one."""


class Tally(Value):
    """Failed tries so far, and when the last one was."""

    failures: int
    last_at: dt.datetime


def delay(limit: Limit, failures: int) -> dt.timedelta:
    """Give how long after the last of these failures the next try may come: 0, then 1, 2, 4 seconds and so on."""
    beyond = failures - limit.free
    if beyond < 0:
        return dt.timedelta(0)
    return min(limit.longest, dt.timedelta(seconds=2 ** min(beyond, 20)))


def wait(limit: Limit, tally: Tally | None, now: dt.datetime) -> dt.timedelta:
    """Give how long is still to be waited; a clock that was set back makes it no longer."""
    if tally is None:
        return dt.timedelta(0)
    due = delay(limit, tally.failures)
    return max(dt.timedelta(0), min(due, tally.last_at + due - now))


def failed(tally: Tally | None, now: dt.datetime) -> Tally:
    """Count one more."""
    recent = tally.failures if tally and now - tally.last_at < MEMORY else 0
    return Tally(failures=recent + 1, last_at=now)


def site_of(address: str) -> str:
    """Give what is counted of an address: all of IPv4, the network of IPv6; other text as it is."""
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv4Address):
        return str(parsed)
    if parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    return str(ipaddress.ip_network((int(parsed), IPV6_SITE), strict=False))
