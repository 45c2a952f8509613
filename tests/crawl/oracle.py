"""Who may read what: written from the rules in words (TLP 2.0 with originator control), knowing nothing of the product's own code.

Of the records it uses their fields alone, and asks no predicate of theirs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kb.domain.account import Role
from kb.domain.application import Application, ApplicationStatus
from kb.domain.case_study import CaseStatus, CaseStudy
from kb.domain.concept import Concept, ConceptStatus
from kb.domain.discussion import Discussion, Post
from kb.domain.event import Event
from kb.domain.lesson import CrossBorderIssue, Difficulty
from kb.domain.marking import Audience, Marking, Organisation
from kb.domain.operation import Operation
from kb.domain.practice import Practice
from kb.domain.record import Record
from kb.domain.revision import Body, Revision
from kb.domain.submission import Submission
from kb.domain.workflow import SubmissionStatus
from tests.crawl.canaries import canaries_in, told_by
from tests.crawl.people import Person

Chain = tuple[Revision, ...]
Chains = Mapping[str, Chain]
"""By `kind/id`."""
BEFORE_DECISION = frozenset(
    {
        SubmissionStatus.SUBMITTED,
        SubmissionStatus.IN_REVIEW,
        SubmissionStatus.CHANGES_REQUESTED,
        SubmissionStatus.PUBLISHING,
    }
)


def may_read(person: Person, body: Body | None) -> bool:
    """Say whether a text exists for somebody; nothing does for who is no officer, or disabled."""
    if not person.is_officer or body is None:
        return False
    match body:
        case Operation() | Discussion():
            return False
        case Concept():
            return (
                body.status is not ConceptStatus.PROPOSED
                or person.id == body.proposer
                or person.has(Role.COORDINATOR)
            )
        case Submission():
            return person.id in _authors(body) or (
                body.status in BEFORE_DECISION
                and person.has(Role.COORDINATOR)
                and (body.body.audience.marking is not Marking.RED or person.id in body.body.audience.persons)
            )
    return _may_read_record(person, body)


def _may_read_record(person: Person, body: Record) -> bool:
    meant = _is_meant(person, body.audience, body.owner)
    match body:
        case Practice(released=False):
            return person.id in body.writers or (meant and person.has(Role.COORDINATOR))
        case Application(status=ApplicationStatus.WITHDRAWN):
            return person.id == body.author
        case CaseStudy(status=CaseStatus.UNPUBLISHED):
            return meant and _works_for(person, body.owner)
    return meant


def _works_for(person: Person, owner: Organisation | None) -> bool:
    return person.organisation is not None and owner is not None and person.organisation.id == owner.id


def _is_meant(person: Person, audience: Audience, owner: Organisation | None) -> bool:
    home = person.organisation
    match audience.marking:
        case Marking.CLEAR | Marking.GREEN:
            return True
        case Marking.AMBER:
            own = {owner.country} if owner else set()
            return home is not None and home.country in own | set(audience.countries)
        case Marking.AMBER_STRICT:
            return home is not None and owner is not None and home.id == owner.id
        case Marking.RED:
            return person.id in audience.persons


def may_know_origin(person: Person, body: Body | None) -> bool:
    """Say whether somebody may learn where a text comes from: under Chatham House only its owners, and who writes it."""
    if isinstance(body, Submission):
        return person.id in _authors(body) or may_know_origin(person, body.body)
    if body is None or isinstance(body, Concept | Operation | Discussion) or not body.audience.chatham_house:
        return True
    return (
        person.organisation is not None and body.owner is not None and person.organisation.id == body.owner.id
    )


def _authors(submission: Submission) -> tuple[str, ...]:
    return (submission.author, *submission.co_authors)


def readable(person: Person, chain: Chain) -> Chain:
    """Give the revisions that somebody may read: those whose own audience and today's both let them."""
    if not chain or not may_read(person, chain[-1].body):
        return ()
    return tuple(each for each in chain if may_read(person, each.body))


def seen(person: Person, chains: Chains) -> Mapping[tuple[str, int], object]:
    """Give all of the records that exist for somebody: each revision in the form shown to them, and who saved it and why.

    Of a text that was buried they know where their organisation owns the record.
    """
    found: dict[tuple[str, int], object] = {}
    for name, chain in chains.items():
        known = readable(person, chain)
        for revision in chain if known and _owns(person, chain[-1].body) else known:
            header = revision.header
            by = header.saved_by if _knows_origin(person, revision, chain) else ""
            shown = _shown(person, revision, chain) if revision in known else None
            words = words_of(person, revision, chain, chains) if revision in known else None
            found[name, revision.number] = (shown, words, header.saved_at, by, header.action, revision.note)
    return found | {(name, 0): told for name, told in discussions(person, chains).items()}


def discussions(person: Person, chains: Chains) -> Mapping[str, Discussion]:
    """Give what is written now about the cases and events that exist for somebody: of what was before nobody is told.

    Where the case or event withholds where it comes from, or did when somebody wrote, its owners alone know who that was, and when.
    """
    found: dict[str, Discussion] = {}
    for name, chain in chains.items():
        body = chain[-1].body
        subject = chains.get(_discussed(body), ()) if isinstance(body, Discussion) else ()
        if isinstance(body, Discussion) and subject and readable(person, subject):
            found[name] = body.model_copy(
                update={"posts": tuple(_post(person, each, subject[-1].body) for each in body.posts)}
            )
    return found


