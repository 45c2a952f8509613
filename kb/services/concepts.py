"""Concepts: what coordinators do with tags, and what a tag's page shows."""

from __future__ import annotations

from collections.abc import Mapping

from kb.domain.account import Account
from kb.domain.checks import objections
from kb.domain.concept import Concept, ConceptStatus, Labels, Scheme, concept_id
from kb.domain.errors import Invalid, NotFound, SearchUnavailable, StaleRevision, WrongState
from kb.domain.permission import Permission, demand, permits
from kb.domain.ports import Randomness, Searcher
from kb.domain.query import Filter, SearchPage, SearchQuery
from kb.domain.record import Kind
from kb.domain.revision import RecordRef, Revision
from kb.domain.text import Value, normal_line
from kb.domain.unit import Facet
from kb.domain.workflow import Action
from kb.services.records import HistoryLine, Records, body_as, named
from kb.services.saving import Saving
from kb.services.vocabulary import Vocabularies, Vocabulary

FACET_OF: dict[Scheme, Facet] = {
    Scheme.DIFFICULTY: Facet.DIFFICULTY,
    Scheme.STAGE: Facet.STAGE,
    Scheme.CHANNEL: Facet.CHANNEL,
    Scheme.TAG: Facet.TAG,
}
"""The schemes whose concepts search can filter by."""


class ConceptUse(Value):
    """A concept in a list, with the number of search units that bear it for this reader."""

    concept: Concept
    count: int | None
    """None where search cannot say: it cannot filter by the scheme, or is being rebuilt."""


class ConceptList(Value):
    """A scheme as one reader may see it."""

    uses: tuple[ConceptUse, ...]
    illustrative: bool = False
    """Whether illustrative records are among those counted."""


class ConceptView(Value):
    """A concept's page: what it means and where it is used, as one reader may see it."""

    concept: Concept
    revision: int
    narrower: tuple[Concept, ...] = ()
    uses: SearchPage | None = None
    """None for a scheme that search cannot filter by, and while search is being rebuilt."""
    search_works: bool = True
    can_curate: bool = False


