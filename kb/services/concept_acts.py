"""What is done to a concept: each act is one revision of it, looked through for conflicts first, and can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from kb.domain import concept_change
from kb.domain.account import Account
from kb.domain.checks import objections
from kb.domain.concept import UNADOPTED, Concept, ConceptStatus, Labels, Scheme
from kb.domain.errors import Invalid, StaleRevision, WrongState
from kb.domain.permission import Permission, demand
from kb.domain.ports import Randomness
from kb.domain.record import Kind
from kb.domain.revision import Revision
from kb.domain.text import Value, normal_line
from kb.domain.thesaurus import Conflict, ConflictKind, Thesaurus
from kb.domain.workflow import Action
from kb.services.concepts import concept_ref
from kb.services.records import Records, body_as
from kb.services.saving import Saving
from kb.services.vocabulary import Vocabularies

Change = Callable[[Concept], Concept]
Told = Callable[[Concept, Concept, str], str]
"""Makes the note of an act from the concept before and after it, and the reason."""

SENTENCES: dict[ConflictKind, str] = {
    ConflictKind.LABEL: "There is already “{other}” in this scheme. Use it, or choose other words.",
    ConflictKind.BROADER: "“{other}” would be broader and narrower at once. Put one of them elsewhere first.",
    ConflictKind.REPLACED: "“{other}” would stand for itself in the end. Take back the other merge first.",
    ConflictKind.RELATED: "“{other}” is related to it, so neither is broader than the other.",
}
WHY = "Say why; who reads the history of this concept will ask."
NO_REASON_YET = "…"
"""Stands for the reason of an act that is only looked at."""
MET = "Somebody changed another one at the same moment, and both do not go together. Yours was taken back. "


class Words(Value):
    """The English words of a concept that is new, as they were typed."""

    label: str
    synonyms: tuple[str, ...] = ()
    definition: str = ""


class ConceptActs:
    """Use cases of coordinators over concepts, and of everybody who proposes one; no case is touched by any."""

    def __init__(
        self,
        records: Records,
        saving: Saving,
        vocabularies: Vocabularies,
        randomness: Randomness,
        *,
        only_looks: bool = False,
    ) -> None:
        self._records = records
        self._saving = saving
        self._vocabularies = vocabularies
        self._randomness = randomness
        self._only_looks = only_looks

    @property
    def looking(self) -> ConceptActs:
        """Give the same acts as they are looked at first: each is refused as it would be, and none changes anything."""
        return ConceptActs(self._records, self._saving, self._vocabularies, self._randomness, only_looks=True)

    def create(
        self, actor: Account | None, scheme: Scheme, words: Words, *, broader: str | None = None
    ) -> Concept:
        """Add an adopted concept with an English label; its key is drawn, because a label may be renamed."""
        account = demand(actor, Permission.CURATE_CONCEPTS)
        return self._begin(account, self._new(scheme, words, broader=broader), Action.CREATE)

    def propose(self, actor: Account | None, scheme: Scheme, words: Words) -> Concept:
        """Propose one: a record that coordinators and the actor see, and that names no text it was thought of for."""
        account = demand(actor, Permission.PROPOSE_CONCEPT)
        proposal = self._new(scheme, words, status=ConceptStatus.PROPOSED, proposer=account.id)
        return self._begin(account, proposal, Action.PROPOSE)

    def rename(
        self,
        actor: Account | None,
        scheme: Scheme,
        key: str,
        number: int,
        label: str,
        *,
        reason: str,
        synonyms: tuple[str, ...] = (),
        definition: str | None = None,
        translations: Iterable[Labels] = (),
    ) -> Concept:
        """Change the words of revision `number`; old labels stay as synonyms, so that search finds them."""
        words = (_english(label, synonyms), *translations)

        def change(concept: Concept) -> Concept:
            kept = concept.definition if definition is None else definition
            return concept_change.worded(concept, words, kept)

        return self._change(
            actor, scheme, key, number, change, action=Action.RENAME, reason=reason, told=_renamed
        )

    def retire(self, actor: Account | None, scheme: Scheme, key: str, number: int, reason: str) -> Concept:
        """Stop offering a concept; what bears it keeps it."""

        def change(concept: Concept) -> Concept:
            return concept_change.retired(concept, self._said(reason))

        return self._change(actor, scheme, key, number, change, action=Action.RETIRE, reason=reason)

    def reinstate(self, actor: Account | None, scheme: Scheme, key: str, number: int, reason: str) -> Concept:
        """Offer a retired concept again."""
        return self._change(
            actor, scheme, key, number, concept_change.reinstated, action=Action.REINSTATE, reason=reason
        )

    def merge(
        self, actor: Account | None, scheme: Scheme, key: str, number: int, *, into: str, reason: str
    ) -> Concept:
        """Let another concept stand for this one everywhere, from the next question on."""

        def change(concept: Concept) -> Concept:
            return concept_change.merged(concept, self._other(scheme, into, "into"), self._said(reason))

        return self._change(actor, scheme, key, number, change, action=Action.MERGE, reason=reason)

    def place(
        self,
        actor: Account | None,
        scheme: Scheme,
        key: str,
        number: int,
        *,
        broader: str | None,
        reason: str,
    ) -> Concept:
        """Put a concept under a broader one, or under none."""

        def change(concept: Concept) -> Concept:
            other = self._other(scheme, broader, "broader") if broader else None
            return concept_change.placed(concept, other)

        return self._change(actor, scheme, key, number, change, action=Action.PLACE, reason=reason)

    def adopt(self, actor: Account | None, scheme: Scheme, key: str, number: int, reason: str) -> Concept:
        """Take a proposal into its scheme; every officer reads the reason in its history."""
        return self._change(
            actor, scheme, key, number, concept_change.adopted, action=Action.ADOPT, reason=reason
        )

    def refuse(self, actor: Account | None, scheme: Scheme, key: str, number: int, reason: str) -> Concept:
        """Refuse a proposal; its proposer reads the reason on its page."""

        def change(concept: Concept) -> Concept:
            return concept_change.refused(concept, self._said(reason))

        return self._change(actor, scheme, key, number, change, action=Action.REFUSE, reason=reason)

    def take_back(
        self, actor: Account | None, scheme: Scheme, key: str, number: int, *, act: int, reason: str
    ) -> Concept:
        """Take back what revision `act` changed, and nothing that came since; raises Invalid, naming what does not let it."""
        account = demand(actor, Permission.CURATE_CONCEPTS)
        if act == 1:
            raise WrongState("What was added is retired, not taken back.")
        ref = concept_ref(scheme, key)
        before, after = (
            body_as(Concept, self._records.revision(account, ref, each)) for each in (act - 1, act)
        )

        def change(concept: Concept) -> Concept:
            return concept_change.taken_back(before, after, concept)

        def told(_before: Concept, _after: Concept, said: str) -> str:
            return f"{act}: {said}"

        return self._change(
            account, scheme, key, number, change, action=Action.UNDO, reason=reason, told=told
        )

    def _new(self, scheme: Scheme, words: Words, **more: object) -> Concept:
        english = _english(words.label, words.synonyms)
        if not english.preferred:
            raise Invalid(("label", "Give the tag a name."))
        given = {"scheme": scheme, "labels": (concept_change.sound(english),), "definition": words.definition}
        return Concept.model_validate({"key": self._randomness.identifier(), **given, **more})

    def _said(self, reason: str) -> str:
        """Give the reason; an act that is only looked at needs none yet."""
        return reason if normal_line(reason) or not self._only_looks else NO_REASON_YET

    def _begin(self, account: Account, concept: Concept, action: Action) -> Concept:
        as_member = concept.model_copy(update={"status": ConceptStatus.ADOPTED, "proposer": None})
        self._demand_sound(as_member, concept.label())
        if self._only_looks:
            return concept
        self._saving.save(account, concept_ref(concept.scheme, concept.key), 1, concept, action=action)
        return concept

    def _change(
        self,
        actor: Account | None,
        scheme: Scheme,
        key: str,
        number: int,
        change: Change,
        *,
        action: Action,
        reason: str,
        told: Told | None = None,
    ) -> Concept:
        """Save what `change` makes of revision `number`; raises StaleRevision where somebody was quicker."""
        account = demand(actor, Permission.CURATE_CONCEPTS)
        revision = self._records.current(account, concept_ref(scheme, key))
        before = body_as(Concept, revision)
        if revision.number != number:
            raise StaleRevision(Kind.CONCEPT, before.id, number + 1)
        after = change(before)
        if after == before:
            raise WrongState("Nothing was changed: it is so already.")
        self._demand_sound(after, self._said(reason))
        if self._only_looks:
            return after
        note = told(before, after, reason) if told else reason
        self._saving.save(account, revision.ref, number + 1, after, action=action, note=note)
        self._look_again(account, revision, before, after)
        return after

    def _demand_sound(self, after: Concept, reason: str) -> None:
        """Refuse, with each conflict named, what would newly break a condition, and what nobody gives a reason for.

        A proposal is no part of the thesaurus.
        """
        thesaurus = self._vocabularies.thesaurus()
        found = sorted(thesaurus.conflicts_after(after), key=lambda each: (each.kind, each.keys, each.word))
        told = {_problem(each, after, thesaurus): None for each in found}
        if not normal_line(reason):
            told["reason", WHY] = None
        if told:
            raise Invalid(*told)

    def _look_again(self, account: Account, revision: Revision, before: Concept, after: Concept) -> None:
        """Two acts on two concepts can each be sound and not be so together: then whoever sees it takes back their own."""
        if after.status in UNADOPTED:
            return
        thesaurus = self._vocabularies.thesaurus()
        former = thesaurus.after(before).conflicts
        met = [each for each in thesaurus.conflicts - former if after.key in each.keys]
        if not met:
            return
        self._saving.save(
            account, revision.ref, revision.number + 2, before, action=Action.UNDO, note=MET.strip()
        )
        raise WrongState(MET + _problem(met[0], after, thesaurus)[1])

    def _other(self, scheme: Scheme, key: str, field: str) -> Concept:
        found = self._vocabularies.thesaurus().get(scheme, key)
        if found is None:
            raise Invalid((field, "Choose one of the list."))
        return found


def _problem(conflict: Conflict, concept: Concept, thesaurus: Thesaurus) -> tuple[str, str]:
    other = thesaurus.get(conflict.scheme, conflict.other_than(concept.key)) or concept
    field = "label" if conflict.kind is ConflictKind.LABEL else conflict.kind.value
    return field, SENTENCES[conflict.kind].format(other=other.label())


def _english(label: str, synonyms: tuple[str, ...]) -> Labels:
    return Labels(language="en", preferred=label, alternative=synonyms)


def _renamed(before: Concept, after: Concept, reason: str) -> str:
    """Tell the labels of before and after; one that the checks block is not kept in the history either."""
    former = "…" if objections(before.label()) else before.label()
    return f"{former} → {after.label()}: {reason}"
