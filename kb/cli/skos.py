"""`kb tags export` and `kb tags import`: vocabularies as a thesaurus in SKOS, out and in."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import click

from kb.cli.context import CommandContext, pass_context
from kb.cli.errors import FOUND_PROBLEMS
from kb.domain.account import OPERATOR
from kb.domain.concept import Scheme
from kb.domain.skos import MOST_BYTES
from kb.domain.thesaurus_plan import Fate, PlanLine, ThesaurusPlan
from kb.services.thesaurus_transfer import Imported, ThesaurusAudience

SCHEMES = tuple(scheme.value for scheme in Scheme)
MOST_SHOWN = 20
"""Lines of each fate that are written out; --json gives all."""


@click.command(
    "export",
    short_help="Write vocabularies as SKOS in Turtle.",
    epilog="""\b
Examples:
  kb tags export vocabularies.ttl
  kb tags export --scheme tag --audience public -
""",
)
@click.argument("file", type=click.Path(dir_okay=False, writable=True, allow_dash=True, path_type=Path))
@click.option(
    "--audience",
    type=click.Choice([ThesaurusAudience.PUBLIC.value]),
    help="public: what is in use alone.",
)
@click.option(
    "--scheme", "schemes", multiple=True, type=click.Choice(SCHEMES), help="Only this one; repeat it."
)
@click.option("--as", "email", metavar="EMAIL", help="What this account may see; without it, everything.")
@pass_context
def export_tags(
    context: CommandContext, file: Path, audience: str | None, schemes: tuple[str, ...], email: str | None
) -> None:
    """Write the vocabularies to FILE, or to standard output for “-”: the same bytes for the same concepts."""
    actor = context.acting(email) if email else OPERATOR
    whom = ThesaurusAudience(audience) if audience else ThesaurusAudience.SELF
    wanted = tuple(Scheme(each) for each in schemes or SCHEMES)
    content = context.settled.thesaurus_transfer.export(actor, whom, wanted)
    with click.open_file(str(file), "wb") as stream:
        stream.write(content)


@click.command(
    "import",
    short_help="Bring in a thesaurus in SKOS: a plan first.",
    epilog="""\b
Examples:
  kb tags import vocabularies.ttl --dry-run
  kb tags import others.ttl --scheme tag --reason "the words of our neighbours" --as coordinator@unit.example
""",
)
@click.argument("file", type=click.Path(dir_okay=False, exists=True, allow_dash=True, path_type=Path))
@click.option("--scheme", "into", type=click.Choice(SCHEMES), help="Where concepts of others' thesauri go.")
@click.option("--dry-run", is_flag=True, help="Show the plan; change nothing.")
@click.option("--reason", default="", help="Kept in the history of each concept; needed without --dry-run.")
@click.option(
    "--as",
    "email",
    metavar="EMAIL",
    help="Act for this coordinator; without it, for whoever holds the files.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@pass_context
def import_tags(
    context: CommandContext,
    file: Path,
    into: str | None,
    reason: str,
    email: str | None,
    *,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Import FILE, a thesaurus in SKOS as Turtle: what is new, changed, retired; all of it, or, with a trouble, nothing.

    Concepts that are not in the file stay as they are. Importing the same file again changes nothing. Exit status 1
    says that something stands in the way.
    """
    if not dry_run and not reason:
        raise click.UsageError("Give --reason, or --dry-run to see the plan alone.")
    transfer = context.settled.thesaurus_transfer
    actor = context.acting(email) if email else OPERATOR
    with click.open_file(str(file), "rb") as stream:
        content = stream.read(MOST_BYTES + 1)
    plan = transfer.plan(actor, content, Scheme(into) if into else None)
    _tell_plan(plan, as_json=as_json)
    if plan.troubles:
        raise SystemExit(FOUND_PROBLEMS)
    if not dry_run:
        _tell_done(transfer.carry_out(actor, plan, reason=reason), as_json=as_json)


def _tell_plan(plan: ThesaurusPlan, *, as_json: bool) -> None:
    if as_json:
        for line in plan.todo:
            _line(kind=line.fate.value, concept=line.after.id, revision=line.revision, changes=line.changes)
        for trouble in plan.troubles:
            _line(kind="trouble", **trouble.model_dump())
        _line(kind="plan", **_counts(plan), absent=plan.absent, left=dict(plan.left))
        return
    for fate in (Fate.NEW, Fate.CHANGED, Fate.RETIRED):
        _tell_fate(fate, plan.of(fate))
    for what, count in plan.left:
        click.echo(f"not kept: {what}, {count} times")
    for trouble in plan.troubles:
        click.echo(f"{trouble.condition} <{trouble.subject}> {trouble.sentence}".lstrip(), err=True)
    counts = ", ".join(f"{count} {name}" for name, count in _counts(plan).items())
    click.echo(f"{counts}; {plan.absent} not in the file stay as they are")


def _tell_fate(fate: Fate, lines: Sequence[PlanLine]) -> None:
    for line in lines[:MOST_SHOWN]:
        told = f": {', '.join(line.changes)}" if line.changes else ""
        click.echo(f"{fate.value:<9} {line.after.id}  “{line.after.label()}”{told}")
    if (more := len(lines) - MOST_SHOWN) > 0:
        click.echo(f"{fate.value:<9} and {more} more")


def _counts(plan: ThesaurusPlan) -> dict[str, int]:
    return {fate.value: len(plan.of(fate)) for fate in Fate}


def _tell_done(done: Imported, *, as_json: bool) -> None:
    if as_json:
        _line(kind="done", **done.model_dump())
        return
    click.echo(f"{done.saved} concepts saved.")
    for each in done.stale:
        click.echo(
            f"{each}: somebody saved it at the same moment. Import the file again to see what is left.",
            err=True,
        )
    for subject, sentence in done.met:
        click.echo(f"<{subject}> {sentence}", err=True)


def _line(**facts: object) -> None:
    click.echo(json.dumps(facts, ensure_ascii=False))
