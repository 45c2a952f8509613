"""Throttling: tries to get in are counted before they are made, and taken back when they succeed."""

from __future__ import annotations

import hashlib
import hmac
import math
from enum import StrEnum

from kb.domain.errors import TooManyTries
from kb.domain.ports import Clock, ThrottleStore
from kb.domain.text import Value
from kb.domain.throttle import ACCOUNT, ADDRESS, site_of

PURPOSE = b"casebook: failed tries to get in"
"""What the key drawn from the installation's key is for, so that no other hash of it fits."""


class Door(StrEnum):
    """What is tried; each is counted by itself, so that a right password forgives no wrong code."""

    SIGN_IN = "sign-in"
    CODE = "code"
    LINK = "link"


class Try(Value):
    """A try that has been counted: under which key of a person, and which of an address, where there is one."""

    person: str | None
    address: str | None


class Throttling:
    """Lets tries through, or says how long to wait; keeps keyed hashes alone of what was tried and from where."""

    def __init__(self, store: ThrottleStore, clock: Clock, key: bytes) -> None:
        self._store, self._clock = store, clock
        self._key = hmac.new(key, PURPOSE, hashlib.sha256).digest()

    def begin(self, door: Door, *, person: str = "", address: str = "") -> Try:
        """Count a try before it is made; raises TooManyTries. `person` is an account as it was named."""
        counted = Try(
            person=self._hash(f"{door} person {person}") if person else None,
            address=self._hash(f"{door} address {site_of(address)}") if address else None,
        )
        limits = {counted.person: ACCOUNT, counted.address: ADDRESS}
        wait = self._store.reserve({key: limit for key, limit in limits.items() if key}, self._clock.now())
        if wait:
            raise TooManyTries(math.ceil(wait.total_seconds()))
        return counted

    def succeed(self, made: Try) -> None:
        """Forget the person's failures; of the address this try alone is taken back, or who has an account could try on."""
        if made.person:
            self._store.forget([made.person])
        if made.address:
            self._store.take_back([made.address])

    def _hash(self, text: str) -> str:
        return hmac.new(self._key, text.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()
