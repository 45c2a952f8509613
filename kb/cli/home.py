"""`kb init`, `kb check` and `kb version`: a home, its settings, and which Casebook this is."""

from __future__ import annotations

import importlib.metadata
import os
from pathlib import Path

import click

from kb.bootstrap import make_home, probe_home, seed_home
from kb.bootstrap import services as open_services
from kb.cli.context import CommandContext, pass_context
from kb.cli.errors import FOUND_PROBLEMS
from kb.cli.progress import progress
from kb.config import SETTINGS, Settings
from kb.domain.account import OPERATOR
from kb.domain.errors import Invalid


@click.command(
    epilog="""\b
Examples:
  kb init /srv/casebook            an empty home
  kb init ./practice --seed        one with the seed knowledge base
"""
)
@click.argument("directory", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--seed", is_flag=True, help="With vocabularies, the 2007 conference, resources and illustrative cases."
)
def init(directory: Path, *, seed: bool) -> None:
    """Make a new home in DIR: entries, accounts, key and index."""
    settings = Settings.read({**os.environ, "KB_HOME": str(directory)})
    if settings.entries.exists():
        raise Invalid(("directory", f"{directory} is a home already; it was left as it is. See `kb check`."))
    make_home(settings)
    copied = seed_home(settings) if seed else 0
    with progress("Indexing") as advance:
        open_services(settings).indexing.update(OPERATOR, advance)
    click.echo(f"Made a home in {directory} with {copied} records.")
    click.echo(f"Next: KB_HOME={directory} kb account create EMAIL --role administrator", err=True)


@click.command(epilog="Example:\n\n  KB_HOME=/srv/casebook kb check")
@pass_context
def check(context: CommandContext) -> None:
    """List the settings, try the home, and say what is wrong. Exit status 1 says that something is."""
    settings = context.settings
    for row in SETTINGS:
        source = "set" if os.environ.get(row.variable, "").strip() else "default"
        click.echo(f"{row.variable:<20} {getattr(settings, row.field) or '-'}  ({source}) {row.meaning}")
    settings.require_home()
    problems = probe_home(settings)
    for problem in problems:
        click.echo(f"kb: {problem}", err=True)
    if problems:
        raise SystemExit(FOUND_PROBLEMS)
    status = context.services.indexing.status(OPERATOR)
    click.echo(f"home                 {status.records} records, index {status.index.state.value}")
    mail = context.services.digests.status(OPERATOR)
    failing = (
        f", {len(mail.failures)} recipients not reached; see `kb digest --status`" if mail.failures else ""
    )
    click.echo(f"mail                 {mail.place}, {mail.waiting} notices wait{failing}")


@click.command()
def version() -> None:
    """Print the version."""
    click.echo(f"casebook {importlib.metadata.version('casebook')}")
