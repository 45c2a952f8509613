"""`kb insights corridors`: what was reported from country to country, and which channels there are between two."""

from __future__ import annotations

import json
from collections.abc import Iterator

import click

from kb.cli.context import CommandContext, pass_context
from kb.cli.insights import MADE_UP
from kb.cli.reading import as_json, as_somebody, reader
from kb.domain.account import Account
from kb.domain.corridor import Corridor, Elapsed, Summary
from kb.domain.corridor_file import plain_corridors
from kb.domain.errors import Invalid
from kb.domain.instrument import Need
from kb.services.corridors import CorridorsView, PairView, WaysView


@click.command(
    "corridors",
    short_help="Count reports from country to country, or tell of two.",
    epilog="""\b
Examples:
  kb insights corridors
  kb insights corridors AT DE
  kb insights corridors AT DE --need preserve --json --as me@unit.example
""",
)
@click.argument("start", metavar="FROM", required=False, default="")
@click.argument("end", metavar="TO", required=False, default="")
@click.option("--need", type=click.Choice([need.value for need in Need]), help="What is asked for.")
@as_somebody
@as_json
@pass_context
def corridors(
    context: CommandContext, start: str, end: str, need: str | None, *, email: str | None, as_json: bool
) -> None:
    """Count cross-border issues that exist for the reader; of two countries tell both directions, or the channels for a need."""
    plain, lines = _told(context, reader(context, email), start, end, need)
    click.echo(json.dumps(plain, ensure_ascii=False) if as_json else "\n".join(lines))


def _told(
    context: CommandContext, account: Account, start: str, end: str, need: str | None
) -> tuple[dict[str, object], Iterator[str]]:
    service = context.settled.corridors
    if not (start or end or need):
        view = service.table(account)
        return plain_corridors(view.table, view.marking), _table(view)
    corridor = Corridor.between(start, end)
    if corridor is None:
        raise Invalid(("corridor", "Give two different countries by their codes, such as AT DE."))
    if need is None:
        pair = service.pair(account, corridor)
        return _plain_pair(pair), _pair(pair)
    ways = service.ways(account, corridor, Need(need))
    return _plain_ways(ways), _ways(ways)


def _table(view: CorridorsView) -> Iterator[str]:
    yield f"{_reports(view.table.total)}, TLP:{view.marking.value}; {view.table.unstated} do not state the border."
    if view.table.illustrative:
        yield MADE_UP
    yield from (f"{count:>5}  {way.start} -> {way.end}" for way, count in sorted(view.table.cells.items()))


def _pair(view: PairView) -> Iterator[str]:
    yield f"TLP:{view.marking.value}"
    if view.illustrative:
        yield MADE_UP
    for each in view.directions:
        yield f"{each.corridor.start} -> {each.corridor.end}: {_summed(each.summary)}"
        yield from (f"  {key}: {_summed(summary)}" for key, summary in each.channels.items())
        yield from (f"  obstacle {key}: {summary.reports}" for key, summary in each.obstacles.items())
    yield from (f"channel {each.key}: {each.between.value}" for each in view.channels)


def _ways(view: WaysView) -> Iterator[str]:
    yield f"{view.corridor.start} -> {view.corridor.end}, {view.need.value}: TLP:{view.marking.value}"
    if view.illustrative:
        yield MADE_UP
    for way in view.ways:
        yield f"{way.channel.key}: {way.channel.between.value}"
        if not way.experience:
            yield "  nothing reported of it"
        yield from (f"  {circle.near.value}: {_summed(summary)}" for circle, summary in way.experience)


def _summed(summary: Summary) -> str:
    ended = ", ".join(f"{outcome or 'not told'} {count}" for outcome, count in summary.outcomes.items())
    return (
        f"{_reports(summary.reports)} ({ended}), {_days(summary.elapsed)}"
        if summary.reports
        else "none reported, which is not to say that nothing is difficult"
    )


def _reports(number: int) -> str:
    return f"{number} report" if number == 1 else f"{number} reports"


def _days(elapsed: Elapsed) -> str:
    if elapsed.median is not None and elapsed.range:
        return (
            f"median {elapsed.median:g} days ({elapsed.range[0]} to {elapsed.range[1]}, n={elapsed.number})"
        )
    return f"days: {', '.join(map(str, elapsed.days)) or 'not told'}"


def _plain_pair(view: PairView) -> dict[str, object]:
    return {
        "marking": view.marking.value,
        "illustrative": view.illustrative,
        "directions": [
            {
                "from": each.corridor.start,
                "to": each.corridor.end,
                **_plain(each.summary),
                "channels": {key: _plain(summary) for key, summary in each.channels.items()},
                "obstacles": {key: summary.reports for key, summary in each.obstacles.items()},
            }
            for each in view.directions
        ],
        "channels": {each.key: each.between.value for each in view.channels},
        "legislation": {
            law.record.country: {
                question: law.record.answer(question).reply.value for question in view.questions
            }
            for law in view.laws
        },
    }


def _plain_ways(view: WaysView) -> dict[str, object]:
    return {
        "from": view.corridor.start,
        "to": view.corridor.end,
        "need": view.need.value,
        "marking": view.marking.value,
        "illustrative": view.illustrative,
        "channels": [
            {
                "key": way.channel.key,
                "between": way.channel.between.value,
                "experience": {circle.near.value: _plain(summary) for circle, summary in way.experience},
            }
            for way in view.ways
        ],
    }


def _plain(summary: Summary) -> dict[str, object]:
    return {
        "reports": summary.reports,
        "cases": summary.cases,
        "outcomes": {outcome or "not-told": count for outcome, count in summary.outcomes.items()},
        "days": list(summary.elapsed.days),
        "median": summary.elapsed.median,
        "illustrative": summary.illustrative,
    }
