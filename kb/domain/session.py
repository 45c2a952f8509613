"""Sessions: how far a browser has come in, how long that lasts, and when a person has to prove again who they are.

Half an hour without use and twelve hours in all follow OWASP ASVS 5.0, V7.3; proving oneself anew before what cannot be
taken back follows V7.5.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from kb.domain.account import Account, Role
from kb.domain.errors import ProveAgain


class Stage(StrEnum):
    """How far a browser has come in."""

    FULL = "full"
    """Everything that the account may."""
    CODE = "code"
    """The password is proved; a code of the second factor is awaited."""
    ENROLMENT = "enrolment"
    """The password is proved; the roles require a second factor, and none is set up yet."""


IDLE = dt.timedelta(minutes=30)
LONGEST = dt.timedelta(hours=12)
LONGEST_OF: dict[Stage, dt.timedelta] = {
    Stage.FULL: LONGEST,
    Stage.CODE: dt.timedelta(minutes=10),
    Stage.ENROLMENT: dt.timedelta(minutes=30),
}
"""How long a session lasts in all; a password alone is not proof for long."""
TOUCH = dt.timedelta(minutes=1)
"""How often at most a session's use is written down: reading pages must not mean writing to the disk."""
FRESH = dt.timedelta(minutes=5)
"""How long a person counts as having just proved who they are."""
BROWSER_LENGTH = 80
"""Characters of a browser's label, such as "Firefox on Linux"."""


def lasts(stage: Stage, started_at: dt.datetime, seen_at: dt.datetime, now: dt.datetime) -> bool:
    """Say whether a session of this stage still counts."""
    return now - seen_at < IDLE and now - started_at < LONGEST_OF[stage]


def demand_proof(account: Account, now: dt.datetime) -> None:
    """Raise ProveAgain unless the person has just signed in; whoever runs the machine is asked by the machine."""
    if Role.OPERATOR in account.roles:
        return
    if account.proved_at is None or now - account.proved_at > FRESH:
        raise ProveAgain
