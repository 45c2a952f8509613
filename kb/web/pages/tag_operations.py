"""Operations over what many cases bear: splitting a concept, and what was done, which can be taken back as a whole."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from kb.domain.permission import Permission, demand
from kb.web.current import current_account, services
from kb.web.forms.retag import SplitForm, UndoForm
from kb.web.pages.tags import BOTH, scheme_of
from kb.web.picker import picker

pages = Blueprint("tag_operations", __name__, url_prefix="/tags")
SPLIT_DONE = _l(
    "The lessons bear what you chose for them. It can be taken back as a whole at any time, from here."
)


@pages.route("/<scheme>/<key>/split", methods=BOTH)
def split(scheme: str, key: str) -> ResponseReturnValue:
    """Give each lesson that bears a concept the one that a coordinator chooses for it."""
    account, known = demand(current_account(), Permission.CURATE_CONCEPTS), scheme_of(scheme)
    service, form = services().splitting, SplitForm()
    view, into = services().concepts.get(account, known, key), tuple(form.into.data or ())
    plan = form.attempt(lambda: service.plan(account, known, key, into=into, new=form.labels))
    if plan and not form.only_looked:
        done = form.attempt(
            lambda: service.carry_out(
                account, known, key, form.choices, new=form.labels, reason=form.reason.data or ""
            )
        )
        if done:
            flash(str(SPLIT_DONE), "success")
            return redirect(url_for("tag_operations.show", identifier=done))
    return render_template(
        "tags/split.html",
        form=form,
        view=view,
        concept_=view.concept,
        picker_=picker(known, "into", chosen=into, without=[key], words=request.form.get("find", "")),
        plan=plan or service.plan(account, known, key),
        given=frozenset(request.form.getlist("give")),
    ), form.status


@pages.get("/operations")
def index() -> ResponseReturnValue:
    """List the operations of which the account sees a case."""
    return render_template("tags/operations.html", lines=services().tag_operations.list(current_account()))


@pages.route("/operations/<identifier>", methods=BOTH)
def show(identifier: str) -> ResponseReturnValue:
    """Show what one did, and take it back."""
    account, form, service = current_account(), UndoForm(), services().tag_operations
    undone = form.attempt(lambda: service.undo(account, identifier, form.reason.data or ""))
    if undone:
        flash(_("It is taken back, where it was still so and you may change it."), "success")
        return redirect(url_for("tag_operations.show", identifier=undone))
    view = service.get(account, identifier)
    return render_template("tags/operation.html", view=view, form=form), form.status
