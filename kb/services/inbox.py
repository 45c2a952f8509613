"""The inbox: what an officer was told, as far as they may still see what it is about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence

from kb.domain.account import Account
from kb.domain.entry import Entry
from kb.domain.marking import Viewer
from kb.domain.notice import ASKING, IN_DISCUSSION, OF_A_DATE, Notice, Wishes
from kb.domain.permission import Permission, demand, permits
from kb.domain.ports import AccountStore, Catalogue, Clock, NoticeStore
from kb.domain.record import Kind
from kb.domain.revision import RecordRef
from kb.domain.text import Value

PER_PAGE = 25
MOST_COUNTED = 99
"""More than so many unread notices are not counted for the header of each page."""


class InboxLine(Value):
    """A notice as it is shown: the record in the form that exists for the reader, and who acted, where that is told."""

    notice: Notice
    entry: Entry
    by: str = ""

    @property
    def vague(self) -> bool:
        """Say whether no more than the month is told."""
        return self.notice.act in IN_DISCUSSION and not self.by

    @property
    def of_a_day(self) -> bool:
        """Say whether it began with a day, at no particular hour."""
        return self.notice.act in OF_A_DATE

    @property
    def asks(self) -> bool:
        """Say whether it waits for the reader to do something."""
        return self.notice.act in ASKING


class InboxPage(Value):
    """A page of the inbox; `until` is when it was made."""

    lines: tuple[InboxLine, ...]
    unread: int
    total: int
    page: int
    pages: int
    until: dt.datetime


class Inbox:
    """Shows notices under the audience of this moment: what is hidden by now is in no list and in no count."""

    def __init__(
        self, notices: NoticeStore, catalogue: Catalogue, accounts: AccountStore, clock: Clock
    ) -> None:
        self._notices = notices
        self._catalogue = catalogue
        self._accounts = accounts
        self._clock = clock

    def show(self, actor: Account | None, *, unread: bool = False, page: int = 1) -> InboxPage:
        """Give a page: unread before read, among the unread what asks for something first, then by time."""
        account, until = demand(actor, Permission.READ), self._clock.now()
        lines = self._lines(account, self._notices.of(account.id, unread=unread))
        lines.sort(key=lambda each: (each.notice.read_at is not None, not (each.asks or each.notice.read_at)))
        pages = max(1, -(-len(lines) // PER_PAGE))
        page = min(max(page, 1), pages)
        return InboxPage(
            lines=self._named(lines[(page - 1) * PER_PAGE : page * PER_PAGE]),
            unread=sum(each.notice.read_at is None for each in lines),
            total=len(lines),
            page=page,
            pages=pages,
            until=until,
        )

    def unread(self, actor: Account | None) -> int:
        """Count what is unread, for the header: nothing for those who have no inbox, and no more than `MOST_COUNTED` + 1."""
        if actor is None or not permits(actor, Permission.READ):
            return 0
        unread = self._notices.of(actor.id, unread=True)
        return len(self._lines(actor, unread[: MOST_COUNTED + 1])) if unread else 0

    def read(self, actor: Account | None, key: str) -> None:
        """Count one as read; a key that is nobody's changes nothing."""
        account = demand(actor, Permission.READ)
        self._notices.read(account.id, [key], self._clock.now())

    def read_all(self, actor: Account | None, until: dt.datetime | None = None) -> None:
        """Count as read what the list showed that was made then."""
        account, now = demand(actor, Permission.READ), self._clock.now()
        self._notices.read_all(account.id, min(until or now, now), now)

    def wishes(self, actor: Account | None) -> Wishes:
        """Give how the actor wishes to be told."""
        return self._notices.wishes(demand(actor, Permission.READ).id)

    def wish(self, actor: Account | None, wishes: Wishes) -> Wishes:
        """Keep how the actor wishes to be told."""
        self._notices.set_wishes(demand(actor, Permission.READ).id, wishes)
        return wishes

    def _lines(self, account: Account, notices: Sequence[Notice]) -> list[InboxLine]:
        known = self._entries(account.viewer, {each.subject for each in notices}) if notices else {}
        return [
            InboxLine(notice=each, entry=known[each.subject]) for each in notices if each.subject in known
        ]

    def _entries(self, viewer: Viewer, subjects: Collection[RecordRef]) -> Mapping[RecordRef, Entry]:
        """Give what is shown of these; of an application, which has no title, its practice, where both exist for the reader."""
        known = self._catalogue.known(viewer, subjects)
        of_practice = {
            ref: RecordRef(kind=Kind.PRACTICE, id=entry.target)
            for ref, entry in known.items()
            if ref.kind is Kind.APPLICATION and entry.target
        }
        practices = self._catalogue.known(viewer, set(of_practice.values())) if of_practice else {}
        shown = {ref: entry for ref, entry in known.items() if ref not in of_practice}
        return shown | {ref: practices[each] for ref, each in of_practice.items() if each in practices}

    def _named(self, lines: Sequence[InboxLine]) -> tuple[InboxLine, ...]:
        """Say who acted, but of a record whose origin is withheld from the reader today."""
        told = {each.notice.by for each in lines if each.notice.by and not _withheld(each.entry)}
        names = {each.id: each.name for each in self._accounts.named(told).values()}
        return tuple(
            each
            if _withheld(each.entry)
            else each.model_copy(update={"by": names.get(each.notice.by or "", "")})
            for each in lines
        )


def _withheld(entry: Entry) -> bool:
    """Say whether this is the form shown to those who are not told the origin."""
    return entry.chatham_house and entry.owner is None
