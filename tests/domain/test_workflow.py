"""The life of a submission, every action from every status."""

from __future__ import annotations

import pytest

from kb.domain.errors import Invalid, WrongState
from kb.domain.workflow import CLOSED, EDITABLE, STEPS, WITH_COORDINATORS, Action, SubmissionStatus, after

S = SubmissionStatus
LIFE: dict[tuple[Action, SubmissionStatus], SubmissionStatus] = {
    (Action.EDIT, S.DRAFT): S.DRAFT,
    (Action.EDIT, S.CHANGES_REQUESTED): S.CHANGES_REQUESTED,
    (Action.SUBMIT, S.DRAFT): S.SUBMITTED,
    (Action.SUBMIT, S.CHANGES_REQUESTED): S.SUBMITTED,
    (Action.TAKE, S.SUBMITTED): S.IN_REVIEW,
    (Action.REQUEST_CHANGES, S.IN_REVIEW): S.CHANGES_REQUESTED,
    (Action.DECLINE, S.IN_REVIEW): S.DECLINED,
    (Action.WITHDRAW, S.DRAFT): S.WITHDRAWN,
    (Action.WITHDRAW, S.SUBMITTED): S.WITHDRAWN,
    (Action.WITHDRAW, S.CHANGES_REQUESTED): S.WITHDRAWN,
    (Action.APPROVE, S.IN_REVIEW): S.PUBLISHING,
    (Action.COMPLETE, S.PUBLISHING): S.PUBLISHED,
    (Action.REBASE, S.PUBLISHING): S.IN_REVIEW,
}


@pytest.mark.parametrize("action", list(STEPS))
@pytest.mark.parametrize("status", list(SubmissionStatus))
def test_every_step_leads_where_the_table_says_or_nowhere(action: Action, status: SubmissionStatus) -> None:
    if (action, status) in LIFE:
        assert after(action, status, "Because.") is LIFE[action, status]
    else:
        with pytest.raises(WrongState, match="not possible now"):
            after(action, status, "Because.")


@pytest.mark.parametrize("action", [Action.DECLINE, Action.REQUEST_CHANGES])
@pytest.mark.parametrize("reason", ["", "  \n"])
def test_a_refusal_needs_a_reason(action: Action, reason: str) -> None:
    with pytest.raises(Invalid) as refused:
        after(action, S.IN_REVIEW, reason)
    assert refused.value.problems == (("reason", "Say why, so that the presenter can go on."),)


def test_no_step_leads_out_of_a_closed_submission() -> None:
    assert not any(status in CLOSED for _, status in LIFE)


def test_every_status_is_closed_editable_or_with_the_coordinators() -> None:
    assert set(SubmissionStatus) == CLOSED | EDITABLE | WITH_COORDINATORS
    assert not CLOSED & (EDITABLE | WITH_COORDINATORS)
