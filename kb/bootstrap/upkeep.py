"""What follows every save, joined."""

from __future__ import annotations

from typing import NamedTuple

from kb.bootstrap.adapters import Adapters
from kb.bootstrap.outside import Outside
from kb.services.bearing_steps import BearingSteps
from kb.services.comparison import Comparison
from kb.services.derivation import Derivation
from kb.services.drain import Drain
from kb.services.followers import Followers
from kb.services.healing import HealingSearcher, TendedIndex
from kb.services.indexing import Indexing
from kb.services.operations import Operations
from kb.services.publishing import Publisher
from kb.services.telling import Telling
from kb.services.vocabulary import Vocabularies


class Upkeep(NamedTuple):
    """What follows every save, and finds what was not followed."""

    telling: Telling
    derivation: Derivation
    publisher: Publisher
    drain: Drain
    indexing: Indexing
    searcher: HealingSearcher


def upkeep(adapters: Adapters, outside: Outside, vocabularies: Vocabularies) -> Upkeep:
    store, catalogue, engine, lock = adapters.store, adapters.catalogue, adapters.engine, adapters.lock
    clock, pause = outside.clock, outside.pause
    index = TendedIndex(engine, adapters.chores)
    followers = Followers(store, adapters.follows, adapters.accounts, vocabularies)
    telling = Telling(store, adapters.accounts, adapters.notices, adapters.chores, followers)
    derivation = Derivation(store, catalogue, index, adapters.audit, telling)
    publisher = Publisher(store, clock)
    bearing = BearingSteps(store, adapters.accounts, clock)
    operations = Operations(store, catalogue, engine, derivation, clock, bearing=bearing)
    drain = Drain(store, derivation, lock, publisher, operations, pause=pause)
    comparison = Comparison(store, catalogue, engine, drain, lock, clock=clock, pause=pause)
    return Upkeep(
        telling,
        derivation,
        publisher,
        drain,
        Indexing(store, catalogue, engine, derivation, comparison, index=index),
        HealingSearcher(engine, adapters.chores),
    )
