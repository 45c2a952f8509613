"""Settings: everything that differs from one installation to the next, read once from `KB_*` variables.

One table says which there are, so that `kb check` and the documentation list the same. A value that cannot work is
refused at the start, with a sentence, and never found out about later.
"""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple, Self
from urllib.parse import urlsplit

from pydantic import Field

from kb.domain.errors import BadSetting
from kb.domain.text import Value

DEFAULT_PORTS = {"http": 80, "https": 443}
LOCALHOST = "localhost"


class Address(Value):
    """A host with a port: where the server listens."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


class Url(Value):
    """The address that people type: scheme, host and port, without a path."""

    scheme: str
    host: str
    port: int

    @property
    def secure(self) -> bool:
        """Say whether cookies get `__Host-` and Secure, and pages HSTS."""
        return self.scheme == "https"

    @property
    def loopback(self) -> bool:
        """Say whether only this machine itself reaches that address."""
        return is_loopback(self.host)

    @property
    def origins(self) -> frozenset[str]:
        """Give what a browser may send as Origin; on loopback, both names of this machine."""
        hosts = {self.host, LOCALHOST, "127.0.0.1"} if self.loopback else {self.host}
        return frozenset(str(self.model_copy(update={"host": host})) for host in hosts)

    def __str__(self) -> str:
        port = "" if self.port == DEFAULT_PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{self.host}{port}"


class Settings(Value):
    """The settings of one installation; the table below says what each is for."""

    home: Path = Field(default_factory=Path.cwd)
    url: Url = Url(scheme="http", host="127.0.0.1", port=8080)
    listen_on: Address | None = None
    trusted_proxies: int = 0
    workers: int = 2
    threads: int = 4

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

    @classmethod
    def read(cls, environment: Mapping[str, str] | None = None) -> Self:
        """Read the settings from `environment`, by default this process's; raises BadSetting."""
        values = os.environ if environment is None else environment
        given = {row.field: row.value(values) for row in SETTINGS if values.get(row.variable, "").strip()}
        settings = cls.model_validate(given)
        _refuse_plain_http_beyond_this_machine(settings)
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


def is_loopback(host: str) -> bool:
    """Say whether `host` names this machine alone."""
    if host == LOCALHOST:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _folder(text: str) -> Path:
    path = Path(text).expanduser().resolve()
    if path.exists() and not path.is_dir():
        raise ValueError("it is a file, not a folder")
    return path


def _url(text: str) -> Url:
    parts = urlsplit(text)
    if parts.scheme not in DEFAULT_PORTS or not parts.hostname or ":" in parts.hostname:
        raise ValueError("it must begin with https:// or http:// and name a host")
    if parts.path.strip("/") or parts.query or parts.fragment or parts.username:
        raise ValueError("it must be a host without path, query or user name")
    return Url(
        scheme=parts.scheme, host=parts.hostname.lower(), port=parts.port or DEFAULT_PORTS[parts.scheme]
    )


def _address(text: str) -> Address:
    parts = urlsplit(f"//{text}")
    if not parts.hostname or not parts.port or parts.path:
        raise ValueError("it must be host:port")
    return Address(host=parts.hostname, port=parts.port)


def _number(lowest: int, highest: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not text.isascii() or not text.isdecimal() or not lowest <= int(text) <= highest:
            raise ValueError(f"it must be a whole number from {lowest} to {highest}")
        return int(text)

    return read


SETTINGS: tuple[Setting, ...] = (
    Setting(
        "KB_HOME",
        "home",
        "the current folder",
        "The folder that holds entries/, search_index/, accounts.db, secret.key and audit.key.",
        "/srv/casebook",
        _folder,
    ),
    Setting(
        "KB_URL",
        "url",
        "http://127.0.0.1:8080",
        "The address that people type. https gives secure cookies and HSTS; plain http is for this machine alone.",
        "https://casebook.example.org",
        _url,
    ),
    Setting(
        "KB_LISTEN",
        "listen_on",
        "127.0.0.1:8080 behind a proxy, else the address in KB_URL",
        "Where the server listens.",
        "127.0.0.1:8080",
        _address,
    ),
    Setting(
        "KB_TRUSTED_PROXIES",
        "trusted_proxies",
        "0",
        "How many proxies stand before the server, exactly: that many X-Forwarded-* values are believed.",
        "1",
        _number(0, 9),
    ),
    Setting("KB_WORKERS", "workers", "2", "How many processes serve pages.", "2", _number(1, 64)),
    Setting("KB_THREADS", "threads", "4", "How many threads each process has.", "4", _number(1, 64)),
)


def _refuse_plain_http_beyond_this_machine(settings: Settings) -> None:
    if not settings.url.secure and not (settings.url.loopback and is_loopback(settings.listen.host)):
        raise BadSetting(
            f"KB_URL={str(settings.url)!r} is plain http, which is for this machine alone, because passwords would travel "
            "in the clear. Put a proxy with TLS before the server and set KB_URL=https://your.host (and KB_TRUSTED_PROXIES=1)."
        )