class Concepts:
    """Use cases over concepts; lessons refer to keys, so nothing here touches a case."""

    def __init__(
        self,
        records: Records,
        saving: Saving,
        vocabularies: Vocabularies,
        engine: Searcher,
        randomness: Randomness,
    ) -> None:
        self._records = records
        self._saving = saving
        self._vocabularies = vocabularies
        self._engine = engine
        self._randomness = randomness

    def vocabulary(self, actor: Account | None) -> Vocabulary:
        """Give the concepts that exist for the actor, to look labels up."""
        return self._vocabularies.of(actor)

    def list(self, actor: Account | None, scheme: Scheme, language: str = "en") -> ConceptList:
        """List a scheme with the viewer's counts; a count equals what a search filtered by the concept returns."""
        account = demand(actor, Permission.READ)
        found = self._all(account) if scheme in FACET_OF else None
        counts = {each.value: each.count for each in found.counts(FACET_OF[scheme])} if found else {}
        uses = (
            ConceptUse(concept=concept, count=counts.get(concept.key, 0) if found else None)
            for concept in self._vocabularies.of(account).scheme(scheme, language)
        )
        return ConceptList(uses=tuple(uses), illustrative=found is not None and found.illustrative)

    def get(self, actor: Account | None, scheme: Scheme, key: str, *, page: int = 1) -> ConceptView:
        """Give a concept's page; raises NotFound."""
        account = demand(actor, Permission.READ)
        revision, concept = self._current(account, scheme, key)
        narrower = tuple(
            each for each in self._vocabularies.of(account).scheme(scheme) if each.broader == concept.key
        )
        uses, search_works = self._uses(account, scheme, key, page)
        return ConceptView(
            concept=concept,
            revision=revision.number,
            narrower=narrower,
            uses=uses,
            search_works=search_works,
            can_curate=permits(account, Permission.CURATE_CONCEPTS),
        )

    def history(self, actor: Account | None, scheme: Scheme, key: str) -> tuple[HistoryLine, ...]:
        """Give the revisions of a concept, newest first."""
        return self._records.history(actor, _ref(scheme, key))

    def create(
        self,
        actor: Account | None,
        scheme: Scheme,
        label: str,
        *,
        synonyms: tuple[str, ...] = (),
        definition: str = "",
    ) -> Concept:
        """Add an adopted concept with an English label; its key is drawn, because a label may be renamed."""
        account = demand(actor, Permission.CURATE_CONCEPTS)
        labels = _english((), label, synonyms)
        self._demand_unused(account, scheme, None, labels)
        concept = Concept(
            scheme=scheme, key=self._randomness.identifier(), labels=labels, definition=definition
        )
        ref = RecordRef(kind=Kind.CONCEPT, id=concept.id)
        self._saving.save(account, ref, 1, concept, action=Action.CREATE)
        return concept

    def rename(
        self,
        actor: Account | None,
        scheme: Scheme,
        key: str,
        number: int,
        label: str,
        *,
        synonyms: tuple[str, ...] = (),
        definition: str = "",
    ) -> Concept:
        """Change the English words of revision `number`; the old label stays as a synonym, so that search finds it.

        One that the checks block goes: it came in before they looked.
        """
        account, revision, concept = self._curated(actor, scheme, key, number)
        before = concept.label() if not objections(concept.label()) else ""
        kept = (*synonyms, before) if normal_line(label) != before else synonyms
        labels = _english(concept.labels, label, kept)
        self._demand_unused(account, scheme, key, labels)
        update = {"labels": labels, "definition": definition or concept.definition}
        return self._save(
            account, revision, update, action=Action.RENAME, note=f"{before} → {label}" if before else label
        )

    def retire(self, actor: Account | None, scheme: Scheme, key: str, number: int, reason: str) -> Concept:
        """Stop offering a concept; what bears it keeps it."""
        account, revision, concept = self._curated(actor, scheme, key, number)
        if not reason.strip():
            raise Invalid(("reason", "Say why it is retired, so that others do not bring it back."))
        if concept.status is ConceptStatus.RETIRED:
            raise WrongState("It is retired already. Reload the page.")
        update = {"status": ConceptStatus.RETIRED, "status_reason": reason}
        return self._save(account, revision, update, action=Action.RETIRE, note=reason)

    def reinstate(self, actor: Account | None, scheme: Scheme, key: str, number: int) -> Concept:
        """Offer a retired concept again."""
        account, revision, concept = self._curated(actor, scheme, key, number)
        if concept.status is not ConceptStatus.RETIRED:
            raise WrongState("It is not retired. Reload the page.")
        update = {"status": ConceptStatus.ADOPTED, "status_reason": ""}
        return self._save(account, revision, update, action=Action.REINSTATE, note="")

    def _current(self, account: Account, scheme: Scheme, key: str) -> tuple[Revision, Concept]:
        revision = self._records.current(account, _ref(scheme, key))
        return revision, body_as(Concept, revision)

    def _curated(
        self, actor: Account | None, scheme: Scheme, key: str, number: int
    ) -> tuple[Account, Revision, Concept]:
        account = demand(actor, Permission.CURATE_CONCEPTS)
        revision, concept = self._current(account, scheme, key)
        if revision.number != number:
            raise StaleRevision(Kind.CONCEPT, concept.id, number + 1)
        return account, revision, concept

    def _save(
        self,
        account: Account,
        revision: Revision,
        update: Mapping[str, object],
        *,
        action: Action,
        note: str,
    ) -> Concept:
        concept = body_as(Concept, revision)
        changed = Concept.model_validate(concept.model_copy(update=update).model_dump())
        self._saving.save(account, revision.ref, revision.number + 1, changed, action=action, note=note)
        return changed

    def _demand_unused(
        self, account: Account, scheme: Scheme, key: str | None, labels: tuple[Labels, ...]
    ) -> None:
        """Refuse a preferred label that another concept of the scheme bears in the same language (SKOS S14's spirit)."""
        for other in self._vocabularies.of(account).scheme(scheme):
            if other.key == key:
                continue
            for mine in labels:
                if mine.preferred.casefold() == _preferred(other, mine.language):
                    raise Invalid(
                        (
                            "label",
                            f"There is already “{other.label()}” in this scheme. Use it, or choose other words.",
                        )
                    )

    def _all(self, account: Account) -> SearchPage | None:
        """Give what a search for everything counts; None while search is rebuilt."""
        try:
            return self._engine.search(SearchQuery(viewer=account.viewer, size=1))
        except SearchUnavailable:
            return None

    def _uses(self, account: Account, scheme: Scheme, key: str, page: int) -> tuple[SearchPage | None, bool]:
        """Give the units that bear the concept, and whether search works; a tag's page stands without it."""
        facet = FACET_OF.get(scheme)
        if facet is None:
            return None, True
        chosen = Filter(facet=facet, values=frozenset({key}))
        try:
            return self._engine.search(SearchQuery(viewer=account.viewer, filters=(chosen,), page=page)), True
        except SearchUnavailable:
            return None, False


def _preferred(concept: Concept, language: str) -> str:
    return next((each.preferred.casefold() for each in concept.labels if each.language == language), "")


def _english(labels: tuple[Labels, ...], preferred: str, synonyms: tuple[str, ...]) -> tuple[Labels, ...]:
    """Give `labels` with the English ones replaced; other languages stay."""
    preferred = normal_line(preferred)
    if not preferred:
        raise Invalid(("label", "Give the tag a name."))
    words = dict.fromkeys(normal_line(word) for word in synonyms)
    alternative = tuple(word for word in words if word and word.casefold() != preferred.casefold())
    english = Labels(language="en", preferred=preferred, alternative=alternative)
    return (english, *(each for each in labels if each.language != "en"))


def _ref(scheme: Scheme, key: str) -> RecordRef:
    if not key:
        raise NotFound
    return named(Kind.CONCEPT, concept_id(scheme, key))
