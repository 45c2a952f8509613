"""Accounts: who may come in, for which organisation, in which roles."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from pydantic import ValidationError

from kb.domain.account import Account
from kb.domain.errors import Invalid, NotFound, NotSignedIn
from kb.domain.guard import demand_clean
from kb.domain.marking import Organisation
from kb.domain.permission import Permission, demand
from kb.domain.ports import (
    AccountStore,
    AuditLog,
    AuditRow,
    Clock,
    FollowStore,
    NewAccount,
    Randomness,
    SavedSearchStore,
    SecondFactorStore,
    SessionStore,
)
from kb.domain.text import Value
from kb.services.links import LinkMaker, OneTimeLink
from kb.services.standing import Standing, named_like, organisation_of, problems_for, problems_of

OWN_FACTOR = "This is your own account; ask another administrator, or whoever uses the server's command line."

_EMAIL = re.compile(r"(?=.{3,254}$)[^@\s]+@[^@\s]+\.[^@\s.]+")


class Invitation(Standing):
    """Who is to be invited, in which standing."""

    email: str
    name: str = ""
    language: str = "en"


class OrganisationLine(Value):
    """An organisation, and how many accounts act for it."""

    organisation: Organisation
    accounts: int


class Accounts:
    """Inviting, listing, disabling: what administrators and operators do; and what everybody does to their own."""

    def __init__(
        self,
        *,
        accounts: AccountStore,
        sessions: SessionStore,
        factors: SecondFactorStore,
        saved: SavedSearchStore,
        follows: FollowStore,
        audit: AuditLog,
        clock: Clock,
        randomness: Randomness,
    ) -> None:
        self._accounts, self._sessions, self._factors = accounts, sessions, factors
        self._saved, self._follows, self._audit = saved, follows, audit
        self._clock, self._randomness = clock, randomness
        self._links = LinkMaker(sessions, clock, randomness)

    def list(self, actor: Account | None) -> tuple[Account, ...]:
        """Give all accounts, by e-mail address; raises Forbidden."""
        demand(actor, Permission.KEEP_ACCOUNTS)
        return self._accounts.list()

    def organisations(self, actor: Account | None) -> tuple[Organisation, ...]:
        """Give all organisations, by name; raises Forbidden."""
        demand(actor, Permission.KEEP_ACCOUNTS)
        return self._accounts.organisations()

    def organisation(self, actor: Account | None, identifier: str) -> Organisation:
        """Give one organisation; raises Forbidden or NotFound."""
        demand(actor, Permission.KEEP_ACCOUNTS)
        known = next((each for each in self._accounts.organisations() if each.id == identifier), None)
        if known is None:
            raise NotFound
        return known

    def organisations_with_counts(self, actor: Account | None) -> tuple[OrganisationLine, ...]:
        """Give all organisations, by name, with how many accounts act for each; raises Forbidden."""
        demand(actor, Permission.KEEP_ACCOUNTS)
        counts = Counter(each.organisation.id for each in self._accounts.list() if each.organisation)
        return tuple(
            OrganisationLine(organisation=each, accounts=counts[each.id])
            for each in self._accounts.organisations()
        )

    def rename_organisation(self, actor: Account | None, identifier: str, name: str) -> Organisation:
        """Give an organisation another name; records keep the one that they were published with.

        Raises Forbidden, NotFound, or Invalid where another one of its country has that name.
        """
        actor = demand(actor, Permission.KEEP_ACCOUNTS)
        known = self.organisation(actor, identifier)
        with _problems_of_values():
            renamed = Organisation(id=known.id, name=name, country=known.country)
        namesake = named_like(self._accounts, renamed.name, renamed.country)
        if not renamed.name or namesake not in {None, known}:
            raise Invalid(("name", "Give a name that no other organisation of this country has."))
        demand_clean([("name", renamed.name)])
        self._accounts.rename_organisation(renamed.id, renamed.name)
        self._note(actor, "organisation.renamed", renamed.id)
        return renamed

    def get(self, actor: Account | None, identifier: str) -> Account:
        """Give the account with an id; raises Forbidden or NotFound."""
        demand(actor, Permission.KEEP_ACCOUNTS)
        return self._known(identifier)

    def find(self, actor: Account | None, email: str) -> Account:
        """Give the account with an e-mail address; raises Forbidden or NotFound."""
        demand(actor, Permission.KEEP_ACCOUNTS)
        account = self._accounts.by_email(email)
        if account is None:
            raise NotFound
        return account

    def invite(self, actor: Account | None, invitation: Invitation) -> OneTimeLink:
        """Add an account and make the link by which it gets its password; raises Forbidden or Invalid."""
        actor = demand(actor, Permission.KEEP_ACCOUNTS)
        _refuse((*_problems_of_address(invitation.email), *problems_of(invitation)))
        with _problems_of_values():
            wanted = NewAccount(
                id=self._randomness.identifier(),
                email=invitation.email.strip(),
                name=invitation.name.strip() or invitation.email.strip().partition("@")[0],
                organisation=organisation_of(invitation, self._accounts, self._randomness),
                roles=invitation.roles,
                language=invitation.language,
            )
        demand_clean(_words_of(wanted))
        account = self._accounts.add(wanted)
        self._note(actor, "account.invited", account.id, ", ".join(sorted(account.roles)))
        return self._links.make(account)

    def change_standing(self, actor: Account | None, identifier: str, standing: Standing) -> Account:
        """Change roles and organisation, which ends the account's sessions: what they were opened for is no more.

        Raises Forbidden, NotFound or Invalid.
        """
        actor = demand(actor, Permission.KEEP_ACCOUNTS)
        account = self._known(identifier)
        _refuse(problems_for(actor, account, standing))
        with _problems_of_values():
            organisation = organisation_of(standing, self._accounts, self._randomness)
        changed = account.model_copy(update={"roles": standing.roles, "organisation": organisation})
        demand_clean(_words_of(changed), held=[text for _, text in _words_of(account)])
        if changed == account:
            return account
        self._accounts.set_standing(changed)
        self._sessions.end_all(account.id)
        place = (organisation.id,) if organisation else ()
        self._note(actor, "account.standing-changed", account.id, ", ".join((*sorted(changed.roles), *place)))
        return changed

    def reset(self, actor: Account | None, identifier: str) -> OneTimeLink:
        """Make a link for a new password; raises Forbidden, NotFound, or Invalid for a disabled account."""
        actor = demand(actor, Permission.KEEP_ACCOUNTS)
        account = self._enabled(identifier)
        self._note(actor, "account.link-made", account.id)
        return self._links.make(account)

    def reset_second_factor(self, actor: Account | None, identifier: str) -> OneTimeLink:
        """Let somebody who lost their device begin anew, with a new password first: the link sets it.

        The factor and its recovery codes go, the password is worthless from now on (else one that was stolen would be
        enough), and all sessions end. Raises Forbidden, NotFound, or Invalid for one's own or a disabled account.
        """
        actor = demand(actor, Permission.KEEP_ACCOUNTS)
        account = self._enabled(identifier)
        if account.id == actor.id:
            raise Invalid(("account", OWN_FACTOR))
        self._accounts.set_password_hash(account.id, None)
        self._factors.remove(account.id)
        self._sessions.end_all(account.id)
        self._note(actor, "second-factor.reset", account.id)
        return self._links.make(account)

    def disable(self, actor: Account | None, identifier: str) -> Account:
        """Keep an account out, at once: its sessions and its link end. Raises Forbidden, NotFound or Invalid."""
        actor = demand(actor, Permission.KEEP_ACCOUNTS)
        account = self._known(identifier)
        if account.id == actor.id:
            raise Invalid(("account", "This is your own account; ask another administrator to disable it."))
        disabled = account.model_copy(update={"active": False})
        self._accounts.set_standing(disabled)
        self._sessions.end_all(account.id)
        self._sessions.drop_link(account.id)
        self._note(actor, "account.disabled", account.id)
        return disabled

    def enable(self, actor: Account | None, identifier: str) -> Account:
        """Let a disabled account in again, with the password it had; raises Forbidden or NotFound."""
        actor = demand(actor, Permission.KEEP_ACCOUNTS)
        account = self._known(identifier)
        enabled = account.model_copy(update={"active": True})
        self._accounts.set_standing(enabled)
        self._note(actor, "account.enabled", account.id)
        return enabled

    def end_sessions(self, actor: Account | None, identifier: str) -> Account:
        """Sign an account out everywhere, feeds included; raises Forbidden or NotFound."""
        actor = demand(actor, Permission.KEEP_ACCOUNTS)
        account = self._known(identifier)
        self._sessions.end_all(account.id)
        self._saved.drop_feeds(account.id)
        self._follows.set_feed(account.id, None)
        self._note(actor, "account.sessions-ended", account.id)
        return account

    def change_profile(self, actor: Account | None, name: str, language: str) -> Account:
        """Change one's own name and language; raises NotSignedIn or Invalid."""
        if actor is None or not actor.active:
            raise NotSignedIn
        with _problems_of_values():
            changed = Account.model_validate({**dict(actor), "name": name, "language": language})
        if not changed.name:
            raise Invalid(("name", "Say by which name others know you."))
        demand_clean([("name", changed.name)])
        self._accounts.set_profile(changed)
        return changed

    def _known(self, identifier: str) -> Account:
        account = self._accounts.get(identifier)
        if account is None:
            raise NotFound
        return account

    def _enabled(self, identifier: str) -> Account:
        account = self._known(identifier)
        if not account.active:
            raise Invalid(("account", "This account is disabled. Enable it first, then make the link."))
        return account

    def _note(self, actor: Account, action: str, subject: str, detail: str = "") -> None:
        row = AuditRow(at=self._clock.now(), actor=actor.id, action=action, subject=subject, detail=detail)
        self._audit.append([row])


def _refuse(problems: Iterable[tuple[str, str]]) -> None:
    if found := tuple(problems):
        raise Invalid(*found)


def _words_of(account: Account | NewAccount) -> Iterator[tuple[str, str]]:
    """Give what others read of an account: names; the address by which somebody signs in is what it is."""
    yield "name", account.name
    if account.organisation:
        yield "organisation", account.organisation.name


def _problems_of_address(email: str) -> Iterator[tuple[str, str]]:
    if not _EMAIL.fullmatch(email.strip()):
        yield "email", "Give an e-mail address, such as name@example.org."


@contextmanager
def _problems_of_values() -> Iterator[None]:
    """Tell what a value refuses as a problem of the field that it came from."""
    try:
        yield
    except ValidationError as refused:
        raise Invalid(
            *(
                (str(each["loc"][0]), f"This cannot be kept: {each['msg'].lower()}.")
                for each in refused.errors()
            )
        ) from refused
