"""What settings are made of, and how their texts are read; a ValueError says in a few words why a text does not work."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import SecretStr

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


def is_loopback(host: str) -> bool:
    """Say whether `host` names this machine alone."""
    if host == LOCALHOST:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def folder(text: str) -> Path:
    path = Path(text).expanduser().resolve()
    if path.exists() and not path.is_dir():
        raise ValueError("it is a file, not a folder")
    return path


def url(text: str) -> Url:
    parts = urlsplit(text)
    if parts.scheme not in DEFAULT_PORTS or not parts.hostname or ":" in parts.hostname:
        raise ValueError("it must begin with https:// or http:// and name a host")
    if parts.path.strip("/") or parts.query or parts.fragment or parts.username:
        raise ValueError("it must be a host without path, query or user name")
    return Url(
        scheme=parts.scheme, host=parts.hostname.lower(), port=parts.port or DEFAULT_PORTS[parts.scheme]
    )


def address(text: str) -> Address:
    parts = urlsplit(f"//{text}")
    if not parts.hostname or not parts.port or parts.path:
        raise ValueError("it must be host:port")
    return Address(host=parts.hostname, port=parts.port)


def number(lowest: int, highest: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not text.isascii() or not text.isdecimal() or not lowest <= int(text) <= highest:
            raise ValueError(f"it must be a whole number from {lowest} to {highest}")
        return int(text)

    return read


def secret_in(text: str) -> SecretStr:
    """Read a secret from the file of this name; line breaks at its end are none of it."""
    try:
        secret = Path(text).expanduser().read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError):
        raise ValueError("the file cannot be read") from None
    if not secret:
        raise ValueError("the file is empty")
    return SecretStr(secret)


def mail_address(text: str) -> str:
    """Read the address of a mailbox, alone, without a name beside it."""
    local, _, domain = text.rpartition("@")
    if not local or not domain or not text.isascii() or any(each in ' \t,;<>"' for each in text):
        raise ValueError("it must be one address, such as casebook@example.org")
    return text


def host(text: str) -> str:
    """Read the name of a host."""
    if any(each.isspace() or each in "/:@" for each in text):
        raise ValueError("it must be the name of a host, without a port")
    return text
