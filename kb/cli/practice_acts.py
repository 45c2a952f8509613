"""`kb practices`: what is done to practices, and what people say of having applied them."""

from __future__ import annotations

import json
from typing import TextIO

import click
from pydantic import ValidationError

from kb.cli.context import CommandContext, pass_context
from kb.cli.reading import as_json
from kb.domain.dump import dump
from kb.domain.errors import Invalid
from kb.domain.lesson import Outcome
from kb.domain.marking import Marking
from kb.domain.practice import Practice
from kb.services.applications import Told
from kb.services.import_lines import sentence_of, told
from kb.services.practice_acts import WORDS
from kb.services.practices import PracticeView
from kb.services.weighing import ApplicationView

GIVEN = WORDS | {"audience"}
"""What a file may say of a practice; everything else follows from steps."""
MOST_CHARACTERS = 256 * 1024
MARKINGS = tuple(marking.value for marking in Marking if marking is not Marking.CLEAR)

acting_as = click.option(
    "--as", "email", metavar="EMAIL", required=True, help="Who does it, and for which organisation."
)
reason_option = click.option("--reason", required=True, help="Kept in the history.")
json_file = click.File("r", encoding="utf-8")


@click.command(
    short_help="Propose a practice, from lessons and a file of words.",
    epilog="""\b
Examples:
  kb practices propose words.json --from CASE/KEY --as me@unit.example
  echo '{"label": "worked"}' | kb practices propose - --from CASE/KEY --as me@unit.example --json
""",
)
@click.argument("file", type=json_file, required=False)
@click.option("--from", "lessons", multiple=True, metavar="CASE/KEY", help="A lesson to distil; repeat it.")
@acting_as
@as_json
@pass_context
def propose(
    context: CommandContext,
    file: TextIO | None,
    lessons: tuple[str, ...],
    email: str,
    *,
    as_json: bool,
) -> None:
    """Propose a practice that distils lessons; FILE is JSON with words of its own (title, how_to, label, effect, ...).

    A coordinator who did not write it endorses it. What the file leaves out is taken from the lessons.
    """
    actor, acts = context.acting(email), context.settled.practice_acts
    begun = acts.begun(actor, lessons)
    _tell(acts.propose(actor, _changed(begun, file)), as_json=as_json)


@click.command(
    short_help="Change the words of a practice.",
    epilog="""\b
Examples:
  kb practices edit ID words.json --note "clearer" --as me@unit.example
""",
)
@click.argument("identifier", metavar="ID")
@click.argument("file", type=json_file)
@click.option("--note", default="", help="Kept in the history.")
@acting_as
@as_json
@pass_context
def edit(
    context: CommandContext, identifier: str, file: TextIO, note: str, email: str, *, as_json: bool
) -> None:
    """Change what FILE says, as JSON, of a practice; the rest stays, and the words wait to be endorsed."""
    actor, kb = context.acting(email), context.settled
    view = kb.practices.get(actor, identifier)
    words = _changed(view.practice, file)
    _tell(kb.practice_acts.edit(actor, identifier, view.revision, words, note), as_json=as_json)


@click.command(epilog="\b\nExamples:\n  kb practices endorse ID --as coordinator@unit.example\n")
@click.argument("identifier", metavar="ID")
@acting_as
@as_json
@pass_context
def endorse(context: CommandContext, identifier: str, email: str, *, as_json: bool) -> None:
    """Stand for the words of a practice that somebody else wrote; its audience reads them from then on."""
    actor, kb = context.acting(email), context.settled
    view = kb.practices.get(actor, identifier)
    _tell(kb.practice_acts.endorse(actor, identifier, view.revision), as_json=as_json)


@click.command(
    epilog='\b\nExamples:\n  kb practices retire ID --reason "outdated" --as coordinator@unit.example\n'
)
@click.argument("identifier", metavar="ID")
@reason_option
@acting_as
@as_json
@pass_context
def retire(context: CommandContext, identifier: str, reason: str, email: str, *, as_json: bool) -> None:
    """Take a practice out of search; its page stays, with the reason."""
    actor, kb = context.acting(email), context.settled
    view = kb.practices.get(actor, identifier)
    _tell(kb.practice_acts.retire(actor, identifier, view.revision, reason), as_json=as_json)


@click.command(
    epilog='\b\nExamples:\n  kb practices reinstate ID --reason "true again" --as coordinator@unit.example\n'
)
@click.argument("identifier", metavar="ID")
@reason_option
@acting_as
@as_json
@pass_context
def reinstate(context: CommandContext, identifier: str, reason: str, email: str, *, as_json: bool) -> None:
    """Bring a retired practice back, to be endorsed by another coordinator."""
    actor, kb = context.acting(email), context.settled
    view = kb.practices.get(actor, identifier)
    _tell(kb.practice_acts.reinstate(actor, identifier, view.revision, reason), as_json=as_json)


