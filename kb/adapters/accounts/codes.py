"""One-time codes by pyotp: RFC 6238 with SHA-1, six digits and half a minute, which every authenticator app knows."""

from __future__ import annotations

import datetime as dt
import hmac

import pyotp

from kb.domain.second_factor import STEP_SECONDS

ISSUER = "Casebook"
TOLERANCE = (0, -1, 1)
"""Steps beside the present one whose codes count too, the likeliest first: clocks differ, and typing takes time."""


class TotpCodes:
    """`OneTimeCodes`."""

    def uri(self, secret: str, name: str) -> str:
        return _totp(secret).provisioning_uri(name=name, issuer_name=ISSUER)

    def step_of(self, secret: str, code: str, at: dt.datetime) -> int | None:
        totp = _totp(secret)
        now = totp.timecode(at)
        fitting = [now + off for off in TOLERANCE if _same(totp.generate_otp(now + off), code)]
        return fitting[0] if fitting else None

    def current(self, secret: str, at: dt.datetime) -> tuple[int, str]:
        totp = _totp(secret)
        step = totp.timecode(at)
        return step, totp.generate_otp(step)


def _totp(secret: str) -> pyotp.TOTP:
    return pyotp.TOTP(secret, interval=STEP_SECONDS)


def _same(right: str, typed: str) -> bool:
    return hmac.compare_digest(right.encode(), typed.encode())
