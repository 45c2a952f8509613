"""`kb practices`: the register of good practices, for terminals and scripts."""

from __future__ import annotations

import json

import click

from kb.cli.context import CommandContext, pass_context
from kb.cli.reading import as_json, as_somebody, reader
from kb.domain.dump import dump
from kb.domain.evidence import Strength
from kb.domain.practice import PracticeLabel, PracticeStatus
from kb.services.practices import PracticeFilter, PracticeLine, PracticeView


@click.group(
    epilog="""\b
Examples:
  kb practices list --strength replicated
  kb practices show ID --json
"""
)
def practices() -> None:
    """The register of good practices, and what speaks for each."""


@practices.command(
    "list",
    short_help="List practices, each with how it did and how strong the evidence is.",
    epilog="""\b
Examples:
  kb practices list
  kb practices list --label worked --strength replicated --as me@unit.example
  kb practices list --status retired --json
""",
)
@click.option("--label", type=click.Choice([label.value for label in PracticeLabel]))
@click.option("--strength", type=click.Choice([strength.value for strength in Strength]))
@click.option(
    "--status",
    type=click.Choice([status.value for status in PracticeStatus]),
    help="Default: all but retired.",
)
@as_somebody
@as_json
@pass_context
def list_(
    context: CommandContext,
    label: str | None,
    strength: str | None,
    status: str | None,
    *,
    email: str | None,
    as_json: bool,
) -> None:
    """List the practices that exist for the reader; the strength of evidence is computed from what they may see."""
    wanted = PracticeFilter.model_validate({"label": label, "strength": strength, "status": status})
    for line in context.settled.practices.list(reader(context, email), wanted):
        click.echo(json.dumps(_plain(line), ensure_ascii=False) if as_json else _text(line))


@practices.command(
    short_help="Show a practice.",
    epilog="""\b
Examples:
  kb practices show ID
  kb practices show ID --json --as me@unit.example
""",
)
@click.argument("identifier", metavar="ID")
@as_somebody
@as_json
@pass_context
def show(context: CommandContext, identifier: str, *, email: str | None, as_json: bool) -> None:
    """Show a practice: its words, the evidence with its reason, and the lessons for it and against it."""
    view = context.settled.practices.get(reader(context, email), identifier)
    if as_json:
        click.echo(json.dumps(_plain(view) | {"practice": dump(view.practice)}, ensure_ascii=False))
        return
    click.echo("\n".join((_text(view), "", view.practice.how_to, "", *_beside(view))))


def _plain(line: PracticeLine) -> dict[str, object]:
    practice, weighed = line.practice, line.weighed
    return {
        "id": line.id,
        "statement": practice.title,
        "label": practice.label.value,
        "status": practice.status.value,
        "marking": practice.audience.marking.value,
        "origin": practice.origin.value,
        "evidence": dump(weighed.evidence) | {"reason": weighed.evidence.sentence},
        "confirmation": dump(weighed.confirmation),
        "reuse": dump(weighed.reuse),
        "rests_on": list(practice.rests_on),
        "contradicted_by": list(practice.contradicted_by),
    }


def _text(line: PracticeLine) -> str:
    practice, evidence = line.practice, line.weighed.evidence
    made_up = " (illustrative)" if evidence.illustrative else ""
    strength = evidence.strength.value if evidence.strength else "no evidence yet"
    return (
        f"{practice.title}\n  {practice.status.value}; label: {practice.label.value}; "
        f"evidence: {strength}{made_up}; TLP:{practice.audience.marking.value}\n  {line.id}"
    )


def _beside(view: PracticeView) -> list[str]:
    reasons = [view.weighed.evidence.sentence]
    if view.weighed.confirmation.learned:
        reasons.append("It is a lesson learned: it worked in an organisation from which it does not come.")
    reuse = view.weighed.reuse
    reasons.append(f"Applied {reuse.total}, worked {reuse.worked}, did not work {reuse.failed}.")
    lessons = [f"rests on          {each.name}  {each.lesson.title}" for each in view.lessons]
    against = [f"contradicted by   {each.name}  {each.lesson.title}" for each in view.contradicting]
    return [*reasons, *lessons, *against]
