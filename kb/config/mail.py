"""What is asked of the settings of a mail server together: half of them would send nothing, or in the clear."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Self

from kb.config.values import is_loopback
from kb.domain.errors import BadSetting

if TYPE_CHECKING:
    from kb.config import Settings


class Security(StrEnum):
    """How the way to the mail server is kept from others' eyes."""

    STARTTLS = "starttls"
    """Begun in the clear, and TLS before anything is said."""
    TLS = "tls"
    """TLS from the first byte."""
    NONE = "none"
    """For a mail server on this machine."""

    @classmethod
    def read(cls, text: str) -> Self:
        """Read its text."""
        try:
            return cls(text.lower())
        except ValueError:
            raise ValueError("it must be starttls, tls or none") from None

    @property
    def port(self) -> int:
        """Give the port at which mail servers listen for it (RFC 8314)."""
        return {Security.STARTTLS: 587, Security.TLS: 465, Security.NONE: 25}[self]


def refuse_half_a_mail_server(settings: Settings) -> None:
    """Raise BadSetting with what is missing, or too much."""
    wrong = (
        (
            settings.smtp_host and not settings.smtp_from,
            "KB_SMTP_HOST is set and KB_SMTP_FROM is not: say which address mails come from.",
        ),
        (
            settings.smtp_host
            and settings.smtp_security is Security.NONE
            and not is_loopback(settings.smtp_host),
            "KB_SMTP_SECURITY=none is for a mail server on this machine alone: titles would travel in the clear.",
        ),
        (
            settings.smtp_password.get_secret_value() and settings.smtp_password_file.get_secret_value(),
            "KB_SMTP_PASSWORD and KB_SMTP_PASSWORD_FILE are both set: keep one of them.",
        ),
        (
            bool(settings.smtp_user) != bool(smtp_password(settings)),
            "KB_SMTP_USER goes with KB_SMTP_PASSWORD or KB_SMTP_PASSWORD_FILE: set both or neither.",
        ),
    )
    for found, sentence in wrong:
        if found:
            raise BadSetting(sentence)


def smtp_password(settings: Settings) -> str:
    """Give the password, wherever it was set; empty where there is none."""
    return settings.smtp_password.get_secret_value() or settings.smtp_password_file.get_secret_value()
