"""What Hypothesis draws: records of every kind, marking and status, and what is then done to them through the services.

A deed is tried as one officer after the other until the rules let somebody do it; where nobody may, nothing is done.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeVar

from hypothesis import strategies as st

from kb.domain.account import OPERATOR, Account
from kb.domain.case_study import CaseStatus, CaseStudy
from kb.domain.concept import Concept, ConceptStatus, Scheme
from kb.domain.errors import KnowledgeBaseError, NotFound
from kb.domain.event import Event
from kb.domain.marking import Audience, Marking, Organisation
from kb.domain.query import SearchRequest
from kb.domain.record import Kind
from kb.domain.resource import Resource
from kb.domain.revision import Body, RecordRef
from kb.domain.submission import Comment, Submission
from kb.domain.workflow import SubmissionStatus
from kb.services.concept_acts import Words
from kb.services.purging import PurgeTarget
from tests.crawl.canaries import Canaries, told_by
from tests.crawl.home import CrawledHome
from tests.crawl.people import ORGANISATIONS, Person
from tests.reviewing import all_passed

T = TypeVar("T")


class Told(NamedTuple):
    """A record as Hypothesis draws it; everything else in it is sown."""

    kind: Kind
    marking: Marking
    quiet: bool
    owner: Organisation | None
    variant: int
    """Which status, which author, which persons are named: taken round the lists of these."""

    def body(self, canaries: Canaries, cast: Sequence[Person]) -> Body:
        """Give the record, written by somebody of this cast."""
        officers = [each.id for each in cast if each.is_officer]
        author, other = (_of(officers, self.variant + at) for at in (0, 1))
        return _BODIES[self.kind](self, canaries, author, other)

    def audience(self, *persons: str) -> Audience:
        named = persons if self.marking is Marking.RED else ()
        countries = ("FR",) if self.marking is Marking.AMBER and self.variant % 2 else ()
        return Audience(
            marking=self.marking,
            countries=countries,
            persons=tuple(dict.fromkeys(named)),
            chatham_house=self.quiet,
        )


def _of(values: Sequence[T], which: int) -> T:
    return values[which % len(values)]


def _case(told: Told, canaries: Canaries, author: str, other: str) -> CaseStudy:
    status = _of([CaseStatus.PUBLISHED, *CaseStatus], told.variant)
    return canaries.sown(
        CaseStudy, audience=told.audience(author, other), owner=told.owner, author=author, status=status
    )


def _submission(told: Told, canaries: Canaries, author: str, other: str) -> Submission:
    return canaries.sown(
        Submission,
        based_on=0,
        status=_of([*SubmissionStatus], told.variant),
        author=author,
        co_authors=(other,) if told.variant % 3 == 0 else (),
        reviewer=None,
        wanted=None,
        comments=(canaries.sown(Comment, by=author),),
        body=_case(told._replace(variant=0), canaries, author, other),
    )


def _concept(told: Told, canaries: Canaries, author: str, _: str) -> Concept:
    status, scheme = _of([*ConceptStatus], told.variant), _of([*Scheme], told.variant // 3)
    return canaries.sown(Concept, scheme=scheme, status=status, proposer=author, is_group=False)


def _event(told: Told, canaries: Canaries, author: str, other: str) -> Event:
    return canaries.sown(Event, audience=told.audience(author, other), owner=told.owner)


def _resource(told: Told, canaries: Canaries, author: str, other: str) -> Resource:
    return canaries.sown(Resource, audience=told.audience(author, other), owner=told.owner)


_BODIES: dict[Kind, Callable[[Told, Canaries, str, str], Body]] = {
    Kind.CASE_STUDY: _case,
    Kind.SUBMISSION: _submission,
    Kind.CONCEPT: _concept,
    Kind.EVENT: _event,
    Kind.RESOURCE: _resource,
}


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


class Doing(NamedTuple):
    """What an act is done with."""

    home: CrawledHome
    canaries: Canaries
    actor: Account
    which: int
    told: Told

    def pick(self, kind: Kind) -> str:
        """Give the id of one of the records of a kind; raises NotFound where there is none."""
        names = [ref.id for ref in self.home.refs(kind)]
        if not names:
            raise NotFound
        return _of(names, self.which)

    def submission(self) -> tuple[str, int]:
        """Give a submission and the revision that the actor's page shows; raises NotFound where there is none for them."""
        name = self.pick(Kind.SUBMISSION)
        return name, self.home.kb.submissions.get(self.actor, name).revision

    @property
    def audience(self) -> Audience:
        coordinators = [each.id for each in self.home.people.values() if each.key == "carla"]
        return self.told.audience(self.actor.id, *coordinators)

    def case(self) -> CaseStudy:
        return self.canaries.sown(CaseStudy, audience=self.audience, status=CaseStatus.PUBLISHED)


