"""What all one-time codes promise, asked of pyotp and of the fake."""

from __future__ import annotations

import datetime as dt
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from kb.adapters.accounts.codes import TotpCodes
from kb.adapters.system import SystemRandomness
from kb.domain.ports import OneTimeCodes
from kb.domain.second_factor import STEP_SECONDS, is_code
from tests.fakes.clock import NOON
from tests.fakes.second_factors import CountedCodes

STEP = dt.timedelta(seconds=STEP_SECONDS)
RFC_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
"""The secret of the examples in RFC 6238, appendix B, in base32."""


@pytest.fixture(params=["counted", "totp"])
def codes(request: pytest.FixtureRequest) -> OneTimeCodes:
    return CountedCodes() if request.param == "counted" else TotpCodes()


def test_the_code_of_now_is_that_of_its_step(codes: OneTimeCodes) -> None:
    secret = SystemRandomness().secret()

    step, code = codes.current(secret, NOON)

    assert is_code(code)
    assert codes.step_of(secret, code, NOON) == step
    assert codes.current(secret, NOON + STEP)[0] == step + 1


@pytest.mark.parametrize(("steps", "known"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_one_step_of_tolerance_is_given_each_way(codes: OneTimeCodes, steps: int, known: bool) -> None:
    secret = SystemRandomness().secret()
    step, code = codes.current(secret, NOON + steps * STEP)

    assert codes.step_of(secret, code, NOON) == (step if known else None)


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "é" * 6])
def test_what_is_no_code_is_never_right(codes: OneTimeCodes, typed: str) -> None:
    assert codes.step_of(SystemRandomness().secret(), typed, NOON) is None


def test_another_secret_has_other_codes(codes: OneTimeCodes) -> None:
    first, second = SystemRandomness().secret(), SystemRandomness().secret()

    assert [codes.current(each, NOON + n * STEP)[1] for each in (first,) for n in range(9)] != [
        codes.current(second, NOON + n * STEP)[1] for n in range(9)
    ]


@pytest.mark.parametrize(
    ("seconds", "code"), [(59, "287082"), (1111111109, "081804"), (20000000000, "353130")]
)
def test_codes_are_those_of_the_rfc(seconds: int, code: str) -> None:
    """RFC 6238, appendix B: the last six digits of its eight."""
    at = dt.datetime.fromtimestamp(seconds, dt.UTC)

    assert TotpCodes().current(RFC_SECRET, at) == (seconds // STEP_SECONDS, code)


def test_a_phone_reads_secret_issuer_and_account_from_the_address() -> None:
    uri = urlsplit(TotpCodes().uri(RFC_SECRET, "anna+x@example.org"))

    assert (uri.scheme, uri.netloc, unquote(uri.path)) == ("otpauth", "totp", "/Casebook:anna+x@example.org")
    assert parse_qs(uri.query) == {"secret": [RFC_SECRET], "issuer": ["Casebook"]}
