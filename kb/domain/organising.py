"""Organising: who stands to an event as its organiser, which the table of permissions asks."""

from __future__ import annotations

from kb.domain.account import Account, Role
from kb.domain.event import Event
from kb.domain.permission import Relation


def organises(account: Account, event: Event) -> bool:
    """Say whether an account is a coordinator of the event's owner; of an event that nobody owns, any coordinator is.

    Nobody organises what they are not told the whole of: saving it would lose what is withheld.
    """
    own = event.owner is None or account.viewer.owns(event.owner)
    own = own and account.viewer.knows_origin(event.audience, event.owner)
    return Role.COORDINATOR in account.roles and own


def relations_to(account: Account, event: Event) -> tuple[Relation, ...]:
    """Say how an account stands to an event."""
    found = {Relation.ORGANISER: organises(account, event), Relation.OWNER: account.viewer.owns(event.owner)}
    return tuple(relation for relation, holds in found.items() if holds)
