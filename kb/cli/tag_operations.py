"""`kb tags split`, `retag` and `operations`: what many cases bear, changed as one operation that is taken back as a whole."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

import click

from kb.cli.context import CommandContext, pass_context
from kb.cli.tags import NAME, Name, as_option, dry_run_option, json_option, reason_option
from kb.domain.account import OPERATOR
from kb.domain.concept import Scheme
from kb.domain.errors import Invalid
from kb.domain.query import Scope, SearchRequest
from kb.services.retagging import Retag, RetagLine
from kb.services.searching import filters_from
from kb.services.splitting import NEW, BearerLine, Choice, SplitPlan

account_option = click.option(
    "--as", "email", required=True, help="Act for this account: tags of cases are changed by an account."
)


@click.command(
    "retag",
    short_help="Put a concept on all results of a search, or take one off.",
    epilog="""\b
Examples:
  kb tags retag "" --filter tag=sheets --take tag/sheets --put tag/templates --reason "one" --as me@unit.example --dry-run
  kb tags retag "night desk" --scope practices --put tag/night-desk --reason "they tell of it" --as me@unit.example
""",
)
@click.argument("query")
@click.option("--scope", type=click.Choice([scope.value for scope in Scope]), default=Scope.ALL.value)
@click.option("--filter", "filters", multiple=True, metavar="FACET=VALUE", help="May be repeated.")
@click.option("--put", type=NAME, help="What is to be put on.")
@click.option("--take", type=NAME, help="What is to be taken off.")
@reason_option
@dry_run_option
@account_option
@json_option
@pass_context
def retag_results(
    context: CommandContext,
    query: str,
    *,
    scope: str,
    filters: tuple[str, ...],
    put: Name | None,
    take: Name | None,
    reason: str,
    dry_run: bool,
    email: str,
    as_json: bool,
) -> None:
    """Change the tags of all results of QUERY that the account may see and change."""
    actor, retagging = context.acting(email), context.settled.retagging
    asked = SearchRequest(text=query, scope=Scope(scope), filters=filters_from(filters))
    retag = _retag(put, take)
    plan = retagging.plan(actor, asked, retag)
    for line in plan.changing:
        _tell_line(line, as_json=as_json)
    if dry_run:
        _say(
            f"{len(plan.changing)} would be changed, {len(plan.staying)} stay as they are, "
            f"{plan.not_yours} are of records that the account does not change.",
            quiet=as_json,
        )
        return
    done = retagging.carry_out(actor, (line.chosen for line in plan.changing), retag, reason)
    _say(f"Done by operation {done}. Take it back by `kb tags undo {done}`.", done, quiet=as_json)


@click.command(
    "split",
    short_help="Give each lesson another concept instead of one.",
    epilog="""\b
Examples:
  kb tags split tag/templates --as me@unit.example --dry-run           what bears it
  kb tags split tag/templates --new "Court forms" --give abcdefghij/p1="Court forms" --reason "two" --as me@unit.example
