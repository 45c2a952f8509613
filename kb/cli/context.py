"""What every command starts from: the settings, the services of the home, and who acts."""

from __future__ import annotations

from functools import cached_property

import click

from kb.bootstrap import Services, services
from kb.cli.progress import progress
from kb.config import Settings
from kb.domain.account import OPERATOR, Account
from kb.domain.errors import Invalid, NotFound


class CommandContext:
    """Opens the home when a command first needs it, so that `kb version` needs none."""

    _acting: Account | None = None

    @cached_property
    def settings(self) -> Settings:
        """Give the settings; raises BadSetting."""
        return Settings.read()

    @cached_property
    def services(self) -> Services:
        """Give the services of the home; raises BadSetting where there is none."""
        return services(self.settings)

    @cached_property
    def settled(self) -> Services:
        """Give the services after a look at what is derived: a command reads no list that the files have left behind."""
        with progress("Looking at the entries") as advance:
            report = self.services.indexing.update(OPERATOR, advance)
        for trouble in report.drain.troubles:
            click.echo(f"kb: {trouble}", err=True)
        return self.services

    def account(self, email: str) -> Account:
        """Give the account with this e-mail address; raises Invalid where there is none."""
        try:
            return self.services.accounts.find(OPERATOR, email)
        except NotFound:
            raise Invalid(("as", f"No account has the address {email}. See `kb account list`.")) from None

    def acting(self, email: str) -> Account:
        """Give the account with this e-mail address, which acts from now on; raises Invalid where there is none."""
        self._acting = self.account(email)
        return self._acting

    def note_refusal(self, command: str) -> None:
        """Have it noted that this command was refused to the account that acts; the operator is refused nothing."""
        if self._acting:
            self.services.audit.refuse(self._acting, command)


pass_context = click.make_pass_decorator(CommandContext, ensure=True)
