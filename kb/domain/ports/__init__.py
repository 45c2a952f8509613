"""What the core needs of the world, as protocols; each has one test suite that runs over every adapter."""

from __future__ import annotations

from kb.domain.ports.accounts import (
    AccountStore,
    AuditLog,
    AuditRow,
    NewAccount,
    PasswordHasher,
    SavedSearchStore,
    Session,
    SessionStore,
)
from kb.domain.ports.derived import Catalogue, Change, SearchEngine, Searcher, WriterLock
from kb.domain.ports.store import Chain, EntryStore, Finding, Marker, Saved, Severity
from kb.domain.ports.surroundings import Clock, Markup, Progress, Randomness
from kb.domain.ports.vain_searches import VainSearchStore

__all__ = [
    "AccountStore",
    "AuditLog",
    "AuditRow",
    "Catalogue",
    "Chain",
    "Change",
    "Clock",
    "EntryStore",
    "Finding",
    "Marker",
    "Markup",
    "NewAccount",
    "PasswordHasher",
    "Progress",
    "Randomness",
    "Saved",
    "SavedSearchStore",
    "SearchEngine",
    "Searcher",
    "Session",
    "SessionStore",
    "Severity",
    "VainSearchStore",
    "WriterLock",
]
