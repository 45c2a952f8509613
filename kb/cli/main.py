"""The command `kb`: a group whose members live in one module per noun."""

from __future__ import annotations

import logging
from typing import Any

import click

from kb.cli.account import account
from kb.cli.audit import audit
from kb.cli.check_text import check_text
from kb.cli.context import CommandContext
from kb.cli.corridors import corridors
from kb.cli.digest import digest
from kb.cli.errors import leave
from kb.cli.events import events
from kb.cli.home import check, init, version
from kb.cli.hygiene import hygiene
from kb.cli.index import fsck, index
from kb.cli.insights import insights
from kb.cli.practice_acts import applications, edit, endorse, propose, reinstate, retire
from kb.cli.practices import practices
from kb.cli.purge import purge
from kb.cli.reference import reference
from kb.cli.search import search
from kb.cli.serve import run, serve
from kb.cli.skos import export_tags, import_tags
from kb.cli.tag_acts import COMMANDS as TAG_ACTS
from kb.cli.tag_operations import operations, retag_results, split_tag
from kb.cli.tags import tags
from kb.cli.transfer import export, import_
from kb.domain.errors import Forbidden, KnowledgeBaseError

COMMANDS: tuple[click.Command, ...] = (
    init,
    run,
    serve,
    check,
    import_,
    export,
    search,
    check_text,
    practices,
    insights,
    reference,
    events,
    index,
    fsck,
    purge,
    tags,
    account,
    digest,
    audit,
    version,
)
"""In the order in which somebody meets them."""
for _command in (*TAG_ACTS, split_tag, retag_results, operations, hygiene, export_tags, import_tags):
    tags.add_command(_command)
for _command in (propose, edit, endorse, retire, reinstate, applications):
    practices.add_command(_command)
insights.add_command(corridors)


class Commands(click.Group):
    """A group that lists its commands in the order above, and turns the core's errors into one line each."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's own signature
        return [str(command.name) for command in COMMANDS]

    def invoke(self, ctx: click.Context) -> Any:
        logging.getLogger("kb").setLevel(logging.ERROR)  # a command tells what matters in its own words
        context = ctx.ensure_object(CommandContext)
        try:
            return super().invoke(ctx)
        except KnowledgeBaseError as error:
            if isinstance(error, Forbidden):
                context.note_refusal(f"kb {ctx.invoked_subcommand}")
            leave(error)


@click.group(
    cls=Commands,
    commands={str(command.name): command for command in COMMANDS},
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    epilog="The home is KB_HOME, by default the current folder. See `kb check` for all settings.",
)
def cli() -> None:
    """Casebook: case studies of investigations as files, searched, submitted and reviewed."""