@click.group(
    epilog="""\b
Examples:
  kb practices applications list --as me@unit.example
  kb practices applications add ID --outcome worked --month 2026-10 --note "In two cases." --as me@unit.example
""",
)
def applications() -> None:
    """What you said of practices and solutions that you applied."""


@applications.command(
    "list", epilog="\b\nExamples:\n  kb practices applications list --as me@unit.example --json\n"
)
@acting_as
@as_json
@pass_context
def list_(context: CommandContext, email: str, *, as_json: bool) -> None:
    """List what you said, newest first; what others said stands beside the practice (`kb practices show`)."""
    for view in context.settled.applications.mine(context.acting(email)):
        _tell_application(view, as_json=as_json)


@applications.command(
    epilog="""\b
Examples:
  kb practices applications add ID --outcome worked --month 2026-10 --as me@unit.example
  kb practices applications add CASE/KEY --outcome did-not-work --month 2026-10 --note - --as me@unit.example < note.txt
"""
)
@click.argument("name", metavar="ID|CASE/KEY")
@click.option("--outcome", required=True, type=click.Choice([outcome.value for outcome in Outcome]))
@click.option("--month", required=True, metavar="YYYY-MM", help="When.")
@click.option("--note", default="", help="What others should know; “-” reads it from standard input.")
@click.option("--marking", type=click.Choice(MARKINGS), help="Default: the widest that it may have.")
@click.option("--chatham-house", is_flag=True, help="Tell nobody outside your organisation where it was.")
@acting_as
@as_json
@pass_context
def add(
    context: CommandContext,
    name: str,
    *,
    outcome: str,
    month: str,
    note: str,
    marking: str | None,
    email: str,
    chatham_house: bool,
    as_json: bool,
) -> None:
    """Say that your organisation applied a practice (ID) or a solution (CASE/KEY), and how it went."""
    actor, kb = context.acting(email), context.settled.applications
    subject = kb.subject(actor, solution=name) if "/" in name else kb.subject(actor, practice=name)
    said = Told(
        outcome=Outcome(outcome),
        month=month,
        note=_note(note),
        marking=Marking(marking) if marking else subject.offered[0],
        chatham_house=chatham_house,
    )
    _tell_application(kb.apply(actor, subject, said), as_json=as_json)


@applications.command(epilog="\b\nExamples:\n  kb practices applications withdraw ID --as me@unit.example\n")
@click.argument("identifier", metavar="ID")
@acting_as
@as_json
@pass_context
def withdraw(context: CommandContext, identifier: str, email: str, *, as_json: bool) -> None:
    """Take back what you said: it counts nowhere from then on."""
    actor, kb = context.acting(email), context.settled.applications
    view = kb.get(actor, identifier)
    _tell_application(kb.withdraw(actor, identifier, view.revision), as_json=as_json)


def _note(note: str) -> str:
    if note != "-":
        return note
    with click.open_file("-", encoding="utf-8") as stream:
        return str(stream.read(MOST_CHARACTERS))


def _changed(practice: Practice, file: TextIO | None) -> Practice:
    """Give a practice with what a file says; raises Invalid for what is no such file."""
    if file is None:
        return practice
    try:
        given = json.loads(file.read(MOST_CHARACTERS))
    except (json.JSONDecodeError, RecursionError):
        raise Invalid(("file", 'The file is no JSON. Write an object such as {"title": "..."}.')) from None
    if not isinstance(given, dict) or not given.keys() <= GIVEN:
        raise Invalid(("file", f"The file is a JSON object of these: {', '.join(sorted(GIVEN))}."))
    try:
        return Practice.model_validate({**dict(practice), **given})
    except ValidationError as wrong:
        raise Invalid(("file", told(sentence_of(wrong)))) from None


def _tell(view: PracticeView, *, as_json: bool) -> None:
    practice = view.practice
    facts = {"id": view.id, "revision": view.revision, "status": practice.status.value}
    if as_json:
        click.echo(json.dumps({**facts, "practice": dump(practice)}, ensure_ascii=False))
        return
    click.echo(f"{view.id}  {practice.status.value}, revision {view.revision}: {practice.title}")


def _tell_application(view: ApplicationView, *, as_json: bool) -> None:
    each = view.application
    if as_json:
        facts = {"id": view.id, "revision": view.revision, "status": each.status.value}
        click.echo(json.dumps({**facts, "application": dump(each)}, ensure_ascii=False))
        return
    subject = each.practice or each.solution
    click.echo(
        f"{view.id}  {subject}  {each.month}  {each.outcome.value}  {each.status.value}  TLP:{each.audience.marking.value}"
    )
