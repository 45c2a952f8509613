"""The composition root: the one place that names adapters and joins them to services.

Nothing here decides anything. `services` opens what lies in a home and gives one service per noun; pages and commands
take what they need from the value that it returns.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from kb.adapters.accounts.accounts import SqlAccounts
from kb.adapters.accounts.audit import SqlAudit
from kb.adapters.accounts.database import open_database
from kb.adapters.accounts.hasher import Argon2Hasher
from kb.adapters.accounts.saved_searches import SqlSavedSearches
from kb.adapters.accounts.secret import secret_key
from kb.adapters.accounts.sessions import SqlSessions
from kb.adapters.accounts.vain_searches import SqlVainSearches
from kb.adapters.catalogue.store import SqliteCatalogue
from kb.adapters.children import ChoresInChildren
from kb.adapters.files.lock import WriterLock
from kb.adapters.files.operations import FileOperations
from kb.adapters.files.probe import probe
from kb.adapters.files.seed import copy_seed
from kb.adapters.files.store import FileEntryStore
from kb.adapters.markup.adapter import SafeMarkup
from kb.adapters.search.engine import WhooshSearchEngine
from kb.adapters.system import SystemClock, SystemRandomness
from kb.config import Settings
from kb.domain import ports
from kb.domain.ports import Clock, Markup, PasswordHasher, Randomness
from kb.paths import SEED_ENTRIES
from kb.services.accounts import Accounts
from kb.services.answers import Answers
from kb.services.audit import Audit
from kb.services.cases import Cases
from kb.services.checking import Checking
from kb.services.comparison import Comparison
from kb.services.concepts import Concepts
from kb.services.demo import Demo
from kb.services.derivation import Derivation
from kb.services.drain import Drain
from kb.services.exporting import Exporting
from kb.services.feeds import Feeds
from kb.services.healing import HealingSearcher, TendedIndex
from kb.services.home import Home
from kb.services.importing import Importing
from kb.services.indexing import Indexing
from kb.services.operations import Operations
from kb.services.passwords import Passwords
from kb.services.persons import Persons
from kb.services.publishing import Publisher
from kb.services.purging import Purging
from kb.services.records import Records
from kb.services.reviews import Reviews
from kb.services.saved_searches import SavedSearches
from kb.services.saving import Saving
from kb.services.searching import Searching
from kb.services.sessions import Sessions
from kb.services.submission_chain import SubmissionChain
from kb.services.submissions import Submissions
from kb.services.vain_searches import VainSearches
from kb.services.vocabulary import Vocabularies


@dataclass(frozen=True)
class Outside:
    """What a service is given of the outside world; tests bring a clock that stands still."""

    clock: Clock = field(default_factory=SystemClock)
    randomness: Randomness = field(default_factory=SystemRandomness)
    hasher: PasswordHasher = field(default_factory=Argon2Hasher)
    operations: FileOperations = field(default_factory=FileOperations)
    pause: Callable[[float], None] = time.sleep
    chores: Callable[[Path], ports.Chores] = ChoresInChildren


@dataclass(frozen=True)
class Services:
    """Everything that a page or a command can ask for, one attribute per service."""

    clock: Clock
    secret_key: bytes = field(repr=False)
    markup: Markup
    # Reading and writing the knowledge base
    home: Home
    search: Searching
    answers: Answers
    saved_searches: SavedSearches
    vain_searches: VainSearches
    feeds: Feeds
    records: Records
    cases: Cases
    concepts: Concepts
    submissions: Submissions
    reviews: Reviews
    # In bulk, and looking after it
    importing: Importing
    exporting: Exporting
    purging: Purging
    indexing: Indexing
    checking: Checking
    # Who may come in
    accounts: Accounts
    sessions: Sessions
    passwords: Passwords
    persons: Persons
    demo: Demo
    audit: Audit


@dataclass(frozen=True)
class _Adapters:
    """The ports, each fulfilled."""

    store: ports.EntryStore
    catalogue: ports.Catalogue
    engine: ports.SearchEngine
    lock: ports.WriterLock
    accounts: ports.AccountStore
    sessions: ports.SessionStore
    saved_searches: ports.SavedSearchStore
    vain_searches: ports.VainSearchStore
    audit: ports.AuditLog
    chores: ports.Chores


def make_home(settings: Settings) -> None:
    """Make an empty home, or complete one: the folders that hold entries and what is derived from them."""
    settings.entries.mkdir(parents=True, exist_ok=True)
    settings.search_index.mkdir(mode=0o700, parents=True, exist_ok=True)


def seed_home(settings: Settings) -> int:
    """Copy the seed knowledge base into an empty home; gives the number of records."""
    return copy_seed(SEED_ENTRIES, settings.entries, SystemRandomness())


def probe_home(settings: Settings) -> tuple[str, ...]:
    """Try whether the home's file system can be trusted with saves; gives a sentence per thing that cannot be done."""
    return probe(settings.entries, SystemRandomness().salt())


