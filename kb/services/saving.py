"""Saving: how every service writes a revision, and lets what is derived follow at once."""

from __future__ import annotations

from kb.domain.account import Account
from kb.domain.errors import NotFollowed
from kb.domain.ports import Clock, EntryStore, Saved
from kb.domain.revision import Body, RecordRef, Save
from kb.domain.text import LINE_LENGTH
from kb.domain.workflow import Action
from kb.services.drain import Drain
from kb.services.guarding import Guard

TAKES_AWAY = frozenset(
    {Action.NARROW, Action.WIDEN, Action.RETIRE, Action.SUPERSEDE, Action.UNPUBLISH, Action.WITHDRAW}
)
"""Acts after which somebody may no longer find the text: letting one country in may leave another out."""


class Saving:
    """Writes under the actor's name and the clock's time."""

    def __init__(self, store: EntryStore, drain: Drain, clock: Clock) -> None:
        self._store = store
        self._guard = Guard(store)
        self._drain = drain
        self._clock = clock

    def save(
        self, account: Account, ref: RecordRef, number: int, body: Body, *, action: Action, note: str = ""
    ) -> Saved:
        """Make `body` revision `number`, and let lists and search follow; raises StaleRevision.

        A text that the checks block raises Blocked, and nothing is written. What takes something away from readers is done only when nothing derived shows it: else NotFollowed.
        """
        save = Save(
            kind=ref.kind,
            id=ref.id,
            number=number,
            saved_at=self._clock.now(),
            saved_by=account.id,
            action=action,
            note=note[:LINE_LENGTH],
            body=body,
        )
        self._guard.demand_clean(save)
        saved = self._store.save(save)
        if action not in TAKES_AWAY:
            self._drain.run()
        elif not self._drain.settle(ref, number):
            raise NotFollowed
        return saved
