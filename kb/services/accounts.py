"""Accounts: who may come in, for which organisation, in which roles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from pydantic import ValidationError

from kb.domain.account import OFFICER_ROLES, Account, Role
from kb.domain.country import CODES
from kb.domain.errors import Invalid, NotFound, NotSignedIn
from kb.domain.marking import Organisation
from kb.domain.permission import Permission, demand
from kb.domain.ports import (
    AccountStore,
    AuditLog,
    AuditRow,
    Clock,
    NewAccount,
    Randomness,
    SessionStore,
)
from kb.domain.text import Value
from kb.services.links import INVITATION_LIFE, RESET_LIFE, LinkMaker, OneTimeLink

_EMAIL = re.compile(r"(?=.{3,254}$)[^@\s]+@[^@\s]+\.[^@\s.]+")


class Invitation(Value):
    """Who is to be invited. An organisation is found by name and country, or made."""

    email: str
    name: str = ""
    organisation: str = ""
    country: str = ""
    roles: frozenset[Role]
    language: str = "en"


class Accounts:
    """Inviting, listing, disabling: what administrators and operators do; and what everybody does to their own."""

    def __init__(
        self,
        *,
        accounts: AccountStore,
        sessions: SessionStore,
        audit: AuditLog,
        clock: Clock,
        randomness: Randomness,
    ) -> None:
        self._accounts, self._sessions, self._audit = accounts, sessions, audit
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
        problems = tuple(_problems(invitation))
        if problems:
            raise Invalid(*problems)
        with _problems_of_values():
            wanted = NewAccount(
                id=self._randomness.identifier(),
                email=invitation.email.strip(),
                name=invitation.name.strip() or invitation.email.strip().partition("@")[0],
                organisation=self._organisation(invitation),
                roles=invitation.roles,
                language=invitation.language,
            )
        account = self._accounts.add(wanted)
        self._note(actor, "account.invited", account, ", ".join(sorted(account.roles)))
        return self._links.make(account, INVITATION_LIFE)

    def reset(self, actor: Account | None, identifier: str) -> OneTimeLink:
        """Make a link for a new password; raises Forbidden, NotFound, or Invalid for a disabled account."""
        actor = demand(actor, Permission.KEEP_ACCOUNTS)
        account = self._known(identifier)
        if not account.active:
            raise Invalid(("account", "This account is disabled. Enable it first, then make the link."))
        self._note(actor, "account.link-made", account)
        return self._links.make(account, RESET_LIFE)

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
        self._note(actor, "account.disabled", account)
        return disabled

    def enable(self, actor: Account | None, identifier: str) -> Account:
        """Let a disabled account in again, with the password it had; raises Forbidden or NotFound."""
        actor = demand(actor, Permission.KEEP_ACCOUNTS)
        account = self._known(identifier)
        enabled = account.model_copy(update={"active": True})
        self._accounts.set_standing(enabled)
        self._note(actor, "account.enabled", account)
        return enabled

    def end_sessions(self, actor: Account | None, identifier: str) -> Account:
        """Sign an account out everywhere; raises Forbidden or NotFound."""
        actor = demand(actor, Permission.KEEP_ACCOUNTS)
        account = self._known(identifier)
        self._sessions.end_all(account.id)
        self._note(actor, "account.sessions-ended", account)
        return account

    def change_profile(self, actor: Account | None, name: str, language: str) -> Account:
        """Change one's own name and language; raises NotSignedIn or Invalid."""
        if actor is None or not actor.active:
            raise NotSignedIn
        with _problems_of_values():
            changed = Account.model_validate({**dict(actor), "name": name, "language": language})
        if not changed.name:
            raise Invalid(("name", "Say by which name others know you."))
        self._accounts.set_profile(changed)
        return changed

    def _known(self, identifier: str) -> Account:
        account = self._accounts.get(identifier)
        if account is None:
            raise NotFound
        return account

    def _organisation(self, invitation: Invitation) -> Organisation | None:
        name, country = invitation.organisation.strip(), invitation.country.strip().upper()
        if not name:
            return None
        wanted = (name.casefold(), country)
        for known in self._accounts.organisations():
            if (known.name.casefold(), known.country) == wanted:
                return known
        return Organisation(id=self._randomness.identifier(), name=name, country=country)

    def _note(self, actor: Account, action: str, account: Account, detail: str = "") -> None:
        row = AuditRow(at=self._clock.now(), actor=actor.id, action=action, subject=account.id, detail=detail)
        self._audit.append([row])


def _problems(invitation: Invitation) -> Iterator[tuple[str, str]]:
    country = invitation.country.strip().upper()
    officer = not OFFICER_ROLES.isdisjoint(invitation.roles)
    rules = (
        (
            not _EMAIL.fullmatch(invitation.email.strip()),
            "email",
            "Give an e-mail address, such as name@example.org.",
        ),
        (not invitation.roles, "roles", "Choose at least one role."),
        (
            Role.OPERATOR in invitation.roles,
            "roles",
            "Operator is whoever uses the server's command line; no account has that role.",
        ),
        (
            officer and not invitation.organisation.strip(),
            "organisation",
            "Somebody with an officer role acts for an organisation: name it.",
        ),
        (
            bool(invitation.organisation.strip()) and country not in CODES,
            "country",
            "Say in which country the organisation is, by a code such as AT or BE.",
        ),
    )
    return ((field, sentence) for broken, field, sentence in rules if broken)


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
