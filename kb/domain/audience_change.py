"""Changing whom a record reaches: which act that is, and what must hold before it is done."""

from __future__ import annotations

import datetime as dt

from kb.domain.account import Account
from kb.domain.errors import Invalid, WrongState
from kb.domain.marking import Audience
from kb.domain.session import demand_proof
from kb.domain.workflow import Action


def audience_change(
    account: Account, before: Audience, after: Audience, *, reason: str, now: dt.datetime
) -> Action:
    """Give the act that leads from one audience to the other, for a reason that the history keeps.

    Raises WrongState where nothing changes, Invalid without a reason, and ProveAgain where it widens and the account
    has not just proved who it is: what was seen cannot be unseen.
    """
    if after == before:
        raise WrongState("The marking is already so; nothing was changed.")
    if not reason.strip():
        raise Invalid(("reason", "Say why; readers of the history will ask."))
    if not after.widens(before):
        return Action.NARROW
    demand_proof(account, now)
    return Action.WIDEN
