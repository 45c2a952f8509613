"""`kb import` and `kb export`: records in and out, in bulk."""

from __future__ import annotations

from pathlib import Path

import click

from kb.cli.context import CommandContext, pass_context
from kb.cli.errors import FOUND_PROBLEMS
from kb.cli.progress import progress
from kb.cli.tables import count_lines, read_mapping_file, rows_of
from kb.domain.account import OPERATOR
from kb.services.exporting import ExportAudience
from kb.services.import_checks import ImportChecks, places_of
from kb.services.importing import ImportRequest, RowFate, RowReport


@click.command(
    "import",
    short_help="Bring in an export, or any table.",
    epilog="""\b
Examples:
  kb import backup.jsonl                                   restore an export as it stands
  kb import talks.csv --mapping talks.toml --as me@unit.example      drafts of yours, to be reviewed
  kb import lessons.jsonl --mapping docs/mappings/nasa-llis.toml --publish --dry-run
""",
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--format", "form", type=click.Choice(["jsonl", "csv"]), help="Default: by the file's ending.")
@click.option(
    "--mapping",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="How columns become cases (TOML).",
)
@click.option(
    "--as", "email", metavar="EMAIL", help="On whose behalf: their drafts, their organisation's cases."
)
@click.option("--publish", is_flag=True, help="Publish mapped rows at once, without review. Audited.")
@click.option(
    "--checks",
    type=click.Choice([each.value for each in ImportChecks]),
    default=ImportChecks.BLOCK.value,
    show_default=True,
    help="block: reject rows that hold personal or operational data; report: let them in and say so. Audited.",
)
@click.option("--dry-run", is_flag=True, help="Say what would happen; change nothing.")
@pass_context
def import_(
    context: CommandContext,
    file: Path,
    form: str | None,
    *,
    mapping: Path | None,
    email: str | None,
    publish: bool,
    checks: str,
    dry_run: bool,
) -> None:
    """Import FILE: an export of Casebook's own, or any table through a mapping.

    A row that cannot go in is told on standard error with its number and reason; the rest goes in. Importing the same
    file again imports nothing twice. Exit status 1 says that rows were rejected.
    """
    request = ImportRequest(
        mapping=read_mapping_file(mapping) if mapping else None,
        on_behalf=context.account(email) if email else None,
        publish=publish,
        checks=ImportChecks(checks),
        dry_run=dry_run,
    )
    total = count_lines(file)
    with progress("Importing") as advance:

        def tell(report: RowReport) -> None:
            if report.fate is RowFate.REJECTED:
                click.echo(f"row {report.number}: {report.reason}", err=True)
            elif report.findings:
                click.echo(f"row {report.number} goes in with {places_of(report.findings)}", err=True)
            advance(report.number, total)

        counts = context.settled.importing.run(OPERATOR, rows_of(file, form), request, tell)
    would = "would be " if dry_run else ""
    click.echo(
        f"{counts[RowFate.IMPORTED]} {would}imported, {counts[RowFate.PRESENT]} there already, "
        f"{counts[RowFate.REJECTED]} rejected"
    )
    if counts[RowFate.REJECTED]:
        raise SystemExit(FOUND_PROBLEMS)


@click.command(
    short_help="Write out records, one line of JSON each.",
    epilog="""\b
Examples:
  kb export > everything.jsonl                  all records (an operator's act, audited)
  kb export --audience public > clear.jsonl     what may leave the community
  kb export --as me@unit.example > mine.jsonl   what one account may read
""",
)
@click.option(
    "--format", type=click.Choice(["jsonl"]), default="jsonl", show_default=True, expose_value=False
)
@click.option("--as", "email", metavar="EMAIL", help="What this account may read, in the form shown to it.")
@click.option(
    "--audience",
    type=click.Choice([ExportAudience.PUBLIC.value, ExportAudience.OFFICERS.value]),
    help="public: CLEAR alone; officers: CLEAR and GREEN.",
)
@click.option(
    "--output",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="Default: standard output.",
)
@pass_context
def export(context: CommandContext, email: str | None, audience: str | None, output: Path | None) -> None:
    """Export each record's current revision, one line of JSON each, with its id and source key.

    Without --as and --audience it is everything: an operator's act, audited. The highest marking in the export is said
    on standard error: whoever passes the file on is bound by it.
    """
    if email and audience:
        raise click.UsageError("Give --as or --audience, not both.")
    whom = context.account(email) if email else ExportAudience(audience or ExportAudience.EVERYTHING)
    exporting = context.settled.exporting
    plan = exporting.plan(OPERATOR, whom)
    with (
        click.open_file(str(output or "-"), "w", encoding="utf-8") as stream,
        progress("Exporting") as advance,
    ):
        for number, line in enumerate(exporting.lines(plan), 1):
            stream.write(f"{line}\n")
            advance(number, len(plan.entries))
    click.echo(f"{len(plan.entries)} records, highest marking TLP:{plan.marking.value}", err=True)
