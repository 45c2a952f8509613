"""`kb tags hygiene`: what may need a look in the vocabularies."""

from __future__ import annotations

import json
from collections.abc import Iterator

import click

from kb.cli.context import CommandContext, pass_context
from kb.cli.insights import MADE_UP
from kb.domain.account import OPERATOR
from kb.domain.record import Kind
from kb.services.hygiene import HygieneReport


@click.command(
    short_help="What may need a look in the vocabularies.",
    epilog="""\b
Examples:
  kb tags hygiene
  kb tags hygiene --as coordinator@unit.example --json
""",
)
@click.option(
    "--as", "email", metavar="EMAIL", help="As this coordinator sees it; without it, over everything."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@pass_context
def hygiene(context: CommandContext, email: str | None, *, as_json: bool) -> None:
    """List near-duplicates, what is unused, overused or of one country, what waits, is missing or overdue."""
    actor = context.acting(email) if email else OPERATOR
    report = context.settled.hygiene.report(actor)
    for kind, subject, told in _lines(report):
        if as_json:
            click.echo(json.dumps({"kind": kind, "subject": subject, "told": told}, ensure_ascii=False))
        else:
            click.echo(f"{kind:<12} {subject:<42} {told}".rstrip())
    if report.usage is None:
        click.echo("Search is being rebuilt; what is used how often is not told.", err=True)
    elif report.usage.illustrative:
        click.echo(MADE_UP, err=True)


def _lines(report: HygieneReport) -> Iterator[tuple[str, str, str]]:
    for near in report.near:
        one, other = (f"{near.scheme.value}/{key}" for key in near.keys)
        yield "near", one, f"{other}  “{near.labels[0]}” “{near.labels[1]}” ({near.language})"
    for proposal in report.proposals:
        yield "proposal", f"{proposal.scheme.value}/{proposal.key}", proposal.label()
    yield from _of_usage(report)
    for each in report.untranslated:
        concept = each.concept
        yield "untranslated", f"{concept.scheme.value}/{concept.key}", ", ".join(each.languages)
    if report.in_vain:
        yield "in-vain", "searches in vain", str(report.in_vain)
    for due in report.overdue:
        entry = due.entry
        name = entry.id if entry.kind is Kind.CASE_STUDY else f"{entry.kind.value}/{entry.id}"
        yield "overdue", name, f"{due.entry.review_by}  {due.entry.title}"


def _of_usage(report: HygieneReport) -> Iterator[tuple[str, str, str]]:
    usage = report.usage
    if usage is None:
        return
    for case in usage.untagged:
        yield "untagged", case.case, f"{case.count}  {case.title}"
    if usage.untagged_more:
        yield "untagged", "further cases", str(usage.untagged_more)
    for kind, uses in (
        ("overused", usage.overused),
        ("one-country", usage.one_country),
        ("unused", usage.unused),
    ):
        for each in uses:
            concept = each.concept
            yield kind, f"{concept.scheme.value}/{concept.key}", f"{each.count} {each.country or ''}".strip()
