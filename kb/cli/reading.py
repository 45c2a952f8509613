"""What commands share that only read: as whom they read, and in which form they answer."""

from __future__ import annotations

import click

from kb.cli.context import CommandContext
from kb.domain.account import OFFICER_WITHOUT_ORGANISATION, Account

as_somebody = click.option(
    "--as", "email", metavar="EMAIL", help="Read as this account; default: any officer (CLEAR and GREEN)."
)
as_json = click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")


def reader(context: CommandContext, email: str | None) -> Account:
    """Give the account as which somebody reads."""
    return context.acting(email) if email else OFFICER_WITHOUT_ORGANISATION
