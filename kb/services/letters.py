"""Letters: what one account is to be sent of its notices, under its audience and its wishes of this moment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from kb.domain.account import Account
from kb.domain.application import Application
from kb.domain.case_study import CaseStudy
from kb.domain.errors import NotFound
from kb.domain.event import Event
from kb.domain.letter import Digest, Item, Letter, letter_to
from kb.domain.notice import IN_DISCUSSION, OF_A_DATE, MailMode, Notice, Told, Wishes
from kb.domain.ports import AccountStore, NoticeStore
from kb.domain.practice import Practice
from kb.domain.record import Kind
from kb.domain.revision import RecordRef
from kb.domain.submission import Submission
from kb.domain.text import Value
from kb.services.records import Records
from kb.services.saved_searches import SavedSearches
from kb.services.vain_searches import VainSearches

MORNING = dt.timedelta(hours=6)
"""The time of day, in UTC, from which a day's digests are sent."""
PLACES: dict[Kind, str] = {
    Kind.SUBMISSION: "/submissions/{}",
    Kind.CASE_STUDY: "/cases/{}/",
    Kind.PRACTICE: "/practices/{}",
}
"""Where a record is read, by its kind."""
TALKS: dict[Kind, str] = {Kind.CASE_STUDY: "/cases/{}/lessons/{}", Kind.EVENT: "/events/{}/workshop#{}"}
"""Where a lesson, or a post about it, is read, by the kind of what it is of."""
INBOX, WISHES, STILL_TRUE, SAVED, IN_VAIN = (
    "/inbox",
    "/inbox/settings",
    "/still-true",
    "/saved",
    "/searches-in-vain",
)


class Parcel(Value):
    """What is to be done with an account's notices: those that a letter tells, and those that are never sent."""

    letter: Letter | None = None
    keys: frozenset[str] = frozenset()
    dropped: frozenset[str] = frozenset()
    daily: bool = False
    tries: int = 0
    """How often the one that was tried most was tried before."""


class Letters:
    """Writes letters; `address` is that under which people reach this installation, without a path."""

    def __init__(
        self,
        *,
        notices: NoticeStore,
        accounts: AccountStore,
        records: Records,
        saved_searches: SavedSearches,
        vain_searches: VainSearches,
        address: str,
    ) -> None:
        self._notices = notices
        self._accounts = accounts
        self._records = records
        self._saved_searches = saved_searches
        self._vain_searches = vain_searches
        self._address = address

    def parcel(self, recipient: str, due: Sequence[Notice], *, now: dt.datetime, at_once: bool) -> Parcel:
        """Say what is to be sent now; nothing, where the account's digest waits for another run or another day."""
        account, wishes = self._accounts.get(recipient), self._notices.wishes(recipient)
        daily = wishes.mail is MailMode.DAILY
        if daily and (at_once or not _is_morning(wishes, now)):
            return Parcel()
        items = {each.key: item for each in due if account and (item := self._item(account, wishes, each))}
        dropped = frozenset(each.key for each in due) - items.keys()
        if account is None or not items:
            return Parcel(dropped=dropped)
        digest = Digest(items=tuple(items.values()), besides=self._besides(account) if daily else ())
        places = {"inbox": f"{self._address}{INBOX}", "settings": f"{self._address}{WISHES}"}
        return Parcel(
            letter=letter_to(account.email, digest, at=now, **places),
            keys=frozenset(items),
            dropped=dropped,
            daily=daily,
            tries=max(each.tries for each in due if each.key in items),
        )

    def _item(self, account: Account, wishes: Wishes, notice: Notice) -> Item | None:
        """Give the notice with its title; None where it was read, is not wished for, or tells of what is hidden by now."""
        if notice.read_at or not wishes.wants(notice.act) or not account.is_officer:
            return None
        try:
            subject = self._records.current(account, notice.subject)
            if isinstance(subject.body, Application) and subject.body.practice:
                practice = RecordRef(kind=Kind.PRACTICE, id=subject.body.practice)
                subject = self._records.current(account, practice)
        except NotFound:
            return None
        text = subject.body.body if isinstance(subject.body, Submission) else subject.body
        if not isinstance(text, CaseStudy | Event | Practice):
            return None
        return Item(
            key=notice.key,
            act=notice.act,
            kind=subject.ref.kind,
            title=text.title,
            marking=text.audience.marking,
            address=self._place(notice, subject.ref),
        )

    def _place(self, notice: Notice, subject: RecordRef) -> str:
        of_lesson = notice.act in IN_DISCUSSION or (notice.act is Told.FOLLOWED and notice.lesson)
        path = TALKS[subject.kind] if of_lesson else PLACES[subject.kind]
        if notice.act in OF_A_DATE:
            path = STILL_TRUE
        return self._address + path.format(subject.id, notice.lesson)

    def _besides(self, account: Account) -> tuple[tuple[str, str], ...]:
        new, in_vain = (
            self._saved_searches.list(account).new,
            self._vain_searches.waiting(account),
        )
        told = (
            (new, f"New results in the searches that you follow: {new}", SAVED),
            (in_vain, f"Searches in vain that several had in common: {in_vain}", IN_VAIN),
        )
        return tuple((sentence, f"{self._address}{path}") for count, sentence, path in told if count)


def _is_morning(wishes: Wishes, now: dt.datetime) -> bool:
    """Say whether a morning has come since the last digest."""
    return wishes.digest_at is None or (wishes.digest_at - MORNING).date() < (now - MORNING).date()