def services(settings: Settings, outside: Outside | None = None) -> Services:
    """Open the home that `settings` name; raises BadSetting where there is none."""
    settings.require_home()
    outside = outside or Outside()
    return _joined(
        _open(settings, outside), outside, secret_key(settings.secret_key, outside.randomness.token())
    )


def _open(settings: Settings, outside: Outside) -> _Adapters:
    database = open_database(settings.accounts)
    settings.search_index.mkdir(mode=0o700, exist_ok=True)
    return _Adapters(
        store=FileEntryStore(settings.entries, outside.operations, outside.randomness),
        catalogue=SqliteCatalogue(settings.search_index / "catalogue.sqlite"),
        engine=WhooshSearchEngine(settings.search_index / "whoosh"),
        lock=WriterLock(settings.home / "drain.lock", outside.operations),
        accounts=SqlAccounts(database),
        sessions=SqlSessions(database),
        saved_searches=SqlSavedSearches(database),
        vain_searches=SqlVainSearches(database),
        audit=SqlAudit(database),
        chores=outside.chores(settings.home),
    )


class _Upkeep(NamedTuple):
    """What follows every save, and finds what was not followed."""

    derivation: Derivation
    publisher: Publisher
    drain: Drain
    indexing: Indexing
    searcher: HealingSearcher


def _upkeep(adapters: _Adapters, outside: Outside) -> _Upkeep:
    store, catalogue, engine, lock = adapters.store, adapters.catalogue, adapters.engine, adapters.lock
    clock, pause = outside.clock, outside.pause
    index = TendedIndex(engine, adapters.chores)
    derivation = Derivation(store, catalogue, index, adapters.audit)
    publisher = Publisher(store, clock)
    operations = Operations(store, catalogue, engine, derivation, clock)
    drain = Drain(store, derivation, lock, publisher, operations, pause=pause)
    comparison = Comparison(store, catalogue, engine, drain, lock, clock=clock, pause=pause)
    return _Upkeep(
        derivation,
        publisher,
        drain,
        Indexing(store, catalogue, engine, derivation, comparison, index=index),
        HealingSearcher(engine, adapters.chores),
    )


class _Doors(NamedTuple):
    """How people come in."""

    accounts: Accounts
    sessions: Sessions
    passwords: Passwords
    demo: Demo


def _doors(adapters: _Adapters, outside: Outside) -> _Doors:
    accounts, sessions, audit = adapters.accounts, adapters.sessions, adapters.audit
    clock, randomness, hasher = outside.clock, outside.randomness, outside.hasher
    return _Doors(
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


def _followed(adapters: _Adapters, outside: Outside, searching: Searching) -> tuple[SavedSearches, Feeds]:
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


def _joined(adapters: _Adapters, outside: Outside, key: bytes) -> Services:
    store, catalogue = adapters.store, adapters.catalogue
    accounts, audit = adapters.accounts, adapters.audit
    clock, randomness, markup = outside.clock, outside.randomness, SafeMarkup()
    upkeep, doors = _upkeep(adapters, outside), _doors(adapters, outside)
    records = Records(store, catalogue, accounts)
    saving = Saving(store, upkeep.drain, clock)
    vocabularies = Vocabularies(store, catalogue)
    searching = Searching(upkeep.searcher, vocabularies)
    saved_searches, feeds = _followed(adapters, outside, searching)
    chain = SubmissionChain(records, saving, accounts, randomness)
    reviews = Reviews(chain, catalogue, upkeep.publisher, upkeep.drain, clock)
    cases = Cases(records, saving, catalogue, accounts)
    return Services(
        clock=clock,
        secret_key=key,
        markup=markup,
        home=Home(catalogue, upkeep.searcher, reviews),
        search=searching,
        saved_searches=saved_searches,
        vain_searches=VainSearches(adapters.vain_searches, searching, audit, clock, key),
        feeds=feeds,
        answers=Answers(cases),
        records=records,
        cases=cases,
        concepts=Concepts(records, saving, vocabularies, upkeep.searcher, randomness),
        submissions=Submissions(chain, records, catalogue, randomness),
        reviews=reviews,
        importing=Importing(
            store=store,
            catalogue=catalogue,
            vocabularies=vocabularies,
            audit=audit,
            drain=upkeep.drain,
            clock=clock,
            randomness=randomness,
            from_html=markup.from_html,
        ),
        exporting=Exporting(store, catalogue, audit, clock),
        purging=Purging(store, upkeep.drain, clock, randomness),
        indexing=upkeep.indexing,
        checking=Checking(store, upkeep.derivation, upkeep.indexing),
        accounts=doors.accounts,
        sessions=doors.sessions,
        passwords=doors.passwords,
        persons=Persons(accounts),
        demo=doors.demo,
        audit=Audit(audit, accounts),
    )
