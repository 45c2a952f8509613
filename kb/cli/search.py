"""`kb search`: the same search as the page's, for terminals and scripts."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import click

from kb.cli.context import CommandContext, pass_context
from kb.cli.reading import reader
from kb.domain.account import Account
from kb.domain.errors import Invalid
from kb.domain.identifier import is_identifier
from kb.domain.query import LARGEST_PAGE, PAGE_SIZE, Hit, Scope, SearchPage, SearchRequest
from kb.services.searching import filters_from


@click.command(
    epilog="""\b
Examples:
  kb search "logs were gone"
  kb search retention --scope difficulties --filter country=AT --filter stage=attribution
  kb search "\\"joint investigation\\"" --json --as me@unit.example
  kb search --batch queries.tsv --json          one query a line: ID <tab> WORDS
"""
)
@click.argument("query", required=False)
@click.option(
    "--scope", type=click.Choice([scope.value for scope in Scope]), default=Scope.ALL.value, show_default=True
)
@click.option("--filter", "filters", multiple=True, metavar="FACET=VALUE", help="May be repeated.")
@click.option("--case", "cases", multiple=True, metavar="ID", help="Only in this case; may be repeated.")
@click.option("--limit", type=click.IntRange(1, LARGEST_PAGE), default=PAGE_SIZE, show_default=True)
@click.option(
    "--as", "email", metavar="EMAIL", help="Search as this account; default: any officer (CLEAR and GREEN)."
)
@click.option("--exact", is_flag=True, help="Look for these words alone, not for others that mean the same.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object per query.")
@click.option(
    "--batch", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Many queries from a file."
)
@pass_context
def search(
    context: CommandContext,
    query: str | None,
    scope: str,
    filters: tuple[str, ...],
    cases: tuple[str, ...],
    *,
    limit: int,
    email: str | None,
    exact: bool,
    as_json: bool,
    batch: Path | None,
) -> None:
    """Search as an officer would. Exit status 0 also where nothing is found."""
    if (query is None) == (batch is None):
        raise click.UsageError("Give QUERY, or --batch FILE.")
    actor = reader(context, email)
    pattern = SearchRequest(
        scope=Scope(scope), filters=filters_from(filters), cases=_known(cases), size=limit, exact=exact
    )
    if batch is None:
        _answer(context, actor, pattern.model_copy(update={"text": query or ""}), as_json=as_json)
        return
    for identifier, text in _queries(batch):
        request = pattern.model_copy(update={"text": text})
        _answer(context, actor, request, as_json=as_json, identifier=identifier)


def _known(cases: tuple[str, ...]) -> frozenset[str]:
    for each in cases:
        if not is_identifier(each):
            raise Invalid(
                ("case", f"{each!r} is no id of a case. The id stands in its address, after /cases/.")
            )
    return frozenset(cases)


def _answer(
    context: CommandContext, actor: Account, request: SearchRequest, *, as_json: bool, identifier: str = ""
) -> None:
    page = context.settled.search.search(actor, request)
    click.echo(
        json.dumps(_plain(page, identifier), ensure_ascii=False) if as_json else _text(page, identifier)
    )


def _plain(page: SearchPage, identifier: str) -> dict[str, object]:
    facets: dict[str, dict[str, int]] = {}
    for count in page.facets:
        facets.setdefault(count.facet.value, {})[count.value] = count.count
    return {
        **({"query_id": identifier} if identifier else {}),
        "query": page.query.text,
        "read_as": page.read_as,
        "also": list(page.also),
        "total": page.total,
        **({"suggestion": page.suggestion} if page.suggestion else {}),
        "hits": [_plain_hit(hit) for hit in page.hits],
        "facets": facets,
    }


def _plain_hit(hit: Hit) -> dict[str, object]:
    return {
        "id": hit.id,
        "case": hit.case,
        "source_key": hit.source_key,
        "kind": hit.kind.value,
        "title": hit.title,
        "snippet": hit.snippet.text,
        "score": hit.score,
    }


def _text(page: SearchPage, identifier: str) -> str:
    head = f"{f'{identifier}: ' if identifier else ''}{page.total} results. {page.read_as}"
    also = [f"Also searched: {', '.join(page.also)}."] if page.also else []
    if page.suggestion:
        also.append(f"Did you mean: {page.suggestion}?")
    hits = [
        f"{hit.kind.value:<20} {hit.title}\n{'':<20} {hit.snippet.text}\n{'':<20} {hit.id}"
        for hit in page.hits
    ]
    return "\n".join([head, *also, *hits])


def _queries(file: Path) -> Iterable[tuple[str, str]]:
    for number, line in enumerate(file.read_text(encoding="utf-8-sig").splitlines(), 1):
        if not line.strip():
            continue
        identifier, tab, text = line.partition("\t")
        if not tab:
            raise Invalid(("batch", f"Line {number} of {file} has no tab. Write: ID <tab> WORDS."))
        yield identifier, text
