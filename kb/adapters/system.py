"""The machine's own clock and chance: the only place that asks for either."""

from __future__ import annotations

import base64
import datetime as dt
import secrets

from kb.domain.identifier import ALPHABET, LENGTH
from kb.domain.second_factor import RECOVERY_LENGTH


class SystemClock:
    """Tells the machine's time."""

    def now(self) -> dt.datetime:
        return dt.datetime.now(dt.UTC).replace(microsecond=0)


class SystemRandomness:
    """Draws from the operating system's generator; ids too, because an id must tell nothing."""

    def identifier(self) -> str:
        return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))

    def token(self) -> str:
        return secrets.token_urlsafe(32)

    def secret(self) -> str:
        return base64.b32encode(secrets.token_bytes(20)).decode()

    def recovery_code(self) -> str:
        return "".join(secrets.choice(ALPHABET) for _ in range(RECOVERY_LENGTH))

    def salt(self) -> str:
        return secrets.token_hex(16)
