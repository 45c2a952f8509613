"""Splitting: lessons that bear one concept get others, each the one that a coordinator chose for it after reading it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kb.domain.account import Account
from kb.domain.bearing import BEARERS, SINGLE, Bearer, Place, borne, holder_at, keys_at, scheme_at, text_of
from kb.domain.case_study import CaseStatus
from kb.domain.concept import UNADOPTED, Concept, Scheme
from kb.domain.entry import Entry, Listing
from kb.domain.errors import Invalid, NotFound, WrongState
from kb.domain.lesson import LessonBase
from kb.domain.marking import Marking
from kb.domain.operation import OTHER_BEARERS, BearingStep, OperationKind
from kb.domain.permission import Permission, demand
from kb.domain.ports import Catalogue, Searcher
from kb.domain.query import LARGEST_PAGE, Filter, Scope, SearchQuery
from kb.domain.record import Kind
from kb.domain.record_units import group_of, record_of
from kb.domain.text import Prose, Value, normal_line
from kb.domain.thesaurus import compared
from kb.services.bearing_steps import may_tag
from kb.services.concept_acts import ConceptActs, Words
from kb.services.concepts import FACET_OF
from kb.services.kept_bodies import KeptBodies
from kb.services.retagging import Chosen
from kb.services.tag_operations import MOST_STEPS, TagOperations
from kb.services.vocabulary import Vocabularies, Vocabulary

NEW = "+"
"""How a choice begins that names one of the new labels, by its number from 0, instead of a key."""
OUT_OF_SEARCH = frozenset(status.value for status in CaseStatus if status is not CaseStatus.PUBLISHED)


class Part(Value):
    """What a concept is split into: one that stands already, or one that is to be made."""

    choice: str
    label: str


class BearerLine(Chosen):
    """A place that bears the concept, with what a coordinator reads to decide."""

    field: str
    title: str
    text: Prose
    case_title: str
    marking: Marking
    single: bool = False
    """Whether it holds one concept at most."""


class SplitPlan(Value):
    """The concept, into what it is to be split, and the places that bear it and that the actor may see and change."""

    concept: Concept
    parts: tuple[Part, ...]
    bearers: tuple[BearerLine, ...]


class Choice(Chosen):
    """What one place is to get instead: keys, or numbers of new labels after a NEW."""

    field: str
    parts: tuple[str, ...]


class Splitting:
    """Use cases of coordinators over a concept that turned out to mean two things."""

    def __init__(
        self,
        catalogue: Catalogue,
        engine: Searcher,
        vocabularies: Vocabularies,
        *,
        concept_acts: ConceptActs,
        kept: KeptBodies,
        operations: TagOperations,
    ) -> None:
        self._catalogue = catalogue
        self._engine = engine
        self._vocabularies = vocabularies
        self._concept_acts = concept_acts
        self._kept = kept
        self._operations = operations

    def plan(
        self,
        actor: Account | None,
        scheme: Scheme,
        key: str,
        *,
        into: Iterable[str] = (),
        new: Iterable[str] = (),
    ) -> SplitPlan:
        """Tell what bears a concept; raises Invalid, naming each label and each part that conflicts with what stands."""
        account = demand(actor, Permission.CURATE_CONCEPTS)
        vocabulary = self._vocabularies.of(account)
        concept = self._whole(vocabulary, scheme, key)
        parts = (*self._standing_parts(vocabulary, concept, into), *self._new_parts(account, scheme, new))
        found = self._bearers(account, scheme, key)
        bearers = tuple(sorted(found, key=lambda each: (each.case_title.casefold(), each.case)))
        if len(bearers) > MOST_STEPS:
            sentence = f"{len(bearers)} entries bear it; at most {MOST_STEPS} are looked through at once."
            raise Invalid(
                (
                    "into",
                    f"{sentence} Search for some of them, change the tags of these results, then split the others.",
                )
            )
        return SplitPlan(concept=concept, parts=parts, bearers=bearers)

    def carry_out(
        self,
        actor: Account | None,
        scheme: Scheme,
        key: str,
        choices: Iterable[Choice],
        *,
        new: Iterable[str] = (),
        reason: str,
    ) -> str:
        """Give the chosen places what was chosen for them, each as it was looked at; what was not chosen stays as it is.

        New concepts are made first; they stay when the split is taken back. Gives the operation's id; raises Invalid.
        """
        account = demand(actor, Permission.CURATE_CONCEPTS)
        labels, chosen = tuple(new), [each for each in choices if each.parts]
        vocabulary = self._vocabularies.of(account)
        concept = self._whole(vocabulary, scheme, key)
        standing = {part for each in chosen for part in each.parts if not part.startswith(NEW)}
        known = {part.choice for part in self._standing_parts(vocabulary, concept, sorted(standing))}
        known |= {part.choice for part in self._new_parts(account, scheme, labels)}
        if any(part not in known for each in chosen for part in each.parts):
            raise Invalid(("into", "Choose one of the list."))
        planned = [step for each in chosen if (step := self._step(account, concept, each))]
        self._operations.demand_sound(planned, reason)
        keys = {
            f"{NEW}{number}": self._concept_acts.create(
                account, scheme, Words(label=label), broader=concept.broader
            ).key
            for number, label in enumerate(labels)
        }
        steps = tuple(
            step.model_copy(update={"add": tuple(keys.get(part, part) for part in step_parts)})
            for step, step_parts in planned
        )
        return self._operations.begin(account, OperationKind.SPLIT, steps, reason)

    def _whole(self, vocabulary: Vocabulary, scheme: Scheme, key: str) -> Concept:
        concept = vocabulary.get(scheme, key)
        if concept is None:
            raise NotFound
        if concept.is_group or concept.status in UNADOPTED or not vocabulary.stands(scheme, key):
            raise WrongState("Lessons do not bear it in its own right, so there is nothing to split.")
        return concept

    def _standing_parts(
        self, vocabulary: Vocabulary, concept: Concept, keys: Iterable[str]
    ) -> Iterator[Part]:
        offered = {each.key: each for each in vocabulary.choices(concept.scheme)}
        for key in keys:
            if key == concept.key or key not in offered:
                raise Invalid(("into", "Choose others of the same vocabulary that are in use."))
            yield Part(choice=key, label=offered[key].label())

    def _new_parts(self, account: Account, scheme: Scheme, labels: Iterable[str]) -> Iterator[Part]:
        """Give the parts that are to be made; raises Invalid, naming what each label conflicts with."""
        seen = set[str]()
        for number, label in enumerate(labels):
            if compared(label) in seen:
                raise Invalid(("new", f"“{normal_line(label)}” stands here twice."))
            seen.add(compared(label))
            self._concept_acts.looking.create(account, scheme, Words(label=label))
            yield Part(choice=f"{NEW}{number}", label=normal_line(label))

    def _bearers(self, account: Account, scheme: Scheme, key: str) -> Iterator[BearerLine]:
        replacements = self._vocabularies.thesaurus().replacements
        for entry in self._bearing(account, scheme, key):
            record = self._kept.of(entry)
            if not isinstance(record, BEARERS) or not may_tag(account, record):
                continue
            for bearing in borne(record):
                if bearing.scheme is scheme and key in replacements.among_keys(scheme, bearing.keys):
                    yield _line(entry, record, bearing.place)

    def _bearing(self, account: Account, scheme: Scheme, key: str) -> Iterator[Entry]:
        """Give the records that may bear it: the cases that search finds under it, and all of those that it does not find."""
        others = Listing(viewer=account.viewer, kinds=OTHER_BEARERS)
        yield from self._catalogue.list(others)
        everything = Listing(viewer=account.viewer, kinds=frozenset({Kind.CASE_STUDY}))
        facet = FACET_OF.get(scheme)
        if facet is None:
            yield from self._catalogue.list(everything)
            return
        chosen = Filter(facet=facet, values=frozenset({key}))
        asked = SearchQuery(viewer=account.viewer, scope=Scope.CASES, filters=(chosen,), size=LARGEST_PAGE)
        found, number, pages = list[str](), 1, 1
        while number <= pages:
            page = self._engine.search(asked.model_copy(update={"page": number}))
            found += [hit.case for hit in page.hits]
            number, pages = number + 1, page.pages
        yield from self._catalogue.known(account.viewer, [record_of(case) for case in found]).values()
        yield from self._catalogue.list(everything.model_copy(update={"statuses": OUT_OF_SEARCH}))

    def _step(
        self, account: Account, concept: Concept, choice: Choice
    ) -> tuple[BearingStep, tuple[str, ...]] | None:
        """Give what is to be done in a chosen place, if it exists for the actor and is theirs to change."""
        record = self._operations.looked_at(account, choice.case, choice.revision)
        place = Place(choice.lesson, choice.field)
        keys = keys_at(record, place) if record else None
        if keys is None or scheme_at(place) is not concept.scheme:
            return None
        if choice.field in SINGLE and len(choice.parts) > 1:
            raise Invalid(("give", "A lesson has one stage at most: choose one for each."))
        replacements = self._vocabularies.thesaurus().replacements
        gone = tuple(key for key in keys if replacements.of(concept.scheme, key) == concept.key)
        step = BearingStep(
            case=choice.case, revision=choice.revision, lesson=choice.lesson, field=choice.field, remove=gone
        )
        return (step, choice.parts) if gone else None


def _line(entry: Entry, record: Bearer, place: Place) -> BearerLine:
    holder = holder_at(record, place.lesson)
    lesson = holder if isinstance(holder, LessonBase) else None
    return BearerLine(
        case=group_of(entry.ref),
        revision=entry.revision,
        lesson=place.lesson,
        field=place.field,
        title=lesson.title if lesson else record.title,
        text=lesson.text if lesson else text_of(record),
        case_title=record.title,
        marking=record.audience.marking,
        single=place.field in SINGLE,
    )
