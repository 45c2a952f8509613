"""Concepts of every scheme: what they mean and where they are used; coordinators curate them here."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kb.domain.account import Account
from kb.domain.concept import Scheme
from kb.domain.errors import NotFound
from kb.domain.permission import Permission, demand, permits
from kb.services.concepts import FACET_OF, ConceptView
from kb.web.current import current_account, services
from kb.web.forms.concept import ConceptForm, ConceptReasonForm, ConceptStepForm, CurationForm, synonyms_of
from kb.web.paging import page_number

pages = Blueprint("tags", __name__, url_prefix="/tags")

BOTH = ["GET", "POST"]


@pages.get("", defaults={"scheme": Scheme.TAG.value})
@pages.get("/<scheme>")
def index(scheme: str) -> ResponseReturnValue:
    """List a scheme, each concept with the number of its entries."""
    account, known = current_account(), _scheme(scheme)
    listed = services().concepts.list(account, known, account.language)
    return render_template(
        "tags/index.html",
        scheme=known,
        schemes=tuple(Scheme),
        uses=listed.uses,
        illustrative=listed.illustrative,
        can_curate=permits(account, Permission.CURATE_CONCEPTS),
    )


@pages.get("/<scheme>/<key>")
def show(scheme: str, key: str) -> ResponseReturnValue:
    """Show a concept with its entries."""
    account = current_account()
    view = services().concepts.get(account, _scheme(scheme), key, page=page_number(request.args))
    hits = view.uses.hits if view.uses else ()
    return render_template(
        "tags/show.html",
        filterable=FACET_OF.get(view.concept.scheme),
        answers=services().answers.beside(account, hits),
        view=view,
        concept_=view.concept,
        url=lambda number: url_for("tags.show", scheme=scheme, key=key, page=number),
    )


@pages.get("/<scheme>/<key>/history")
def history(scheme: str, key: str) -> ResponseReturnValue:
    """Show the revisions of a concept."""
    account, known = current_account(), _scheme(scheme)
    view = services().concepts.get(account, known, key)
    lines = services().concepts.history(account, known, key)
    return render_template("tags/history.html", view=view, concept_=view.concept, lines=lines)


@pages.route("/<scheme>/new", methods=BOTH)
def create(scheme: str) -> ResponseReturnValue:
    """Add a concept."""
    account, known, form = _curator(), _scheme(scheme), ConceptForm()
    concept = form.attempt(
        lambda: services().concept_acts.create(
            account, known, form.label.data or "", synonyms=form.words, definition=form.definition.data or ""
        )
    )
    if concept is None:
        return render_template("tags/new.html", form=form, scheme=known), form.status
    flash(_("“%(label)s” is added.", label=concept.label()), "success")
    return redirect(url_for("tags.show", scheme=scheme, key=concept.key))


@pages.route("/<scheme>/<key>/rename", methods=BOTH)
def rename(scheme: str, key: str) -> ResponseReturnValue:
    """Change a concept's words; who saves second sees both."""
    account, view = _curator(), _current(scheme, key)
    form = ConceptForm.of(view.concept, view.revision)
    concept = form.attempt(
        lambda: services().concept_acts.rename(
            account,
            view.concept.scheme,
            key,
            form.revision.data or 0,
            form.label.data or "",
            synonyms=form.words,
            definition=form.definition.data or "",
        )
    )
    return _answer(
        "rename", view, form, concept, _("The words are changed; the old label stays as a synonym.")
    )


@pages.route("/<scheme>/<key>/retire", methods=BOTH)
def retire(scheme: str, key: str) -> ResponseReturnValue:
    """Stop offering a concept."""
    account, view = _curator(), _current(scheme, key)
    form = ConceptReasonForm(revision=view.revision)
    concept = form.attempt(
        lambda: services().concept_acts.retire(
            account, view.concept.scheme, key, form.revision.data or 0, form.reason.data or ""
        )
    )
    return _answer("retire", view, form, concept, _("It is retired; what bears it keeps it."))


@pages.route("/<scheme>/<key>/reinstate", methods=BOTH)
def reinstate(scheme: str, key: str) -> ResponseReturnValue:
    """Offer a retired concept again."""
    account, view = _curator(), _current(scheme, key)
    form = ConceptStepForm(revision=view.revision)
    concept = form.attempt(
        lambda: services().concept_acts.reinstate(account, view.concept.scheme, key, form.revision.data or 0)
    )
    return _answer("reinstate", view, form, concept, _("It is offered again."))


def _answer(
    act: str,
    view: ConceptView,
    form: CurationForm,
    done: object,
    sentence: str,
) -> ResponseReturnValue:
    concept = view.concept
    if done is None:
        form.bring_up(view.revision)
        shown = {"view": view, "concept_": concept, "form": form, "synonyms": synonyms_of(concept)}
        return render_template(f"tags/{act}.html", **shown), form.status
    flash(sentence, "success")
    return redirect(url_for("tags.show", scheme=concept.scheme.value, key=concept.key))


def _current(scheme: str, key: str) -> ConceptView:
    return services().concepts.get(current_account(), _scheme(scheme), key)


def _curator() -> Account:
    return demand(current_account(), Permission.CURATE_CONCEPTS)


def _scheme(name: str) -> Scheme:
    """Give the scheme of an address; a name that is none leads nowhere."""
    found = next((scheme for scheme in Scheme if scheme == name), None)
    if found is None:
        raise NotFound
    return found
