"""What coordinators do with reference records: adding, changing, finding still true, retiring, and bringing back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from kb.domain.account import Account
from kb.domain.concept import ConceptStatus
from kb.domain.errors import Invalid, NotFound, StaleRevision
from kb.domain.instrument import Instrument
from kb.domain.jurisdiction import Jurisdiction
from kb.domain.permission import Permission, demand
from kb.domain.ports import Clock, EntryStore, Randomness
from kb.domain.record import Kind, Origin
from kb.domain.reference import Reference, reference_after
from kb.domain.resource import Resource
from kb.domain.review_date import is_possible, next_review
from kb.domain.revision import KIND_OF, RecordRef, own_id
from kb.domain.workflow import Action
from kb.services.records import Records, named
from kb.services.reference import References
from kb.services.reference_view import ReferenceView
from kb.services.saving import Saving
from kb.services.vocabulary import Vocabularies

ReferenceBody = Resource | Instrument | Jurisdiction
KEPT = frozenset({"audience", "owner", "origin", "status", "status_reason"})
"""What who writes a reference record does not decide; everything else are its words."""
CONFIRMED = "Looked at, still true; to be looked at again by {date}"
NO_CONCEPT = "“{}” is none of the vocabulary. Choose another."


class ReferenceActs:
    """Use cases that save a revision of a reference record."""

    def __init__(
        self,
        references: References,
        records: Records,
        saving: Saving,
        *,
        store: EntryStore,
        vocabularies: Vocabularies,
        clock: Clock,
        randomness: Randomness,
    ) -> None:
        self._references = references
        self._records = records
        self._saving = saving
        self._store = store
        self._vocabularies = vocabularies
        self._clock = clock
        self._randomness = randomness

    def add(self, actor: Account | None, words: Resource) -> ReferenceView[Reference]:
        """Add a resource; it is for everybody, as the source that it names is."""
        account = demand(actor, Permission.KEEP_REFERENCE)
        ref = RecordRef(kind=Kind.RESOURCE, id=self._randomness.identifier())
        return self._begin(account, ref, words)

    def edit(
        self, actor: Account | None, identifier: str, number: int, words: ReferenceBody, note: str = ""
    ) -> ReferenceView[Reference]:
        """Change the words of revision `number`; with 0 write the first about a channel or country that has none."""
        account = demand(actor, Permission.KEEP_REFERENCE)
        ref = named(KIND_OF[type(words)], identifier)
        if own_id(words) not in {None, identifier}:
            raise NotFound
        if number == 0 and not self._records.exists(account, ref):
            self._demand_subject(account, ref)
            return self._begin(account, ref, words)
        before = self._current(account, ref, number)
        status = reference_after(Action.EDIT, before.status)
        kept = {name: getattr(before, name) for name in KEPT} | {"status": status}
        self._demand_sound(account, words, before)
        return self._save(account, (ref, number + 1), self._dated(words, kept), Action.EDIT, note)

    def confirm(
        self, actor: Account | None, kind: Kind, identifier: str, number: int, review_by: dt.date | None
    ) -> dt.date:
        """Keep that revision `number` was looked at today and is still true, and give the date of the next look."""
        account, ref = demand(actor, Permission.KEEP_REFERENCE), named(kind, identifier)
        before, today = self._current(account, ref, number), self._clock.now().date()
        reference_after(Action.CONFIRM, before.status)
        date = review_by or next_review(today)
        if not is_possible(date, today):
            raise Invalid(("review_by", "Give a day after today and within five years."))
        confirmed = before.model_copy(update={"as_of": today, "review_by": date})
        self._save(account, (ref, number + 1), confirmed, Action.CONFIRM, CONFIRMED.format(date=date))
        return date

    def retire(
        self, actor: Account | None, kind: Kind, identifier: str, number: int, reason: str
    ) -> ReferenceView[Reference]:
        """Take a record out of lists and search because it ended or was wrong; its page stays, with the reason."""
        return self._stepped(actor, named(kind, identifier), number, Action.RETIRE, reason)

    def reinstate(
        self, actor: Account | None, kind: Kind, identifier: str, number: int, reason: str
    ) -> ReferenceView[Reference]:
        """Bring a retired record back."""
        return self._stepped(actor, named(kind, identifier), number, Action.REINSTATE, reason)

    def _stepped(
        self, actor: Account | None, ref: RecordRef, number: int, action: Action, reason: str
    ) -> ReferenceView[Reference]:
        account = demand(actor, Permission.KEEP_REFERENCE)
        before = self._current(account, ref, number)
        status = reference_after(action, before.status, reason)
        said = reason if action is Action.RETIRE else ""
        changed = before.model_copy(update={"status": status, "status_reason": said})
        return self._save(account, (ref, number + 1), changed, action, reason)

    def _current(self, account: Account, ref: RecordRef, number: int) -> ReferenceBody:
        revision = self._records.current(account, ref)
        if revision.number != number:
            raise StaleRevision(ref.kind, ref.id, number + 1)
        if not isinstance(revision.body, ReferenceBody):
            raise NotFound
        return revision.body

    def _begin(self, account: Account, ref: RecordRef, words: ReferenceBody) -> ReferenceView[Reference]:
        """Save the first text; where an earlier one was purged, the next revision of its chain."""
        self._demand_sound(account, words, None)
        made = self._dated(words, {"origin": Origin.PUBLISHED})
        return self._save(account, (ref, self._store.last(ref) + 1), made, Action.CREATE)

    def _dated(self, words: ReferenceBody, kept: Mapping[str, object]) -> ReferenceBody:
        """Give the words with what is kept, to be looked at again in a year where no day is given."""
        review_by = words.review_by or next_review(self._clock.now().date())
        return type(words).model_validate({**dict(words), "review_by": review_by, **kept})

    def _save(
        self,
        account: Account,
        at: tuple[RecordRef, int],
        body: ReferenceBody,
        action: Action,
        note: str = "",
    ) -> ReferenceView[Reference]:
        ref, number = at
        self._saving.save(account, ref, number, body, action=action, note=note)
        return self._references.get(account, ref.kind, ref.id)

    def _demand_subject(self, account: Account, ref: RecordRef) -> None:
        """Raise NotFound where this would be about no channel, or one that has its page; a resource is added under a new id."""
        if ref.kind is Kind.RESOURCE:
            raise NotFound
        if ref.kind is Kind.INSTRUMENT:
            self._references.blank_instrument(account, ref.id)

    def _demand_sound(self, account: Account, words: ReferenceBody, before: ReferenceBody | None) -> None:
        """Raise Invalid where something is missing, or a concept is none; what stood there before may stay."""
        problems = words.problems
        vocabulary = self._vocabularies.of(account)
        held = {(scheme, key) for _, scheme, keys in (before.concepts() if before else ()) for key in keys}
        for field, scheme, keys in words.concepts():
            for key in keys:
                concept = vocabulary.get(scheme, key)
                known = concept is not None and concept.status is ConceptStatus.ADOPTED
                if not known and (scheme, key) not in held:
                    problems += ((field, NO_CONCEPT.format(key)),)
        if problems:
            raise Invalid(*problems)
