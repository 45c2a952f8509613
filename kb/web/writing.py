"""The two pages that writing and reviewing share: the form of a case, and the submission with what can be done to it."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kb.domain.case_study import CaseStudy
from kb.domain.lesson import LessonKind
from kb.domain.marking import Marking
from kb.domain.permission import RULES, Permission
from kb.domain.record import Kind
from kb.services.cases import CaseView
from kb.services.submission_chain import SubmissionView
from kb.web.current import current_account, services
from kb.web.forms.case import FINISH, CaseForm
from kb.web.forms.choices import Choices
from kb.web.forms.comparing import Part, parts
from kb.web.forms.decisions import DecisionForm, StepForm
from kb.web.presenting import vocabulary
from kb.web.story import story_of


def persons(addresses: Collection[str]) -> Mapping[str, str]:
    """Give the officers who sign in with these addresses."""
    return services().persons.by_address(current_account(), addresses)


def form_page(
    template: str, form: CaseForm, view: SubmissionView | None = None, **shown: object
) -> ResponseReturnValue:
    """Show a form, with every word in it and whatever was found wrong."""
    account = current_account()
    choices = Choices(
        vocabulary=vocabulary(),
        language=account.language,
        events=services().records.list(account, Kind.EVENT),
        persons=services().persons.nameable(account, form.typed.fields.many("audience_persons")),
    )
    page = render_template(
        template,
        form=form,
        view=view,
        choices=choices,
        kinds=tuple(LessonKind),
        markings=tuple(Marking),
        **shown,
    )
    return page, form.status


def compared(form: CaseForm, stored: CaseStudy | None) -> tuple[Part, ...]:
    """Give what differs between a stored text and the form's, as far as the form makes one."""
    typed = form.body or form.value(persons)
    return parts(stored, form.over(stored, typed)) if stored and typed else ()


def after_saving(form: CaseForm, view: SubmissionView) -> ResponseReturnValue:
    """Go on writing, at the lesson that was touched, or on to the submission's page."""
    flash(_("Saved. It is not submitted yet."), "success")
    if form.op == FINISH:
        return redirect(url_for("submissions.show", identifier=view.id))
    anchor = f"lesson-{form.target}" if form.target else None
    return redirect(url_for("submissions.edit", identifier=view.id, _anchor=anchor))


def submission_page(
    view: SubmissionView, step: StepForm | None = None, decision: DecisionForm | None = None
) -> ResponseReturnValue:
    """Show a submission to its author or a reviewer, with the steps that they may take now."""
    step, decision = step or StepForm(formdata=None), decision or DecisionForm(formdata=None)
    body = view.submission.body
    page = render_template(
        "submissions/show.html",
        view=view,
        case=body,
        facts=CaseView(
            id=view.submission.target,
            revision=view.revision,
            saved_at=view.saved_at,
            case=body,
            author=view.author,
            origin_withheld=body.owner is None and body.audience.chatham_house,
        ),
        story=story_of(body),
        own=current_account().id in view.submission.authors,
        own_refusal=RULES[Permission.REVIEW].refusal,
        step=step,
        decision=decision,
    )
    return page, max(step.status, decision.status)
