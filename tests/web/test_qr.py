"""The QR code holds what it was asked to hold, whatever its size."""

from __future__ import annotations

import pytest

from kb.web.qr import qr_code
from tests.web.qr_reader import drawn, read


@pytest.mark.parametrize("length", [15, 26, 40, 60, 80, 100, 120, 150, 178, 210])
def test_a_symbol_of_every_size_reads_as_the_text_that_was_drawn(length: int) -> None:
    text = ("otpauth://totp/Casebook:кто@example.org?secret=JBSWY3DPEHPK3PXP&issuer=Casebook" * 3)[:length]
    while len(text.encode()) > length:
        text = text[:-1]

    symbol = qr_code(text)

    assert read(drawn(symbol.side, symbol.path)) == text


def test_another_text_is_another_symbol() -> None:
    assert qr_code("otpauth://totp/a").path != qr_code("otpauth://totp/b").path
