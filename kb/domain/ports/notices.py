"""Where notices are kept, and how far each is on its way by mail."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from kb.domain.notice import Notice, Wishes
from kb.domain.text import Value


class Outstanding(Value):
    """What has not left yet: how many notices wait, and those accounts whose last try failed, each with the reason."""

    waiting: int = 0
    failures: Mapping[str, str] = {}


class NoticeStore(Protocol):
    """Notices by account and key, and how each account wishes to be told.

    A notice is kept once, however often it is added: what was read stays read, and what was forgotten does not come back.
    """

    def add(self, notices: Sequence[Notice]) -> frozenset[str]:
        """Keep those that are new, durably and in one transaction; gives the accounts that have a new one."""

    def of(self, account: str, *, unread: bool = False) -> tuple[Notice, ...]:
        """Give the account's, the newest first: all, or those not read yet."""

    def read(self, account: str, keys: Collection[str], at: dt.datetime) -> None:
        """Count these as read; what was read before keeps its time."""

    def read_all(self, account: str, until: dt.datetime, at: dt.datetime) -> None:
        """Count as read what came until then."""

    def wishes(self, account: str) -> Wishes:
        """Give how an account wishes to be told; what nobody has said is the default."""

    def set_wishes(self, account: str, wishes: Wishes) -> None:
        """Keep its mode and acts; when it was sent a digest is kept apart, by `sent`."""

    def due(self, now: dt.datetime) -> Mapping[str, tuple[Notice, ...]]:
        """Give by account what may be tried now, those first that wait longest."""

    def claim(
        self, account: str, keys: Collection[str], now: dt.datetime, until: dt.datetime
    ) -> frozenset[str]:
        """Take these to be sent, and count a try; nobody else gets them before `until`. Gives those that were still to be had."""

    def sent(self, account: str, keys: Collection[str], digest_at: dt.datetime | None = None) -> None:
        """Count these as sent, and where it was a digest, when."""

    def failed(self, account: str, keys: Collection[str], next_at: dt.datetime, sentence: str) -> None:
        """Let these be tried again then."""

    def dropped(self, account: str, keys: Collection[str]) -> None:
        """Send these to nobody."""

    def outstanding(self) -> Outstanding:
        """Give what has not left yet."""

    def tidy(self, before: dt.datetime, most: int) -> None:
        """Forget what came before then and is past the first `most` of its account, unread ones first, then newer ones.

        What is still to be mailed stays.
        """
