"""`kb serve` and `kb run`: the web, for real and for trying."""

from __future__ import annotations

import os
import shutil
import sys
from typing import NoReturn

import click

from kb.bootstrap import logs
from kb.cli.context import CommandContext, pass_context
from kb.config import Settings, is_loopback
from kb.domain.account import OPERATOR
from kb.domain.errors import BadSetting
from kb.paths import CHECKOUT

APPLICATION = "kb.web.wsgi:app"


@click.command(
    epilog="""\b
Example:
  KB_HOME=/srv/casebook KB_URL=https://casebook.example KB_TRUSTED_PROXIES=1 kb serve
"""
)
@pass_context
def serve(context: CommandContext) -> None:
    """Serve the home with gunicorn; makes no account."""
    _ = context.settled
    _gunicorn(context, logs.LINES)


@click.command(short_help="Try it on this machine, with demo accounts.")
@pass_context
def run(context: CommandContext) -> None:
    """Try it on this machine: serve on loopback, with demo accounts the first time.

    Where no account exists, one per role is made; its random password is printed once, with the secret of the second
    factor where the role needs one, for an authenticator app.
    """
    if not context.settings.url.loopback:
        raise BadSetting(
            f"`kb run` is for this machine alone, and KB_URL is {context.settings.url}. Use `kb serve`."
        )
    made = context.settled.demo.create(OPERATOR)
    for each in made:
        click.echo(f"{each.account.email:<28} {each.password}  {each.secret or ''}".rstrip())
    if made:
        click.echo(
            "These demo passwords are shown this once, and the secrets of second factors after them. "
            f"Without an app for codes: {_program()} account code EMAIL"
        )
    else:
        click.echo(f"Accounts exist. A new password: {_program()} account reset EMAIL (see `account list`).")
    click.echo(f"Casebook is at {context.settings.url} (Ctrl+C stops it)")
    _gunicorn(context, logs.WORDS)


def _program() -> str:
    """Give what to type for `kb` here: in a checkout it lies in an environment that no shell knows of."""
    return "kb" if shutil.which("kb") else f"{os.path.relpath(sys.executable)} -m kb"


def _longest_request_line(settings: Settings) -> str:
    """Give how long an address may be, in characters; 0 is no bound.

    Whatever is searched for gets a page that says how it was read. On loopback only this machine and its proxy, which
    bounds the line itself, can send one.
    """
    return "0" if is_loopback(settings.listen.host) else "8190"


def _gunicorn(context: CommandContext, log: str) -> NoReturn:
    """Become gunicorn; it loads the application itself, in each worker.

    It puts the folder that it is started in before all others that it loads modules and its own settings from: so it is
    started in the one that holds the very package that runs here, where nobody else's `kb` can lie.
    """
    settings = context.settings
    arguments = [
        *(sys.executable, "-P", "-m", "gunicorn", APPLICATION),
        *("--bind", str(settings.listen)),
        *("--workers", str(settings.workers)),
        *("--worker-class", "gthread", "--threads", str(settings.threads)),
        *("--logger-class", log, "--log-level", "warning"),
        "--no-control-socket",
        *("--forwarded-allow-ips", ""),
        *("--limit-request-line", _longest_request_line(settings)),
    ]
    os.environ["KB_HOME"] = str(settings.home)
    os.chdir(CHECKOUT)
    sys.stdout.flush()
    os.execv(sys.executable, arguments)  # noqa: S606 - no shell; every argument is ours
