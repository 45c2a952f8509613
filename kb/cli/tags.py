"""`kb tags`: the vocabularies, and what coordinators do with them, at the command line."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import NamedTuple

import click

from kb.cli.context import CommandContext, pass_context
from kb.domain.account import OPERATOR, Account
from kb.domain.concept import Concept, Labels, Scheme
from kb.domain.dump import Plain, dump
from kb.domain.errors import Invalid
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
reason_option = click.option(
    "--reason", required=True, help="Kept in the history, which every officer reads."
)


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
    listed = context.settled.concepts.list(_actor(context, email), Scheme(scheme), words=find)
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
    concepts, actor = context.settled.concepts, _actor(context, email)
    view, lines = concepts.get(actor, *name), concepts.history(actor, *name)
    if as_json:
        history = [{"revision": each.number, "action": each.action, "note": each.note} for each in lines]
        more = {"revision": view.revision, "entries": _entries(view), "history": history}
        click.echo(json.dumps({**_plain(view.concept), "stands": view.stands, **more}, ensure_ascii=False))
        return
    for label, value in _facts(view):
        if value:
            click.echo(f"{label:<12} {value}")
    for line in lines:
        click.echo(f"revision {line.number:<3} {line.action:<10} {line.note}".rstrip())


@tags.command()
@click.argument("name", type=NAME)
@click.argument("label")
@click.option(
    "--synonym", "synonyms", multiple=True, help="A synonym to have beside those of today; repeat it."
)
@click.option("--language", default="en", show_default=True, help="In which language.")
@as_option
@pass_context
def rename(
    context: CommandContext,
    name: Name,
    label: str,
    email: str | None,
    *,
    synonyms: Sequence[str],
    language: str,
) -> None:
    """Give a concept another preferred label; the old one stays as a synonym."""
    actor, kb = _actor(context, email), context.settled
    view = kb.concepts.get(actor, *name)
    known = {labels.language: labels.alternative for labels in view.concept.labels}
    words = Labels(language=language, preferred=label, alternative=(*known.get(language, ()), *synonyms))
    english = words if language == "en" else _english(view.concept)
    changed = kb.concept_acts.rename(
        actor,
        *name,
        view.revision,
        english.preferred,
        synonyms=english.alternative,
        translations=() if language == "en" else (words,),
    )
    click.echo(f"{'/'.join(name)} is “{changed.label(language)}” now.")


@tags.command()
@click.argument("name", type=NAME)
@click.argument("into", type=NAME)
@reason_option
@click.option("--dry-run", is_flag=True, help="Say what it affects; change nothing.")
@as_option
@pass_context
def merge(
    context: CommandContext, name: Name, into: Name, reason: str, email: str | None, *, dry_run: bool
) -> None:
    """Let another concept stand for this one on pages, in filters, counts and searches."""
    actor, kb = _actor(context, email), context.settled
    if name.scheme is not into.scheme:
        raise Invalid(("into", "Choose another one of the same vocabulary."))
    view, other = kb.concepts.get(actor, *name), kb.concepts.get(actor, *into)
    click.echo(f"{'/'.join(name)} “{view.concept.label()}” into {'/'.join(into)} “{other.concept.label()}”")
    click.echo(f"entries that you may see: {_entries(view)}")
    if dry_run:
        kb.concept_acts.looking.merge(actor, *name, view.revision, into=into.key, reason=reason)
        return
    kb.concept_acts.merge(actor, *name, view.revision, into=into.key, reason=reason)
    click.echo(f"Merged, as revision {view.revision + 1}. No case was changed.")


@tags.command()
@click.argument("name", type=NAME)
@reason_option
@as_option
@pass_context
def deprecate(context: CommandContext, name: Name, reason: str, email: str | None) -> None:
    """Stop offering a concept; what bears it keeps it."""
    actor, kb = _actor(context, email), context.settled
    view = kb.concepts.get(actor, *name)
    kb.concept_acts.retire(actor, *name, view.revision, reason)
    click.echo(f"Retired, as revision {view.revision + 1}.")


@tags.command()
@click.argument("name", type=NAME_OR_OPERATION)
@click.argument("revision", type=click.IntRange(min=2), required=False)
@reason_option
@as_option
@pass_context
def undo(
    context: CommandContext, name: Name | str, revision: int | None, reason: str, email: str | None
) -> None:
    """Take back what one revision of a concept changed, or a whole operation, and nothing that came since."""
    actor, kb = _actor(context, email), context.settled
    if isinstance(name, Name) is (revision is None):
        raise click.UsageError("Give SCHEME/KEY and REVISION, or the id of an operation alone.")
    if not isinstance(name, Name):
        click.echo(f"Taken back, by operation {kb.tag_operations.undo(actor, name, reason)}.")
        return
    assert revision is not None
    view = kb.concepts.get(actor, *name)
    kb.concept_acts.take_back(actor, *name, view.revision, act=revision, reason=reason)
    click.echo(f"Taken back, as revision {view.revision + 1}.")


def _actor(context: CommandContext, email: str | None) -> Account:
    return context.acting(email) if email else OPERATOR


def _tell(concept: Concept, count: int | None, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps({**_plain(concept), "entries": count}, ensure_ascii=False))
        return
    synonyms = "; ".join(_english(concept).alternative)
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
        ("entries", str(_entries(view))),
        *words,
        ("definition", concept.definition),
    )


def _entries(view: ConceptView) -> int | str:
    return view.uses.total if view.uses else "not counted"


def _english(concept: Concept) -> Labels:
    return next(labels for labels in concept.labels if labels.language == "en")
