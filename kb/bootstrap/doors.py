"""How people come in, and what is kept for each of them, joined."""

from __future__ import annotations

from typing import NamedTuple

from kb.bootstrap.adapters import Adapters
from kb.bootstrap.outside import Outside
from kb.services.accounts import Accounts
from kb.services.codes import CodeCheck
from kb.services.demo import Demo
from kb.services.feeds import Feeds
from kb.services.passwords import Passwords
from kb.services.saved_searches import SavedSearches
from kb.services.searching import Searching
from kb.services.second_factor import SecondFactor
from kb.services.sessions import Sessions
from kb.services.throttling import Throttling
from kb.services.vocabulary import Vocabularies


class Doors(NamedTuple):
    """How people come in."""

    accounts: Accounts
    sessions: Sessions
    second_factor: SecondFactor
    passwords: Passwords
    demo: Demo


def doors(adapters: Adapters, outside: Outside, key: bytes) -> Doors:
    accounts, sessions, factors, audit = (
        adapters.accounts,
        adapters.sessions,
        adapters.second_factors,
        adapters.audit,
    )
    clock, randomness, hasher, codes = outside.clock, outside.randomness, adapters.hasher, outside.codes
    throttling = Throttling(adapters.throttle, clock, key)
    check = CodeCheck(factors=factors, codes=codes, throttling=throttling, audit=audit, clock=clock)
    return Doors(
        Accounts(
            accounts=accounts,
            sessions=sessions,
            factors=factors,
            saved=adapters.saved_searches,
            follows=adapters.follows,
            audit=audit,
            clock=clock,
            randomness=randomness,
        ),
        Sessions(
            accounts=accounts,
            sessions=sessions,
            factors=factors,
            saved=adapters.saved_searches,
            follows=adapters.follows,
            check=check,
            throttling=throttling,
            audit=audit,
            hasher=hasher,
            clock=clock,
            randomness=randomness,
        ),
        SecondFactor(
            accounts=accounts,
            factors=factors,
            sessions=sessions,
            codes=codes,
            check=check,
            audit=audit,
            clock=clock,
            randomness=randomness,
        ),
        Passwords(
            accounts=accounts,
            sessions=sessions,
            common=outside.common_passwords,
            throttling=throttling,
            audit=audit,
            hasher=hasher,
            clock=clock,
        ),
        Demo(
            accounts=accounts, factors=factors, audit=audit, hasher=hasher, clock=clock, randomness=randomness
        ),
    )


def followed(
    adapters: Adapters, outside: Outside, searching: Searching, vocabularies: Vocabularies
) -> tuple[SavedSearches, Feeds]:
    saved, catalogue = adapters.saved_searches, adapters.catalogue
    clock, randomness = outside.clock, outside.randomness
    feeds = Feeds(
        saved=saved,
        follows=adapters.follows,
        vocabularies=vocabularies,
        accounts=adapters.accounts,
        searching=searching,
        catalogue=catalogue,
        audit=adapters.audit,
        clock=clock,
        randomness=randomness,
    )
    kept = SavedSearches(
        saved=saved,
        feeds=feeds,
        searching=searching,
        catalogue=catalogue,
        clock=clock,
        randomness=randomness,
    )
    return kept, feeds
