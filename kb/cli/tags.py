"""`kb tags`: the vocabularies, and what coordinators do with them, at the command line."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import NamedTuple

import click

from kb.bootstrap import Services
from kb.cli.context import CommandContext, pass_context
from kb.domain.account import OPERATOR, Account
from kb.domain.concept import Concept, Labels, Scheme
from kb.domain.dump import Plain, dump
from kb.services.concepts import ConceptView

SCHEMES = tuple(scheme.value for scheme in Scheme)


class Name(NamedTuple):
    """A concept as it is named at the command line."""

    scheme: Scheme
    key: str


class NameType(click.ParamType[Name]):
    """Reads `SCHEME/KEY`."""

    name = "SCHEME/KEY"

    def convert(self, value: str | Name, param: click.Parameter | None, ctx: click.Context | None) -> Name:
        """Read it; what is no name is a wrong usage."""
        if isinstance(value, Name):
            return value
        scheme, slash, key = value.partition("/")
        if not slash or scheme not in SCHEMES:
            self.fail(
                f"{value!r} names no concept. Write SCHEME/KEY; schemes: {', '.join(SCHEMES)}.", param, ctx
            )
        return Name(Scheme(scheme), key)


class NameOrOperationType(click.ParamType["Name | str"]):
    """Reads `SCHEME/KEY`, or the id of an operation."""

    name = "SCHEME/KEY or OPERATION"

    def convert(
        self, value: str | Name, param: click.Parameter | None, ctx: click.Context | None
    ) -> Name | str:
        """Read it; what has no slash is the id of an operation."""
        return NAME.convert(value, param, ctx) if isinstance(value, Name) or "/" in value else value


NAME = NameType()
NAME_OR_OPERATION = NameOrOperationType()
as_option = click.option(
    "--as", "email", help="Act for this account; without it, for whoever holds the files."
)
json_option = click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
reason_option = click.option("--reason", default="", help="Kept in the history; nothing is done without it.")
dry_run_option = click.option("--dry-run", is_flag=True, help="Say what it affects; change nothing.")


@click.group(
    short_help="List, rename, merge and retire tags, and take such acts back.",
    epilog="""\b
Examples:
  kb tags list difficulty --find logs
  kb tags merge tag/sheets tag/templates --reason "they are one" --dry-run
  kb tags undo tag/sheets 2 --reason "they are two after all"
""",
)
def tags() -> None:
    """Look after the vocabularies. No case is changed by any of it: lessons keep the key that they were given."""


@tags.command("list")
@click.argument("scheme", type=click.Choice(SCHEMES), default=Scheme.TAG.value)
@click.option("--find", default="", help="Only those of which a label, in any language, has these letters.")
@as_option
@json_option
@pass_context
def list_(context: CommandContext, scheme: str, find: str, email: str | None, *, as_json: bool) -> None:
    """List a vocabulary: key, status, entries that bear it, preferred label, synonyms."""
    listed = context.settled.concepts.list(acting(context, email), Scheme(scheme), words=find)
    for use in listed.uses:
        _tell(use.concept, use.count, as_json=as_json)
    for proposal in listed.proposals:
        _tell(proposal, None, as_json=as_json)


@tags.command()
@click.argument("name", type=NAME)
@as_option
@json_option
@pass_context
def show(context: CommandContext, name: Name, email: str | None, *, as_json: bool) -> None:
    """Show a concept: its words, what stands for it or was merged into it, and its history."""
    concepts, actor = context.settled.concepts, acting(context, email)
    view, lines = concepts.get(actor, *name), concepts.history(actor, *name)
    if as_json:
        history = [{"revision": each.number, "action": each.action, "note": each.note} for each in lines]
        more = {"revision": view.revision, "entries": entries_of(view), "history": history}
        click.echo(json.dumps({**_plain(view.concept), "stands": view.stands, **more}, ensure_ascii=False))
        return
    for label, value in _facts(view):
        if value:
            click.echo(f"{label:<12} {value}")
    for line in lines:
        click.echo(f"revision {line.number:<3} {line.action:<10} {line.note}".rstrip())


@tags.command()
@click.argument("name", type=NAME_OR_OPERATION)
@click.argument("revision", type=click.IntRange(min=2), required=False)
@reason_option
@dry_run_option
@as_option
@pass_context
def undo(
    context: CommandContext,
    name: Name | str,
    revision: int | None,
    reason: str,
    email: str | None,
    *,
    dry_run: bool,
) -> None:
    """Take back what one revision of a concept changed, or a whole operation, and nothing that came since."""
    if isinstance(name, Name) is (revision is None):
        raise click.UsageError("Give SCHEME/KEY and REVISION, or the id of an operation alone.")
    actor, kb = acting(context, email), context.settled
    if not isinstance(name, Name):
        _undo_operation(kb, actor, name, reason, dry_run=dry_run)
        return
    assert revision is not None
    view = kb.concepts.get(actor, *name)
    acts = kb.concept_acts.looking if dry_run else kb.concept_acts
    acts.take_back(actor, *name, view.revision, act=revision, reason=reason)
    click.echo(
        "Nothing stands against it, and nothing was changed."
        if dry_run
        else f"Taken back, as revision {view.revision + 1}."
    )


def _undo_operation(kb: Services, actor: Account, name: str, reason: str, *, dry_run: bool) -> None:
    if not dry_run:
        click.echo(f"Taken back, by operation {kb.tag_operations.undo(actor, name, reason)}.")
        return
    view = kb.tag_operations.get(actor, name)
    still_so = [line for line in view.done if line.still_so]
    for line in still_so:
        signs = (*(f"+{key}" for key in line.step.remove), *(f"-{key}" for key in line.step.add))
        click.echo(f"{' '.join(signs):<40} {line.lesson_title or line.case_title}")
    click.echo(f"{len(still_so)} of {len(view.done)} would be taken back; nothing was changed.")


def acting(context: CommandContext, email: str | None) -> Account:
    """Give who acts: an account, or whoever holds the files."""
    return context.acting(email) if email else OPERATOR


def _tell(concept: Concept, count: int | None, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps({**_plain(concept), "entries": count}, ensure_ascii=False))
        return
    synonyms = "; ".join(english_of(concept).alternative)
    number = "" if count is None else str(count)
    told = f"{concept.key:<34} {concept.status.value:<9} {number:>6}  {concept.label()}"
    click.echo(f"{told}  ({synonyms})" if synonyms else told)


def _plain(concept: Concept) -> dict[str, Plain]:
    """Give a concept as it is kept, without whose proposal it is."""
    return {name: value for name, value in dump(concept).items() if name != "proposer"}


def _facts(view: ConceptView) -> Sequence[tuple[str, str]]:
    concept = view.concept
    words = tuple(
        (labels.language, "; ".join((labels.preferred, *labels.alternative))) for labels in concept.labels
    )
    return (
        ("concept", concept.id),
        ("status", concept.status.value),
        ("reason", concept.status_reason),
        ("stands", view.stands if view.stands != concept.key else ""),
        ("merged", ", ".join(each.key for each in view.merged)),
        ("broader", view.broader.key if view.broader else ""),
        ("narrower", ", ".join(each.key for each in view.narrower)),
        ("entries", str(entries_of(view))),
        *words,
        ("definition", concept.definition),
    )


def entries_of(view: ConceptView) -> int | str:
    """Give how many entries bear a concept, for whoever looks."""
    return view.uses.total if view.uses else "not counted"


def english_of(concept: Concept) -> Labels:
    """Give the labels in English, which every concept has."""
    return next(labels for labels in concept.labels if labels.language == "en")
