"""Telling: from the revisions that a drain follows to the notices of those whom they concern.

It is derived as the audit log is, from what stands in the files: a process that dies on the way leaves the marker, and
whoever drains after it makes the same notices, of which none is kept twice.
"""

from __future__ import annotations

from collections.abc import Sequence

from kb.domain.circle import COMPARES, notices_of, tells
from kb.domain.discussion import Discussion
from kb.domain.errors import Damaged, NotFound
from kb.domain.follow import tells_followers
from kb.domain.notice import MailMode, Notice
from kb.domain.ports import AccountStore, Chore, Chores, EntryStore, NoticeStore
from kb.domain.revision import Body, Header, Revision
from kb.domain.subject import subject_of
from kb.services.followers import Followers


class Telling:
    """Makes notices, and has those mailed beside that somebody wishes to have at once: a save waits for no mail."""

    def __init__(
        self,
        store: EntryStore,
        accounts: AccountStore,
        notices: NoticeStore,
        chores: Chores,
        followers: Followers,
    ) -> None:
        self._store = store
        self._accounts = accounts
        self._notices = notices
        self._chores = chores
        self._followers = followers

    def tell(self, revisions: Sequence[Revision]) -> None:
        """Keep the notices of these revisions; where there are none, nobody is looked up."""
        concerning = [each for each in revisions if tells(each.header.action)]
        people = tuple(each for each in self._accounts.list() if each.is_officer) if concerning else ()
        for each in concerning:
            self._count_as_read(each)
        by_circle = (
            notice
            for each in concerning
            for notice in notices_of(each, self._before(each), people, self._subject(each))
        )
        by_follow = (notice for each in revisions for notice in self._followers.notices(each))
        self.keep([*by_circle, *by_follow])

    @staticmethod
    def concerns(header: Header) -> bool:
        """Say whether anybody at all may be told of an act."""
        return tells(header.action) or tells_followers(header)

    def keep(self, notices: Sequence[Notice]) -> None:
        """Keep notices, and have mailed what is wished for at once."""
        told = self._notices.add(notices) if notices else frozenset()
        if any(self._notices.wishes(each).mail is MailMode.AT_ONCE for each in told):
            self._chores.do(Chore.MAIL)

    def _count_as_read(self, revision: Revision) -> None:
        """Count as read what whoever acted had been told of the record before: they have just dealt with it."""
        header = revision.header
        unread = self._notices.of(header.saved_by, unread=True)
        seen = [each.key for each in unread if each.subject == header.ref and each.at <= header.saved_at]
        if seen:
            self._notices.read(header.saved_by, seen, header.saved_at)

    def _subject(self, revision: Revision) -> Body | None:
        """Give what a discussion is about, as it is now."""
        if not isinstance(revision.body, Discussion):
            return None
        try:
            return self._store.current(subject_of(revision.body)).body
        except (Damaged, NotFound):
            return None

    def _before(self, revision: Revision) -> Body | None:
        if revision.header.action not in COMPARES or revision.number == 1:
            return None
        try:
            return self._store.revision(revision.ref, revision.number - 1).body
        except (Damaged, NotFound):
            return None
