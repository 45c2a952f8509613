"""Whom a record reaches is changed for a reason, and widened only by somebody who has just proved who they are."""

from __future__ import annotations

import pytest

from kb.domain.account import Account
from kb.domain.audience_change import audience_change
from kb.domain.errors import Invalid, ProveAgain, WrongState
from kb.domain.marking import Audience, Marking
from kb.domain.workflow import Action
from tests.fakes.clock import NOON

WIDE, NARROW = Audience(), Audience(marking=Marking.AMBER_STRICT)
ANNA = Account(id="anna", email="anna@example.org", name="Anna")
PROVED = ANNA.model_copy(update={"proved_at": NOON})


@pytest.mark.parametrize(
    ("account", "before", "after", "action"),
    [(ANNA, WIDE, NARROW, Action.NARROW), (PROVED, NARROW, WIDE, Action.WIDEN)],
)
def test_it_is_widened_or_narrowed(
    account: Account, before: Audience, after: Audience, action: Action
) -> None:
    assert audience_change(account, before, after, reason="All may come", now=NOON) is action


@pytest.mark.parametrize(
    ("after", "reason", "refusal"),
    [(NARROW, "Why not", WrongState), (WIDE, " ", Invalid), (WIDE, "All", ProveAgain)],
)
def test_without_a_change_a_reason_or_a_proof_it_is_refused(
    after: Audience, reason: str, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        audience_change(ANNA, NARROW, after, reason=reason, now=NOON)
