"""The facts of a reference record as lines of text, each beside its source; what nobody has looked up is said to be unknown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kb.domain.instrument import Instrument, Participation
from kb.domain.jurisdiction import Answer, Desk, Jurisdiction
from kb.domain.record import Source
from kb.domain.reference import Reference
from kb.domain.resource import Resource

UNTOLD = "not stated by its source"


def facts(record: Reference, questions: Iterable[str]) -> Iterator[str]:
    """Give the lines of a record; a country answers all `questions`, in their order."""
    match record:
        case Resource():
            yield from _resource(record)
        case Instrument():
            yield from _instrument(record)
        case Jurisdiction():
            yield from _jurisdiction(record, questions)
    yield from _part("Public sources", map(_source, record.sources))


def _resource(resource: Resource) -> Iterator[str]:
    yield f"  {resource.type.value}; {resource.provider or 'provider not stated'}; cost: {resource.cost.value}"
    yield f"  who may have it: {resource.eligible or UNTOLD}"
    yield f"  languages: {', '.join(resource.languages) or UNTOLD}"
    yield f"  helps with: {', '.join(resource.difficulties) or 'no difficulty named'}"
    if resource.link:
        yield f"  {resource.link}"
    yield from _prose(resource.summary)


def _instrument(instrument: Instrument) -> Iterator[str]:
    yield f"  {'; '.join(filter(None, (instrument.force.value, instrument.force_note)))}"
    yield f"  serves to: {', '.join(instrument.needs) or 'no need named'}"
    yield f"  used by themselves by: {', '.join(instrument.users) or 'not stated'}"
    yield from _prose(instrument.gives)
    yield from _prose(instrument.who_may_ask)
    must_say = (_written(f"[ ] {each.text}", each.provision) for each in instrument.requirements)
    yield from _part("What a request must say", must_say)
    yield from _prose(instrument.conditions)
    limits = (_written(f"{each.what}: {each.limit}", each.provision) for each in instrument.time_limits)
    yield from _part("Time limits", limits)
    yield from _part("Which countries; one that is missing is unknown", map(_line, instrument.participation))
    yield from _prose(instrument.participation_note)


def _jurisdiction(law: Jurisdiction, questions: Iterable[str]) -> Iterator[str]:
    yield from _prose(law.summary)
    yield from _part("The checklist; unknown is no “no”", map(_answer, law.answered(questions)))
    yield from _part("Desks", map(_desk, law.desks))


def _part(title: str, lines: Iterable[str]) -> Iterator[str]:
    told = tuple(lines)
    if told:
        yield from ("", title, *(f"  {line}" for line in told))


def _prose(text: str) -> Iterator[str]:
    if text:
        yield from ("", text)


def _written(text: str, provision: str) -> str:
    return f"{text} ({provision})" if provision else text


def _line(line: Participation) -> str:
    since = f"since {line.since}" if line.since else ""
    return "; ".join(
        filter(None, (f"{line.country} {line.standing.value}", since, line.note, _source(line.source)))
    )


def _answer(answer: Answer) -> str:
    source = _source(answer.source) if answer.source else ""
    return "; ".join(filter(None, (f"{answer.question}: {answer.reply.value}", answer.note, source)))


def _desk(desk: Desk) -> str:
    return "; ".join(filter(None, (f"{desk.role.value}: {desk.name}", desk.note, _source(desk.source))))


def _source(source: Source) -> str:
    looked = f"as of {source.as_of}" if source.as_of else ""
    return ", ".join(filter(None, (source.title, str(source.url or ""), looked)))
