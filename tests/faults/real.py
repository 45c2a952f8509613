"""The real stores that follow the files, opened in the process that uses them and in no other."""

from __future__ import annotations

from pathlib import Path

from kb.adapters.accounts.accounts import SqlAccounts
from kb.adapters.accounts.audit import SqlAudit
from kb.adapters.accounts.database import open_database
from kb.adapters.accounts.notices import SqlNotices
from kb.adapters.catalogue.store import SqliteCatalogue
from kb.adapters.files.lock import WriterLock
from kb.adapters.files.operations import FileOperations
from kb.adapters.search.engine import WhooshSearchEngine
from kb.adapters.system import SystemRandomness
from tests.fakes.audit import CHAIN
from tests.faults.disk import Before, WatchedOperations
from tests.faults.installation import Derived, Installation


def opened(home: Path, before: Before | None = None) -> Installation:
    """Open a home as a process does that starts; `before` watches the entry store."""
    derived = home / "search_index"
    derived.mkdir(parents=True, exist_ok=True)
    (home / "entries").mkdir(exist_ok=True)
    database = open_database(home / "accounts.db")
    return Installation(
        home,
        Derived(
            SqliteCatalogue(derived / "catalogue.sqlite"),
            WhooshSearchEngine(derived / "whoosh"),
            SqlAudit(database, CHAIN),
            SqlAccounts(database),
            SqlNotices(database),
            WriterLock(derived / "drain.lock"),
        ),
        WatchedOperations(before) if before else FileOperations(),
        SystemRandomness(),
    )
