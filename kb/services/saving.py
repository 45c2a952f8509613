"""Saving: how every service writes a revision, and lets what is derived follow at once."""

from __future__ import annotations

from collections.abc import Iterable

from kb.domain.account import Account
from kb.domain.errors import NotFollowed, StaleRevision
from kb.domain.ports import Clock, EntryStore, Saved
from kb.domain.revision import Body, RecordRef, Save
from kb.domain.text import LINE_LENGTH
from kb.domain.workflow import Action
from kb.services.drain import BATCH, Drain
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
        saved = self._keep(account, ref, number, body, action=action, note=note)
        if action not in TAKES_AWAY:
            self._drain.run()
        elif not self._drain.settle(ref, number):
            raise NotFollowed
        return saved

    def save_all(
        self,
        account: Account,
        changes: Iterable[tuple[RecordRef, int, Body]],
        *,
        action: Action,
        note: str = "",
    ) -> tuple[RecordRef, ...]:
        """Make many revisions, and let lists and search follow now and then; gives those that somebody saved meanwhile.

        Each is as safe as a save of its own: what a crash leaves undone is not begun. Raises Blocked as `save` does.
        """
        stale = list[RecordRef]()
        for place, (ref, number, body) in enumerate(changes, 1):
            try:
                self._keep(account, ref, number, body, action=action, note=note)
            except StaleRevision:
                stale.append(ref)
            if place % BATCH == 0:
                self._drain.run()
        self._drain.run()
        return tuple(stale)

    def _keep(
        self, account: Account, ref: RecordRef, number: int, body: Body, *, action: Action, note: str
    ) -> Saved:
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
        return self._store.save(save)