def _publish(doing: Doing) -> None:
    kb, reviewer = doing.home.kb, doing.home.account("carla")
    draft = kb.submissions.create(doing.actor, doing.case())
    sent = kb.submissions.submit(doing.actor, draft.id, draft.revision)
    taken = kb.reviews.take(reviewer, sent.id, sent.revision)
    passed = all_passed(kb, reviewer, taken)
    kb.reviews.publish(reviewer, passed.id, passed.revision)


def _submit(doing: Doing) -> None:
    name = doing.pick(Kind.SUBMISSION)
    kb = doing.home.kb
    kb.submissions.submit(doing.actor, name, kb.submissions.get(doing.actor, name).revision)


def _decide(doing: Doing) -> None:
    """Decide about a submission, which is taken first where somebody else has it."""
    (name, number), kb, word = doing.submission(), doing.home.kb, doing.canaries.word()
    if kb.submissions.get(doing.actor, name).submission.holder != doing.actor.id:
        number = kb.reviews.take(doing.actor, name, number).revision
    if doing.told.quiet:
        kb.reviews.decline(doing.actor, name, number, word)
    else:
        kb.reviews.request_changes(doing.actor, name, number, word)


def _resolve(doing: Doing) -> None:
    """Comment on a submission, and resolve the comment."""
    name, number = doing.submission()
    view = doing.home.kb.review_comments.add(doing.actor, name, number, doing.canaries.word())
    doing.home.kb.review_comments.resolve(doing.actor, name, view.revision, view.threads[-1].key)


def _change(doing: Doing) -> None:
    name, kb = doing.pick(Kind.CASE_STUDY), doing.home.kb
    _, number = kb.submissions.base_of_change(doing.actor, name)
    draft = kb.submissions.create_change(doing.actor, name, number, doing.case())
    if doing.which % 2:
        sent = kb.submissions.submit(doing.actor, draft.id, draft.revision)
        reviewer = doing.home.account("carla")
        passed = all_passed(kb, reviewer, kb.reviews.take(reviewer, sent.id, sent.revision))
        kb.reviews.publish(reviewer, passed.id, passed.revision)


def _curate(doing: Doing) -> None:
    """Rename, retire or reinstate a concept, or decide about a proposal, whichever can be done."""
    scheme, _, key = doing.pick(Kind.CONCEPT).partition(".")
    concepts, acts, words = (
        doing.home.kb.concepts,
        doing.home.kb.concept_acts,
        [doing.canaries.word() for _ in range(2)],
    )
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
    doing.home.kb.purging.carry_out(OPERATOR, PurgeTarget(containing=word), "Somebody asked.")


def _purge(doing: Doing) -> None:
    kind = _of([Kind.CASE_STUDY, Kind.EVENT, Kind.SUBMISSION, Kind.CONCEPT], doing.told.variant)
    target = PurgeTarget(records=(RecordRef(kind=kind, id=doing.pick(kind)),))
    doing.home.kb.purging.carry_out(OPERATOR, target, "Somebody asked.")


def _cased(act: Callable[[Doing, str], object]) -> Callable[[Doing], object]:
    return lambda doing: act(doing, doing.pick(Kind.CASE_STUDY))


