"""Notices in memory."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence

from kb.domain.notice import MailState, Notice, Wishes
from kb.domain.ports import Outstanding


class MemoryNotices:
    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], Notice] = {}
        self._next: dict[tuple[str, str], dt.datetime] = {}
        self._wishes: dict[str, Wishes] = {}
        self._forgotten: dict[str, dt.datetime] = {}
        self.before_claim: Callable[[], object] | None = None
        """What another process does in the moment before somebody takes something; done once."""

    def add(self, notices: Sequence[Notice]) -> frozenset[str]:
        new = [
            each
            for each in notices
            if (each.account, each.key) not in self._kept
            and (each.account not in self._forgotten or each.at > self._forgotten[each.account])
        ]
        for each in new:
            self._kept[each.account, each.key] = each
            self._next[each.account, each.key] = each.at
        return frozenset(each.account for each in new)

    def of(self, account: str, *, unread: bool = False) -> tuple[Notice, ...]:
        own = [each for each in self._kept.values() if each.account == account]
        own.sort(key=lambda each: each.key)
        own.sort(key=lambda each: each.at, reverse=True)
        return tuple(each for each in own if not (unread and each.read_at))

    def read(self, account: str, keys: Collection[str], at: dt.datetime) -> None:
        for each in self.of(account, unread=True):
            if each.key in keys:
                self._change(each, read_at=at)

    def read_all(self, account: str, until: dt.datetime, at: dt.datetime) -> None:
        self.read(account, [each.key for each in self.of(account) if each.at <= until], at)

    def wishes(self, account: str) -> Wishes:
        return self._wishes.get(account, Wishes())

    def set_wishes(self, account: str, wishes: Wishes) -> None:
        chosen = {"mail": wishes.mail, "unmailed": wishes.unmailed}
        self._wishes[account] = self.wishes(account).model_copy(update=chosen)

    def due(self, now: dt.datetime) -> Mapping[str, tuple[Notice, ...]]:
        waiting = [each for each in self._due() if self._next[each.account, each.key] <= now]
        waiting.sort(key=lambda each: (self._next[each.account, each.key], each.key))
        accounts = dict.fromkeys(each.account for each in waiting)
        return {name: tuple(each for each in waiting if each.account == name) for name in accounts}

    def claim(
        self, account: str, keys: Collection[str], now: dt.datetime, until: dt.datetime
    ) -> frozenset[str]:
        act, self.before_claim = self.before_claim, None
        if act:
            act()
        free = [each for each in self.due(now).get(account, ()) if each.key in keys]
        for each in free:
            self._change(each, tries=each.tries + 1)
            self._next[each.account, each.key] = until
        return frozenset(each.key for each in free)

    def sent(self, account: str, keys: Collection[str], digest_at: dt.datetime | None = None) -> None:
        for each in self._named(account, keys):
            self._change(each, mail=MailState.SENT, failure="")
        if digest_at:
            self._wishes[account] = self.wishes(account).model_copy(update={"digest_at": digest_at})

    def failed(self, account: str, keys: Collection[str], next_at: dt.datetime, sentence: str) -> None:
        for each in self._named(account, keys):
            if each.mail is MailState.DUE:
                self._change(each, failure=sentence)
                self._next[each.account, each.key] = next_at

    def dropped(self, account: str, keys: Collection[str]) -> None:
        for each in self._named(account, keys):
            if each.mail is MailState.DUE:
                self._change(each, mail=MailState.DROPPED, failure="")

    def outstanding(self) -> Outstanding:
        failures = {each.account: each.failure for each in self._due() if each.failure}
        return Outstanding(waiting=len(self._due()), failures=failures)

    def tidy(self, before: dt.datetime, most: int) -> None:
        for account in {each.account for each in self._kept.values()}:
            by_use = sorted(self.of(account), key=lambda each: each.read_at is not None)
            old = [each for each in by_use[most:] if each.at < before and each.mail is not MailState.DUE]
            for each in old:
                del self._kept[account, each.key]
            if old:
                self._forgotten[account] = max(each.at for each in old)

    def _due(self) -> list[Notice]:
        return [each for each in self._kept.values() if each.mail is MailState.DUE]

    def _named(self, account: str, keys: Collection[str]) -> list[Notice]:
        return [each for each in self.of(account) if each.key in keys]

    def _change(self, notice: Notice, **values: object) -> None:
        self._kept[notice.account, notice.key] = notice.model_copy(update=values)
