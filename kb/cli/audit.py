"""`kb audit`: what was done, and the proof that nobody changed the log of it."""

from __future__ import annotations

import datetime as dt
import json

import click

from kb.cli.audit_forms import FORMS
from kb.cli.context import CommandContext, pass_context
from kb.cli.errors import FOUND_PROBLEMS
from kb.cli.progress import progress
from kb.domain.account import OPERATOR
from kb.domain.audit import AuditLine
from kb.domain.audit_chain import Head
from kb.services.audit import AuditQuestion

LIMIT = 50


@click.group(
    epilog="""\b
Examples:
  kb audit verify
  kb audit verify --head "$(cat /mnt/elsewhere/audit-head)"
  kb audit show --action account --since 2026-11-01
  kb audit export audit.csv
"""
)
def audit() -> None:
    """Read the audit log, and verify that nobody changed it."""


@audit.command(short_help="Was the log changed? Exit status 1 says so.")
@click.option(
    "--head", metavar="NUMBER:MAC", help="As an earlier run printed it: rows since cut off show too."
)
@click.option("--newer", is_flag=True, help="Look only at rows since that head; those before are believed.")
@pass_context
def verify(context: CommandContext, *, head: str | None, newer: bool) -> None:
    """Look through the whole log: does each row fit its seal, and is none missing?

    Prints the head, the newest row's number and seal. Note it outside this machine: rows cut off at the end show only
    when the log is compared with a head that was noted before. Where something is not in order it prints no head, names
    the first row where it shows, and ends with status 1.
    """
    if newer and not head:
        raise click.UsageError("Say since which head: --newer goes with --head.")
    noted = Head.read(head) if head else None
    with progress("Verifying") as advance:
        verdict = context.services.audit.verify(OPERATOR, noted, advance, from_noted=newer)
    if verdict.fault:
        click.echo(f"kb: row {verdict.number}: {verdict.fault.value}", err=True)
        raise SystemExit(FOUND_PROBLEMS)
    click.echo(str(verdict.head))
    click.echo(f"{verdict.rows} rows, each fits the one before.", err=True)


@audit.command()
@click.option("--subject", default="", metavar="ID", help="A record, as ID or KIND/ID, or an account.")
@click.option("--actor", default="", metavar="EMAIL", help="Who acted, by address or id.")
@click.option(
    "--action",
    default="",
    metavar="NAME",
    help="Such as publish, sign-in.refused; account stands for account.*.",
)
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="From this day on, in UTC.")
@click.option("--limit", type=click.IntRange(1), default=LIMIT, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON object per line.")
@pass_context
def show(
    context: CommandContext,
    *,
    subject: str,
    actor: str,
    action: str,
    since: dt.datetime | None,
    limit: int,
    as_json: bool,
) -> None:
    """Show lines of the log, the newest first."""
    question = AuditQuestion(
        subject=subject, actor=actor, action=action, since=since.date() if since else None
    )
    for line in context.services.audit.lines(OPERATOR, question, limit):
        click.echo(json.dumps(line.model_dump(mode="json"), ensure_ascii=False) if as_json else _text(line))


@audit.command(short_help="Write the whole log to FILE, or - for standard output.")
@click.argument("file", type=click.Path(dir_okay=False, writable=True, allow_dash=True))
@click.option("--format", "form", type=click.Choice([*FORMS]), default="csv", show_default=True)
@pass_context
def export(context: CommandContext, file: str, *, form: str) -> None:
    """Write the whole log, the oldest line first. That it was taken out is a line of the log, too."""
    lines = context.services.audit.export(OPERATOR, form)
    with click.open_file(file, "w", encoding="utf-8", lazy=False) as stream:
        for text in FORMS[form](lines):
            stream.write(text)


def _text(line: AuditLine) -> str:
    subject = f" {line.subject}" if line.subject else ""
    detail = f" ({line.detail})" if line.detail else ""
    return f"{line.number}  {line.at:%Y-%m-%d %H:%M:%S}  {line.actor}  {line.action}{subject}  {line.result.value}{detail}"
