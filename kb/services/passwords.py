"""Passwords, and the one-time links by which they are set.

Length is what counts, composition rules are not (NIST SP 800-63B-4, 3.1.1.2: fifteen characters where a password is the
only factor), and that no guesser comes to it early. Nobody but its owner ever knows a password: an administrator makes a
link.
"""

from __future__ import annotations

import unicodedata

from kb.domain.account import Account
from kb.domain.errors import Invalid, NotSignedIn
from kb.domain.password import FEWEST_GUESSES, cores, own_words
from kb.domain.ports import (
    AccountStore,
    AuditLog,
    AuditRow,
    Clock,
    CommonPasswords,
    PasswordHasher,
    SessionStore,
)
from kb.services.links import token_hash
from kb.services.throttling import Door, Throttling

SHORTEST = 15
LONGEST = 200
"""Nobody types more; a limit keeps the hash from being a way to keep the server busy."""
TOO_SHORT = f"A password needs at least {SHORTEST} characters; a few words that you remember will do."
TOO_LONG = f"A password has at most {LONGEST} characters."
OWN_DATA = "A password that is your name or e-mail address is guessed first. Choose other words."
COMMON = "This is a common password, or one with something put around it, and is guessed first. Choose other words."
GUESSABLE = (
    "This password repeats itself or follows a pattern, so it is soon guessed. "
    "Take four or five words that have nothing to do with each other."
)
WRONG = "That is not your password of today."
LINK_GONE = "This link has been used or is too old. Ask an administrator for a new one."


class Passwords:
    """Setting a password by a link, and changing one's own."""

    def __init__(
        self,
        *,
        accounts: AccountStore,
        sessions: SessionStore,
        common: CommonPasswords,
        throttling: Throttling,
        audit: AuditLog,
        hasher: PasswordHasher,
        clock: Clock,
    ) -> None:
        self._accounts, self._sessions, self._common = accounts, sessions, common
        self._throttling, self._audit = throttling, audit
        self._hasher, self._clock = hasher, clock

    def behind_link(self, token: str, *, address: str = "") -> Account | None:
        """Give whose link this is, without using it up (mail programs look at links before people do); None if gone.

        Raises TooManyTries: looking at links that are none is counted as guessing.
        """
        made = self._throttling.begin(Door.LINK, address=address)
        found = self._sessions.link(token_hash(token))
        account = self._accounts.get(found[0]) if found and found[1] > self._clock.now() else None
        if account is None or not account.active:
            return None
        self._throttling.succeed(made)
        return account

    def set_by_link(self, token: str, password: str, *, address: str = "") -> Account:
        """Use the link up and set the password.

        Raises TooManyTries, or Invalid, and then the link still stands unless it is gone.
        """
        account = self.behind_link(token, address=address)
        if account is None:
            raise Invalid(("link", LINK_GONE))
        hashed = self._accepted(account, password)
        if not self._sessions.use_link(token_hash(token)):
            raise Invalid(("link", LINK_GONE))
        return self._keep(account, hashed, "password.set")

    def change(self, actor: Account | None, current: str, new: str, *, address: str = "") -> Account:
        """Change one's own password, which ends all one's sessions; raises NotSignedIn, TooManyTries or Invalid."""
        if actor is None or not actor.active:
            raise NotSignedIn
        made = self._throttling.begin(Door.SIGN_IN, person=actor.email.casefold(), address=address)
        if not self._hasher.verify(self._accounts.password_hash(actor.id), normal_password(current)):
            self._note(actor, "password.refused")
            raise Invalid(("current_password", WRONG))
        self._throttling.succeed(made)
        return self._keep(actor, self._accepted(actor, new), "password.changed")

    def _accepted(self, account: Account, password: str) -> str:
        password = normal_password(password)
        problem = self._problem(account, password)
        if problem:
            raise Invalid(("password", problem))
        return self._hasher.hash(password)

    def _problem(self, account: Account, password: str) -> str | None:
        """Give what is wrong with it; what costs least to find out is asked first."""
        if not SHORTEST <= len(password) <= LONGEST:
            return TOO_SHORT if len(password) < SHORTEST else TOO_LONG
        own, plain = own_words(account), cores(password)
        if not own.isdisjoint(plain):
            return OWN_DATA
        if any(self._common.lists(each) for each in plain):
            return COMMON
        return GUESSABLE if self._common.guesses(password, own) < FEWEST_GUESSES else None

    def _keep(self, account: Account, hashed: str, action: str) -> Account:
        self._accounts.set_password_hash(account.id, hashed)
        self._sessions.end_all(account.id)
        self._note(account, action)
        return account

    def _note(self, account: Account, action: str) -> None:
        row = AuditRow(at=self._clock.now(), actor=account.id, action=action, subject=account.id)
        self._audit.append([row])


def normal_password(password: str) -> str:
    """Give the one form of a password, so that two keyboards type the same one (NIST SP 800-63B-4, 3.1.1.2)."""
    return unicodedata.normalize("NFKC", password)
