"""Digests, and mails at once: notices are sent in letters, and tried until they have left or were read.

A letter is taken before it is sent, and counted as sent afterwards. Whoever dies in between lets it be sent twice, after a
while; nothing is lost on the way, and two who run at once never take the same notice.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial

from kb.domain.account import Account
from kb.domain.errors import NotSent
from kb.domain.letter import Letter
from kb.domain.notice import Notice
from kb.domain.permission import Permission, demand
from kb.domain.ports import AccountStore, Chore, Chores, Clock, Mailer, NoticeStore
from kb.domain.text import Value
from kb.services.letters import Letters, Parcel
from kb.services.still_true import StillTrue

LEASE = dt.timedelta(minutes=15)
"""For so long nobody else tries what somebody took; longer than a slow mail server keeps us with one letter."""
WAITS = tuple(dt.timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720, 1440))
"""After the first failure, the second, and so on; at last once a day, until it has left or was read."""
KEPT = 500
KEPT_FOR = dt.timedelta(days=30)
"""Of each account so many notices are kept, and all that are younger than this."""


class MailRun(Value):
    """What a run did, or with `dry_run` would do."""

    reminders: int = 0
    """Notices about review dates that stand now, told before or not."""
    letters: tuple[Letter, ...] = ()
    notices: int = 0
    """How many notices these letters tell."""
    dropped: int = 0
    """Read before, not wished for, or no longer to be seen."""
    failed: int = 0
    """How many letters did not leave."""


class Failure(Value):
    """Somebody whom the last try did not reach."""

    email: str
    sentence: str


class MailStatus(Value):
    """Where mails go, and what has not left."""

    place: str
    waiting: int
    failures: tuple[Failure, ...] = ()


class Digests:
    """Sends what is due."""

    def __init__(
        self,
        *,
        notices: NoticeStore,
        accounts: AccountStore,
        letters: Letters,
        still_true: StillTrue,
        mailer: Mailer,
        chores: Chores,
        clock: Clock,
    ) -> None:
        self._notices = notices
        self._accounts = accounts
        self._letters = letters
        self._still_true = still_true
        self._mailer = mailer
        self._chores = chores
        self._clock = clock

    def run(self, actor: Account | None, *, at_once: bool = False, dry_run: bool = False) -> MailRun:
        """Send what is due; `at_once` leaves reminders and daily digests to who runs without it.

        With `dry_run` nothing is sent, kept or changed. A failure that would befall every letter ends the run.
        """
        demand(actor, Permission.OPERATE)
        reminders = 0 if at_once else self._still_true.remind(actor, dry_run=dry_run)
        run = MailRun(reminders=reminders)
        for account, due in self._notices.due(self._clock.now()).items():
            write = partial(self._letters.parcel, account, now=self._clock.now(), at_once=at_once)
            try:
                parcel = write(due) if dry_run else self._send(account, due, write)
            except NotSent as failure:
                run = run.model_copy(update={"failed": run.failed + 1})
                if failure.for_all:
                    break
            else:
                run = _with(run, parcel)
        if not dry_run and not at_once:
            self._notices.tidy(self._clock.now() - KEPT_FOR, KEPT)
        return run

    def begin(self, actor: Account | None) -> None:
        """Have sent beside what is due at once: for a server that starts after one that died."""
        demand(actor, Permission.OPERATE)
        if self._notices.due(self._clock.now()):
            self._chores.do(Chore.MAIL)

    def status(self, actor: Account | None) -> MailStatus:
        """Say where mails go, and whom the last try did not reach."""
        demand(actor, Permission.KEEP_ACCOUNTS)
        outstanding = self._notices.outstanding()
        people = self._accounts.named(outstanding.failures.keys())
        failures = sorted((people[each].email, why) for each, why in outstanding.failures.items())
        return MailStatus(
            place=self._mailer.place,
            waiting=outstanding.waiting,
            failures=tuple(Failure(email=email, sentence=sentence) for email, sentence in failures),
        )

    def _send(
        self, account: str, due: Sequence[Notice], write: Callable[[Sequence[Notice]], Parcel]
    ) -> Parcel:
        """Send a letter about what nobody else has taken meanwhile; raises NotSent once that is noted."""
        parcel, now = write(due), self._clock.now()
        self._notices.dropped(account, parcel.dropped)
        taken = self._notices.claim(account, parcel.keys, now, now + LEASE)
        if taken != parcel.keys:
            parcel = write([each for each in due if each.key in taken])
        if parcel.letter is None:
            return parcel
        try:
            self._mailer.send(parcel.letter)
        except NotSent as failure:
            wait = WAITS[min(parcel.tries, len(WAITS) - 1)]
            self._notices.failed(account, parcel.keys, self._clock.now() + wait, str(failure))
            raise
        self._notices.sent(account, parcel.keys, self._clock.now() if parcel.daily else None)
        return parcel


def _with(run: MailRun, parcel: Parcel) -> MailRun:
    return run.model_copy(
        update={
            "letters": (*run.letters, *([parcel.letter] if parcel.letter else ())),
            "notices": run.notices + len(parcel.keys),
            "dropped": run.dropped + len(parcel.dropped),
        }
    )