ACTS: dict[str, Callable[[Doing], object]] = {
    "publish": _publish,
    "submit": _submit,
    "take": lambda doing: doing.home.kb.reviews.take(doing.actor, *doing.submission()),
    "decide": _decide,
    "withdraw": lambda doing: doing.home.kb.submissions.withdraw(doing.actor, *doing.submission()),
    "change": _change,
    "retag": _cased(
        lambda doing, name: doing.home.kb.case_acts.retag(
            doing.actor, name, add=frozenset({doing.canaries.word()})
        )
    ),
    "restore": _cased(lambda doing, name: doing.home.kb.submissions.restore(doing.actor, name, 1)),
    "remark": _cased(
        lambda doing, name: doing.home.kb.case_acts.remark(
            doing.actor, name, doing.audience, doing.canaries.word()
        )
    ),
    "retire": _cased(
        lambda doing, name: doing.home.kb.case_acts.retire(doing.actor, name, doing.canaries.word())
    ),
    "supersede": _cased(
        lambda doing, name: doing.home.kb.case_acts.supersede(
            doing.actor,
            name,
            doing._replace(which=doing.which + 1).pick(Kind.CASE_STUDY),
            doing.canaries.word(),
        )
    ),
    "reinstate": _cased(
        lambda doing, name: doing.home.kb.case_acts.reinstate(doing.actor, name, doing.canaries.word())
    ),
    "unpublish": _cased(
        lambda doing, name: doing.home.kb.case_acts.unpublish(doing.actor, name, doing.canaries.word())
    ),
    "comment": lambda doing: doing.home.kb.review_comments.add(
        doing.actor, *doing.submission(), doing.canaries.word(), "title"
    ),
    "resolve": _resolve,
    "name a co-author": lambda doing: doing.home.kb.co_authors.add(
        doing.actor, *doing.submission(), _of([*doing.home.people.values()], doing.which).email
    ),
    "add a tag": lambda doing: doing.home.kb.concept_acts.create(
        doing.actor, Scheme.TAG, Words(label=doing.canaries.word())
    ),
    "curate": _curate,
    "follow": lambda doing: doing.home.kb.saved_searches.save(
        doing.actor, SearchRequest(text=doing.actor.name)
    ),
    "purge": _purge,
    "purge a text": _purge_text,
    "rebuild": lambda doing: doing.home.kb.indexing.rebuild(OPERATOR),
}


NARROW = (Marking.RED, Marking.AMBER_STRICT, Marking.AMBER)
ABOUT_EVERYBODY = frozenset({"add a tag", "curate", "follow"})
"""Acts that show themselves to all, or to who did it, whatever records are marked."""


def _told(kind: Kind, *markings: Marking) -> st.SearchStrategy[Told]:
    owners = st.sampled_from((*ORGANISATIONS, None))
    marking = st.sampled_from(markings or tuple(Marking))
    return st.builds(Told, st.just(kind), marking, st.booleans(), owners, st.integers(0, 23))


EACH = (Kind.CASE_STUDY, Kind.CASE_STUDY, Kind.CASE_STUDY, Kind.SUBMISSION, Kind.SUBMISSION)
RECORDS = st.tuples(*map(_told, (*EACH, Kind.CONCEPT, Kind.EVENT, Kind.RESOURCE)))
WANTED = st.builds(Wanted, st.sampled_from(sorted(ACTS)), st.integers(0, 11), _told(Kind.CASE_STUDY))
DEEDS = st.sampled_from((6, 10)).flatmap(lambda size: st.tuples(*[WANTED] * size))

CASES = st.tuples(*[_told(Kind.CASE_STUDY, *NARROW)] * 3)
HIDDEN = CASES.flatmap(lambda cases: RECORDS.map(lambda drawn: (*cases, *drawn[3:])))
"""Records of which few people see each case."""
SECRETLY = st.builds(
    Wanted,
    st.sampled_from(sorted({*ACTS} - ABOUT_EVERYBODY)),
    st.integers(0, 11),
    _told(Kind.CASE_STUDY, *NARROW),
)
"""What is done to these, so that they stay hidden from many."""
