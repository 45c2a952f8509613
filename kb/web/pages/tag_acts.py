"""What coordinators do with concepts: a page per act, which says what it affects before anything is done."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kb.domain.account import Account
from kb.domain.permission import Permission, demand
from kb.services.concepts import ConceptView
from kb.web.current import current_account, services
from kb.web.forms.concept import (
    OTHER_LANGUAGES,
    ConceptForm,
    ConceptReasonForm,
    ConceptStepForm,
    CurationForm,
    MergeForm,
    PlaceForm,
    WordsForm,
    synonyms_of,
)
from kb.web.pages.tags import BOTH, scheme_of
from kb.web.picker import picker

pages = Blueprint("tag_acts", __name__, url_prefix="/tags")


@pages.route("/<scheme>/new", methods=BOTH)
def create(scheme: str) -> ResponseReturnValue:
    """Add a concept."""
    account, known, form = _curator(), scheme_of(scheme), WordsForm()
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
            translations=form.others,
        )
    )
    said = _("The words are changed; the old label stays as a synonym.")
    return _answer("rename", view, form, concept, said, languages=OTHER_LANGUAGES)


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


@pages.route("/<scheme>/<key>/merge", methods=BOTH)
def merge(scheme: str, key: str) -> ResponseReturnValue:
    """Let another concept stand for this one, after a look at what that affects."""
    account, view = _curator(), _current(scheme, key)
    form = MergeForm(revision=view.revision)
    into = form.into.data or ""
    concept = None
    if not form.only_looked:
        concept = form.attempt(
            lambda: services().concept_acts.merge(
                account,
                view.concept.scheme,
                key,
                form.revision.data or 0,
                into=into,
                reason=form.reason.data or "",
            )
        )
    found = request.form.get("find", "")
    shown = picker(view.concept.scheme, "into", chosen=[into], without=[key], words=found, single=True)
    other = services().concepts.vocabulary(account).get(view.concept.scheme, into)
    said = _("They are one now. Lessons keep what was written on them and count under the one that stands.")
    return _answer("merge", view, form, concept, said, picker_=shown, into=other)


@pages.route("/<scheme>/<key>/place", methods=BOTH)
def place(scheme: str, key: str) -> ResponseReturnValue:
    """Put a concept under a broader one, or under none."""
    account, view = _curator(), _current(scheme, key)
    broader = view.broader.key if view.broader else ""
    form = PlaceForm(revision=view.revision, broader=broader)
    concept = form.attempt(
        lambda: services().concept_acts.place(
            account,
            view.concept.scheme,
            key,
            form.revision.data or 0,
            broader=form.broader.data or None,
            reason=form.reason.data or "",
        )
    )
    offered = services().concepts.vocabulary(account).members(view.concept.scheme, account.language)
    return _answer("place", view, form, concept, _("It stands there now."), offered=offered)


@pages.route("/<scheme>/<key>/adopt", methods=BOTH)
def adopt(scheme: str, key: str) -> ResponseReturnValue:
    """Take a proposal into its vocabulary."""
    account, view = _curator(), _current(scheme, key)
    form = ConceptStepForm(revision=view.revision)
    concept = form.attempt(
        lambda: services().concept_acts.adopt(account, view.concept.scheme, key, form.revision.data or 0)
    )
    return _answer("adopt", view, form, concept, _("It is adopted; lessons can bear it."))


@pages.route("/<scheme>/<key>/refuse", methods=BOTH)
def refuse(scheme: str, key: str) -> ResponseReturnValue:
    """Refuse a proposal."""
    account, view = _curator(), _current(scheme, key)
    form = ConceptReasonForm(revision=view.revision)
    concept = form.attempt(
        lambda: services().concept_acts.refuse(
            account, view.concept.scheme, key, form.revision.data or 0, form.reason.data or ""
        )
    )
    return _answer("refuse", view, form, concept, _("It is refused; its proposer reads why."))


@pages.route("/<scheme>/<key>/take-back/<int:number>", methods=BOTH)
def take_back(scheme: str, key: str, number: int) -> ResponseReturnValue:
    """Take back what one revision changed."""
    account, view = _curator(), _current(scheme, key)
    line = services().concepts.line(account, view.concept.scheme, key, number)
    form = ConceptReasonForm(revision=view.revision)
    concept = form.attempt(
        lambda: services().concept_acts.take_back(
            account,
            view.concept.scheme,
            key,
            form.revision.data or 0,
            act=number,
            reason=form.reason.data or "",
        )
    )
    said = _("It is taken back; what came since stands.")
    return _answer("take_back", view, form, concept, said, line=line)


def _answer(
    act: str,
    view: ConceptView,
    form: CurationForm,
    done: object,
    sentence: str,
    **more: object,
) -> ResponseReturnValue:
    concept = view.concept
    if done is None:
        form.bring_up(view.revision)
        shown = {"view": view, "concept_": concept, "form": form, "synonyms": synonyms_of(concept), **more}
        return render_template(f"tags/{act}.html", **shown), form.status
    flash(sentence, "success")
    return redirect(url_for("tags.show", scheme=concept.scheme.value, key=concept.key))


def _current(scheme: str, key: str) -> ConceptView:
    return services().concepts.get(current_account(), scheme_of(scheme), key)


def _curator() -> Account:
    return demand(current_account(), Permission.CURATE_CONCEPTS)
