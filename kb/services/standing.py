"""An account's standing: in which roles it acts, and for which organisation; and what is wrong with one that was typed."""

from __future__ import annotations

from collections.abc import Iterator

from kb.domain.account import OFFICER_ROLES, Account, Role
from kb.domain.country import CODES
from kb.domain.marking import Organisation
from kb.domain.ports import AccountStore, Randomness
from kb.domain.text import Value, normal_line

OWN_ROLE = "You cannot take the administrator's role from yourself; ask another administrator."


class Standing(Value):
    """What administrators decide about an account. An organisation is found by name and country, or made."""

    roles: frozenset[Role]
    organisation: str = ""
    country: str = ""


def problems_of(standing: Standing) -> Iterator[tuple[str, str]]:
    """Give what is wrong, each sentence with its field."""
    name, country = _place(standing)
    officer = not OFFICER_ROLES.isdisjoint(standing.roles)
    rules = (
        (not standing.roles, "roles", "Choose at least one role."),
        (
            Role.OPERATOR in standing.roles,
            "roles",
            "Operator is whoever uses the server's command line; no account has that role.",
        ),
        (
            officer and not name,
            "organisation",
            "Somebody with an officer role acts for an organisation: name it.",
        ),
        (
            bool(name) and country not in CODES,
            "country",
            "Say in which country the organisation is, by a code such as AT or BE.",
        ),
    )
    return ((field, sentence) for broken, field, sentence in rules if broken)


def problems_for(actor: Account, account: Account, standing: Standing) -> Iterator[tuple[str, str]]:
    """Give what is wrong where `actor` wants to give the account this standing."""
    yield from problems_of(standing)
    if actor.id == account.id and Role.ADMINISTRATOR not in standing.roles:
        yield "roles", OWN_ROLE


def organisation_of(
    standing: Standing, accounts: AccountStore, randomness: Randomness
) -> Organisation | None:
    """Give the organisation that is meant, a new one where none has this name in this country."""
    name, country = _place(standing)
    if not name:
        return None
    known = named_like(accounts, name, country)
    return known or Organisation(id=randomness.identifier(), name=name, country=country)


def named_like(accounts: AccountStore, name: str, country: str) -> Organisation | None:
    """Give the organisation of a country that has this name, however its letters are written."""
    wanted = (name.casefold(), country)
    alike = (each for each in accounts.organisations() if (each.name.casefold(), each.country) == wanted)
    return next(alike, None)


def _place(standing: Standing) -> tuple[str, str]:
    return normal_line(standing.organisation), standing.country.strip().upper()