""",
)
@click.argument("name", type=NAME)
@click.option("--into", multiple=True, metavar="KEY", help="Another one of the vocabulary; repeat it.")
@click.option("--new", multiple=True, metavar="LABEL", help="One that is to be added, in English; repeat it.")
@click.option(
    "--give",
    "given",
    multiple=True,
    metavar="CASE[/LESSON]=KEY or LABEL",
    help="What this entry gets instead; repeat it.",
)
@click.option("--reason", default="", help="Kept in the history of each case.")
@dry_run_option
@account_option
@json_option
@pass_context
def split_tag(
    context: CommandContext,
    name: Name,
    *,
    into: tuple[str, ...],
    new: tuple[str, ...],
    given: tuple[str, ...],
    reason: str,
    dry_run: bool,
    email: str,
    as_json: bool,
) -> None:
    """Split a concept: entries for which nothing is given keep it."""
    actor, splitting = context.acting(email), context.settled.splitting
    plan = splitting.plan(actor, *name, into=into, new=new)
    choices = tuple(_choices(plan, given))
    if dry_run:
        for bearer in plan.bearers:
            _tell_bearer(bearer, choices, as_json=as_json)
        return
    done = splitting.carry_out(actor, *name, choices, new=new, reason=reason)
    _say(f"Done by operation {done}. Take it back by `kb tags undo {done}`.", done, quiet=as_json)


@click.command("operations", short_help="List splits and retaggings.")
@as_option
@json_option
@pass_context
def operations(context: CommandContext, email: str | None, *, as_json: bool) -> None:
    """List the operations that changed what cases bear, the last first, with the ids by which they are taken back."""
    actor = context.acting(email) if email else OPERATOR
    for line in context.settled.tag_operations.list(actor):
        plain = line.model_dump(mode="json", exclude_none=True)
        told = f"{line.id}  {line.at:%Y-%m-%d}  {line.kind.value:<6} {line.cases:>5} records  {line.reason}"
        click.echo(json.dumps(plain, ensure_ascii=False) if as_json else told)


def _retag(put: Name | None, take: Name | None) -> Retag:
    named = [each for each in (put, take) if each]
    if len({each.scheme for each in named}) > 1:
        raise Invalid(("take", "Choose both of the same vocabulary."))
    scheme = named[0].scheme if named else Scheme.TAG
    return Retag(scheme=scheme, add=put.key if put else "", remove=take.key if take else "")


def _choices(plan: SplitPlan, given: Iterable[str]) -> Iterator[Choice]:
    """Read what entries are to get; one that bears it in two places gets the same in both."""
    parts = {part.label if part.choice.startswith(NEW) else part.choice: part.choice for part in plan.parts}
    wanted: dict[str, tuple[str, ...]] = {}
    for each in given:
        entry, _, word = each.partition("=")
        if word not in parts:
            raise Invalid(("give", f"{each!r} gives nothing that --into or --new names."))
        wanted[entry] = (*wanted.get(entry, ()), parts[word])
    if missing := sorted(wanted.keys() - {_entry(bearer) for bearer in plan.bearers}):
        raise Invalid(("give", f"{missing[0]!r} does not bear it, or is not yours to change."))
    for bearer in plan.bearers:
        if _entry(bearer) in wanted:
            place = {name: getattr(bearer, name) for name in ("case", "revision", "lesson", "field")}
            yield Choice(**place, parts=wanted[_entry(bearer)])


def _entry(bearer: BearerLine) -> str:
    return f"{bearer.case}/{bearer.lesson}" if bearer.lesson else bearer.case


def _tell_line(line: RetagLine, *, as_json: bool) -> None:
    step = line.step
    assert step is not None
    signs = [*(f"-{key}" for key in step.remove), *(f"+{key}" for key in step.add)]
    entry = f"{step.case}/{step.lesson}" if step.lesson else step.case
    plain = {"entry": entry, "title": line.title, "remove": list(step.remove), "add": list(step.add)}
    told = f"{entry:<24} {' '.join(signs):<40} {line.title}"
    click.echo(json.dumps(plain, ensure_ascii=False) if as_json else told)


def _tell_bearer(bearer: BearerLine, choices: Sequence[Choice], *, as_json: bool) -> None:
    gets = [
        part
        for choice in choices
        if (choice.case, choice.lesson, choice.field) == (bearer.case, bearer.lesson, bearer.field)
        for part in choice.parts
    ]
    plain = {"entry": _entry(bearer), "field": bearer.field, "title": bearer.title, "gets": gets}
    told = f"{_entry(bearer):<24} {bearer.field:<18} {' '.join(gets) or 'keeps it':<20} {bearer.title}"
    click.echo(json.dumps(plain, ensure_ascii=False) if as_json else told)


def _say(sentence: str, operation: str = "", *, quiet: bool) -> None:
    """Say what came of it; with --json, the operation alone."""
    if not quiet:
        click.echo(sentence)
    elif operation:
        click.echo(json.dumps({"operation": operation}))
