"""What is done about events, what is written about them and about lessons, and what is done to reference records."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from kb.domain.event import Event, EventStatus, Workshop
from kb.domain.record import Kind
from kb.domain.reference import ReferenceStatus
from kb.domain.resource import Resource
from kb.domain.workflow import Action
from kb.services.discussions import Discussions
from tests.crawl.doing import Doing
from tests.crawl.told import one_of

WEEKS = dt.timedelta(weeks=2)


def _announce(doing: Doing) -> None:
    doing.kb.event_acts.announce(doing.actor, _words(doing))


def _words(doing: Doing) -> Event:
    """Give an event whose workshop is open."""
    today = doing.home.clock.now().date()
    workshop = Workshop(opens=today - WEEKS, closes=today + WEEKS)
    return doing.canaries.sown(Event, audience=doing.audience, workshop=workshop)


def _organise(doing: Doing) -> None:
    """Change an event, cancel it or bring it back, whichever can be done."""
    view, acts = doing.kb.events.get(doing.actor, doing.pick(Kind.EVENT)), doing.kb.event_acts
    if view.event.status is not EventStatus.PUBLISHED:
        acts.step(doing.actor, view.id, view.revision, Action.REINSTATE, doing.word())
    elif doing.told.quiet:
        acts.step(doing.actor, view.id, view.revision, Action.CANCEL, doing.word())
    else:
        acts.edit(doing.actor, view.id, view.revision, _words(doing))


def _remark(doing: Doing) -> None:
    view = doing.kb.events.get(doing.actor, doing.pick(Kind.EVENT))
    doing.kb.event_acts.remark(doing.actor, view.id, view.revision, doing.audience, doing.word())


def _discuss(doing: Doing) -> None:
    """Ask about a lesson, and answer."""
    name = doing.pick(Kind.CASE_STUDY)
    lesson = one_of(doing.kb.cases.get(doing.actor, name).case.lessons, doing.which)
    _talk(doing, doing.kb.discussions, name, lesson.key)


def _take_part(doing: Doing) -> None:
    """Write about a question or a session of an event, and answer."""
    name = doing.pick(Kind.EVENT)
    topics = doing.kb.events.get(doing.actor, name).event.topics
    _talk(doing, doing.kb.workshops, name, one_of([*topics], doing.which))


def _talk(doing: Doing, among: Discussions, name: str, topic: str) -> None:
    asked = among.ask(doing.actor, name, topic, doing.word())
    answer = among.answer(doing.actor, name, asked.key, doing.word())
    if doing.told.quiet:
        among.withdraw(doing.actor, name, answer.key)


def _keep(doing: Doing) -> None:
    """Change a resource, retire it or bring it back, whichever can be done."""
    acts = doing.kb.reference_acts
    view = doing.kb.reference.get(doing.actor, Kind.RESOURCE, doing.pick(Kind.RESOURCE))
    if view.record.status is ReferenceStatus.RETIRED:
        acts.reinstate(doing.actor, Kind.RESOURCE, view.id, view.revision, doing.word())
    elif doing.told.quiet:
        acts.retire(doing.actor, Kind.RESOURCE, view.id, view.revision, doing.word())
    else:
        words = doing.canaries.sown(Resource, difficulties=(), provider_type=None, review_by=None)
        acts.edit(doing.actor, view.id, view.revision, words)


EVENT_ACTS: dict[str, Callable[[Doing], object]] = {
    "announce": _announce,
    "organise": _organise,
    "remark an event": _remark,
    "discuss": _discuss,
    "take part": _take_part,
    "keep a resource": _keep,
}
