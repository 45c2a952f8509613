"""What comes after a step with a submission: on to where one goes next, or back to its page with the words kept."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from kb.services.submission_view import SubmissionView
from kb.web.current import current_account, services
from kb.web.forms.decisions import StepForm
from kb.web.writing import submission_page


def refused(identifier: str, form: StepForm) -> ResponseReturnValue:
    """Show the submission as it stands now, with what is wrong, what happened meanwhile and every word that was typed."""
    return submission_page(services().submissions.get(current_account(), identifier), step=form)


def to_page(
    done: SubmissionView | None, form: StepForm, identifier: str, sentence: str, anchor: str | None = None
) -> ResponseReturnValue:
    """Go on at the submission's page."""
    if done is None:
        return refused(identifier, form)
    flash(sentence, "success")
    return redirect(url_for("submissions.show", identifier=identifier, _anchor=anchor))


def to_queue(
    done: SubmissionView | None, form: StepForm, identifier: str, sentence: str
) -> ResponseReturnValue:
    """Go on at the queue: the submission is somebody else's now."""
    if done is None:
        return refused(identifier, form)
    flash(sentence, "success")
    return redirect(url_for("review.index"))
