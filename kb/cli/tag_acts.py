"""`kb tags add`, `rename`, `merge`, `place`, `deprecate`, `reinstate`, `adopt` and `refuse`: each is looked at by `--dry-run` first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import click

from kb.cli.context import CommandContext, pass_context
from kb.cli.tags import (
    NAME,
    SCHEMES,
    Name,
    acting,
    as_option,
    dry_run_option,
    english_of,
    entries_of,
    reason_option,
)
from kb.domain.account import Account
from kb.domain.concept import Concept, Labels, Scheme
from kb.domain.concept_change import word_changes
from kb.domain.errors import Invalid
from kb.services.concept_acts import ConceptActs, Words
from kb.services.concepts import ConceptView


class At(NamedTuple):
    """On what an act is done, and by whom."""

    actor: Account
    scheme: Scheme
    key: str
    revision: int


Act = Callable[[ConceptActs, At, ConceptView], Concept]


@click.command(
    short_help="Add a concept to a vocabulary.",
    epilog='\b\nExamples:\n  kb tags add tag "Night desk" --synonym "Duty officer" --dry-run\n',
)
@click.argument("scheme", type=click.Choice(SCHEMES))
@click.argument("label")
@click.option("--synonym", "synonyms", multiple=True, help="A synonym, in English; repeat it.")
@click.option("--definition", default="", help="What bears it, and what does not.")
@click.option("--under", metavar="KEY", help="What is broader than it.")
@dry_run_option
@as_option
@pass_context
def add(
    context: CommandContext,
    scheme: str,
    label: str,
    under: str | None,
    email: str | None,
    *,
    synonyms: Sequence[str],
    definition: str,
    dry_run: bool,
) -> None:
    """Add a concept that is in use at once, by its English words; the key is drawn."""
    actor, acts = acting(context, email), context.settled.concept_acts
    words = Words(label=label, synonyms=tuple(synonyms), definition=definition)
    made = (acts.looking if dry_run else acts).create(actor, Scheme(scheme), words, broader=under)
    click.echo("Nothing stands against it." if dry_run else f"{scheme}/{made.key} “{made.label()}” is added.")


@click.command(
    short_help="Give a concept another preferred label.",
    epilog='\b\nExamples:\n  kb tags rename tag/case-debrief "Case review" --reason "the usual word" --dry-run\n',
)
@click.argument("name", type=NAME)
@click.argument("label")
@click.option(
    "--synonym", "synonyms", multiple=True, help="A synonym to have beside those of today; repeat it."
)
@click.option("--language", default="en", show_default=True, help="In which language.")
@reason_option
@dry_run_option
@as_option
@pass_context
def rename(
    context: CommandContext,
    name: Name,
    label: str,
    reason: str,
    email: str | None,
    *,
    synonyms: Sequence[str],
    language: str,
    dry_run: bool,
) -> None:
    """Give a concept another preferred label; the old one stays as a synonym."""

    def act(acts: ConceptActs, at: At, view: ConceptView) -> Concept:
        known = {labels.language: labels.alternative for labels in view.concept.labels}
        words = Labels(language=language, preferred=label, alternative=(*known.get(language, ()), *synonyms))
        english = words if language == "en" else english_of(view.concept)
        return acts.rename(
            *at,
            english.preferred,
            synonyms=english.alternative,
            translations=() if language == "en" else (words,),
            reason=reason,
        )

    done = _do(context, name, email, act, dry_run=dry_run)
    if not dry_run:
        click.echo(f"{'/'.join(name)} is “{done.label(language)}” now.")


@click.command(short_help="Let another concept stand for this one.")
@click.argument("name", type=NAME)
@click.argument("into", type=NAME)
@reason_option
@dry_run_option
@as_option
@pass_context
def merge(
    context: CommandContext, name: Name, into: Name, reason: str, email: str | None, *, dry_run: bool
) -> None:
    """Let another concept stand for this one on pages, in filters, counts and searches."""
    if name.scheme is not into.scheme:
        raise Invalid(("into", "Choose another one of the same vocabulary."))

    def act(acts: ConceptActs, at: At, _view: ConceptView) -> Concept:
        return acts.merge(*at, into=into.key, reason=reason)

    _do(context, name, email, act, "Merged", dry_run=dry_run)


@click.command(
    short_help="Put a concept under a broader one, or under none.",
    epilog='\b\nExamples:\n  kb tags place tag/sheets tag/templates --reason "a kind of it" --dry-run\n',
)
@click.argument("name", type=NAME)
@click.argument("under", type=NAME, required=False)
@reason_option
@dry_run_option
@as_option
@pass_context
def place(
    context: CommandContext, name: Name, under: Name | None, reason: str, email: str | None, *, dry_run: bool
) -> None:
    """Make a concept narrower than UNDER; without UNDER it stands by itself."""
    if under and name.scheme is not under.scheme:
        raise Invalid(("broader", "Choose another one of the same vocabulary."))

    def act(acts: ConceptActs, at: At, _view: ConceptView) -> Concept:
        return acts.place(*at, broader=under.key if under else None, reason=reason)

    _do(context, name, email, act, "Put there", dry_run=dry_run)


def _simple(
    command: str, told: str, sentence: str, method: Callable[[ConceptActs, At, str], Concept]
) -> click.Command:
    """Give the command of an act that needs a reason and nothing else."""

    @click.command(command, short_help=sentence, help=sentence)
    @click.argument("name", type=NAME)
    @reason_option
    @dry_run_option
    @as_option
    @pass_context
    def act(context: CommandContext, name: Name, reason: str, email: str | None, *, dry_run: bool) -> None:
        _do(context, name, email, lambda acts, at, _view: method(acts, at, reason), told, dry_run=dry_run)

    return act


COMMANDS: tuple[click.Command, ...] = (
    add,
    rename,
    merge,
    place,
    _simple(
        "deprecate",
        "Retired",
        "Stop offering a concept; what bears it keeps it.",
        lambda acts, at, reason: acts.retire(*at, reason),
    ),
    _simple(
        "reinstate",
        "Offered again",
        "Offer a retired concept again.",
        lambda acts, at, reason: acts.reinstate(*at, reason),
    ),
    _simple(
        "adopt",
        "Adopted",
        "Take a proposal into its vocabulary.",
        lambda acts, at, reason: acts.adopt(*at, reason),
    ),
    _simple(
        "refuse",
        "Refused",
        "Refuse a proposal; its proposer reads the reason.",
        lambda acts, at, reason: acts.refuse(*at, reason),
    ),
)


def _do(
    context: CommandContext, name: Name, email: str | None, act: Act, told: str = "", *, dry_run: bool
) -> Concept:
    """Do an act on a concept as it is now, or only say what it affects and what it would change."""
    actor, kb = acting(context, email), context.settled
    view = kb.concepts.get(actor, *name)
    at = At(actor, *name, view.revision)
    if not dry_run:
        done = act(kb.concept_acts, at, view)
        if told:
            click.echo(f"{told}, as revision {view.revision + 1}. No case was changed.")
        return done
    click.echo(f"{'/'.join(name)} “{view.concept.label()}”; entries that you may see: {entries_of(view)}")
    after = act(kb.concept_acts.looking, at, view)
    for change in word_changes(view.concept, after):
        signs = (*(f"+{word}" for word in change.gained), *(f"-{word}" for word in change.lost))
        click.echo(f"{change.language}  “{change.before}” → “{change.after}”  {'; '.join(signs)}".rstrip())
    thesaurus = kb.concepts.vocabulary(actor).thesaurus
    besides = (after.replaced_by,) if after.replaced_by else ()
    for word, other in thesaurus.newly_shared(view.concept, after, *besides):
        click.echo(f"“{word}” is a word of “{other.label()}” as well: it would mean both.")
    click.echo("Nothing stands against it, and nothing was changed.")
    return after
