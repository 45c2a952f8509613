"""`kb index` and `kb fsck`: is what is derived equal to the files, and are the files what they should be."""

from __future__ import annotations

import json

import click

from kb.cli.context import CommandContext, pass_context
from kb.cli.errors import FOUND_PROBLEMS
from kb.cli.progress import progress
from kb.domain.account import OPERATOR
from kb.domain.ports import Severity
from kb.domain.query import IndexReport
from kb.services.comparison import ComparisonReport
from kb.services.indexing import IndexStatus
from kb.services.rebuilding import Rebuild

MOST_SHOWN = 50
"""Differences that a person reads; scripts get them all."""


@click.group(
    short_help="Look after what is derived from entries.",
    epilog="""\b
Examples:
  kb index status --json     do files, catalogue and index agree?
  kb index update            bring in order what differs
  kb index merge             merge what many saves have left; the server does it by itself
  kb index rebuild           build everything derived anew; the old index serves meanwhile
""",
)
def index() -> None:
    """Look after the catalogue and the search index, which are derived from entries/."""


@index.command()
@click.option("--json", "as_json", is_flag=True, help="For scripts.")
@pass_context
def status(context: CommandContext, *, as_json: bool) -> None:
    """Compare files, catalogue and index, and change nothing. Exit status 1 says that they differ."""
    found = context.services.indexing.status(OPERATOR)
    click.echo(_json_of(found) if as_json else _text_of(found))
    if not found.equal:
        raise SystemExit(FOUND_PROBLEMS)


@index.command()
@pass_context
def update(context: CommandContext) -> None:
    """Bring in order what differs from the files."""
    with progress("Comparing") as advance:
        report = context.services.indexing.update(OPERATOR, advance)
    context.services.indexing.merge(OPERATOR)
    _say(report)


@index.command()
@pass_context
def rebuild(context: CommandContext) -> None:
    """Build catalogue and index anew from the files.

    The old index serves and follows meanwhile.
    """
    with progress("Rebuilding") as advance:
        report = context.services.indexing.rebuild(OPERATOR, advance)
    _say(report)


@index.command()
@pass_context
def merge(context: CommandContext) -> None:
    """Merge what many saves have left in the index.

    Searches stay fast by it, and nobody waits for it.
    """
    merged = context.services.indexing.merge(OPERATOR)
    click.echo("merged" if merged else "nothing to merge")


@click.command(
    short_help="Check files, chains and what refers to what.",
    epilog="""\b
Examples:
  kb fsck              check every file and every chain
  kb fsck --repair     and remove what a crash left behind
""",
)
@click.option("--repair", is_flag=True, help="Mend what can be proved: left temporary names.")
@click.option("--json", "as_json", is_flag=True, help="A line of JSON per finding.")
@pass_context
def fsck(context: CommandContext, *, repair: bool, as_json: bool) -> None:
    """Check every file, every chain of revisions, and what records say of each other.

    Exit status 1 says that there is an error; warnings alone leave 0.
    """
    with progress("Checking") as advance:
        findings = context.services.checking.fsck(OPERATOR, repair=repair, progress=advance)
    for finding in findings:
        text = f"{finding.severity.value}: {finding.place}: {finding.sentence}"
        click.echo(finding.model_dump_json() if as_json else text)
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    click.echo(f"{len(findings)} findings, {errors} of them errors", err=True)
    if errors:
        raise SystemExit(FOUND_PROBLEMS)


REBUILDS: dict[Rebuild, str] = {
    Rebuild.NOT_NEEDED: "",
    Rebuild.DONE: ", index built anew",
    Rebuild.ELSEWHERE: "; another process is building the index anew, see `kb index status`",
    Rebuild.FAILED: "; the index could not be built anew, the one there was is left as it is",
}


def _say(report: ComparisonReport) -> None:
    if not report.had_lock:
        click.echo("kb: another process is at it; look again with `kb index status`.", err=True)
        raise SystemExit(FOUND_PROBLEMS)
    for trouble in report.drain.troubles:
        click.echo(f"kb: {trouble}", err=True)
    behind = report.drain.search_behind
    order = "search is behind" if behind else "in order now"
    click.echo(f"{report.differing} records differed{REBUILDS[report.rebuild]}; {order}")
    if behind:
        raise SystemExit(FOUND_PROBLEMS)


def _json_of(found: IndexStatus) -> str:
    return json.dumps({**found.model_dump(mode="json"), "equal": found.equal}, ensure_ascii=False)


def _text_of(found: IndexStatus) -> str:
    shown = found.differences[:MOST_SHOWN]
    lines = [
        f"records      {found.records}",
        f"catalogue    {found.catalogued}",
        f"index        {found.index.records} cases, {found.index.units} units, {_state(found.index)}",
        f"saves owed   {found.owed}",
    ]
    lines += [
        f"differs      {each.ref}: files {each.store}, catalogue {each.catalogue}, index {each.index}"
        + (f" ({each.damaged})" if each.damaged else "")
        for each in shown
    ]
    if left := len(found.differences) - len(shown):
        lines.append(f"differs      {left} more; all with --json")
    return "\n".join([*lines, "equal" if found.equal else "not equal: run `kb index update`"])


def _state(report: IndexReport) -> str:
    detail = f" ({report.detail})" if report.detail else ""
    renewing = ", serving while a new one is made" if report.renewing and not detail else ""
    return f"{report.state.value}{detail}{renewing}"
