"""The inbox: what one was told, and what of it comes by mail."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kb.domain.notice import IN_DISCUSSION, OF_A_DATE, Told
from kb.domain.record import Kind
from kb.services.inbox import MOST_COUNTED, InboxLine
from kb.web.current import current_account, services, visitor
from kb.web.forms.inbox import ReadForm, WishesForm
from kb.web.forms.saved import SeenForm
from kb.web.paging import page_number

pages = Blueprint("inbox", __name__, url_prefix="/inbox")

UNREAD = "unread"


@pages.app_template_global("unread_notices")
def unread_notices() -> str:
    """Give how many notices the visitor has not read, as the header tells it; nothing where there are none."""
    number = services().inbox.unread(visitor())
    return f"{MOST_COUNTED}+" if number > MOST_COUNTED else str(number or "")


@pages.get("")
def index() -> ResponseReturnValue:
    """Show what one was told, or with `?show=unread` what is not read yet."""
    unread = request.args.get("show") == UNREAD
    page = services().inbox.show(current_account(), unread=unread, page=page_number(request.args))
    return render_template(
        "inbox/index.html",
        inbox=page,
        unread_only=unread,
        read_form=ReadForm(formdata=None),
        all_form=SeenForm.of(page.until),
        address=_address,
        url=lambda number: url_for("inbox.index", show=UNREAD if unread else None, page=number),
    )


@pages.post("/read")
def read() -> ResponseReturnValue:
    """Count one notice as read."""
    services().inbox.read(current_account(), ReadForm().notice.data or "")
    return redirect(url_for("inbox.index"))


@pages.post("/read-all")
def read_all() -> ResponseReturnValue:
    """Count as read what the list showed."""
    services().inbox.read_all(current_account(), SeenForm().moment)
    flash(_("All of it counts as read."), "success")
    return redirect(url_for("inbox.index"))


@pages.route("/settings", methods=["GET", "POST"])
def settings() -> ResponseReturnValue:
    """Choose what comes by mail."""
    account = current_account()
    form = WishesForm(services().inbox.wishes(account))
    done = form.attempt(lambda: services().inbox.wish(account, form.wishes))
    if done is None:
        return render_template("inbox/settings.html", form=form), form.status
    flash(_("Kept. It holds for what is told from now on."), "success")
    return redirect(url_for("inbox.index"))


def _address(line: InboxLine) -> str:
    """Give where a notice leads."""
    notice = line.notice
    if notice.act in OF_A_DATE:
        return url_for("still_true.confirm", identifier=notice.subject.id)
    if notice.subject.kind is Kind.EVENT:
        return url_for("workshops.show", identifier=notice.subject.id, _anchor=notice.lesson)
    if line.entry.kind is Kind.PRACTICE:
        return url_for("practices.show", identifier=line.entry.id)
    if notice.act in IN_DISCUSSION or (notice.act is Told.FOLLOWED and notice.lesson):
        return url_for("lessons.show", identifier=notice.subject.id, key=notice.lesson)
    if notice.subject.kind is Kind.SUBMISSION:
        return url_for("submissions.show", identifier=notice.subject.id)
    return url_for("cases.show", identifier=notice.subject.id, slug="")
