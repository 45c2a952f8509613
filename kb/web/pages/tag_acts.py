"""What coordinators do with concepts: a page per act, which says what it affects before anything is done."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from kb.domain.account import Account
from kb.domain.concept import Concept, Scheme
from kb.domain.concept_change import word_changes
from kb.domain.permission import Permission, demand
from kb.domain.unit import Facet
from kb.services.concept_acts import ConceptActs
from kb.services.concepts import ConceptView
from kb.web.current import current_account, services
from kb.web.forms.concept import (
    OTHER_LANGUAGES,
    ConceptForm,
    ConceptReasonForm,
    MergeForm,
    PlaceForm,
    WordsForm,
    synonyms_of,
)
from kb.web.forms.curation import CurationForm
from kb.web.pages.tags import BOTH, scheme_of
from kb.web.picker import picker


class At(NamedTuple):
    """On what an act is done, and by whom."""

    account: Account
    scheme: Scheme
    key: str
    revision: int


Act = Callable[[ConceptActs, At], Concept]
pages = Blueprint("tag_acts", __name__, url_prefix="/tags")


@pages.route("/<scheme>/new", methods=BOTH)
def create(scheme: str) -> ResponseReturnValue:
    """Add a concept."""
    account, known, form = _curator(), scheme_of(scheme), WordsForm()
    concept = form.attempt(lambda: services().concept_acts.create(account, known, form.english))
    if concept is None:
        return render_template("tags/new.html", form=form, scheme=known), form.status
    flash(_("“%(label)s” is added.", label=concept.label()), "success")
    return redirect(url_for("tags.show", scheme=scheme, key=concept.key))


@pages.route("/<scheme>/<key>/rename", methods=BOTH)
def rename(scheme: str, key: str) -> ResponseReturnValue:
    """Change a concept's words; who saves second sees both."""
    view = _current(scheme, key)
    form = ConceptForm.of(view.concept, view.revision)

    def act(acts: ConceptActs, at: At) -> Concept:
        words = form.english
        return acts.rename(
            *at,
            words.label,
            reason=form.reason.data or "",
            synonyms=words.synonyms,
            definition=words.definition,
            translations=form.others,
        )

    said = _("The words are changed; the old label stays as a synonym.")
    return _step("rename", view, form, act, said, languages=OTHER_LANGUAGES)


@pages.route("/<scheme>/<key>/retire", methods=BOTH)
def retire(scheme: str, key: str) -> ResponseReturnValue:
    """Stop offering a concept."""
    view = _current(scheme, key)
    form = ConceptReasonForm(revision=view.revision)
    said = _("It is retired; what bears it keeps it.")
    return _step("retire", view, form, lambda acts, at: acts.retire(*at, form.reason.data or ""), said)


@pages.route("/<scheme>/<key>/reinstate", methods=BOTH)
def reinstate(scheme: str, key: str) -> ResponseReturnValue:
    """Offer a retired concept again."""
    view = _current(scheme, key)
    form, said = ConceptReasonForm(revision=view.revision), _("It is offered again.")
    return _step("reinstate", view, form, lambda acts, at: acts.reinstate(*at, form.reason.data or ""), said)


@pages.route("/<scheme>/<key>/merge", methods=BOTH)
def merge(scheme: str, key: str) -> ResponseReturnValue:
    """Let another concept stand for this one, after a look at what that affects."""
    view = _current(scheme, key)
    form = MergeForm(revision=view.revision, into=request.args.get("into", ""))
    into, known = form.into.data or "", view.concept.scheme

    def act(acts: ConceptActs, at: At) -> Concept:
        return acts.merge(*at, into=into, reason=form.reason.data or "")

    vocabulary = services().concepts.vocabulary(current_account())
    other = vocabulary.get(known, into)
    shared = vocabulary.thesaurus.shared(view.concept, into) if other else ()
    shown = picker(known, "into", chosen=[into], without=[key], words=_found(), single=True)
    said = _("They are one now. Lessons keep what was written on them and count under the one that stands.")
    return _step("merge", view, form, act, said, picker_=shown, into=other, shared=shared)