def _discussed(discussion: Discussion) -> str:
    return f"event/{discussion.event}" if discussion.event else f"case-study/{discussion.case}"


def _post(person: Person, post: Post, subject: Body | None) -> Post:
    assert isinstance(subject, Record)
    withheld = post.chatham_house or subject.audience.chatham_house
    if post.by == person.id or not withheld or _owns(person, subject):
        return post
    month = post.at.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return post.model_copy(update={"by": "nobody", "organisation": None, "at": month})


def _owns(person: Person, body: Body | None) -> bool:
    owner = body.owner if isinstance(body, Record) else None
    return person.organisation is not None and owner is not None and person.organisation.id == owner.id


def words_for(person: Person, chains: Chains, people: Iterable[Person]) -> frozenset[str]:
    """Give every canary that somebody may be told."""
    allowed = set(_of_persons(person, people))
    by_id = {each.id: each for each in people}
    for discussion in discussions(person, chains).values():
        told = told_by(discussion)
        allowed |= told | {by_id[each].name for each in told if each in by_id}
    for name, chain in chains.items():
        for revision in readable(person, chain):
            told = words_of(person, revision, chain, chains) | canaries_in(revision.note)
            if _knows_origin(person, revision, chain):
                told |= canaries_in(revision.header.saved_by)
            allowed |= told | canaries_in(name) | {by_id[each].name for each in told if each in by_id}
    return frozenset(allowed)


def words_of(person: Person, revision: Revision, chain: Chain, chains: Chains) -> frozenset[str]:
    """Give the canaries in one revision that somebody may be told who may read it."""
    assert revision.body is not None
    return told_by(_shown(person, revision, chain)) - _unknown(revision.body, chains, person)


def _shown(person: Person, revision: Revision, chain: Chain) -> Body:
    assert revision.body is not None
    shown = revision.body if _knows_origin(person, revision, chain) else _without_origin(revision.body)
    if isinstance(shown, Concept) and person.id != shown.proposer:
        return shown.model_copy(update={"proposer": None})
    if isinstance(revision.body, Submission) and person.id not in _authors(revision.body):
        return shown.model_copy(update={"source": ()})
    return shown


def _knows_origin(person: Person, revision: Revision, chain: Chain) -> bool:
    return may_know_origin(person, chain[-1].body) and may_know_origin(person, revision.body)


def _of_persons(person: Person, people: Iterable[Person]) -> Iterator[str]:
    """Who keeps accounts knows all; officers know themselves and, to name them for RED, the coordinators."""
    for each in people:
        known = each == person or person.has(Role.ADMINISTRATOR)
        if known:
            yield from canaries_in(each.email)
        if known or (person.is_officer and each.has(Role.COORDINATOR)):
            yield from (each.id, each.name)
            yield from told_by(each.organisation) if each.organisation else ()


def _unknown(body: Body, chains: Chains, person: Person) -> frozenset[str]:
    """Give the words that name other records in a text which do not exist for the reader."""
    hidden = (
        name for kind, name in _named(body) if not readable(person, chains.get(f"{kind}/{_record(name)}", ()))
    )
    return frozenset(word for name in hidden for word in canaries_in(name))


def _record(name: str) -> str:
    return name.partition("/")[0]


def _named(body: Body) -> Iterator[tuple[str, str]]:
    """Give the kinds and names of other records, and of lessons in them: what took its place, is the same, or it rests on."""
    match body:
        case Submission():
            yield from _named(body.body)
        case CaseStudy():
            same = (unit for each in body.lessons if isinstance(each, Difficulty) for unit in each.same_as)
            yield from (("case-study", unit) for unit in (*same, body.superseded_by) if unit)
        case Practice():
            yield from (("case-study", unit) for unit in (*body.rests_on, *body.contradicted_by))
        case Application():
            yield ("practice", body.practice) if body.practice else ("case-study", body.solution or "")


def _without_origin(body: Body) -> Body:
    """Give a text without organisation, countries, corridor ends, event, presenter, contact, author and the key of its import."""
    if isinstance(body, Submission):
        hidden = {"author": "nobody", "co_authors": (), "comments": _without(body, _authors(body))}
        return body.model_copy(update={**hidden, "body": _without_origin(body.body)})
    if isinstance(body, Concept | Operation | Discussion):
        return body
    nowhere: dict[str, object] = {"owner": None, "audience": Audience(marking=body.audience.marking)}
    if isinstance(body, CaseStudy):
        corridors = tuple(
            each.model_copy(update={"from_country": None, "to_countries": ()})
            if isinstance(each, CrossBorderIssue)
            else each
            for each in body.lessons
        )
        nowhere |= {
            "lead_country": None, "other_countries": (), "lessons": corridors, "event": None, "session": None,
            "presenter_role": "", "contact": "", "author": None, "source_key": "",
        }  # fmt: skip
    if isinstance(body, Event):
        programme = tuple(each.model_copy(update={"countries": ()}) for each in body.programme)
        nowhere |= {"organiser": "", "place": "", "programme": programme}
    if isinstance(body, Practice):
        nowhere |= {"writers": ()}
    if isinstance(body, Application):
        nowhere |= {"author": None}
    return body.model_copy(update=nowhere)


def _without(submission: Submission, authors: Iterable[str]) -> tuple[object, ...]:
    known = set(authors)
    return tuple(
        each.model_copy(
            update={
                "by": "nobody" if each.by in known else each.by,
                "resolved_by": "nobody" if each.resolved_by in known else each.resolved_by,
            }
        )
        for each in submission.comments
    )
