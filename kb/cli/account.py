"""`kb account`: who may come in."""

from __future__ import annotations

import json

import click

from kb.cli.context import CommandContext, pass_context
from kb.domain.account import OPERATOR, Account, Role
from kb.domain.errors import BadSetting
from kb.services.accounts import Invitation
from kb.services.links import OneTimeLink

ROLES = tuple(role.value for role in Role if role is not Role.OPERATOR)


@click.group(
    epilog="""\b
Examples:
  kb account create chief@unit.example --role administrator
  kb account create eva@unit.example --role investigator --role presenter \\
     --organisation "Example unit, Austria" --country AT
  kb account reset eva@unit.example
  kb account reset eva@unit.example --second-factor     when the device is lost
  kb account code coordinator@example.org               for demo accounts
"""
)
def account() -> None:
    """Invite, list, reset and disable accounts. There is no self-registration."""


@account.command(short_help="Invite somebody: prints a one-time link.")
@click.argument("email")
@click.option(
    "--role", "roles", multiple=True, required=True, type=click.Choice(ROLES), help="May be repeated."
)
@click.option("--name", default="", help="By which others know them; default: the first part of the address.")
@click.option("--organisation", default="", help="The unit; needed for every role but administrator.")
@click.option("--country", default="", help="Two letters, such as AT.")
@click.option("--language", default="en", show_default=True)
@pass_context
def create(
    context: CommandContext,
    email: str,
    *,
    roles: tuple[str, ...],
    name: str,
    organisation: str,
    country: str,
    language: str,
) -> None:
    """Add an account and print the one-time link by which its owner chooses a password."""
    invitation = Invitation(
        email=email,
        name=name,
        organisation=organisation,
        country=country,
        roles=frozenset(Role(role) for role in roles),
        language=language,
    )
    _print_link(context, context.services.accounts.invite(OPERATOR, invitation))


@account.command("list")
@click.option("--json", "as_json", is_flag=True, help="For scripts.")
@pass_context
def list_(context: CommandContext, *, as_json: bool) -> None:
    """List all accounts."""
    accounts = context.services.accounts.list(OPERATOR)
    if as_json:
        click.echo(json.dumps([each.model_dump(mode="json") for each in accounts], ensure_ascii=False))
        return
    for each in accounts:
        click.echo(_line(each))
    if not accounts:
        click.echo("No account yet. Make the first: kb account create EMAIL --role administrator", err=True)


@account.command(short_help="Print a link for a new password.")
@click.argument("email")
@click.option(
    "--second-factor", is_flag=True, help="Take away the second factor too, with its recovery codes."
)
@pass_context
def reset(context: CommandContext, email: str, *, second_factor: bool) -> None:
    """Print a one-time link by which the account's owner chooses a new password.

    With --second-factor for somebody who lost their device and the recovery codes: today's password is worthless at once,
    all sessions end, and where the roles require a second factor it is set up anew after the next sign-in.
    """
    accounts = context.services.accounts
    make = accounts.reset_second_factor if second_factor else accounts.reset
    _print_link(context, make(OPERATOR, context.account(email).id))


@account.command(short_help="Print a demo account's code of this half minute.")
@click.argument("email")
@pass_context
def code(context: CommandContext, email: str) -> None:
    """Print the code with which a demo account signs in now, as its authenticator app would show it.

    For demo accounts on this machine alone. A code works once: where that of this half minute has been used, the command
    says so, and gives the next one when it has begun.
    """
    if not context.settings.url.loopback:
        raise BadSetting(
            f"`kb account code` is for trying it on this machine, and KB_URL is {context.settings.url}."
        )
    click.echo(context.services.second_factor.current_code(OPERATOR, context.account(email).id))


@account.command()
@click.argument("email")
@pass_context
def disable(context: CommandContext, email: str) -> None:
    """Keep an account out, at once."""
    disabled = context.services.accounts.disable(OPERATOR, context.account(email).id)
    click.echo(f"{disabled.email} is disabled; its sessions have ended.")


@account.command()
@click.argument("email")
@pass_context
def enable(context: CommandContext, email: str) -> None:
    """Let a disabled account in again."""
    enabled = context.services.accounts.enable(OPERATOR, context.account(email).id)
    click.echo(f"{enabled.email} may sign in again.")


def _print_link(context: CommandContext, link: OneTimeLink) -> None:
    click.echo(f"{context.settings.url}{link.path}")
    click.echo(
        f"For {link.account.email}, once, until {link.expires_at:%Y-%m-%d %H:%M} UTC. "
        "Hand it over by a way that only they can read.",
        err=True,
    )


def _line(each: Account) -> str:
    organisation = f"{each.organisation.name} ({each.organisation.country})" if each.organisation else "-"
    state = "" if each.active else "  disabled"
    return f"{each.email}  {', '.join(sorted(each.roles))}  {organisation}{state}"
