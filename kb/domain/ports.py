"""What the core needs of the world, as protocols; each has one test suite that runs over every adapter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from enum import StrEnum
from typing import Protocol

from kb.domain.account import Account, Role
from kb.domain.entry import Entry, Listing
from kb.domain.identifier import Identifier
from kb.domain.marking import Organisation, Viewer
from kb.domain.query import IndexReport, SearchPage, SearchQuery
from kb.domain.record import Kind
from kb.domain.revision import Header, RecordRef, Revision, Save
from kb.domain.text import Language, Line, Value
from kb.domain.unit import SearchUnit

Progress = Callable[[int, int], None]
"""Called with (done, total) while something long runs."""


class Clock(Protocol):
    """Tells the time, so that tests can say what it is."""

    def now(self) -> dt.datetime:
        """Give the time, aware, in UTC, to the second."""


class Randomness(Protocol):
    """Draws what must not be guessed, so that tests can say what is drawn."""

    def identifier(self) -> str:
        """Give a new record id: ten base32 letters."""

    def token(self) -> str:
        """Give 256 bits as URL-safe text, for sessions, links and passwords."""

    def salt(self) -> str:
        """Give 128 bits as 32 hexadecimal digits."""


# -- the entry store: files are the truth ------------------------------------------------------------------------------


class Saved(Value):
    """An acknowledged save. `warning` tells when the save stands but a folder could not be flushed to the disk."""

    header: Header
    warning: str = ""


class Marker(Value):
    """One save that the catalogue and the index still owe; `token` tells it from another of the same revision."""

    ref: RecordRef
    revision: int
    token: str


class Chain(Value):
    """A record as a folder listing tells it, without opening a file; `last` is 0 where no revision ever came."""

    ref: RecordRef
    last: int


class Severity(StrEnum):
    """How bad a finding is."""

    REPAIRED = "repaired"
    WARNING = "warning"
    ERROR = "error"


class Finding(Value):
    """Something that `kb fsck` found: where, and what to do about it."""

    severity: Severity
    place: str
    sentence: str


class EntryStore(Protocol):
    """Chains of immutable revisions, with optimistic locking by number and a marker per save."""

    def save(self, save: Save) -> Saved:
        """Make `save` revision `save.number` of its record and leave a marker for the drain.

        Raises StaleRevision where that number exists or is not the next, StoreFailure where the disk refused; then
        nothing has changed.
        """

    def current(self, ref: RecordRef) -> Revision:
        """Give the highest revision; raises NotFound, or Damaged where its file cannot be trusted."""

    def revision(self, ref: RecordRef, number: int) -> Revision:
        """Give one revision; raises NotFound or Damaged."""

    def revisions(self, ref: RecordRef) -> tuple[Revision, ...]:
        """Give all readable revisions from the first; damaged ones are left out. Raises NotFound for no record."""

    def chains(self, kind: Kind | None = None) -> Iterator[Chain]:
        """List the records of one kind or all, ordered by kind and id, from folder listings alone."""

    def markers(self) -> tuple[Marker, ...]:
        """List the markers that stand now."""

    def release(self, markers: Iterable[Marker]) -> None:
        """Remove these markers; those that are gone already do not matter."""

    def stale_markers(self, older_than: dt.datetime) -> tuple[Marker, ...]:
        """List markers made before `older_than` whose revision never came."""

    def bury(self, ref: RecordRef, number: int, reason: str) -> None:
        """Replace a revision's text by a tombstone, keeping its header; doing it twice changes nothing.

        Leaves no marker: whoever buries owes the drain an operation or a closing revision.
        """

    def holds(self, text: str) -> Iterator[tuple[RecordRef, int]]:
        """Find every revision, in every chain, whose body or note holds `text`, whatever its line breaks and capitals.

        Raises Damaged where a file cannot be looked into: nobody may believe then that nothing is there.
        """

    def sweep(self) -> int:
        """Remove texts that crashed saves left beside the records, durably, and say how many: a purge wants them gone."""

    def verify(self, *, repair: bool = False, progress: Progress | None = None) -> tuple[Finding, ...]:
        """Check every file and chain; with `repair` mend only what can be proved (left temporary names)."""


# -- the catalogue and the index: derived, disposable ------------------------------------------------------------------


class Change(Value):
    """What the drain tells the derived stores about one record: its entry now, or None where it is no more."""

    ref: RecordRef
    entry: Entry | None


class Catalogue(Protocol):
    """A table of entries derived from the store."""

    def apply(self, changes: Sequence[Change]) -> None:
        """Put or drop these entries, durably, in one transaction; an older revision never replaces a newer one."""

    def get(self, viewer: Viewer, ref: RecordRef) -> Entry | None:
        """Give the entry if it exists for `viewer`, in the form shown to them and without its units."""

    def list(self, listing: Listing) -> tuple[Entry, ...]:
        """Give the entries that exist for the viewer and fit, in the form shown to them and without their units.

        What narrows is compared with the form shown too: asking for an owner or author finds nothing withheld.
        """

    def count(self, listing: Listing) -> int:
        """Count what `list` would give without limit and offset."""

    def created_at(self, ref: RecordRef) -> dt.datetime | None:
        """Give when the record's first revision was saved, if the catalogue knows."""

    def manifest(self) -> Mapping[RecordRef, int]:
        """Give the revision that the catalogue holds of each record."""

    def units(self) -> Iterator[SearchUnit]:
        """Give every search unit, for an index to be rebuilt or compared."""

    def units_manifest(self) -> Mapping[str, int]:
        """Give what the index's manifest must equal: case id to revision, of cases that have units."""

    def digest(self) -> str:
        """Give a checksum over (kind, id, revision, digest) of all entries."""

    def purge(self) -> None:
        """Leave no trace of dropped rows in the file."""

    def clear(self) -> None:
        """Forget everything; the next comparison fills it again."""


