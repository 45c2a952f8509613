"""`kb digest`: what people are told by e-mail, sent by a timer."""

from __future__ import annotations

import json

import click

from kb.cli.context import CommandContext, pass_context
from kb.cli.errors import FOUND_PROBLEMS
from kb.domain.account import OPERATOR
from kb.services.digests import MailRun, MailStatus


@click.command(
    short_help="Remind, and send what people are told by e-mail.",
    epilog="""\b
Examples:
  kb digest                    for a timer, every quarter of an hour
  kb digest --dry-run          what would be sent, to whom
  kb digest --status           what waits, and whom the last try did not reach
""",
)
@click.option("--dry-run", is_flag=True, help="Send nothing and change nothing; say what would be sent.")
@click.option(
    "--at-once", is_flag=True, help="Only what is wished for at once: the server does it by itself."
)
@click.option("--status", is_flag=True, help="Say what waits, and change nothing.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for scripts.")
@pass_context
def digest(context: CommandContext, *, dry_run: bool, at_once: bool, status: bool, as_json: bool) -> None:
    """Ask owners whether what is due is still true, and send daily digests, mails at once and what failed before.

    May be run as often as you like, also twice at once. Exit status 1 says that something did not leave; it is tried
    again by a later run.
    """
    if status:
        found = context.services.digests.status(OPERATOR)
        click.echo(found.model_dump_json() if as_json else _status_text(found))
        if found.failures:
            raise SystemExit(FOUND_PROBLEMS)
        return
    kb = context.services if at_once else context.settled
    run = kb.digests.run(OPERATOR, at_once=at_once, dry_run=dry_run)
    click.echo(_json_of(run) if as_json else _text_of(run, dry_run=dry_run))
    if run.failed:
        raise SystemExit(FOUND_PROBLEMS)


def _json_of(run: MailRun) -> str:
    letters = [{"to": each.to, "subject": each.subject} for each in run.letters]
    return json.dumps({**run.model_dump(mode="json"), "letters": letters}, ensure_ascii=False)


def _text_of(run: MailRun, *, dry_run: bool) -> str:
    shown = [f"{each.to}: {each.subject}" for each in run.letters] if dry_run else []
    counts = (
        f"{len(run.letters)} mails {'would be ' if dry_run else ''}sent with {run.notices} notices, "
        f"{run.failed} failed, {run.dropped} notices needed none, {run.reminders} review dates stand"
    )
    return "\n".join([*shown, counts])


def _status_text(found: MailStatus) -> str:
    failing = [f"failed    {each.email}: {each.sentence}" for each in found.failures]
    return "\n".join([f"mail      {found.place}", f"waiting   {found.waiting} notices", *failing])
