"""What organisers do with an event: announcing, changing, cancelling, retiring, and whom it reaches."""

from __future__ import annotations

from collections.abc import Mapping

from kb.domain.account import Account
from kb.domain.audience_change import audience_change
from kb.domain.discussion import Discussion
from kb.domain.errors import Damaged, Invalid, NotFound, StaleRevision
from kb.domain.event import (
    EVENT_STEPS,
    USUAL_QUESTIONS,
    Event,
    Question,
    event_after,
    with_keys_of_its_own,
)
from kb.domain.marking import Audience
from kb.domain.organising import relations_to
from kb.domain.permission import Permission, demand
from kb.domain.ports import Clock, EntryStore, Randomness
from kb.domain.record import Kind
from kb.domain.revision import RecordRef, Revision
from kb.domain.subject import discussion_of
from kb.domain.workflow import Action
from kb.services.events import Events, EventView, event_ref
from kb.services.records import Records, body_as
from kb.services.saving import Saving

NOBODY_OWNS = "An organisation must own the event; ask an administrator to give you one."
WORDS = frozenset(
    {
        "title", "language", "form", "organiser", "place", "start", "end", "held", "summary", "call", "questions",
        "workshop", "participants", "programme",
    }
)  # fmt: skip
"""What an organiser writes; everything else follows from steps."""


class EventActs:
    """Use cases that save a revision of an event."""

    def __init__(
        self,
        events: Events,
        records: Records,
        saving: Saving,
        store: EntryStore,
        *,
        clock: Clock,
        randomness: Randomness,
    ) -> None:
        self._events = events
        self._records = records
        self._saving = saving
        self._store = store
        self._clock = clock
        self._randomness = randomness

    def blank(self, actor: Account | None) -> Event:
        """Give what the form of a new event begins with: the four questions of 2007."""
        account = demand(actor, Permission.ORGANISE_EVENT)
        questions = tuple(
            Question(key=f"q{place}", text=text) for place, text in enumerate(USUAL_QUESTIONS, start=1)
        )
        organiser = account.organisation.name if account.organisation else ""
        return Event(language=account.language, organiser=organiser, questions=questions)

    def announce(self, actor: Account | None, words: Event) -> EventView:
        """Put an event before its audience, owned by the actor's organisation."""
        account = demand(actor, Permission.ORGANISE_EVENT)
        if account.organisation is None:
            raise Invalid(("owner", NOBODY_OWNS))
        keyed = with_keys_of_its_own(words, frozenset(), frozenset())
        event = Event.model_validate(
            _words_of(keyed) | {"audience": words.audience, "owner": account.organisation}
        )
        _demand_sound(event)
        ref = RecordRef(kind=Kind.EVENT, id=self._randomness.identifier())
        saved = self._saving.save(account, ref, 1, event, action=Action.CREATE)
        return self._events.view(account, Revision(header=saved.header, body=event))

    def edit(
        self, actor: Account | None, identifier: str, number: int, words: Event, note: str = ""
    ) -> EventView:
        """Change the words of revision `number`; a question or session that stays keeps its key, and what is written of it."""
        account, revision, event = self._organised(actor, identifier, number)
        kept = frozenset(event.topics)
        keyed = with_keys_of_its_own(words, kept, self._written_about(revision.ref))
        return self._save(account, revision, _words_of(keyed), Action.EDIT, note)

    def step(
        self, actor: Account | None, identifier: str, number: int, action: Action, reason: str
    ) -> EventView:
        """Cancel an event, retire it or bring it back; readers are told why."""
        account, revision, event = self._organised(actor, identifier, number)
        status = event_after(action, event.status, reason)
        told = "" if action is Action.REINSTATE else reason
        return self._save(account, revision, {"status": status, "status_reason": told}, action, reason)

    def remark(
        self, actor: Account | None, identifier: str, number: int, audience: Audience, reason: str
    ) -> EventView:
        """Change whom an event reaches; only its owner's organisation does."""
        account, revision, event = self._organised(actor, identifier, number)
        demand(account, Permission.REMARK_CASE, *relations_to(account, event))
        action = audience_change(account, event.audience, audience, reason=reason, now=self._clock.now())
        return self._save(account, revision, {"audience": audience}, action, reason)

    def _organised(
        self, actor: Account | None, identifier: str, number: int
    ) -> tuple[Account, Revision, Event]:
        account = demand(actor, Permission.READ)
        revision = self._records.current(account, event_ref(identifier))
        event = body_as(Event, revision)
        demand(account, Permission.EDIT_EVENT, *relations_to(account, event))
        if revision.number != number:
            raise StaleRevision(Kind.EVENT, identifier, number + 1)
        return account, revision, event

    def _save(
        self,
        account: Account,
        revision: Revision,
        update: Mapping[str, object],
        action: Action,
        note: str,
    ) -> EventView:
        changed = Event.model_validate({**dict(body_as(Event, revision)), **update})
        if action not in EVENT_STEPS:
            _demand_sound(changed)
        number = revision.number + 1
        saved = self._saving.save(account, revision.ref, number, changed, action=action, note=note)
        return self._events.view(account, Revision(header=saved.header, note=note, body=changed))

    def _written_about(self, event: RecordRef) -> frozenset[str]:
        """Give the keys that posts of its workshop name."""
        try:
            talk = self._store.current(discussion_of(event)).body
        except (NotFound, Damaged):
            return frozenset()
        return frozenset(post.lesson for post in talk.posts) if isinstance(talk, Discussion) else frozenset()


def _words_of(event: Event) -> dict[str, object]:
    return {name: getattr(event, name) for name in WORDS}


def _demand_sound(event: Event) -> None:
    if problems := event.problems:
        raise Invalid(*problems)
