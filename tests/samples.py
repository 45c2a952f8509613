"""Small records that tests say one thing about."""

from __future__ import annotations

import datetime as dt

from kb.domain.case_study import CaseStudy
from kb.domain.lesson import CrossBorderIssue, Difficulty, GoodPractice, Outcome, Solution
from kb.domain.marking import Organisation
from kb.domain.ports import EntryStore, Saved
from kb.domain.record import Kind
from kb.domain.revision import KIND_OF, Body, RecordRef, Save
from kb.domain.submission import Submission
from kb.domain.workflow import Action, SubmissionStatus
from tests.fakes.clock import NOON

VIENNA = Organisation(id="vienna", name="Example unit, Austria", country="AT")
BRUSSELS = Organisation(id="brussels", name="Example unit, Belgium", country="BE")

LESSONS = (
    Difficulty(
        key="logs",
        title="Logs were gone",
        text="The provider kept connection logs for seven days.",
        categories=("retention-expired",),
        stage="attribution",
    ),
    Solution(
        key="preserve",
        title="Ask for preservation first",
        text="A preservation request went out by telephone on the first day.",
        answers=("logs",),
        outcome=Outcome.WORKED,
    ),
    GoodPractice(
        key="template",
        title="Keep a request template ready",
        text="The unit keeps a filled template for each provider.",
        grew_from=("preserve",),
        tags=("templates",),
    ),
    CrossBorderIssue(
        key="border",
        title="The request was rejected on form",
        text="The authority abroad wanted the offence named by its own law.",
        from_country="AT",
        to_countries=("BE",),
        channels=("budapest-29",),
        obstacles=("request-rejected-on-form",),
    ),
)


def a_case(**fields: object) -> CaseStudy:
    """Give a publishable case of the Vienna unit, changed by `fields`."""
    sound: dict[str, object] = {
        "title": "Seven days",
        "summary": "An investigation that lost its evidence to a short retention time.",
        "lead_country": "AT",
        "owner": VIENNA,
        "lessons": LESSONS,
    }
    return CaseStudy.model_validate(sound | fields)


def a_submission(**fields: object) -> Submission:
    """Give a submission of that case, as its author began it, changed by `fields`."""
    sound: dict[str, object] = {"target": "seven", "author": "anna", "body": a_case()}
    return Submission.model_validate(sound | fields)


def approved(**fields: object) -> Submission:
    """Give a submission whose publishing was decided and not carried out yet."""
    decided: dict[str, object] = {
        "status": SubmissionStatus.PUBLISHING,
        "reviewer": "carla",
        "round": 1,
        "wanted": 1,
    }
    return a_submission(**(decided | fields))


def case_ref(identifier: str = "seven") -> RecordRef:
    return RecordRef(kind=Kind.CASE_STUDY, id=identifier)


def submission_ref(identifier: str = "draft") -> RecordRef:
    return RecordRef(kind=Kind.SUBMISSION, id=identifier)


def put(
    store: EntryStore,
    identifier: str,
    body: Body,
    *,
    action: Action = Action.EDIT,
    by: str = "anna",
    at: dt.datetime = NOON,
    submission: str | None = None,
    note: str = "",
) -> Saved:
    """Save `body` as the next revision of the record."""
    kind = KIND_OF[type(body)]
    ref = RecordRef(kind=kind, id=identifier)
    last = next((chain.last for chain in store.chains(kind) if chain.ref == ref), 0)
    return store.save(
        Save(
            kind=kind,
            id=identifier,
            number=last + 1,
            saved_at=at,
            saved_by=by,
            action=action,
            note=note,
            submission=submission,
            body=body,
        )
    )
