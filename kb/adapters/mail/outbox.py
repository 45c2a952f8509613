"""The outbox: a folder of mails, for homes that have no mail server, and for trying it out."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from kb.adapters.mail.message import message_of
from kb.domain.errors import NotSent
from kb.domain.letter import Letter


class Outbox:
    """A `Mailer` that writes a file per letter, whole or not at all; the same letter twice is one file."""

    def __init__(self, folder: Path, sender: str) -> None:
        self._folder = folder
        self._sender = sender

    def send(self, letter: Letter) -> None:
        message = message_of(letter, self._sender)
        place = self._folder / f"{letter.at:%Y%m%dT%H%M%SZ}-{letter.id[:16]}.eml"
        try:
            self._folder.mkdir(mode=stat.S_IRWXU, parents=True, exist_ok=True)
            _write(place, message.as_bytes())
        except OSError as error:
            raise NotSent(f"The outbox cannot be written: {error.strerror}.", for_all=True) from error

    @property
    def place(self) -> str:
        return "the outbox, a folder on the server"


def _write(place: Path, content: bytes) -> None:
    """Write beside, then rename: nobody who looks into the folder meets half a mail."""
    beside = place.with_suffix(f".{os.getpid()}.tmp")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, stat.S_IRUSR | stat.S_IWUSR)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    beside.replace(place)
