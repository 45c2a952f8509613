"""How long a session lasts, and when a person has to prove again who they are."""

from __future__ import annotations

import datetime as dt

import pytest

from kb.domain.account import OPERATOR, Account
from kb.domain.errors import NotSignedIn, ProveAgain
from kb.domain.session import FRESH, IDLE, LONGEST_OF, Stage, demand_proof, lasts
from tests.fakes.clock import NOON

SECOND = dt.timedelta(seconds=1)
ANNA = Account(id="anna", email="anna@example.org", name="Anna")


@pytest.mark.parametrize("stage", Stage)
def test_a_session_ends_at_its_longest_however_busy(stage: Stage) -> None:
    end = NOON + LONGEST_OF[stage]

    assert lasts(stage, NOON, end - SECOND, end - SECOND)
    assert not lasts(stage, NOON, end - SECOND, end)


def test_a_session_ends_when_it_is_not_used() -> None:
    assert lasts(Stage.FULL, NOON, NOON, NOON + IDLE - SECOND)
    assert not lasts(Stage.FULL, NOON, NOON, NOON + IDLE)


def test_a_password_alone_is_proof_for_a_shorter_time_than_both_factors() -> None:
    assert LONGEST_OF[Stage.CODE] < LONGEST_OF[Stage.ENROLMENT] < LONGEST_OF[Stage.FULL]


def test_who_has_just_proved_who_they_are_is_believed_for_five_minutes() -> None:
    """ASVS 5.0 V7.5: what cannot be taken back is asked for anew."""
    account = ANNA.model_copy(update={"proved_at": NOON})

    demand_proof(account, NOON + FRESH)
    with pytest.raises(ProveAgain):
        demand_proof(account, NOON + FRESH + SECOND)


def test_an_account_without_a_session_has_proved_nothing_and_an_operator_need_not() -> None:
    with pytest.raises(NotSignedIn, match="nothing that you typed is lost"):
        demand_proof(ANNA, NOON)

    demand_proof(OPERATOR, NOON)


def test_when_somebody_proved_who_they_are_stands_in_no_dump() -> None:
    assert "proved_at" not in ANNA.model_copy(update={"proved_at": NOON}).model_dump()
