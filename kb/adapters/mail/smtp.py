"""A mail server, spoken to by SMTP. What is not encrypted as asked is not sent."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable
from contextlib import suppress
from enum import StrEnum
from typing import NamedTuple

from kb.adapters.mail.message import message_of
from kb.domain.errors import NotSent
from kb.domain.letter import Letter


class Encryption(StrEnum):
    """How the way to the server is encrypted."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


class Server(NamedTuple):
    """Where the server is, how it is spoken to, and by which name we greet it, which is not the machine's own."""

    host: str
    port: int
    encryption: Encryption
    user: str = ""
    password: str = ""
    timeout: float = 20
    greeting: str = "localhost"


class SmtpMailer:
    """A `Mailer` with a connection for each letter. `context` makes what decides which certificates are trusted."""

    def __init__(
        self,
        server: Server,
        sender: str,
        context: Callable[[], ssl.SSLContext] = ssl.create_default_context,
    ) -> None:
        self._server = server
        self._sender = sender
        self._context = context

    def send(self, letter: Letter) -> None:
        message = message_of(letter, self._sender)
        client = self._connected()
        try:
            client.send_message(message, from_addr=self._sender, to_addrs=[letter.to])
        except smtplib.SMTPRecipientsRefused as refused:
            code = refused.recipients[letter.to][0]
            raise NotSent(f"The mail server refuses the address ({code}).") from None
        except smtplib.SMTPDataError as refused:
            raise NotSent(f"The mail server refuses the mail ({refused.smtp_code}).") from None
        except (smtplib.SMTPException, OSError) as error:
            raise _failed(error) from error
        else:
            with suppress(
                smtplib.SMTPException, OSError
            ):  # it has the mail; how it says farewell does not matter
                client.quit()
        finally:
            client.close()

    @property
    def place(self) -> str:
        server = self._server
        return f"{server.host}:{server.port} ({server.encryption.value})"

    def _connected(self) -> smtplib.SMTP:
        """Give a connection on which everything may be said; raises NotSent."""
        client: smtplib.SMTP | None = None
        try:
            client = self._reached()
            self._sign_in(client)
        except (smtplib.SMTPException, OSError, UnicodeError) as error:
            if client:
                client.close()
            raise _failed(error) from error
        return client

    def _reached(self) -> smtplib.SMTP:
        server = self._server
        if server.encryption is Encryption.TLS:
            return smtplib.SMTP_SSL(
                server.host, server.port, server.greeting, timeout=server.timeout, context=self._context()
            )
        return smtplib.SMTP(server.host, server.port, server.greeting, timeout=server.timeout)

    def _sign_in(self, client: smtplib.SMTP) -> None:
        if self._server.encryption is Encryption.STARTTLS:
            client.starttls(context=self._context())
        if self._server.user:
            client.login(self._server.user, self._server.password)


FAILURES: tuple[tuple[type[Exception], str], ...] = (
    (smtplib.SMTPAuthenticationError, "The mail server refuses our user or password."),
    (smtplib.SMTPSenderRefused, "The mail server refuses the address that mails come from."),
    (smtplib.SMTPNotSupportedError, "The mail server does not offer what is asked of it, such as STARTTLS."),
    (smtplib.SMTPServerDisconnected, "The mail server broke off."),
    (ssl.SSLCertVerificationError, "The mail server's certificate is not trusted."),
    (ssl.SSLError, "TLS with the mail server failed."),
    (TimeoutError, "The mail server does not answer in time."),
    (ConnectionRefusedError, "No mail server listens there."),
    (smtplib.SMTPException, "The mail server gives no answer that makes sense."),
    (OSError, "The mail server cannot be reached."),
    (UnicodeError, "User or password holds a letter that the mail server cannot be told."),
)
"""What is said of a failure, the first that fits: never the words of the server, which often repeat addresses."""


def _failed(error: Exception) -> NotSent:
    """Say what went wrong; the library calls it broken off, too, when an answer does not come in time."""
    if isinstance(error.__context__, TimeoutError):
        error = error.__context__
    return NotSent(next(sentence for kind, sentence in FAILURES if isinstance(error, kind)), for_all=True)
