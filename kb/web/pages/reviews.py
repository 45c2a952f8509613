"""Reviewing: the queue, and a coordinator's steps with a submission that somebody else wrote."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any, NamedTuple

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from kb.services.review_queue import WaitsFor
from kb.services.reviews import Reviews, Warned
from kb.services.submission_view import SubmissionView
from kb.web.current import current_account, services
from kb.web.forms.decisions import AskForm, DecisionForm, HandOverForm, OverrideForm, StepForm
from kb.web.stepping import refused, to_page, to_queue

pages = Blueprint("review", __name__)


@pages.get("/review")
def index() -> ResponseReturnValue:
    """Show what waits, longest first, with `?for=` what waits for whom."""
    queue = services().review_queue.waiting(current_account())
    chosen = next((each for each in WaitsFor if each == request.args.get("for")), None)
    return render_template(
        "reviews/index.html",
        queue=[each for each in queue if chosen in {None, each.waits_for}],
        total=len(queue),
        counts=Counter(each.waits_for for each in queue),
        chosen=chosen,
        kinds=tuple(WaitsFor),
    )


@pages.post("/submissions/<identifier>/publish")
def publish(identifier: str) -> ResponseReturnValue:
    """Publish the text that was read, and go where the coordinator can see it, if they still can."""
    account, form = current_account(), DecisionForm()
    done = form.attempt(lambda: services().reviews.publish(account, identifier, form.number))
    if done is None:
        return refused(identifier, form)
    flash(_("Published. Search finds it now."), "success")
    case_page = url_for("cases.show", identifier=done.case, slug="")
    return redirect(case_page if done.readable else url_for("review.index"))


def _nothing(_form: Any) -> tuple[str, ...]:
    return ()


def _reason(form: Any) -> tuple[str]:
    return (form.reason.data or "",)


class Step(NamedTuple):
    """A step that a coordinator takes with a form: what it hands over beside the revision, and where it leads."""

    form: type[StepForm]
    act: Callable[..., SubmissionView]
    given: Callable[[Any], tuple[object, ...]]
    onward: Callable[[SubmissionView | None, StepForm, str, str], ResponseReturnValue]
    said: str

    def __call__(self, identifier: str) -> ResponseReturnValue:
        """Take it, and go on; or show the page again with what is wrong."""
        account, form = current_account(), self.form()
        done = form.attempt(
            lambda: self.act(services().reviews, account, identifier, form.number, *self.given(form))
        )
        return self.onward(done, form, identifier, str(self.said))


STEPS = {
    "take": Step(StepForm, Reviews.take, _nothing, to_page, _l("It is yours to review.")),
    "give-back": Step(
        StepForm, Reviews.give_back, _nothing, to_queue, _l("Given back. Any coordinator may take it now.")
    ),
    "hand-over": Step(
        HandOverForm, Reviews.hand_over, lambda form: (form.to.data or "",), to_queue, _l("Handed over.")
    ),
    "ask": Step(
        AskForm,
        Reviews.ask,
        lambda form: (form.to.data or "", form.question.data or ""),
        to_page,
        _l("Asked. It stands in their queue now."),
    ),
    "override": Step(
        OverrideForm,
        Reviews.override,
        lambda form: (
            Warned(form.path.data or "", form.check.data or "", form.digest.data or ""),
            *_reason(form),
        ),
        to_page,
        _l("The warning is answered."),
    ),
    "request-changes": Step(
        DecisionForm,
        Reviews.request_changes,
        _reason,
        to_queue,
        _l("Sent back to its author with your comment."),
    ),
    "decline": Step(
        DecisionForm, Reviews.decline, _reason, to_queue, _l("Declined. Its author reads your reason.")
    ),
}
"""By the last part of its address."""

for name, step in STEPS.items():
    pages.add_url_rule(
        f"/submissions/<identifier>/{name}", name.replace("-", "_"), step.__call__, methods=["POST"]
    )
