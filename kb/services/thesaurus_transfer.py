"""Vocabularies in and out, as thesauri that other tools read: an export of what one may see, an import by a plan."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from enum import StrEnum

from kb.domain.account import Account
from kb.domain.concept import Concept, ConceptStatus, Scheme
from kb.domain.errors import Invalid, WrongState
from kb.domain.permission import Permission, demand
from kb.domain.ports import ThesaurusFormat
from kb.domain.skos import Described, Name, described
from kb.domain.text import Value, normal_line
from kb.domain.thesaurus import Thesaurus
from kb.domain.thesaurus_plan import Known, ThesaurusPlan, planned, sentences_of
from kb.domain.workflow import Action
from kb.services.concepts import concept_ref
from kb.services.saving import Saving
from kb.services.vocabulary import Vocabularies

MOVED_ON = "What stands here has changed since the plan was made. Look it over again, then carry it out."
NO_REASON = "Say why it is imported; the history of each concept keeps it."
NO_FILE = "Choose a thesaurus in Turtle (.ttl)."


class ThesaurusAudience(StrEnum):
    """For whom vocabularies are exported."""

    SELF = "self"
    """Everything that the actor may see, so that it can be brought in again whole."""
    PUBLIC = "public"
    """What is in use alone, for anybody."""


class Imported(Value):
    """What came of an import: how many were saved, whom somebody else was quicker with, and what does not go together now."""

    saved: int
    stale: tuple[str, ...] = ()
    met: tuple[tuple[str, str], ...] = ()


class ThesaurusTransfer:
    """Exports for readers, imports for coordinators; what is imported is a revision of each concept, like any other act."""

    def __init__(self, vocabularies: Vocabularies, saving: Saving, file_format: ThesaurusFormat) -> None:
        self._vocabularies = vocabularies
        self._saving = saving
        self._format = file_format

    def export(
        self,
        actor: Account | None,
        audience: ThesaurusAudience = ThesaurusAudience.SELF,
        schemes: Collection[Scheme] = tuple(Scheme),
    ) -> bytes:
        """Give the concepts of some schemes as a file: the same bytes for the same concepts."""
        vocabulary = self._vocabularies.of(demand(actor, Permission.READ))
        concepts = [each for each in vocabulary.concepts if each.scheme in schemes]
        if audience is ThesaurusAudience.PUBLIC:
            return self._format.write(_public(vocabulary.thesaurus, concepts))
        return self._format.write(map(described, concepts))

    def plan(self, actor: Account | None, content: bytes, into: Scheme | None = None) -> ThesaurusPlan:
        """Give what an import of a file would do; raises Invalid at `file` for one that cannot be read, and Busy."""
        account = demand(actor, Permission.CURATE_CONCEPTS)
        if not content:
            raise Invalid(("file", NO_FILE))
        return planned(self._format.read(content), self._known(account), into, account.id)

    def carry_out(
        self, actor: Account | None, plan: ThesaurusPlan, *, reason: str, seen: str = ""
    ) -> Imported:
        """Save what a plan would do, concept by concept; where somebody was quicker, theirs stands and is named.

        `seen` is the mark of the plan that was shown. Doing it again after a crash does what is left. Raises Invalid
        for a plan with troubles and without a reason, and WrongState where another plan was shown.
        """
        account = demand(actor, Permission.CURATE_CONCEPTS)
        if plan.troubles:
            raise Invalid(("file", "Nothing was imported: mend what is named first."))
        if seen and seen != plan.digest:
            raise WrongState(MOVED_ON)
        if not normal_line(reason):
            raise Invalid(("reason", NO_REASON))
        before = self._vocabularies.thesaurus().conflicts
        changes = (
            (concept_ref(line.after.scheme, line.after.key), line.revision + 1, line.after)
            for line in plan.todo
        )
        stale = self._saving.save_all(account, changes, action=Action.IMPORT, note=reason)
        met = self._vocabularies.thesaurus().conflicts - before
        return Imported(
            saved=len(plan.todo) - len(stale),
            stale=tuple(sorted(ref.id for ref in stale)),
            met=sentences_of(met),
        )

    def _known(self, account: Account) -> Known:
        vocabulary = self._vocabularies.of(account)
        return {
            Name(each.scheme, each.key): (vocabulary.revisions[each.scheme, each.key], each)
            for each in vocabulary.concepts
        }


def _public(thesaurus: Thesaurus, concepts: Iterable[Concept]) -> Iterable[Described]:
    """Give what is in use, leading to nothing else: where something was merged, what stands for it is named."""
    adopted = {Name(each.scheme, each.key): each for each in concepts if each.status is ConceptStatus.ADOPTED}
    for name, concept in adopted.items():
        related = thesaurus.replacements.among_keys(name.scheme, concept.related)
        broader = thesaurus.broader(concept)
        yield described(
            concept.model_copy(
                update={
                    "broader": broader if broader and Name(name.scheme, broader) in adopted else None,
                    "related": tuple(key for key in related if Name(name.scheme, key) in adopted),
                    "replaced_by": None,
                }
            )
        )
