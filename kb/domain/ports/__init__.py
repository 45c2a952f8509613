"""What the core needs of the world, as protocols; each has one test suite that runs over every adapter."""

from __future__ import annotations

from kb.domain.audit import AuditRow
from kb.domain.ports.accounts import AccountStore, NewAccount, PasswordHasher
from kb.domain.ports.audit import AuditLog
from kb.domain.ports.common_passwords import CommonPasswords
from kb.domain.ports.derived import (
    Catalogue,
    Change,
    FreshIndex,
    Indexer,
    SearchEngine,
    Searcher,
    WriterLock,
)
from kb.domain.ports.documents import DocumentReader
from kb.domain.ports.follows import FollowStore
from kb.domain.ports.mail import Mailer
from kb.domain.ports.notices import NoticeStore, Outstanding
from kb.domain.ports.saved_searches import SavedSearchStore
from kb.domain.ports.second_factors import OneTimeCodes, SecondFactorStore
from kb.domain.ports.sessions import Session, SessionStore
from kb.domain.ports.store import Chain, EntryStore, Finding, Marker, Saved, Severity
from kb.domain.ports.surroundings import Chore, Chores, Clock, Markup, Progress, Randomness
from kb.domain.ports.thesauri import ThesaurusFormat
from kb.domain.ports.throttle import ThrottleStore
from kb.domain.ports.vain_searches import VainSearchStore

__all__ = [
    "AccountStore",
    "AuditLog",
    "AuditRow",
    "Catalogue",
    "Chain",
    "Change",
    "Chore",
    "Chores",
    "Clock",
    "CommonPasswords",
    "DocumentReader",
    "EntryStore",
    "Finding",
    "FollowStore",
    "FreshIndex",
    "Indexer",
    "Mailer",
    "Marker",
    "Markup",
    "NewAccount",
    "NoticeStore",
    "OneTimeCodes",
    "Outstanding",
    "PasswordHasher",
    "Progress",
    "Randomness",
    "Saved",
    "SavedSearchStore",
    "SearchEngine",
    "Searcher",
    "SecondFactorStore",
    "Session",
    "SessionStore",
    "Severity",
    "ThesaurusFormat",
    "ThrottleStore",
    "VainSearchStore",
    "WriterLock",
]
