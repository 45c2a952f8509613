"""From a paper or slides to a draft: choosing the file, looking its sections over, making the draft. No file is ever kept."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kb.domain.account import Account
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
    account, submissions, asked = current_account(), services().submissions, request.form
    form, blank = DocumentForm.sent(asked), submissions.blank(account)
    view = form.attempt(
        services().events.answering(account, blank, asked.get("event", ""), asked.get("session", "")),
        _terms(account),
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


def _terms(account: Account) -> Terms:
    events = {event.id: event.title for event in services().records.list(account, Kind.EVENT)}
    return Terms(vocabulary(), events, partial(services().events.sessions, account))


def _asking(form: UploadForm, *, again: bool = False) -> ResponseReturnValue:
    return render_template("documents/choose.html", form=form, again=again, **_followed()), form.status


def _looking_over(form: DocumentForm) -> ResponseReturnValue:
    page = render_template(
        "documents/sections.html",
        form=form,
        left_behind=left_behind(form.dropped),
        uses=USES,
        field_uses=FIELD_USES,
        languages=LANGUAGES,
        **_followed(),
    )
    return page, form.status


def _followed() -> Mapping[str, object]:
    """Give the call that is followed, as the address or the page before says; it travels on the page like every word."""
    asked = request.values
    call = services().events.named_by(current_account(), asked.get("event", ""))
    return {"call": call, "session": asked.get("session", "")}
