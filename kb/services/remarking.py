"""Remarking: what else must follow when the audience of a published case changes.

A change of the case that waits for review bears the audience that the case had when it was written; left alone, every
coordinator would go on reading there what the owner has just taken from them.
"""

from __future__ import annotations

from contextlib import suppress

from kb.domain.account import OPERATOR, Account
from kb.domain.case_study import CaseStudy
from kb.domain.entry import Listing
from kb.domain.errors import StaleRevision
from kb.domain.marking import OPERATOR_VIEWER, Audience
from kb.domain.ports import Catalogue
from kb.domain.record import Kind
from kb.domain.revision import RecordRef
from kb.domain.submission import Submission
from kb.domain.workflow import WITH_COORDINATORS, Action, SubmissionStatus
from kb.services.records import Records, body_as
from kb.services.saving import Saving

WAITING = WITH_COORDINATORS - {SubmissionStatus.PUBLISHING}
"""A decision to publish is not touched: the case has moved on, so it goes back to review, under the case's audience."""


class Remarking:
    """Carries an audience over to the changes of a case that coordinators may read."""

    def __init__(self, records: Records, saving: Saving, catalogue: Catalogue) -> None:
        self._records = records
        self._saving = saving
        self._catalogue = catalogue

    def carry_over(self, account: Account, case: RecordRef, *, action: Action, note: str) -> None:
        """Give each waiting change the audience that the case has now; it goes on where it stands in its workflow."""
        audience = body_as(CaseStudy, self._records.current(OPERATOR, case)).audience
        waiting = Listing(
            viewer=OPERATOR_VIEWER,
            kinds=frozenset({Kind.SUBMISSION}),
            statuses=frozenset(status.value for status in WAITING),
            target=case.id,
        )
        for entry in self._catalogue.list(waiting):
            while not self._carried(account, entry.ref, audience, action=action, note=note):
                pass  # somebody saved it at the same moment: carry over to what they saved

    def _carried(
        self, account: Account, ref: RecordRef, audience: Audience, *, action: Action, note: str
    ) -> bool:
        revision = self._records.current(OPERATOR, ref)
        submission = body_as(Submission, revision)
        if submission.status not in WAITING or submission.body.audience == audience:
            return True
        body = submission.body.model_copy(update={"audience": audience})
        changed = submission.model_copy(update={"body": body})
        with suppress(StaleRevision):
            self._saving.save(account, ref, revision.number + 1, changed, action=action, note=note)
            return True
        return False
