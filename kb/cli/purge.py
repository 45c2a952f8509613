"""`kb purge`: take a text out of everything that this installation can reach."""

from __future__ import annotations

from typing import IO

import click

from kb.cli.context import CommandContext, pass_context
from kb.domain.account import OPERATOR
from kb.domain.errors import Invalid
from kb.domain.record import Kind
from kb.domain.revision import RecordRef
from kb.services.purging import PurgeTarget


@click.command(
    short_help="Take texts out of all records, for good.",
    epilog="""\b
Examples:
  kb purge case-study/abcdefghij --reason "personal data" --dry-run
  kb purge --containing leaked.txt --reason "a name was left in" --yes
  echo "the words" | kb purge --containing - --reason "a name was left in" --yes
""",
)
@click.argument("records", nargs=-1, metavar="[KIND/ID]...")
@click.option(
    "--containing",
    type=click.File("r", encoding="utf-8"),
    help="A file (or -) with the text: every revision of any record that holds it. Never on the command line, "
    "which others could read.",
)
@click.option("--reason", required=True, help="Kept in the audit log; never repeat the text in it.")
@click.option("--dry-run", is_flag=True, help="List the revisions; change nothing.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@pass_context
def purge(
    context: CommandContext,
    records: tuple[str, ...],
    containing: IO[str] | None,
    reason: str,
    *,
    dry_run: bool,
    yes: bool,
) -> None:
    """Purge whole records (a case with its submissions), or every revision that holds a text.

    Headers and chains stay, texts go: from files, catalogue and index. What cannot be reached is named at the end.
    """
    target = PurgeTarget(
        records=tuple(_ref(each) for each in records),
        containing=_text(containing) if containing else "",
    )
    if not records and not target.containing.strip():
        raise click.UsageError("Name records, or give a text with --containing.")
    purging = context.settled.purging
    plan = purging.plan(OPERATOR, target)
    for each in plan:
        click.echo(f"{each.kind.value}/{each.id} revision {each.revision}")
    click.echo(f"{len(plan)} revisions", err=True)
    if dry_run or not plan:
        return
    if not yes:
        click.confirm("Purge them for good?", abort=True, err=True)
    report = purging.carry_out(OPERATOR, target, reason)
    click.echo(f"{len(report.revisions)} revisions purged. Not reached:", err=True)
    for place in report.unreachable:
        click.echo(f"  {place}", err=True)


def _text(file: IO[str]) -> str:
    try:
        return file.read()
    except UnicodeDecodeError:
        raise Invalid(
            ("containing", f"{file.name} is not UTF-8 text. Save it as UTF-8 and purge again.")
        ) from None


def _ref(text: str) -> RecordRef:
    kind, _, identifier = text.partition("/")
    try:
        return RecordRef(kind=Kind(kind), id=identifier)
    except ValueError:
        kinds = ", ".join(Kind)
        raise Invalid(("records", f"{text!r} names no record. Write KIND/ID; kinds: {kinds}.")) from None
