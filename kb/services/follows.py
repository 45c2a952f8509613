"""Follows: what an account follows, and the feed of it. Nobody else is told."""

from __future__ import annotations

import datetime as dt

from kb.domain.account import Account
from kb.domain.concept import Concept
from kb.domain.country import CODES
from kb.domain.errors import Invalid, NotFound
from kb.domain.follow import MOST_FOLLOWS, Follow, Followed, Target, concept_name, standing_target
from kb.domain.identifier import is_identifier
from kb.domain.permission import Permission, demand
from kb.domain.ports import AccountStore, AuditLog, AuditRow, Clock, FollowStore, Randomness
from kb.domain.practice import Practice
from kb.domain.record import Kind
from kb.domain.revision import RecordRef
from kb.domain.text import Value
from kb.services.links import token_hash
from kb.services.records import Records, body_as
from kb.services.vocabulary import Vocabularies

FEED = "follows"
"""How the feed of everything that an account follows is named in the audit log."""


class FollowedThing(Value):
    """One thing that an account follows, as far as it exists for it: of a concept that was merged the one that stands for it."""

    target: Target
    since: dt.datetime
    concept: Concept | None = None
    practice: Practice | None = None


class Follows:
    """Keeps what an account follows."""

    def __init__(
        self,
        follows: FollowStore,
        records: Records,
        vocabularies: Vocabularies,
        *,
        accounts: AccountStore,
        audit: AuditLog,
        clock: Clock,
        randomness: Randomness,
    ) -> None:
        self._follows = follows
        self._records = records
        self._vocabularies = vocabularies
        self._accounts = accounts
        self._audit, self._clock, self._randomness = audit, clock, randomness

    def follow(self, actor: Account | None, target: Target) -> FollowedThing:
        """Follow something that exists for the actor; raises NotFound, or Invalid where there are too many."""
        account = demand(actor, Permission.FOLLOW)
        thing = self._thing(account, Follow(account=account.id, target=target, since=self._clock.now()))
        if thing is None:
            raise NotFound
        if not self.follows(account, thing.target):
            follow = Follow(account=account.id, target=thing.target, since=thing.since)
            if not self._follows.add(follow, MOST_FOLLOWS):
                raise Invalid(
                    (
                        "target",
                        f"You follow {MOST_FOLLOWS} things, which is the most. Stop following one first.",
                    )
                )
        return thing

    def stop(self, actor: Account | None, target: Target) -> None:
        """Follow something no more, also under the names of concepts that were merged into it."""
        account = demand(actor, Permission.FOLLOW)
        stands = self._standing(target)
        own = self._follows.of(account.id)
        self._follows.drop(account.id, [each.target for each in own if self._standing(each.target) == stands])

    def follows(self, actor: Account | None, target: Target) -> bool:
        """Say whether the actor follows something, under whatever name."""
        account, stands = demand(actor, Permission.FOLLOW), self._standing(target)
        return any(self._standing(each.target) == stands for each in self._follows.of(account.id))

    def list(self, actor: Account | None) -> tuple[FollowedThing, ...]:
        """Give what the actor follows, the last one first, each once; what does not exist for them by now is not told."""
        account = demand(actor, Permission.FOLLOW)
        things = (self._thing(account, each) for each in self._follows.of(account.id))
        return tuple({each.target: each for each in things if each}.values())

    def has_feed(self, actor: Account | None) -> bool:
        """Say whether there is a feed of all that the actor follows."""
        return self._follows.has_feed(demand(actor, Permission.FOLLOW).id)

    def make_feed(self, actor: Account | None) -> str:
        """Make the feed of all that the actor follows and give its token, which is kept nowhere; an earlier one is worthless."""
        account = demand(actor, Permission.FOLLOW)
        renewed, token = self._follows.has_feed(account.id), self._randomness.token()
        self._follows.set_feed(account.id, token_hash(token))
        self._note(account, "feed.renewed" if renewed else "feed.made")
        return token

    def revoke_feed(self, actor: Account | None) -> None:
        """Let nobody read that feed any more."""
        account = demand(actor, Permission.FOLLOW)
        if self._follows.has_feed(account.id):
            self._follows.set_feed(account.id, None)
            self._note(account, "feed.revoked")

    def _standing(self, target: Target) -> Target:
        return standing_target(target, self._vocabularies.thesaurus())

    def _thing(self, account: Account, follow: Follow) -> FollowedThing | None:
        """Give what is followed, or None where it does not exist for the account, or nothing can bear it."""
        target = self._standing(follow.target)
        thing = FollowedThing(target=target, since=follow.since)
        if target.kind is Followed.COUNTRY:
            return thing if target.id in CODES else None
        if target.kind is Followed.PRACTICE:
            practice = self._practice(account, target.id)
            return thing.model_copy(update={"practice": practice}) if practice else None
        name = concept_name(target)
        concept = self._vocabularies.of(account).get(*name) if name else None
        return thing.model_copy(update={"concept": concept}) if concept else None

    def _practice(self, account: Account, identifier: str) -> Practice | None:
        if not is_identifier(identifier):
            return None
        ref = RecordRef(kind=Kind.PRACTICE, id=identifier)
        try:
            return body_as(Practice, self._records.current(account, ref)).shown_to(account.viewer)
        except NotFound:
            return None

    def _note(self, account: Account, action: str) -> None:
        row = AuditRow(at=self._clock.now(), actor=account.id, action=action, subject=account.id, detail=FEED)
        self._audit.append([row])
