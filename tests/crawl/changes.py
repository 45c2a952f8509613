"""What is done to records that somebody may not see: a table of changes, one line each, done to a record of every kind and marking."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import NamedTuple

from kb.domain.account import OPERATOR
from kb.domain.case_study import CaseStudy
from kb.domain.concept import Concept, ConceptStatus, Scheme
from kb.domain.event import Event, Workshop
from kb.domain.lesson import Difficulty, Outcome
from kb.domain.marking import Audience, Marking
from kb.domain.practice import Practice
from kb.domain.record import Kind
from kb.domain.resource import Resource
from kb.domain.revision import Body, RecordRef
from kb.domain.submission import Submission
from kb.domain.workflow import SubmissionStatus
from kb.services.applications import Told
from kb.services.purging import PurgeTarget
from kb.services.submission_view import SubmissionView
from tests.crawl.canaries import Canaries
from tests.crawl.home import CrawledHome
from tests.crawl.people import AUTHOR, COLLEAGUE, REVIEWER
from tests.fakes.clock import NOON
from tests.reviewing import all_passed

OWN = {"owner": AUTHOR.organisation, "author": AUTHOR.id, "status": "published", "superseded_by": None}
NAMED = (AUTHOR.id, COLLEAGUE.id, REVIEWER.id)


class Course(NamedTuple):
    """The audiences that a hidden case has one after the other."""

    first: Audience
    narrower: Audience
    wider: Audience


AMBER, STRICT = Audience(marking=Marking.AMBER), Audience(marking=Marking.AMBER_STRICT)
RED = Audience(marking=Marking.RED, persons=NAMED)
COURSES: dict[str, Course] = {
    "canaryamber": Course(AMBER, STRICT, Audience(marking=Marking.AMBER, countries=("IS",))),
    "canarystrict": Course(STRICT, RED, STRICT),
    "canaryred": Course(RED, Audience(marking=Marking.RED, persons=(AUTHOR.id, REVIEWER.id)), STRICT),
}
"""By the id of the case; each is for officers in Vienna at most, for some in Austria or Iceland, or for whom RED names."""
DRAFT, SENT, FOR_NAMED = "canarydraft", "canarysent", "canaryfornamed"
SUBMISSIONS: dict[str, Audience] = {DRAFT: Audience(), SENT: Audience(), FOR_NAMED: RED}
SEEN = "canaryseena"
"""A case that every officer may read."""
OPEN = Workshop(opens=NOON.date(), closes=NOON.date())
EVENT, RESOURCE, PROPOSED = "canaryevent", "canaryresource", "tag.canaryproposed"


def _case(canaries: Canaries, audience: Audience, **fields: object) -> CaseStudy:
    return canaries.sown(CaseStudy, **(OWN | {"audience": audience} | fields))


def hidden(canaries: Canaries, *, waiting: bool) -> list[tuple[str, Body]]:
    """Give a record of each kind and marking; with `waiting` also what every coordinator reads."""
    records: list[tuple[str, Body]] = [
        (name, _case(canaries, course.first, event=EVENT)) for name, course in COURSES.items()
    ]
    for name, audience in SUBMISSIONS.items():
        sent = SubmissionStatus.DRAFT if name == DRAFT else SubmissionStatus.SUBMITTED
        submission = canaries.sown(
            Submission,
            target=f"canarytarget{name}",
            based_on=0,
            status=sent,
            author=AUTHOR.id,
            co_authors=(),
            reviewer=None,
            wanted=None,
            comments=(),
            body=_case(canaries, audience),
        )
        if waiting or name != SENT:
            records.append((name, submission))
    private = {"owner": AUTHOR.organisation}
    records.append((EVENT, canaries.sown(Event, audience=AMBER, workshop=OPEN, **private)))
    records.append((RESOURCE, canaries.sown(Resource, audience=STRICT, **private)))
    if waiting:
        records.append((PROPOSED, _proposed(canaries)))
    return records


def _proposed(canaries: Canaries) -> Concept:
    return canaries.sown(
        Concept,
        scheme=Scheme.TAG,
        key="canaryproposed",
        broader=None,
        replaced_by=None,
        status=ConceptStatus.PROPOSED,
        proposer=AUTHOR.id,
    )


def retag(home: CrawledHome, canaries: Canaries) -> None:
    for name in COURSES:
        home.kb.case_acts.retag(
            home.account(AUTHOR.key), name, add=frozenset({canaries.word(), "canaryshared"})
        )


def rewrite(home: CrawledHome, canaries: Canaries) -> None:
    """Have a change reviewed and publish it."""
    author = home.account(AUTHOR.key)
    for name in COURSES:
        base, number = home.kb.submissions.base_of_change(author, name)
        published(
            home, home.kb.submissions.create_change(author, name, number, _case(canaries, base.audience))
        )


def published(home: CrawledHome, draft: SubmissionView) -> None:
    """Take a draft through review."""
    reviewer = home.account(REVIEWER.key)
    sent = home.kb.submissions.submit(home.account(AUTHOR.key), draft.id, draft.revision)
    taken = home.kb.reviews.take(reviewer, sent.id, sent.revision)
    passed = all_passed(home.kb, reviewer, taken)
    home.kb.reviews.publish(reviewer, passed.id, passed.revision)


def begin_change(home: CrawledHome, canaries: Canaries) -> None:
    """Leave a change unfinished."""
    author = home.account(AUTHOR.key)
    for name in COURSES:
        base, number = home.kb.submissions.base_of_change(author, name)
        home.kb.submissions.create_change(author, name, number, _case(canaries, base.audience))


def edit(home: CrawledHome, canaries: Canaries) -> None:
    author = home.account(AUTHOR.key)
    known = home.kb.submissions.get(author, DRAFT)
    home.kb.submissions.save(author, DRAFT, known.revision, _case(canaries, Audience()))


def review(home: CrawledHome, canaries: Canaries) -> None:
    reviewer = home.account(REVIEWER.key)
    waiting = home.kb.submissions.get(reviewer, FOR_NAMED)
    taken = home.kb.reviews.take(reviewer, FOR_NAMED, waiting.revision)
    home.kb.reviews.request_changes(reviewer, FOR_NAMED, taken.revision, canaries.word())


def withdraw(home: CrawledHome, _: Canaries) -> None:
    for name in (DRAFT, FOR_NAMED):
        author = home.account(AUTHOR.key)
        home.kb.submissions.withdraw(author, name, home.kb.submissions.get(author, name).revision)


def remark(home: CrawledHome, canaries: Canaries, to: Callable[[Course], Audience]) -> None:
    for name, course in COURSES.items():
        home.kb.case_acts.remark(home.account(AUTHOR.key), name, to(course), canaries.word())


def retire(home: CrawledHome, canaries: Canaries) -> None:
    for name in COURSES:
        home.kb.case_acts.retire(home.account(AUTHOR.key), name, canaries.word())


def supersede(home: CrawledHome, canaries: Canaries) -> None:
    first, *others = COURSES
    for name in others:
        home.kb.case_acts.supersede(home.account(AUTHOR.key), name, first, canaries.word())


def reinstate(home: CrawledHome, canaries: Canaries) -> None:
    for name in COURSES:
        home.kb.case_acts.reinstate(home.account(AUTHOR.key), name, canaries.word())


def discuss(home: CrawledHome, canaries: Canaries) -> None:
    """Ask and answer about hidden cases, and take an answer back; write in the workshop of a hidden event."""
    author = home.account(AUTHOR.key)
    topic = next(iter(home.kb.events.get(author, EVENT).event.topics))
    begun = home.kb.workshops.ask(author, EVENT, topic, canaries.word())
    home.kb.workshops.answer(author, EVENT, begun.key, canaries.word())
    for name in COURSES:
        lesson = home.kb.cases.get(author, name).case.lessons[0].key
        asked = home.kb.discussions.ask(author, name, lesson, canaries.word())
        home.kb.discussions.answer(author, name, asked.key, canaries.word())
        again = home.kb.discussions.answer(author, name, asked.key, canaries.word())
        home.kb.discussions.withdraw(author, name, again.key)


def distil(home: CrawledHome, canaries: Canaries) -> None:
    """Distil a practice from each hidden case, endorsed where a coordinator may read it, and say that one applied the solution."""
    author, register, applications = home.account(AUTHOR.key), home.kb.practice_acts, home.kb.applications
    for name in COURSES:
        solution = f"{name}/{home.kb.cases.get(author, name).case.solutions[0].key}"
        begun = register.begun(author, (solution,))
        words = canaries.sown(
            Practice, audience=begun.audience, rests_on=(solution,), contradicted_by=(), review_by=None
        )
        proposed = register.propose(author, words)
        if REVIEWER.id in begun.audience.persons:
            register.endorse(home.account(REVIEWER.key), proposed.id, proposed.revision)
        subject = applications.subject(author, solution=solution)
        told = Told(
            outcome=Outcome.WORKED,
            month=applications.this_month(),
            note=canaries.word(),
            marking=subject.offered[0],
        )
        applications.apply(author, subject, told)


def name_seen(home: CrawledHome, canaries: Canaries) -> None:
    """Let hidden cases name one that everybody may read as telling the same difficulty."""
    author = home.account(AUTHOR.key)
    key = home.kb.cases.get(author, SEEN).case.difficulties[0].key
    for name in COURSES:
        base, number = home.kb.submissions.base_of_change(author, name)
        draft = home.kb.submissions.create_change(author, name, number, _same(base, f"{SEEN}/{key}"))
        published(home, draft)


def _same(case: CaseStudy, unit: str) -> CaseStudy:
    lessons = tuple(
        each.model_copy(update={"same_as": (unit,)}) if isinstance(each, Difficulty) else each
        for each in case.lessons
    )
    return case.model_copy(update={"lessons": lessons})


def follow(home: CrawledHome, _: Canaries) -> None:
    """Bring everything that is derived in order anew."""
    home.kb.indexing.rebuild(OPERATOR)


def purge(home: CrawledHome, _: Canaries) -> None:
    refs = [*_refs(Kind.CASE_STUDY, COURSES), *_refs(Kind.SUBMISSION, [DRAFT])]
    refs += [*_refs(Kind.EVENT, [EVENT]), *_refs(Kind.RESOURCE, [RESOURCE])]
    home.kb.purging.carry_out(OPERATOR, PurgeTarget(records=tuple(refs)), "Somebody asked.")


def _refs(kind: Kind, names: Iterable[str]) -> Iterable[RecordRef]:
    return (RecordRef(kind=kind, id=name) for name in names)


Change = Callable[[CrawledHome, Canaries], None]
CHANGES: Mapping[str, Change] = {
    "retagged": retag,
    "rewritten": rewrite,
    "discussed": discuss,
    "distilled": distil,
    "the same": name_seen,
    "changed": begin_change,
    "edited": edit,
    "reviewed": review,
    "narrowed": partial(remark, to=lambda course: course.narrower),
    "widened": partial(remark, to=lambda course: course.wider),
    "withdrawn": withdraw,
    "superseded": supersede,
    "retired": retire,
    "reinstated": reinstate,
    "followed": follow,
    "purged": purge,
}
"""In this order, after the records were added."""
