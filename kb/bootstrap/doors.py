"""How people come in, and what is kept for each of them, joined."""

from __future__ import annotations

from typing import NamedTuple

from kb.bootstrap.adapters import Adapters
from kb.bootstrap.outside import Outside
from kb.services.accounts import Accounts
from kb.services.demo import Demo
from kb.services.feeds import Feeds
from kb.services.passwords import Passwords
from kb.services.saved_searches import SavedSearches
from kb.services.searching import Searching
from kb.services.sessions import Sessions


class Doors(NamedTuple):
    """How people come in."""

    accounts: Accounts
    sessions: Sessions
    passwords: Passwords
    demo: Demo


def doors(adapters: Adapters, outside: Outside) -> Doors:
    accounts, sessions, audit = adapters.accounts, adapters.sessions, adapters.audit
    clock, randomness, hasher = outside.clock, outside.randomness, outside.hasher
    return Doors(
        Accounts(accounts=accounts, sessions=sessions, audit=audit, clock=clock, randomness=randomness),
        Sessions(
            accounts=accounts,
            sessions=sessions,
            audit=audit,
            hasher=hasher,
            clock=clock,
            randomness=randomness,
        ),
        Passwords(accounts=accounts, sessions=sessions, audit=audit, hasher=hasher, clock=clock),
        Demo(accounts=accounts, audit=audit, hasher=hasher, clock=clock, randomness=randomness),
    )


def followed(adapters: Adapters, outside: Outside, searching: Searching) -> tuple[SavedSearches, Feeds]:
    saved, catalogue = adapters.saved_searches, adapters.catalogue
    clock, randomness = outside.clock, outside.randomness
    feeds = Feeds(
        saved=saved,
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