@pages.route("/<scheme>/<key>/place", methods=BOTH)
def place(scheme: str, key: str) -> ResponseReturnValue:
    """Put a concept under a broader one, or under none."""
    view = _current(scheme, key)
    form = PlaceForm(revision=view.revision, broader=view.broader.key if view.broader else "")

    def act(acts: ConceptActs, at: At) -> Concept:
        return acts.place(*at, broader=form.broader.data or None, reason=form.reason.data or "")

    broader = form.broader.data or ""
    shown = picker(
        view.concept.scheme,
        "broader",
        chosen=[broader] if broader else (),
        without=[key],
        words=_found(),
        single=True,
        none=True,
        headings=True,
    )
    return _step("place", view, form, act, _("It stands there now."), picker_=shown)


@pages.route("/<scheme>/<key>/adopt", methods=BOTH)
def adopt(scheme: str, key: str) -> ResponseReturnValue:
    """Take a proposal into its vocabulary."""
    view = _current(scheme, key)
    form, said = ConceptReasonForm(revision=view.revision), _("It is adopted; lessons can bear it.")
    return _step("adopt", view, form, lambda acts, at: acts.adopt(*at, form.reason.data or ""), said)


@pages.route("/<scheme>/<key>/refuse", methods=BOTH)
def refuse(scheme: str, key: str) -> ResponseReturnValue:
    """Refuse a proposal."""
    view = _current(scheme, key)
    form, said = ConceptReasonForm(revision=view.revision), _("It is refused; its proposer reads why.")
    return _step("refuse", view, form, lambda acts, at: acts.refuse(*at, form.reason.data or ""), said)


@pages.route("/<scheme>/<key>/take-back/<int:number>", methods=BOTH)
def take_back(scheme: str, key: str, number: int) -> ResponseReturnValue:
    """Take back what one revision changed."""
    view = _current(scheme, key)
    line = services().concepts.line(current_account(), view.concept.scheme, key, number)
    form = ConceptReasonForm(revision=view.revision)

    def act(acts: ConceptActs, at: At) -> Concept:
        return acts.take_back(*at, act=number, reason=form.reason.data or "")

    return _step("take_back", view, form, act, _("It is taken back; what came since stands."), line=line)


def _step(
    name: str, view: ConceptView, form: CurationForm, act: Act, sentence: str, **more: object
) -> ResponseReturnValue:
    """Do an act on the revision that the form was shown with, or show the form: before it, after a look, and after a refusal."""
    concept, acts = view.concept, services().concept_acts
    at = At(_curator(), concept.scheme, concept.key, form.revision.data or 0)
    done = None
    if not form.finds:
        done = form.attempt(lambda: act(acts.looking if form.looks else acts, at))
    if done and not form.looks:
        flash(sentence, "success")
        return redirect(url_for("tags.show", scheme=concept.scheme.value, key=concept.key))
    form.bring_up(view.revision)
    synonyms = synonyms_of(concept)
    shown = {
        "view": view,
        "concept_": concept,
        "form": form,
        "synonyms": synonyms,
        "kinds": view.uses.counts(Facet.KIND) if view.uses else (),
        **_looked(concept, done),
    }
    return render_template(f"tags/{name}.html", **(shown | more)), form.status


def _looked(before: Concept, after: Concept | None) -> dict[str, object]:
    """Give what a look found: `sound` is what would become of the concept, or None where nobody looked or something is in the way."""
    if after is None:
        return {"sound": None, "changes": (), "shared": ()}
    thesaurus = services().concepts.vocabulary(current_account()).thesaurus
    return {
        "sound": after,
        "changes": tuple(word_changes(before, after)),
        "shared": thesaurus.newly_shared(before, after),
    }


def _found() -> str:
    return request.form.get("find", "")


def _current(scheme: str, key: str) -> ConceptView:
    return services().concepts.get(_curator(), scheme_of(scheme), key)


def _curator() -> Account:
    return demand(current_account(), Permission.CURATE_CONCEPTS)
