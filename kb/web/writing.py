"""The pages that writing and reviewing share: one part of the task, and the submission with what can be done to it."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kb.domain.case_study import CaseStudy
from kb.domain.completeness import PART_OF, Part
from kb.domain.marking import Marking
from kb.domain.permission import RULES, Permission
from kb.domain.record import Kind
from kb.services.cases import CaseView
from kb.services.events import EventView
from kb.services.related import RelatedLessons
from kb.services.submission_view import SubmissionView
from kb.web.beside import beside
from kb.web.current import current_account, services
from kb.web.forms.case import FINISH, GO_ON, CaseForm
from kb.web.forms.choices import Choices
from kb.web.forms.comparing import Compared, parts
from kb.web.forms.decisions import StepForm
from kb.web.presenting import vocabulary
from kb.web.reviewing import reviewing
from kb.web.story import story_of

STEP = "submissions/step.html"


def persons(addresses: Collection[str]) -> Mapping[str, str]:
    """Give the officers who sign in with these addresses."""
    return services().persons.by_address(current_account(), addresses)


def form_page(
    template: str, form: CaseForm, view: SubmissionView | None = None, **shown: object
) -> ResponseReturnValue:
    """Show a form, with every word in it, whatever was found wrong, and what stands beside it."""
    account = current_account()
    choices = Choices(
        vocabulary=vocabulary(),
        language=account.language,
        events=services().records.list(account, Kind.EVENT),
        persons=services().persons.nameable(account, form.typed.fields.many("audience_persons")),
    )
    body = form.body or (view.submission.body if view and not form.errors else None)
    findings = services().text_checks.of_case(account, body) if body else ()
    named = form.typed.fields.one("event") if form.step and form.step.has_sources else ""
    page = render_template(
        template,
        form=form,
        view=view,
        choices=choices,
        presented_at=services().events.named_by(account, named),
        markings=tuple(Marking),
        beside=beside(body, findings, view.submission if view else None),
        **_alike(form, view, body),
        **shown,
    )
    return page, form.status


def _alike(form: CaseForm, view: SubmissionView | None, body: CaseStudy | None) -> Mapping[str, object]:
    """Give what others told already of the lessons on this page, and which tags they may bear."""
    if view is None or body is None or form.step is None or form.step.kind is None:
        return {"related": RelatedLessons(), "suggestions": {}}
    account, case = current_account(), view.submission.target
    keys = [lesson.key for lesson in body.lessons if lesson.kind is form.step.kind]
    suggest = services().tag_suggestions.for_lesson
    return {
        "related": services().related.to_draft(account, body, case=case, only=keys),
        "suggestions": {key: suggest(account, body, key, case=case) for key in keys},
    }


def step_page(
    form: CaseForm, view: SubmissionView | None = None, call: EventView | None = None
) -> ResponseReturnValue:
    """Show one part of the task; where somebody saved the same part meanwhile, with both texts."""
    assert form.step is not None
    differing: tuple[Compared, ...] = ()
    if form.stale and view and form.body:
        stored = services().submissions.text(current_account(), view.id, form.revision)
        differing = parts(stored, form.over(stored, form.body), form.undecided)
    return form_page(
        STEP, form, view, part=form.step.part, parts=differing, on_the_way=parts_of(view), call=call
    )


def parts_of(view: SubmissionView | None) -> tuple[Part, ...]:
    """Give the parts that are written: a change leaves the audience as it is published."""
    changes = view is not None and view.is_change
    return tuple(part for part in Part if not (changes and part is Part.AUDIENCE))


def after_saving(form: CaseForm, view: SubmissionView, part: Part) -> ResponseReturnValue:
    """Go on to the lesson that was touched, to the next part or to the list of all, as the button said."""
    flash(_("Saved. It is not submitted yet."), "success")
    if form.others_wrote:
        flash(
            _("Somebody else wrote meanwhile, in other places. The draft now holds their words and yours."),
            "info",
        )
    if form.op == FINISH:
        return redirect(url_for("writing.index", identifier=view.id))
    if form.op == GO_ON:
        return redirect(_next(view, part))
    lesson = view.submission.body.lesson(form.target)
    page = PART_OF[lesson.kind] if lesson else part
    anchor = f"lesson-{lesson.key}" if lesson else None
    return redirect(url_for("writing.show", identifier=view.id, part=page.value, _anchor=anchor))


def _next(view: SubmissionView, part: Part) -> str:
    following = parts_of(view)[parts_of(view).index(part) + 1 :]
    if not following:
        return url_for("writing.check", identifier=view.id)
    return url_for("writing.show", identifier=view.id, part=following[0].value)


def submission_page(view: SubmissionView, step: StepForm | None = None) -> ResponseReturnValue:
    """Show a submission to its author or a reviewer, with the steps that they may take now.

    `step` is the form that was sent and refused: the page keeps its words.
    """
    sent = step or StepForm(formdata=None)
    page = render_template(
        "submissions/show.html",
        view=view,
        own=current_account().id in view.submission.authors,
        own_refusal=RULES[Permission.REVIEW].refusal,
        review=reviewing(view, sent),
        **told(view),
    )
    return page, sent.status


def told(view: SubmissionView) -> Mapping[str, object]:
    """Give what a page needs to tell the text of a submission as its readers will see it."""
    body = view.submission.body
    facts = CaseView(
        id=view.submission.target,
        revision=view.revision,
        saved_at=view.saved_at,
        case=body,
        author=view.author,
        origin_withheld=body.owner is None and body.audience.chatham_house,
    )
    return {"case": body, "facts": facts, "story": story_of(body)}
