"""Guarding: what a save brings in is looked through before anything is on disk.

What stood in the revision before may stay, so that nobody is kept from narrowing, retiring, declining or withdrawing a
text because of what is wrong with it, or from mending one part of it after the other. Only what brings a case nearer to its
readers has the whole of it looked through.
"""

from __future__ import annotations

from kb.domain.case_study import CaseStudy
from kb.domain.errors import Blocked, NotFound
from kb.domain.finding import texts_of
from kb.domain.guard import demand_clean
from kb.domain.ports import EntryStore
from kb.domain.record import Kind
from kb.domain.revision import Body, RecordRef, Save
from kb.domain.submission import Submission
from kb.domain.workflow import Action
from kb.services.remembered_checks import RememberedChecks

NEARER = frozenset({Action.SUBMIT, Action.APPROVE})
"""Acts by which a case comes nearer to its readers: its author mends it first, whoever wrote it."""
REASON = "reason"
"""The path of a save's note: what the person who acted gave as the reason."""


class Guard:
    """Refuses saves; the store is asked for the revision before only where something is found."""

    def __init__(self, store: EntryStore) -> None:
        self._store = store
        self._checks = RememberedChecks()

    def demand_clean(self, save: Save) -> None:
        """Raise Blocked where the save brings in what the checks block."""
        texts = [(REASON, save.note), *texts_of(save.body)]
        try:
            demand_clean(texts, look=self._checks.objections)
        except Blocked:
            demand_clean(texts, self._held(save), self._checks.objections)

    def _held(self, save: Save) -> frozenset[str]:
        """Give the strings that may stay: of the revision before, or of the published text that a change begins with."""
        begun = _begun_from(save.body) if save.number == 1 else None
        ref, number = begun or (save.ref, save.number - 1)
        try:
            before = self._store.revision(ref, number).body
        except NotFound:
            return frozenset()
        return frozenset(text for _, text in texts_of(_left(before, save.action))) if before else frozenset()


def _begun_from(body: Body) -> tuple[RecordRef, int] | None:
    if isinstance(body, Submission) and body.based_on:
        return RecordRef(kind=Kind.CASE_STUDY, id=body.target), body.based_on
    return None


def _left(before: Body, action: Action) -> Body:
    if isinstance(before, Submission) and action in NEARER:
        return before.model_copy(update={"body": CaseStudy()})
    return before
