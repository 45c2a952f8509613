"""`kb reference`: resources, instruments and the legislation of countries, for terminals and scripts."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

import click

from kb.cli.context import CommandContext, pass_context
from kb.cli.reading import as_json, as_somebody, reader
from kb.cli.reference_facts import facts
from kb.domain.account import Account
from kb.domain.dump import dump
from kb.domain.reference import Reference
from kb.services.reference import References
from kb.services.reference_view import ReferenceView

Views = Sequence[ReferenceView[Reference]]
LISTS: dict[str, Callable[[References, Account], Views]] = {
    "resources": References.resources,
    "instruments": References.instruments,
    "legislation": References.jurisdictions,
}
ONES: dict[str, Callable[[References, Account, str], ReferenceView[Reference]]] = {
    "resources": References.resource,
    "instruments": References.instrument,
    "legislation": References.jurisdiction,
}
KIND = click.Choice(list(LISTS))


@click.group(
    epilog="""\b
Examples:
  kb reference list resources
  kb reference show instruments budapest-29
  kb reference show legislation AT --json
"""
)
def reference() -> None:
    """Resources, instruments, legislation, each with its source."""


@reference.command(
    "list",
    short_help="List the records of a kind, each with the day on which it was looked at.",
    epilog="""\b
Examples:
  kb reference list instruments
  kb reference list resources --json --as me@unit.example
""",
)
@click.argument("kind", type=KIND)
@as_somebody
@as_json
@pass_context
def list_(context: CommandContext, kind: str, *, email: str | None, as_json: bool) -> None:
    """List the records of a KIND that exist for the reader; retired ones are left out, countries come by their names."""
    for view in LISTS[kind](context.settled.reference, reader(context, email)):
        click.echo(_line(view) if as_json else _text(view))


@reference.command(
    short_help="Show one record, with its facts and their sources.",
    epilog="""\b
Examples:
  kb reference show instruments eio
  kb reference show legislation DE --json
""",
)
@click.argument("kind", type=KIND)
@click.argument("identifier", metavar="ID")
@as_somebody
@as_json
@pass_context
def show(context: CommandContext, kind: str, identifier: str, *, email: str | None, as_json: bool) -> None:
    """Show one record: a resource by its id, an instrument by the key of its channel, legislation by the country's code."""
    references, actor = context.settled.reference, reader(context, email)
    view = ONES[kind](references, actor, identifier)
    if as_json:
        click.echo(_line(view))
        return
    click.echo("\n".join((_text(view), *facts(view.record, references.questions(actor)))))


def _line(view: ReferenceView[Reference]) -> str:
    plain = {"id": view.id, "revision": view.revision, "overdue": view.overdue, "body": dump(view.record)}
    return json.dumps(plain, ensure_ascii=False)


def _text(view: ReferenceView[Reference]) -> str:
    record = view.record
    looked = f"as of {record.as_of}" if record.as_of else "nobody has said for which day"
    late = "; not looked at in time" if view.overdue else ""
    return f"{record.title}\n  {record.status.value}; {looked}{late}; TLP:{record.audience.marking.value}\n  {view.id}"
