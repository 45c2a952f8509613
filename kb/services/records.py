"""Reading records: one place decides whether a record exists for somebody, and in which form."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from typing import TypeVar

from pydantic import ValidationError

from kb.domain.account import Account
from kb.domain.bearing import resolved
from kb.domain.case_links import naming, rejoined
from kb.domain.case_study import CaseStudy
from kb.domain.entry import Entry, Listing, Order
from kb.domain.errors import Damaged, NotFound, StoreFailure
from kb.domain.marking import Organisation, Viewer, of_account
from kb.domain.permission import Permission, Relation, demand
from kb.domain.ports import AccountStore, Catalogue, EntryStore
from kb.domain.record import Kind, Record
from kb.domain.replacement import Replacements
from kb.domain.revision import Body, RecordRef, Revision
from kb.domain.submission import Submission
from kb.domain.text import Value
from kb.domain.workflow import Action
from kb.services.vocabulary import Vocabularies

B = TypeVar("B", bound=Body)


class HistoryLine(Value):
    """One revision in a record's history, as somebody may know of it; `by` is empty where the person is withheld."""

    number: int
    saved_at: dt.datetime
    by: str
    action: str
    note: str
    readable: bool
    """False where the text was buried; the line stays, because the header proves the order."""


class Records:
    """Reads any record under the audience rule; the other services build on it.

    What stands in the file decides, also in the moment before a drain. Where the catalogue has followed it and says that
    somebody may not see it, the file is not opened: hidden and missing then take one way, in the same time.
    """

    def __init__(
        self, store: EntryStore, catalogue: Catalogue, accounts: AccountStore, vocabularies: Vocabularies
    ) -> None:
        self._store = store
        self._catalogue = catalogue
        self._accounts = accounts
        self._vocabularies = vocabularies

    def current(self, actor: Account | None, ref: RecordRef) -> Revision:
        """Give the current revision in full form; raises NotFound where it is missing, hidden or damaged."""
        account = demand(actor, Permission.READ)
        return self._existing(account.viewer, ref)

    def exists(self, actor: Account | None, ref: RecordRef) -> bool:
        """Say whether a record exists for the actor now."""
        try:
            self.current(actor, ref)
        except NotFound:
            return False
        return True

    @property
    def replacements(self) -> Replacements:
        """Give what stands for concepts that were merged."""
        return self._vocabularies.thesaurus().replacements

    def as_read(self, actor: Account | None, case: CaseStudy) -> CaseStudy:
        """Give a text with the concepts that stand now, and without what it names of cases that do not exist for the actor."""
        known = naming(case, lambda each: self.exists(actor, named(Kind.CASE_STUDY, each)))
        return resolved(known, self.replacements)

    def as_written(
        self, actor: Account | None, typed: CaseStudy, stored: CaseStudy, case: str = ""
    ) -> CaseStudy:
        """Give a text of `case` as the actor wrote it, who was shown `stored` naming what they know: what was hidden stays."""
        return rejoined(
            typed,
            stored,
            lambda each: each != case and self.exists(actor, named(Kind.CASE_STUDY, each)),
        )

    def revision(self, actor: Account | None, ref: RecordRef, number: int) -> Revision:
        """Give one revision to those who are in both its own audience and today's."""
        viewer = demand(actor, Permission.READ).viewer
        self._existing(viewer, ref)
        try:
            revision = self._store.revision(ref, number)
        except Damaged:
            raise NotFound from None
        if revision.body is None or not viewer.sees(revision.body.readers):
            raise NotFound
        return revision

    def history(self, actor: Account | None, ref: RecordRef) -> tuple[HistoryLine, ...]:
        """Give the revisions that the actor may know of, newest first; those of a narrower audience do not exist.

        The audience of a buried text is buried with it: only the owner's organisation is told that there was one.
        """
        viewer = demand(actor, Permission.READ).viewer
        today = self._existing(viewer, ref).body
        known = [
            revision
            for revision in self._store.revisions(ref)
            if (viewer.sees(revision.body.readers) if revision.body else _owns(viewer, today))
        ]
        people = self._accounts.named({revision.header.saved_by for revision in known})
        return tuple(
            HistoryLine(
                number=revision.number,
                saved_at=revision.header.saved_at,
                by=people[by].name
                if _tells_whom(revision, viewer, today) and (by := revision.header.saved_by) in people
                else "",
                action=revision.header.action.value,
                note=revision.note if revision.body else "",
                readable=revision.body is not None,
            )
            for revision in reversed(known)
        )

    def list(self, actor: Account | None, kind: Kind, order: Order = Order.TITLE) -> tuple[Entry, ...]:
        """List the records of a kind that exist for the actor, in the form shown to them."""
        viewer = demand(actor, Permission.READ).viewer
        return self._catalogue.list(Listing(viewer=viewer, kinds=frozenset({kind}), order=order))

    def _existing(self, viewer: Viewer, ref: RecordRef) -> Revision:
        if self._is_hidden(viewer, ref):
            raise NotFound
        try:
            revision = self._store.current(ref)
        except Damaged:
            raise NotFound from None
        if revision.body is None or not viewer.sees(revision.body.readers):
            raise NotFound
        return revision

    def _is_hidden(self, viewer: Viewer, ref: RecordRef) -> bool:
        """Say whether the catalogue knows so; where it cannot be read, the file decides."""
        with suppress(Damaged, StoreFailure):
            return self._catalogue.hides(viewer, ref, self._store.last(ref))
        return False


def _tells_whom(revision: Revision, viewer: Viewer, today: Body | None) -> bool:
    """Say whether the viewer may learn who saved this: of a proposed tag nobody does, as it may come from a text that is hidden."""
    header = revision.header
    if header.action is Action.PROPOSE:
        return of_account(header.saved_by) in viewer.tokens
    return knows_origin(viewer, today, revision.body)


def _owns(viewer: Viewer, body: Body | None) -> bool:
    return viewer.unrestricted or (isinstance(body, Record) and viewer.owns(body.owner))


def named(kind: Kind, identifier: str) -> RecordRef:
    """Name a record by an id as it comes from an address; one that cannot be an id names nothing that exists."""
    try:
        return RecordRef(kind=kind, id=identifier)
    except ValidationError:
        raise NotFound from None


def relations(
    account: Account, owner: Organisation | None, authors: tuple[str | None, ...] = ()
) -> tuple[Relation, ...]:
    """Say how the account stands to a record with this owner and these authors."""
    found = {
        Relation.OWNER: account.viewer.owns(owner),
        Relation.AUTHOR: account.id in authors,
    }
    return tuple(relation for relation, holds in found.items() if holds)


def body_as(wanted: type[B], revision: Revision) -> B:
    """Give the body of a revision that is known to be of this type; anything else does not exist under this address."""
    if not isinstance(revision.body, wanted):
        raise NotFound
    return revision.body


def knows_origin(viewer: Viewer, *texts: Body | None) -> bool:
    """Say whether the viewer may learn who saved a revision of a record that has these texts."""
    records = [text.body if isinstance(text, Submission) else text for text in texts]
    return all(
        viewer.knows_origin(record.audience, record.owner) for record in records if isinstance(record, Record)
    )
