"""Settings: everything that differs from one installation to the next, read once from `KB_*` variables.

One table says which there are, so that `kb check` and the documentation list the same. A value that cannot work is
refused at the start, with a sentence, and never found out about later.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple, Self

from pydantic import Field, SecretStr

from kb.config.mail import Security, refuse_half_a_mail_server
from kb.config.values import (
    Address,
    Url,
    address,
    folder,
    host,
    is_loopback,
    mail_address,
    number,
    secret_in,
    url,
)
from kb.domain.errors import BadSetting
from kb.domain.text import Value

__all__ = ["SETTINGS", "Address", "Security", "Setting", "Settings", "Url", "is_loopback"]


class Settings(Value):
    """The settings of one installation; the table below says what each is for."""

    home: Path = Field(default_factory=Path.cwd)
    url: Url = Url(scheme="http", host="127.0.0.1", port=8080)
    listen_on: Address | None = None
    trusted_proxies: int = 0
    workers: int = 2
    threads: int = 4
    smtp_host: str = ""
    smtp_port: int | None = None
    smtp_security: Security = Security.STARTTLS
    smtp_user: str = ""
    smtp_password: SecretStr = SecretStr("")
    smtp_password_file: SecretStr = SecretStr("")
    smtp_from: str = ""
    smtp_timeout: int = 20
    mail_outbox: Path | None = None

    @property
    def listen(self) -> Address:
        """Give where to listen: as set; else on loopback, at the port of a plain http address or 8080 behind a proxy."""
        plain = Address(host=self.url.host, port=self.url.port)
        return self.listen_on or (Address(host="127.0.0.1", port=8080) if self.url.secure else plain)

    @property
    def entries(self) -> Path:
        """Give the folder of the entries: the truth."""
        return self.home / "entries"

    @property
    def search_index(self) -> Path:
        """Give the folder of what is derived from the entries."""
        return self.home / "search_index"

    @property
    def accounts(self) -> Path:
        """Give the database of accounts, sessions and the audit log."""
        return self.home / "accounts.db"

    @property
    def secret_key(self) -> Path:
        """Give the file whose content signs cookies."""
        return self.home / "secret.key"

    @property
    def audit_key(self) -> Path:
        """Give the file whose content seals the audit log; never exchanged, or nothing that stands could be verified."""
        return self.home / "audit.key"

    @property
    def outbox(self) -> Path:
        """Give the folder that mails are written to while no mail server is set."""
        return self.mail_outbox or self.home / "outbox"

    @classmethod
    def read(cls, environment: Mapping[str, str] | None = None) -> Self:
        """Read the settings from `environment`, by default this process's; raises BadSetting."""
        values = os.environ if environment is None else environment
        given = {row.field: row.value(values) for row in SETTINGS if values.get(row.variable, "").strip()}
        settings = cls.model_validate(given)
        _refuse_plain_http_beyond_this_machine(settings)
        refuse_half_a_mail_server(settings)
        return settings

    def require_home(self) -> None:
        """Raise BadSetting where the folder is no home; nothing is created by accident in some other folder."""
        if not self.entries.is_dir():
            raise BadSetting(
                f"There is no knowledge base in {self.home}. Make one with `kb init {self.home}`, "
                "or set KB_HOME to the folder that holds entries/."
            )


class Setting(NamedTuple):
    """One row of the table: the variable, what it is for, and how its text is read."""

    variable: str
    field: str
    default: str
    meaning: str
    example: str
    read: Callable[[str], object]

    def value(self, environment: Mapping[str, str]) -> object:
        """Read this setting's text; raises BadSetting with a value that would work."""
        text = environment[self.variable].strip()
        try:
            return self.read(text)
        except ValueError as reason:
            raise BadSetting(
                f"{self.variable}={text!r} does not work: {reason}. A value that would: {self.example}"
            ) from reason


SETTINGS: tuple[Setting, ...] = (
    Setting(
        "KB_HOME",
        "home",
        "the current folder",
        "The folder that holds entries/, search_index/, accounts.db, secret.key and audit.key.",
        "/srv/casebook",
        folder,
    ),
    Setting(
        "KB_URL",
        "url",
        "http://127.0.0.1:8080",
        "The address that people type. https gives secure cookies and HSTS; plain http is for this machine alone.",
        "https://casebook.example.org",
        url,
    ),
    Setting(
        "KB_LISTEN",
        "listen_on",
        "127.0.0.1:8080 behind a proxy, else the address in KB_URL",
        "Where the server listens.",
        "127.0.0.1:8080",
        address,
    ),
    Setting(
        "KB_TRUSTED_PROXIES",
        "trusted_proxies",
        "0",
        "How many proxies stand before the server, exactly: that many X-Forwarded-* values are believed.",
        "1",
        number(0, 9),
    ),
    Setting("KB_WORKERS", "workers", "2", "How many processes serve pages.", "2", number(1, 64)),
    Setting("KB_THREADS", "threads", "4", "How many threads each process has.", "4", number(1, 64)),
    Setting(
        "KB_SMTP_HOST",
        "smtp_host",
        "none: mails are written to a folder",
        "The mail server that takes what people are told by e-mail.",
        "mail.example.org",
        host,
    ),
    Setting(
        "KB_SMTP_PORT",
        "smtp_port",
        "587, with tls 465, with none 25",
        "The port of the mail server.",
        "587",
        number(1, 65_535),
    ),
    Setting(
        "KB_SMTP_SECURITY",
        "smtp_security",
        "starttls",
        "starttls, tls, or none, which is for a mail server on this machine alone. Without the TLS asked for nothing is sent.",
        "starttls",
        Security.read,
    ),
    Setting("KB_SMTP_USER", "smtp_user", "none", "Who signs in at the mail server.", "casebook", str),
    Setting(
        "KB_SMTP_PASSWORD", "smtp_password", "none", "The password of that user.", "a password", SecretStr
    ),
    Setting(
        "KB_SMTP_PASSWORD_FILE",
        "smtp_password_file",
        "none",
        "A file that holds the password in place of the variable.",
        "/etc/casebook/smtp-password",
        secret_in,
    ),
    Setting(
        "KB_SMTP_FROM",
        "smtp_from",
        "none; needed with a mail server",
        "The address that mails come from.",
        "casebook@example.org",
        mail_address,
    ),
    Setting(
        "KB_SMTP_TIMEOUT",
        "smtp_timeout",
        "20",
        "How many seconds the mail server may take for each answer.",
        "20",
        number(1, 300),
    ),
    Setting(
        "KB_MAIL_OUTBOX",
        "mail_outbox",
        "outbox in the home",
        "The folder that mails are written to while no mail server is set.",
        "/srv/casebook/outbox",
        folder,
    ),
)


def _refuse_plain_http_beyond_this_machine(settings: Settings) -> None:
    if not settings.url.secure and not (settings.url.loopback and is_loopback(settings.listen.host)):
        raise BadSetting(
            f"KB_URL={str(settings.url)!r} is plain http, which is for this machine alone, because passwords would travel "
            "in the clear. Put a proxy with TLS before the server and set KB_URL=https://your.host (and KB_TRUSTED_PROXIES=1)."
        )
