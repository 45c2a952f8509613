"""Reaching: whom an audience lets in, as far as the accounts of today tell, so that it can be held to what it rests on."""

from __future__ import annotations

from collections.abc import Iterable

from kb.domain.errors import Invalid
from kb.domain.ground import Ground, Implied, implied_by_place, problems_on
from kb.domain.marking import Audience, Organisation, of_account
from kb.domain.ports import AccountStore


class Reaching:
    """Knows of a named person which other tokens they have."""

    def __init__(self, accounts: AccountStore) -> None:
        self._accounts = accounts

    def demand_within(
        self, grounds: Iterable[Ground], audience: Audience, owner: Organisation | None
    ) -> None:
        """Raise Invalid where the audience lets in somebody whom one of the grounds does not."""
        if problems := tuple(problems_on(grounds, audience, owner, self.implied(audience, owner))):
            raise Invalid(*problems)

    def implied(self, audience: Audience, owner: Organisation | None) -> Implied:
        """Give what a token of the audience tells of who has it."""
        by_place = implied_by_place(owner)
        people = {
            of_account(person.id): person.viewer.tokens
            for person in self._accounts.named(audience.persons).values()
        }
        return lambda token: by_place(token) | people.get(token, frozenset())
