"""`kb events`: conferences and workshops, for terminals and scripts."""

from __future__ import annotations

import json

import click

from kb.cli.context import CommandContext, pass_context
from kb.cli.reading import as_json, as_somebody, reader
from kb.domain.dump import dump
from kb.domain.event import Phase
from kb.services.events import EventLine, EventView


@click.group(
    epilog="""\b
Examples:
  kb events list
  kb events show ID --json
"""
)
def events() -> None:
    """Conferences and workshops, and what was presented at each."""


@events.command(
    "list",
    short_help="List events, each with where its call and its workshop stand.",
    epilog="""\b
Examples:
  kb events list
  kb events list --json --as me@unit.example
""",
)
@as_somebody
@as_json
@pass_context
def list_(context: CommandContext, *, email: str | None, as_json: bool) -> None:
    """List the events that exist for the reader, the latest first; retired ones are left out."""
    for line in context.settled.events.list(reader(context, email)):
        click.echo(json.dumps(_plain(line), ensure_ascii=False) if as_json else _text(line))


@events.command(
    short_help="Show an event.",
    epilog="""\b
Examples:
  kb events show ID
  kb events show ID --json --as me@unit.example
""",
)
@click.argument("identifier", metavar="ID")
@as_somebody
@as_json
@pass_context
def show(context: CommandContext, identifier: str, *, email: str | None, as_json: bool) -> None:
    """Show an event: programme, questions, and the case studies presented, as far as the reader is told of them."""
    view = context.settled.events.get(reader(context, email), identifier)
    if as_json:
        presented = [{"id": each.id, "title": each.title, "session": each.session} for each in view.presented]
        whole = _plain(view) | {"event": dump(view.event), "presented": presented}
        click.echo(json.dumps(whole, ensure_ascii=False))
        return
    click.echo("\n".join((_text(view), "", view.event.summary, "", *_programme(view))))


def _plain(line: EventLine) -> dict[str, object]:
    event = line.event
    return {
        "id": line.id,
        "title": event.title,
        "form": event.form.value,
        "status": event.status.value,
        "marking": event.audience.marking.value,
        "origin": event.origin.value,
        "start": event.start.isoformat() if event.start else None,
        "end": event.end.isoformat() if event.end else None,
        "call": line.call.value,
        "workshop": line.workshop.value,
    }


def _text(line: EventLine) -> str:
    event = line.event
    when = event.held or " to ".join(f"{day}" for day in (event.start, event.end) if day)
    stands = [
        f"{name} {phase.value}"
        for name, phase in (("call", line.call), ("workshop", line.workshop))
        if phase is not Phase.NONE
    ]
    facts = [event.form.value, when, event.place, event.status.value, *stands]
    facts += [f"TLP:{event.audience.marking.value}", event.origin.value]
    return f"{event.title}\n  {'; '.join(filter(None, facts))}\n  {line.id}"


def _programme(view: EventView) -> list[str]:
    lines = [f"question  {question.text}" for question in view.event.questions]
    for session in view.event.programme:
        lines.append(f"session   {session.title}")
        lines += [f"  {each.id}  {each.title}" for each in view.at(session.key)]
    return [*lines, *(f"  {each.id}  {each.title}" for each in view.elsewhere)]
