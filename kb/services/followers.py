"""Followers: from a revision that a drain follows to the notices of those who follow what it is about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from kb.domain.application import Application
from kb.domain.errors import Damaged, NotFound
from kb.domain.follow import Scene, Target, notices_to_follower, targets_of, tells_followers
from kb.domain.notice import Notice
from kb.domain.ports import AccountStore, EntryStore, FollowStore
from kb.domain.record import Kind
from kb.domain.revision import Body, RecordRef, Revision
from kb.services.vocabulary import Vocabularies


class Followers:
    """Finds them, and what each is told."""

    def __init__(
        self, store: EntryStore, follows: FollowStore, accounts: AccountStore, vocabularies: Vocabularies
    ) -> None:
        self._store = store
        self._follows = follows
        self._accounts = accounts
        self._vocabularies = vocabularies

    def notices(self, revision: Revision) -> Iterator[Notice]:
        """Give what followers are told of an act; where nobody follows anything that it is about, no more is read."""
        if not tells_followers(revision.header):
            return
        thesaurus = self._vocabularies.thesaurus()
        wanted: defaultdict[str, set[Target]] = defaultdict(set)
        for each in self._follows.followers(targets_of(revision, thesaurus)):
            wanted[each.account].add(each.target)
        if not wanted:
            return
        scene = Scene(self._before(revision), self._subject(revision), thesaurus)
        for name, follower in sorted(self._accounts.named(wanted.keys()).items()):
            yield from notices_to_follower(revision, scene, follower, frozenset(wanted[name]))

    def _before(self, revision: Revision) -> Body | None:
        return self._read(revision.ref, revision.number - 1) if revision.number > 1 else None

    def _subject(self, revision: Revision) -> Body | None:
        body = revision.body
        if not isinstance(body, Application) or body.practice is None:
            return body
        return self._read(RecordRef(kind=Kind.PRACTICE, id=body.practice))

    def _read(self, ref: RecordRef, number: int | None = None) -> Body | None:
        try:
            return (self._store.revision(ref, number) if number else self._store.current(ref)).body
        except (Damaged, NotFound):
            return None
