"""From a paper or slides to a draft: choosing the file, looking its sections over, making the draft. No file is ever kept."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kb.domain.record import Kind
from kb.web.current import current_account, services
from kb.web.forms.choices import LANGUAGES
from kb.web.forms.document import DocumentForm, UploadForm
from kb.web.forms.template import template as template_file
from kb.web.forms.template_words import Terms
from kb.web.paper_words import FIELD_USES, USES, left_behind
from kb.web.presenting import vocabulary
from kb.web.word_file import MEDIA_TYPE
from kb.web.writing import persons

pages = Blueprint("documents", __name__, url_prefix="/submit")


@pages.get("/from-document")
def choose() -> ResponseReturnValue:
    """Ask for the file, and say what happens to it."""
    services().submissions.blank(current_account())
    return _asking(UploadForm(formdata=None), again="again" in request.args)


@pages.post("/from-document")
def read() -> ResponseReturnValue:
    """Show the sections of the file that was sent, or why it is not read."""
    account, form = current_account(), UploadForm()
    paper = form.attempt(lambda: services().documents.read(account, form.name, form.content))
    return _asking(form) if paper is None else _looking_over(DocumentForm.of(paper))


@pages.post("/from-document/draft")
def draft() -> ResponseReturnValue:
    """Make a draft of the sections as the presenter left them."""
    account, submissions = current_account(), services().submissions
    form = DocumentForm.sent(request.form)
    view = form.attempt(
        submissions.blank(account),
        Terms(
            vocabulary(),
            {event.id: event.title for event in services().records.list(account, Kind.EVENT)},
            _sessions,
        ),
        lambda body, source: submissions.create(account, body, source=source),
        persons,
    )
    if view is None:
        return _looking_over(form)
    flash(
        _("Your draft is made. It is not submitted yet: look each part over, and add what is missing."),
        "success",
    )
    return redirect(url_for("writing.index", identifier=view.id))


@pages.get("/template.docx")
def template() -> ResponseReturnValue:
    """Give the form to be filled in without a connection."""
    account = current_account()
    services().submissions.blank(account)
    answer = Response(template_file(vocabulary(), account.language), mimetype=MEDIA_TYPE)
    answer.headers["Content-Disposition"] = 'attachment; filename="case-study.docx"'
    return answer


def _sessions(event: str) -> Mapping[str, str]:
    view = services().events.named_by(current_account(), event)
    return {each.key: each.title for each in view.event.programme} if view else {}


def _asking(form: UploadForm, *, again: bool = False) -> ResponseReturnValue:
    return render_template("documents/choose.html", form=form, again=again), form.status


def _looking_over(form: DocumentForm) -> ResponseReturnValue:
    page = render_template(
        "documents/sections.html",
        form=form,
        left_behind=left_behind(form.dropped),
        uses=USES,
        field_uses=FIELD_USES,
        languages=LANGUAGES,
    )
    return page, form.status
