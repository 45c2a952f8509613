"""Accounts: who acts, for which organisation, in which roles."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from pydantic import Field

from kb.domain.identifier import Identifier
from kb.domain.marking import (
    COORDINATOR,
    OFFICER,
    OFFICERS_VIEWER,
    OPERATOR_VIEWER,
    PUBLIC,
    Organisation,
    Viewer,
    of_account,
    of_coordinator_among,
    of_country,
    of_member,
    of_named_coordinator,
    of_organisation,
)
from kb.domain.text import Language, Line, Value


class Role(StrEnum):
    """What an account may be; one account may be several."""

    INVESTIGATOR = "investigator"
    """Has a difficulty today: searches, reads, submits."""
    PRESENTER = "presenter"
    """Presents case studies and revises them with the reviewers."""
    COORDINATOR = "coordinator"
    """Reviews submissions and curates the tags."""
    ADMINISTRATOR = "administrator"
    """Keeps accounts and settings; sees no record by that role."""
    OPERATOR = "operator"
    """Acts at the command line of the machine that holds the files; never stored, never given to an account."""


OFFICER_ROLES = frozenset({Role.INVESTIGATOR, Role.PRESENTER, Role.COORDINATOR})
"""Any of them may read and submit."""


class Account(Value):
    """An acting person: what services need to know of them, without password or session."""

    id: Identifier
    email: str
    name: Line
    organisation: Organisation | None = None
    roles: frozenset[Role] = frozenset()
    active: bool = True
    language: Language = "en"
    demo: bool = False
    proved_at: dt.datetime | None = Field(default=None, exclude=True)
    """When the person behind this session last proved who they are; it belongs to no file and no export."""

    @property
    def is_officer(self) -> bool:
        """Say whether any role gives a right to read records."""
        return self.active and not OFFICER_ROLES.isdisjoint(self.roles)

    @property
    def viewer(self) -> Viewer:
        """Give what decides which records exist for this account; without an officer role, none does."""
        if Role.OPERATOR in self.roles:
            return OPERATOR_VIEWER
        if not self.is_officer:
            return Viewer()
        tokens = {PUBLIC, OFFICER, of_account(self.id)}
        places: set[str] = set()
        if self.organisation:
            home = self.organisation
            places = {of_organisation(home.id), of_country(home.country)}
            tokens.add(of_member(home.id, self.id))
        if Role.COORDINATOR in self.roles:
            tokens |= {COORDINATOR, of_named_coordinator(self.id), *map(of_coordinator_among, places)}
        return Viewer(
            tokens=frozenset(tokens | places),
            organisation=self.organisation.id if self.organisation else None,
        )


OPERATOR = Account(id="operator", email="", name="Operator", roles=frozenset({Role.OPERATOR}))
"""Who acts from the command line without `--as`; audited under this id."""
OFFICER_WITHOUT_ORGANISATION = Account(
    id="officer", email="", name="Officer", roles=frozenset({Role.INVESTIGATOR})
)
"""Who `kb search` answers without `--as`: sees CLEAR and GREEN, like any officer anywhere."""

assert OFFICER_WITHOUT_ORGANISATION.viewer.tokens >= OFFICERS_VIEWER.tokens
