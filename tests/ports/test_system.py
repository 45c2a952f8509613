"""The machine's clock and chance, and the key that is drawn once for a home."""

from __future__ import annotations

import base64
import datetime as dt
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from kb.adapters.accounts.secret import secret_key
from kb.adapters.system import SystemClock, SystemRandomness
from kb.domain.errors import BadSetting
from kb.domain.identifier import LENGTH, Identifier
from kb.domain.second_factor import is_recovery_code

LOST = "Or remove it and start again."


def test_the_time_is_aware_in_utc_and_to_the_second() -> None:
    now = SystemClock().now()

    assert now.tzinfo is dt.UTC
    assert now.microsecond == 0
    assert abs(now - dt.datetime.now(dt.UTC)) < dt.timedelta(minutes=1)


def test_drawn_ids_are_valid_and_tell_nothing() -> None:
    drawn = {SystemRandomness().identifier() for _ in range(200)}

    assert len(drawn) == 200
    assert all(TypeAdapter(Identifier).validate_python(each) and len(each) == LENGTH for each in drawn)


def test_tokens_and_salts_are_long_and_never_alike() -> None:
    randomness = SystemRandomness()

    assert len({randomness.token() for _ in range(50)}) == len({randomness.salt() for _ in range(50)}) == 50
    assert len(randomness.token()) == 43
    assert len(bytes.fromhex(randomness.salt())) == 16


def test_secrets_of_second_factors_have_160_bits_and_are_never_alike() -> None:
    """RFC 4226, 4, recommends 160 bits."""
    drawn = {SystemRandomness().secret() for _ in range(200)}

    assert len(drawn) == 200
    assert all(len(base64.b32decode(each)) == 20 for each in drawn)


def test_recovery_codes_are_long_enough_to_be_kept_as_a_plain_hash() -> None:
    """ASVS 5.0 6.5.2: 112 bits or more; 24 letters of 32 are 120."""
    drawn = {SystemRandomness().recovery_code() for _ in range(200)}

    assert len(drawn) == 200
    assert all(is_recovery_code(each) for each in drawn)


def test_the_first_start_draws_a_key_that_the_server_alone_reads(tmp_path: Path) -> None:
    path = tmp_path / "secret.key"

    key = secret_key(path, "k" * 43, LOST)

    assert key == b"k" * 43
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [each.name for each in tmp_path.iterdir()] == ["secret.key"]


def test_later_starts_keep_the_key(tmp_path: Path) -> None:
    first = secret_key(tmp_path / "secret.key", "k" * 43, LOST)

    assert secret_key(tmp_path / "secret.key", "n" * 43, LOST) == first


def test_several_that_start_at_once_end_with_one_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        keys = list(pool.map(lambda letter: secret_key(tmp_path / "secret.key", letter * 43, LOST), "abcd"))

    assert len(set(keys)) == 1
    assert [each.name for each in tmp_path.iterdir()] == ["secret.key"]


def test_a_file_that_holds_no_key_is_refused_and_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "secret.key").write_text("short\n", encoding="ascii")

    with pytest.raises(BadSetting, match=r"holds no key.*Or remove it"):
        secret_key(tmp_path / "secret.key", "k" * 43, LOST)

    assert (tmp_path / "secret.key").read_text(encoding="ascii") == "short\n"
