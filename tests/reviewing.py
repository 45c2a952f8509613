"""A reviewer who lets every warning pass: made-up words and addresses look like those of persons."""

from __future__ import annotations

from kb.bootstrap import Services
from kb.domain.account import Account
from kb.services.reviews import Warned
from kb.services.submission_view import SubmissionView


def all_passed(kb: Services, reviewer: Account, view: SubmissionView) -> SubmissionView:
    """Answer all warnings in what the reviewer has, so that it can be published."""
    for warned in dict.fromkeys(map(Warned.of, kb.reviews.warnings(reviewer, view.id))):
        view = kb.reviews.override(reviewer, view.id, view.revision, warned, "It is made up.")
    return view
