"""What Hypothesis draws to be done to records, through the services.

A deed is tried as one officer after the other until the rules let somebody do it; where nobody may, nothing is done.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import NamedTuple

from hypothesis import strategies as st

from kb.domain.account import OPERATOR, Account
from kb.domain.concept import ConceptStatus, Scheme
from kb.domain.errors import KnowledgeBaseError
from kb.domain.marking import Marking
from kb.domain.query import SearchRequest
from kb.domain.record import Kind
from kb.domain.revision import RecordRef
from kb.services.concept_acts import Words
from kb.services.purging import PurgeTarget
from tests.crawl.canaries import Canaries, told_by
from tests.crawl.case_deeds import CASE_ACTS
from tests.crawl.doing import Doing
from tests.crawl.event_deeds import EVENT_ACTS
from tests.crawl.home import CrawledHome
from tests.crawl.people import ORGANISATIONS
from tests.crawl.register_deeds import REGISTER_ACTS
from tests.crawl.told import Told, one_of


class Wanted(NamedTuple):
    """One thing to be done: by which act, to which of the records, and where it matters with which audience."""

    act: str
    which: int
    told: Told

    def do(self, home: CrawledHome, canaries: Canaries) -> bool:
        """Do it as the first officer who may, and say whether there was one."""
        officers = [home.account(each.key) for each in home.people.values() if each.is_officer]
        at = self.which % len(officers)
        return any(self._try(home, canaries, each) for each in (*officers[at:], *officers[:at]))

    def _try(self, home: CrawledHome, canaries: Canaries, actor: Account) -> bool:
        try:
            ACTS[self.act](Doing(home, canaries, actor, self.which, self.told))
        except KnowledgeBaseError:
            return False
        return True


def _curate(doing: Doing) -> None:
    """Rename, retire or reinstate a concept, or decide about a proposal, whichever can be done."""
    scheme, _, key = doing.pick(Kind.CONCEPT).partition(".")
    concepts, acts, words = doing.kb.concepts, doing.kb.concept_acts, [doing.word() for _ in range(2)]
    view = concepts.get(doing.actor, Scheme(scheme), key)
    if view.concept.status is ConceptStatus.RETIRED:
        acts.reinstate(doing.actor, view.concept.scheme, key, view.revision, "So it is.")
    elif view.concept.status is ConceptStatus.PROPOSED and doing.told.quiet:
        acts.refuse(doing.actor, view.concept.scheme, key, view.revision, words[0])
    elif view.concept.status is ConceptStatus.PROPOSED:
        acts.adopt(doing.actor, view.concept.scheme, key, view.revision, "So it is.")
    elif doing.told.quiet and view.concept.status is ConceptStatus.ADOPTED:
        acts.retire(doing.actor, view.concept.scheme, key, view.revision, words[0])
    else:
        acts.rename(
            doing.actor,
            view.concept.scheme,
            key,
            view.revision,
            words[0],
            definition=words[1],
            reason="So it is.",
        )


def _purge_text(doing: Doing) -> None:
    chain = doing.home.chain(Kind.CASE_STUDY, doing.pick(Kind.CASE_STUDY))
    body = chain[-1].body
    word = min(told_by(body)) if body else "canarynowhere"
    doing.kb.purging.carry_out(OPERATOR, PurgeTarget(containing=word), "Somebody asked.")


def _purge(doing: Doing) -> None:
    kind = one_of([Kind.CASE_STUDY, Kind.EVENT, Kind.SUBMISSION, Kind.CONCEPT], doing.told.variant)
    target = PurgeTarget(records=(RecordRef(kind=kind, id=doing.pick(kind)),))
    doing.kb.purging.carry_out(OPERATOR, target, "Somebody asked.")


ACTS: dict[str, Callable[[Doing], object]] = {
    **CASE_ACTS,
    **EVENT_ACTS,
    **REGISTER_ACTS,
    "add a tag": lambda doing: doing.kb.concept_acts.create(
        doing.actor, Scheme.TAG, Words(label=doing.word())
    ),
    "curate": _curate,
    "follow": lambda doing: doing.kb.saved_searches.save(doing.actor, SearchRequest(text=doing.actor.name)),
    "purge": _purge,
    "purge a text": _purge_text,
    "rebuild": lambda doing: doing.kb.indexing.rebuild(OPERATOR),
}
NARROW = (Marking.RED, Marking.AMBER_STRICT, Marking.AMBER)
ABOUT_EVERYBODY = frozenset({"add a tag", "curate", "follow"})
"""Acts that show themselves to all, or to who did it, whatever records are marked."""
ALWAYS = ("change", "discuss", "propose a practice", "apply", "announce", "take part")
"""Done in every example, one after the other: each brings in something of a kind of its own; others are drawn."""


def _told(kind: Kind, *markings: Marking) -> st.SearchStrategy[Told]:
    owners = st.sampled_from((*ORGANISATIONS, None))
    marking = st.sampled_from(markings or tuple(Marking))
    return st.builds(Told, st.just(kind), marking, st.booleans(), owners, st.integers(0, 23))


EACH = (Kind.CASE_STUDY, Kind.CASE_STUDY, Kind.CASE_STUDY, Kind.SUBMISSION, Kind.SUBMISSION)
RECORDS = st.tuples(*map(_told, (*EACH, Kind.CONCEPT, Kind.EVENT, Kind.RESOURCE)))
CASES = st.tuples(*[_told(Kind.CASE_STUDY, *NARROW)] * 3)
HIDDEN = CASES.flatmap(lambda cases: RECORDS.map(lambda drawn: (*cases, *drawn[3:])))
"""Records of which few people see each case."""


def _wanted(acts: Collection[str], *markings: Marking) -> st.SearchStrategy[Wanted]:
    return st.builds(
        Wanted, st.sampled_from(sorted(acts)), st.integers(0, 11), _told(Kind.CASE_STUDY, *markings)
    )


def _always(*markings: Marking) -> list[st.SearchStrategy[Wanted]]:
    return [_wanted((act,), *markings) for act in ALWAYS]


DEEDS = st.sampled_from((2, 5)).flatmap(lambda size: st.tuples(*_always(), *[_wanted(ACTS)] * size))
SECRET_DEEDS = st.tuples(*_always(*NARROW), _wanted({*ACTS} - ABOUT_EVERYBODY, *NARROW))
"""What is done to these, so that they stay hidden from many."""
