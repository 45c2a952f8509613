"""A mail server of a few lines, which takes letters or does what servers do on bad days."""

from __future__ import annotations

import socketserver
import ssl
import time
from collections.abc import Mapping
from contextlib import suppress
from itertools import takewhile
from pathlib import Path
from threading import Thread

CERTIFICATE = Path(__file__).with_name("localhost.pem")
"""Made for these tests, for localhost, and trusted by nobody else."""
PATIENCE = 5.0
"""Seconds after which a server that hangs lets go, whatever the test does."""


class MailServer:
    """`answers` gives, by the first word that a client says, what is answered instead of the usual; "" breaks off.

    `hang` is a word after which nothing is said any more. With `tls` the first byte is encrypted; with `starttls` it is offered.
    """

    def __init__(
        self,
        answers: Mapping[str, str] | None = None,
        *,
        hang: str = "",
        tls: bool = False,
        starttls: bool = False,
        sign_in: bool = False,
    ) -> None:
        self.answers = {"GREETING": "220 mail.test", **(answers or {})}
        self.hang, self.tls, self.starttls, self.sign_in = hang, tls, starttls, sign_in
        self.said: list[str] = []
        self.mails: list[bytes] = []
        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Conversation)
        self._server.daemon_threads = True
        self._server.mail = self  # type: ignore[attr-defined]  # where a conversation finds what it should say

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    def __enter__(self) -> MailServer:
        Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def features(self, *, encrypted: bool) -> str:
        offered = ["STARTTLS"] if self.starttls and not encrypted else []
        offered += ["AUTH PLAIN"] if self.sign_in else []
        lines = ["mail.test", *offered]
        return "\r\n".join(f"250{'-' if line is not lines[-1] else ' '}{line}" for line in lines)


class Conversation(socketserver.BaseRequestHandler):
    """One client, from the greeting to the farewell."""

    def setup(self) -> None:
        self.mail: MailServer = self.server.mail  # type: ignore[attr-defined]
        self._stream = self.request.makefile("rb")

    def handle(self) -> None:
        with suppress(OSError):  # the other side may go at any moment
            if self.mail.tls:
                self._encrypt()
            if self._answer("GREETING", self.mail.answers["GREETING"]):
                self._talk()

    def finish(self) -> None:
        self._stream.close()
        self.request.close()

    def _talk(self) -> None:
        while line := self._stream.readline().decode().strip():
            self.mail.said.append(line)
            if not self._react(line.split()[0].upper()):
                break

    def _react(self, verb: str) -> bool:
        usual = {
            "EHLO": self.mail.features(encrypted=isinstance(self.request, ssl.SSLSocket)),
            "STARTTLS": "220 go on",
            "AUTH": "235 welcome",
            "DATA": "354 go on",
            "QUIT": "221 bye",
        }
        answer = self.mail.answers.get(verb, usual.get(verb, "250 fine"))
        if not self._answer(verb, answer):
            return False
        if verb == "STARTTLS":
            self._encrypt()
        return not answer.startswith("354") or self._take()

    def _encrypt(self) -> None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(CERTIFICATE)
        self._stream.close()
        self.request = context.wrap_socket(self.request, server_side=True)
        self._stream = self.request.makefile("rb")

    def _take(self) -> bool:
        lines = list(takewhile(lambda line: line != b".\r\n", self._stream))
        answer = self.mail.answers.get("END", "250 taken")
        if answer.startswith("2"):
            self.mail.mails.append(b"".join(lines))
        return self._answer("END", answer)

    def _answer(self, verb: str, answer: str) -> bool:
        """Say this, or nothing for a while and then no more; gives whether the conversation goes on."""
        if verb == self.mail.hang:
            time.sleep(PATIENCE)
            return False
        if answer:
            self.request.sendall(answer.encode() + b"\r\n")
        return bool(answer)