class Searcher(Protocol):
    """Answers searches."""

    def search(self, query: SearchQuery) -> SearchPage:
        """Answer; raises SearchUnavailable. Any text gets a page."""


class SearchEngine(Searcher, Protocol):
    """Full-text search over units, exact under the viewer's audience."""

    def apply(self, changes: Sequence[Change]) -> None:
        """Index the units of these records and drop their older ones, durably."""

    def manifest(self) -> Mapping[str, int]:
        """Give the case revision that each indexed record's units come from: case id to revision."""

    def report(self) -> IndexReport:
        """Say whether search can answer, and over how much."""

    def rebuild(self, units: Iterable[SearchUnit], total: int, progress: Progress | None = None) -> None:
        """Index exactly these units in a new place and put it in the old one's; no trace of others stays."""


class WriterLock(Protocol):
    """Lets one drain work at a time, over all processes."""

    def try_hold(self) -> AbstractContextManager[bool]:
        """Try to take the lock without waiting; the context says whether it was had, and gives it back."""


# -- accounts, sessions, audit -----------------------------------------------------------------------------------------


class AuditRow(Value):
    """One line of the append-only audit log. `subject` names a record or account; no text of a record stands in it."""

    at: dt.datetime
    actor: str
    action: str
    subject: str = ""
    detail: str = ""
    key: str | None = None
    """For saves: `kind/id/revision`, unique, so that a drain that runs twice writes one row."""


class AuditLog(Protocol):
    """Appends; never changes or removes."""

    def append(self, rows: Iterable[AuditRow]) -> None:
        """Write rows durably; a row whose key stands already is skipped."""

    def read(self, *, subject: str | None = None, limit: int = 200) -> tuple[AuditRow, ...]:
        """Give the newest rows first."""


class NewAccount(Value):
    """An account to be made; the store gives it no password until its link is used."""

    id: Identifier
    email: str
    name: Line
    organisation: Organisation | None
    roles: frozenset[Role]
    language: Language = "en"
    demo: bool = False


class AccountStore(Protocol):
    """Accounts with their organisations and password hashes."""

    def add(self, account: NewAccount) -> Account:
        """Add an account; raises Invalid where the e-mail address is taken."""

    def get(self, identifier: str) -> Account | None:
        """Give one by id."""

    def by_email(self, email: str) -> Account | None:
        """Give one by e-mail address, compared without case."""

    def named(self, identifiers: Collection[str]) -> Mapping[str, Account]:
        """Give those of these ids that exist."""

    def list(self) -> tuple[Account, ...]:
        """Give all, by e-mail address."""

    def set_profile(self, account: Account) -> None:
        """Keep name and language, which its owner decides, and nothing else: it must not undo an administrator's act."""

    def set_standing(self, account: Account) -> None:
        """Keep roles, organisation and activity, which administrators decide, and nothing else."""

    def password_hash(self, identifier: str) -> str | None:
        """Give the hash, or None where no password was set."""

    def set_password_hash(self, identifier: str, value: str) -> None:
        """Keep a new hash."""

    def organisations(self) -> tuple[Organisation, ...]:
        """Give all organisations, by name."""

    def add_organisation(self, organisation: Organisation) -> None:
        """Add or rename one."""


class Session(Value):
    """A signed-in browser. Only the token's hash is stored."""

    token_hash: str
    account: str
    started_at: dt.datetime
    seen_at: dt.datetime


class SessionStore(Protocol):
    """Server-side sessions and one-time links."""

    def open(self, session: Session) -> None:
        """Keep a new session."""

    def get(self, token_hash: str) -> Session | None:
        """Give a session by its token's hash."""

    def touch(self, token_hash: str, seen_at: dt.datetime) -> None:
        """Note that it was used."""

    def end(self, token_hash: str) -> None:
        """End one."""

    def end_all(self, account: str) -> None:
        """End all sessions of an account."""

    def end_before(self, started_at: dt.datetime, seen_at: dt.datetime) -> None:
        """Forget sessions started before the one or last used before the other: nobody can use them again."""

    def put_link(self, token_hash: str, account: str, expires_at: dt.datetime) -> None:
        """Keep a one-time link; an account has one at a time."""

    def link(self, token_hash: str) -> tuple[str, dt.datetime] | None:
        """Give (account, expiry) of an unused link without using it."""

    def use_link(self, token_hash: str) -> bool:
        """Use a link up; False where it was used already (two clicks at once: one wins)."""

    def drop_link(self, account: str) -> None:
        """Make the account's link worthless, if there is one."""


class PasswordHasher(Protocol):
    """Hashes passwords."""

    def hash(self, password: str) -> str:
        """Give a salted hash with its parameters in it."""

    def verify(self, hashed: str | None, password: str) -> bool:
        """Say whether they match; with None do the same work and say no."""

    def outdated(self, hashed: str) -> bool:
        """Say whether the hash was made with weaker parameters than those of today."""


# -- markup ------------------------------------------------------------------------------------------------------------


class Markup(Protocol):
    """Markdown to safe HTML, and HTML to Markdown."""

    def render(self, markdown: str) -> str:
        """Give sanitised HTML of a lesson's text."""

    def from_html(self, html: str) -> str:
        """Give Markdown for HTML as importers meet it, fragments and stray tags included."""
