"""`kb insights`: what the cases have in common, for terminals and scripts."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

import click

from kb.cli.context import CommandContext, pass_context
from kb.cli.reading import as_json, as_somebody, reader
from kb.domain.account import Account
from kb.domain.country import CODES
from kb.domain.errors import Invalid
from kb.domain.insight import BY_NAME, BY_TOTAL, MatrixRequest, MatrixView
from kb.domain.matrix_table import plain_matrix
from kb.services.difficulties import DifficultyView

MADE_UP = "Counts include illustrative examples."
NO_CASE = "No case reported, which is not to say that there is no such problem."


@click.group(
    epilog="""\b
Examples:
  kb insights matrix --from 2015 --json
  kb insights difficulty mla-delay
"""
)
def insights() -> None:
    """What the cases of all countries have in common."""


@insights.command(
    short_help="Count cases by difficulty and country.",
    epilog="""\b
Examples:
  kb insights matrix
  kb insights matrix --from 2015 --to 2020 --phenomenon grooming --sort AT
  kb insights matrix --json --as me@unit.example
""",
)
@click.option("--from", "since", type=click.IntRange(1000, 9999), help="First year in which a case began.")
@click.option("--to", "until", type=click.IntRange(1000, 9999), help="Last year.")
@click.option("--phenomenon", default="", metavar="KEY")
@click.option("--stage", default="", metavar="KEY")
@click.option(
    "--sort", default=BY_TOTAL, show_default=True, metavar="ORDER", help="total, name or a country's code."
)
@as_somebody
@as_json
@pass_context
def matrix(
    context: CommandContext,
    since: int | None,
    until: int | None,
    phenomenon: str,
    stage: str,
    *,
    sort: str,
    email: str | None,
    as_json: bool,
) -> None:
    """Count the case studies that exist for the reader; a cell that is missing says that no case was reported."""
    request = MatrixRequest(since=since, until=until, phenomenon=phenomenon, stage=stage, sort=sort)
    view = _counted(request, context.settled.insights.matrix(reader(context, email), request))
    click.echo(json.dumps(plain_matrix(view), ensure_ascii=False) if as_json else "\n".join(_table(view)))


@insights.command(
    short_help="Say what is known of a difficulty.",
    epilog="""\b
Examples:
  kb insights difficulty mla-delay
  kb insights difficulty mla-delay --json --as me@unit.example
""",
)
@click.argument("identifier", metavar="ID")
@as_somebody
@as_json
@pass_context
def difficulty(context: CommandContext, identifier: str, *, email: str | None, as_json: bool) -> None:
    """Say where a difficulty was met, what was tried and how that went, the best founded first."""
    view = _known(context, reader(context, email), identifier)
    click.echo(json.dumps(_plain(view), ensure_ascii=False) if as_json else "\n".join(_text(view)))


def _counted(request: MatrixRequest, view: MatrixView) -> MatrixView:
    """Give the matrix; raises Invalid for what nothing can fit or be ordered by, so that no script takes it for silence."""
    wrong = (
        (request.is_backwards, "The last year is before the first."),
        (request.phenomenon not in {"", *dict(view.phenomena)}, f"No phenomenon is {request.phenomenon}."),
        (request.stage not in {"", *dict(view.stages)}, f"No stage is {request.stage}."),
        (
            request.sort not in {BY_TOTAL, BY_NAME, *CODES},
            f"Sort by total, name or a country's code, not {request.sort}.",
        ),
    )
    if problems := [("matrix", sentence) for holds, sentence in wrong if holds]:
        raise Invalid(*problems)
    return view


def _known(context: CommandContext, account: Account, identifier: str) -> DifficultyView:
    """Read a difficulty; of one that was merged, what stands for it. Raises Invalid for a group, of which no case is counted here."""
    view = context.settled.difficulties.get(account, identifier)
    if view.stands != identifier:
        view = context.settled.difficulties.get(account, view.stands)
    if view.concept.is_group:
        raise Invalid(
            ("difficulty", f"{identifier} is a group; `kb insights matrix` counts what stands under it.")
        )
    return view


def _table(view: MatrixView) -> Iterator[str]:
    yield f"{view.total} case studies, TLP:{view.marking.value}. A country that is missing reported no case."
    if view.illustrative:
        yield MADE_UP
    for group in view.matrix.groups:
        if group.heading:
            yield f"{group.heading.total:>5}  {group.heading.label}"
        yield from (f"{line.total:>5}    {line.label}: {_counts(line.cells)}" for line in group.lines)
    yield from (f"reported by {each.countries} countries: {each.label}" for each in view.shared)
    yield from (
        f"open in {view.country}, solved elsewhere: {each.label} (cases {each.here}, solutions that worked {each.elsewhere})"
        for each in view.openings
    )
    yield from (f"no case reported: {label}" for _, label in view.silent)


def _plain(view: DifficultyView) -> dict[str, object]:
    return {
        "key": view.concept.key,
        "stands": view.stands,
        "label": view.concept.label(),
        "marking": view.marking.value,
        "illustrative": view.illustrative,
        "cases": view.cases,
        "countries": dict(view.countries),
        "stages": dict(view.stages),
        "years": dict(view.years),
        "solutions": [
            {
                "outcome": group.outcome.value,
                "total": group.total,
                "first": [
                    {
                        "id": told.cited.name,
                        "title": told.cited.lesson.title,
                        "evidence": told.weighed.evidence.strength,
                    }
                    for told in group.told
                ],
            }
            for group in view.tried
        ],
        "practices": [line.id for line in view.practices],
        "resources": [each.id for each in view.resources],
        "instruments": [each.id for each in view.instruments],
        "ask": [{"id": each.name, "desk": each.case.contact} for each in view.desks],
        "channels": [
            {"key": each.key, "total": each.total, "outcomes": dict(each.outcomes)} for each in view.channels
        ],
    }


def _text(view: DifficultyView) -> Iterator[str]:
    yield f"{view.concept.label()}  (TLP:{view.marking.value})"
    if view.illustrative:
        yield MADE_UP
    yield (
        f"{view.cases} case {'study' if view.cases == 1 else 'studies'}: {_counts(view.countries)}"
        if view.cases
        else NO_CASE
    )
    yield from (
        f"{name}: {_counts(counts)}"
        for name, counts in (("stages", view.stages), ("years", view.years))
        if counts
    )
    for group in view.tried:
        yield f"{group.outcome.value}: {group.total}"
        yield from (f"  {told.cited.lesson.title}\n    {told.cited.name}" for told in group.told)
    yield from (f"practice: {line.practice.title}  {line.id}" for line in view.practices)
    yield from (f"resource: {each.record.title}  {each.id}" for each in view.resources)
    yield from (f"instrument: {each.record.title}  {each.id}" for each in view.instruments)
    yield from (f"ask: {each.case.contact}  {each.name}" for each in view.desks)
    yield from (f"channel: {each.key}  {each.total}" for each in view.channels)


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{value} {count}" for value, count in sorted(counts.items()))
