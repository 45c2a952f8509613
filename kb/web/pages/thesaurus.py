"""Vocabularies as files: out for who reads them, in for coordinators, who see a plan before anything is done."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from kb.domain.account import Account
from kb.domain.permission import Permission, demand
from kb.domain.thesaurus_plan import Fate, ThesaurusPlan
from kb.services.thesaurus_transfer import ThesaurusAudience
from kb.web.current import current_account, services
from kb.web.forms.thesaurus import ThesaurusFileForm, ThesaurusPlanForm

pages = Blueprint("thesaurus", __name__, url_prefix="/tags")

MEDIA_TYPE = "text/turtle"
MOST_SHOWN = 100
"""Concepts of each fate, and troubles, that a page tells; the command line tells all."""


@pages.get("/export.ttl")
def export() -> ResponseReturnValue:
    """Give the vocabularies that the reader may see as SKOS in Turtle, or what is in use alone."""
    public = request.args.get("audience") == ThesaurusAudience.PUBLIC.value
    whom = ThesaurusAudience.PUBLIC if public else ThesaurusAudience.SELF
    answer = Response(services().thesaurus_transfer.export(current_account(), whom), mimetype=MEDIA_TYPE)
    answer.headers["Content-Disposition"] = 'attachment; filename="vocabularies.ttl"'
    return answer


@pages.get("/import")
def choose() -> ResponseReturnValue:
    """Ask for the file, and say what happens to it."""
    _curator()
    again = "again" in request.args
    return render_template("tags/import.html", form=ThesaurusFileForm(formdata=None), again=again)


@pages.post("/import")
def plan() -> ResponseReturnValue:
    """Show what an import of the file would do; nothing is done yet."""
    account, form = _curator(), ThesaurusFileForm()
    found = form.attempt(lambda: (content := form.content, _planned(account, form, content)))
    if found is None:
        return render_template("tags/import.html", form=form), form.status
    content, planned = found
    return _shown(planned, ThesaurusPlanForm.of(content, form.scheme, planned))


@pages.post("/import/confirm")
def confirm() -> ResponseReturnValue:
    """Carry out the plan that was shown; one that is another by now is shown again."""
    account, form = _curator(), ThesaurusPlanForm()
    transfer = services().thesaurus_transfer
    planned = _planned(account, form, form.content)
    done = form.attempt(
        lambda: transfer.carry_out(
            account, planned, reason=form.reason.data or "", seen=form.seen.data or "none"
        )
    )
    if done is None:
        form.bring_up(planned)
        return _shown(planned, form)
    flash(ngettext("%(num)s concept is saved.", "%(num)s concepts are saved.", done.saved), "success")
    if done.stale or done.met:
        flash(_("Not all of it went in as planned. Import the file again to see what is left."), "warning")
    return redirect(url_for("tags.index", scheme=form.scheme.value))


def _planned(account: Account, form: ThesaurusFileForm | ThesaurusPlanForm, content: bytes) -> ThesaurusPlan:
    return services().thesaurus_transfer.plan(account, content, form.scheme)


def _shown(planned: ThesaurusPlan, form: ThesaurusPlanForm) -> ResponseReturnValue:
    fates = [(fate, planned.of(fate)) for fate in Fate if fate is not Fate.UNCHANGED]
    page = render_template(
        "tags/import_plan.html",
        plan=planned,
        form=form,
        fates=fates,
        most=MOST_SHOWN,
        unchanged=Fate.UNCHANGED,
    )
    return page, form.status


def _curator() -> Account:
    return demand(current_account(), Permission.CURATE_CONCEPTS)
