"""What every password hasher promises, asked of argon2 and of the fake."""

from __future__ import annotations

import pytest
from argon2 import PasswordHasher as Argon2

from kb.adapters.accounts.hasher import Argon2Hasher
from kb.domain.ports import PasswordHasher
from tests.fakes.hasher import PlainHasher

QUICK = Argon2(time_cost=1, memory_cost=64, parallelism=1)
STRONGER = Argon2(time_cost=2, memory_cost=64, parallelism=1)
PASSWORD = "пароль из нескольких слов"


@pytest.fixture(params=["plain", "argon2"])
def hashers(request: pytest.FixtureRequest) -> tuple[PasswordHasher, PasswordHasher]:
    """Give yesterday's hasher and today's, which is stronger."""
    if request.param == "plain":
        return PlainHasher(1), PlainHasher(2)
    return Argon2Hasher(QUICK), Argon2Hasher(STRONGER)


def test_the_right_password_alone_is_right(hashers: tuple[PasswordHasher, PasswordHasher]) -> None:
    hasher, _ = hashers
    hashed = hasher.hash(PASSWORD)

    assert hasher.verify(hashed, PASSWORD)
    assert not hasher.verify(hashed, PASSWORD + " ")
    assert not hasher.verify(hashed, "")


def test_no_password_is_right_where_none_was_set(hashers: tuple[PasswordHasher, PasswordHasher]) -> None:
    hasher, _ = hashers

    assert not hasher.verify(None, PASSWORD)
    assert not hasher.verify(None, "an account that does not exist")


def test_what_is_no_hash_is_never_right(hashers: tuple[PasswordHasher, PasswordHasher]) -> None:
    hasher, _ = hashers

    assert not hasher.verify("nonsense", PASSWORD)


def test_a_weaker_hash_is_still_right_and_outdated(hashers: tuple[PasswordHasher, PasswordHasher]) -> None:
    yesterday, today = hashers
    hashed = yesterday.hash(PASSWORD)

    assert today.verify(hashed, PASSWORD)
    assert today.outdated(hashed)
    assert not today.outdated(today.hash(PASSWORD))


def test_the_same_password_is_hashed_differently_each_time() -> None:
    hasher = Argon2Hasher(QUICK)

    assert hasher.hash(PASSWORD) != hasher.hash(PASSWORD)


def test_hashes_are_argon2id_with_the_memory_that_rfc_9106_asks_for() -> None:
    assert Argon2Hasher().hash(PASSWORD).startswith("$argon2id$v=19$m=65536,t=3,p=4$")
