"""Changing the tags of all results of a search: chosen, looked at, then done as one operation."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kb.domain.concept import Scheme
from kb.services.concepts import FACET_OF
from kb.services.retagging import RETAGGED
from kb.web.current import current_account, services
from kb.web.forms.curation import FIND
from kb.web.forms.retag import RetagForm
from kb.web.pages.tags import BOTH
from kb.web.picker import picker
from kb.web.searching import Addresses, chosen_filters, request_from

pages = Blueprint("retag", __name__, url_prefix="/search/tags")


@pages.route("", methods=BOTH)
def index() -> ResponseReturnValue:
    """Put a concept on all results, or take one off them."""
    account, asked, form = current_account(), request_from(request.args), RetagForm()
    scheme = next((each for each in RETAGGED if each == request.args.get("vocabulary")), Scheme.TAG)
    retag, service = form.retag(scheme), services().retagging
    plan = None if form.op == FIND else form.attempt(lambda: service.plan(account, asked, retag))
    if plan and not form.only_looked:
        done = form.attempt(lambda: service.carry_out(account, form.chosen, retag, form.reason.data or ""))
        if done:
            flash(_("It is done. It can be taken back as a whole at any time, from here."), "success")
            return redirect(url_for("tag_operations.show", identifier=done))
    return render_template(
        "tags/retag.html",
        form=form,
        asked=asked,
        addresses=Addresses(asked),
        chosen=chosen_filters(asked),
        found=service.found(account, asked),
        facet=FACET_OF.get(scheme),
        scheme=scheme,
        schemes=RETAGGED,
        picker_=picker(
            scheme, "add", chosen=[retag.add], words=request.form.get("find", ""), single=True, none=True
        ),
        plan=plan,
        places=frozenset(request.form.getlist("place")),
    ), form.status
