"""Concepts of every scheme: what they mean and where they are used; every officer may propose one."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kb.domain.concept import Scheme
from kb.domain.errors import NotFound
from kb.domain.permission import Permission, demand, permits
from kb.domain.unit import Facet
from kb.services.concepts import FACET_OF
from kb.web.current import current_account, services
from kb.web.forms.concept import WordsForm
from kb.web.paging import page_number

pages = Blueprint("tags", __name__, url_prefix="/tags")

BOTH = ["GET", "POST"]
MOST_WORDS = 100


@pages.get("", defaults={"scheme": Scheme.TAG.value})
@pages.get("/<scheme>")
def index(scheme: str) -> ResponseReturnValue:
    """List a scheme as a tree, each concept with the number of its entries."""
    account, known = current_account(), scheme_of(scheme)
    words = request.args.get("find", "")[:MOST_WORDS]
    listed = services().concepts.list(account, known, account.language, words)
    return render_template(
        "tags/index.html",
        scheme=known,
        schemes=tuple(Scheme),
        listed=listed,
        find=words,
        can_curate=permits(account, Permission.CURATE_CONCEPTS),
    )


@pages.get("/<scheme>/<key>")
def show(scheme: str, key: str) -> ResponseReturnValue:
    """Show a concept with its entries; of one that was merged, lead to the one that stands for it."""
    account, known = current_account(), scheme_of(scheme)
    view = services().concepts.get(account, known, key, page=page_number(request.args))
    if view.stands != key:
        return redirect(url_for("tags.show", scheme=scheme, key=view.stands), code=302)
    return render_template(
        "tags/show.html",
        filterable=FACET_OF.get(known),
        answers=services().answers.beside(account, view.uses.hits if view.uses else ()),
        view=view,
        concept_=view.concept,
        countries=view.uses.counts(Facet.COUNTRY) if view.uses else (),
        url=lambda number: url_for("tags.show", scheme=scheme, key=key, page=number),
    )


@pages.get("/<scheme>/<key>/history")
def history(scheme: str, key: str) -> ResponseReturnValue:
    """Show the revisions of a concept."""
    account, known = current_account(), scheme_of(scheme)
    view = services().concepts.get(account, known, key)
    lines = services().concepts.history(account, known, key)
    return render_template("tags/history.html", view=view, concept_=view.concept, lines=lines)


@pages.route("/<scheme>/propose", methods=BOTH)
def propose(scheme: str) -> ResponseReturnValue:
    """Propose a concept, which waits for a coordinator."""
    account = demand(current_account(), Permission.PROPOSE_CONCEPT)
    known, form = scheme_of(scheme), WordsForm()
    concept = form.attempt(lambda: services().concept_acts.propose(account, known, form.english))
    if concept is None:
        return render_template("tags/propose.html", form=form, scheme=known), form.status
    flash(_("“%(label)s” is proposed. A coordinator decides about it.", label=concept.label()), "success")
    return redirect(url_for("tags.show", scheme=scheme, key=concept.key))


def scheme_of(name: str) -> Scheme:
    """Give the scheme of an address; a name that is none leads nowhere."""
    found = next((scheme for scheme in Scheme if scheme == name), None)
    if found is None:
        raise NotFound
    return found
