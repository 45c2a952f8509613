"""Retagging: concepts put on all results of a search, or taken off them, after a look at what that changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Literal

from kb.domain.account import Account
from kb.domain.bearing import BEARERS, SINGLE, Bearer, Place, holder_at, keys_at, places_for
from kb.domain.concept import ConceptStatus, Scheme
from kb.domain.entry import Listing
from kb.domain.errors import Invalid, NotFound
from kb.domain.identifier import LessonKey
from kb.domain.lesson import LessonBase
from kb.domain.operation import BearerName, BearingStep, OperationKind
from kb.domain.permission import Permission, demand, permits
from kb.domain.ports import Catalogue
from kb.domain.query import LARGEST_PAGE, SearchPage, SearchRequest
from kb.domain.record import Kind
from kb.domain.record_units import record_of
from kb.domain.replacement import Replacements
from kb.domain.text import Value
from kb.domain.unit import UnitKind
from kb.services.bearing_steps import may_tag
from kb.services.records import Records
from kb.services.searching import Searching
from kb.services.tag_operations import MOST_STEPS, TagOperations
from kb.services.vocabulary import Vocabularies, Vocabulary

RETAGGED = (Scheme.TAG, Scheme.DIFFICULTY, Scheme.STAGE, Scheme.CHANNEL, Scheme.PHENOMENON)
"""The schemes whose concepts are put on results. Whether a partner helped or hindered is told by a person, case by case."""

TOO_MANY = (
    "These are {} results; at most {} are changed at once. Narrow the search, say to a country or a year, and change the "
    "others afterwards."
)


class Retag(Value):
    """What is to be put on, and what is to be taken off; each is one concept, or none."""

    scheme: Scheme
    add: str = ""
    remove: str = ""


class Chosen(Value):
    """One of the results, as it was looked at."""

    case: BearerName
    revision: int
    lesson: LessonKey | Literal[""] = ""


class RetagLine(Value):
    """A result, and what would be changed of it."""

    chosen: Chosen
    title: str
    case_title: str
    kind: UnitKind
    bears: tuple[str, ...] = ()
    """The concepts of the scheme that stand there now."""
    step: BearingStep | None = None
    """None where nothing would be changed."""
    takes_none: bool = False
    """It has no place for concepts of the vocabulary."""


class RetagPlan(Value):
    """What a retagging would affect, as far as whoever asks may see and change it."""

    lines: tuple[RetagLine, ...]
    not_yours: int = 0
    """Results of records whose tags the actor does not change."""
    others: int = 0
    """Results that are gone, or hidden, since search looked."""

    @property
    def changing(self) -> tuple[RetagLine, ...]:
        """Give the lines that would be changed."""
        return tuple(line for line in self.lines if line.step)

    @property
    def staying(self) -> tuple[RetagLine, ...]:
        """Give the lines that would not."""
        return tuple(line for line in self.lines if not line.step)


class Retagging:
    """Use cases of coordinators, and of owners over their own cases."""

    def __init__(
        self,
        searching: Searching,
        records: Records,
        catalogue: Catalogue,
        vocabularies: Vocabularies,
        operations: TagOperations,
    ) -> None:
        self._searching = searching
        self._records = records
        self._catalogue = catalogue
        self._vocabularies = vocabularies
        self._operations = operations

    def is_offered(self, actor: Account | None) -> bool:
        """Say whether the actor can have a case to retag: a coordinator, or somebody whose organisation has one."""
        account = demand(actor, Permission.READ)
        if permits(account, Permission.TAG_CASE):
            return True
        if not account.organisation:
            return False
        own = Listing(
            viewer=account.viewer,
            kinds=frozenset({Kind.CASE_STUDY}),
            owner=account.organisation.id,
            limit=1,
        )
        return bool(self._catalogue.list(own))

    def found(self, actor: Account | None, request: SearchRequest) -> SearchPage:
        """Give what all results are counted by, so that one can choose what is to be taken off them."""
        return self._searching.search(actor, request.model_copy(update={"size": 1, "page": 1}))

    def plan(self, actor: Account | None, request: SearchRequest, retag: Retag) -> RetagPlan:
        """Tell what it would change of all results of a search; raises Invalid, naming what does not go together."""
        account = demand(actor, Permission.READ)
        self._demand_sound(self._vocabularies.of(account), retag)
        cases = cache(lambda case: self._current(account, case))
        lines, not_yours, others = list[RetagLine](), 0, 0
        for case, lesson in self._found(account, request):
            known = cases(case)
            if known is None:
                others += 1
            elif not may_tag(account, known[1]):
                not_yours += 1
            else:
                chosen = Chosen(case=case, revision=known[0], lesson=lesson)
                line = self._line(chosen, known[1], retag)
                lines += [line] if line else []
        return RetagPlan(lines=tuple(lines), not_yours=not_yours, others=others)

    def carry_out(self, actor: Account | None, chosen: Iterable[Chosen], retag: Retag, reason: str) -> str:
        """Change the chosen results, each as it was looked at; gives the operation's id.

        What does not exist for the actor, or is not theirs to change, takes no part; raises Invalid where nothing is left.
        """
        account = demand(actor, Permission.READ)
        self._demand_sound(self._vocabularies.of(account), retag)
        steps = tuple(
            line.step
            for each in dict.fromkeys(chosen)
            if (case := self._operations.looked_at(account, each.case, each.revision))
            if (line := self._line(each, case, retag)) and line.step
        )
        return self._operations.begin(account, OperationKind.RETAG, steps, reason)

    def _demand_sound(self, vocabulary: Vocabulary, retag: Retag) -> None:
        added = vocabulary.get(retag.scheme, retag.add) if retag.add else None
        offered = added and added.status is ConceptStatus.ADOPTED and not added.is_group
        standing = {vocabulary.standing(retag.scheme, key) for key in (retag.add, retag.remove) if key}
        problems = (
            (retag.scheme not in RETAGGED, "scheme", "Choose another vocabulary: this one is told by hand."),
            (not standing, "add", "Choose what is to be put on, or what is to be taken off."),
            (bool(retag.add) and not offered, "add", "Choose one that is in use: this one is not offered."),
            (
                bool(retag.remove) and vocabulary.get(retag.scheme, retag.remove) is None,
                "remove",
                "Choose one of the list.",
            ),
            (
                bool(retag.add and retag.remove) and len(standing) == 1,
                "remove",
                "It would be put on and taken off at once: one stands for the other. Choose another one.",
            ),
        )
        if found := [(field, sentence) for wrong, field, sentence in problems if wrong]:
            raise Invalid(*found)

    def _found(self, account: Account, request: SearchRequest) -> Iterator[tuple[str, str]]:
        """Give case and lesson of each result; raises Invalid where there are more than anybody looks through."""
        wanted = {"folded": False, "as_typed": True, "size": LARGEST_PAGE}
        for number in range(1, -(-MOST_STEPS // LARGEST_PAGE) + 1):
            page = self._searching.search(account, request.model_copy(update={**wanted, "page": number}))
            if page.total > MOST_STEPS:
                raise Invalid(("", TOO_MANY.format(page.total, MOST_STEPS)))
            yield from ((hit.case, hit.key or "") for hit in page.hits)

    def _current(self, account: Account, name: str) -> tuple[int, Bearer] | None:
        try:
            revision = self._records.current(account, record_of(name))
        except NotFound:
            return None
        return (revision.number, revision.body) if isinstance(revision.body, BEARERS) else None

    def _line(self, chosen: Chosen, record: Bearer, retag: Retag) -> RetagLine | None:
        """Give what it would change of a result; None of a lesson that the case has no more."""
        holder = holder_at(record, chosen.lesson)
        if holder is None:
            return None
        replacements = self._records.replacements
        field = next(iter(places_for(holder, retag.scheme)), None)
        keys = (keys_at(record, Place(chosen.lesson, field)) or ()) if field else ()
        return RetagLine(
            chosen=chosen,
            title=holder.title,
            case_title=record.title,
            kind=UnitKind(
                holder.kind if isinstance(holder, LessonBase) else record_of(chosen.case).kind.value
            ),
            bears=replacements.among_keys(retag.scheme, keys),
            step=_step(chosen, field, keys, retag, replacements) if field else None,
            takes_none=field is None,
        )


def _step(
    chosen: Chosen, field: str, keys: Sequence[str], retag: Retag, replacements: Replacements
) -> BearingStep | None:
    """Give what is to be done, if anything: what was merged into a concept goes with it, and a single value is not put upon another."""

    def stands(key: str) -> str:
        return replacements.of(retag.scheme, key)

    gone = tuple(key for key in keys if retag.remove and stands(key) == stands(retag.remove))
    left = {stands(key) for key in keys if key not in gone}
    is_new = bool(retag.add) and stands(retag.add) not in left
    if not (gone or is_new) or (is_new and left and field in SINGLE):
        return None
    added = (retag.add,) if is_new else ()
    return BearingStep(**dict(chosen), field=field, remove=gone, add=added)
