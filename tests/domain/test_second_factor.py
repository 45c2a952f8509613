"""Who needs a second factor, and what its codes look like."""

from __future__ import annotations

import pytest

from kb.domain.account import Account, Role
from kb.domain.second_factor import (
    RECOVERY_LENGTH,
    REQUIRED_FOR,
    in_groups,
    is_code,
    is_recovery_code,
    normal_code,
    requires_second_factor,
)

RECOVERY = "abcdefghijklmnopqrstuv27"


@pytest.mark.parametrize("role", Role)
def test_the_roles_of_the_table_require_one(role: Role) -> None:
    account = Account(id="a", email="a@example.org", name="A", roles=frozenset({role, Role.PRESENTER}))

    assert requires_second_factor(account) == (role in REQUIRED_FOR)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("123 456", "123456"), (" 123-456\t", "123456"), ("ABCD-efgh", "abcdefgh"), ("", "")],
)
def test_blanks_hyphens_and_case_do_not_matter(typed: str, kept: str) -> None:
    assert normal_code(typed) == kept


def test_a_code_has_six_digits_of_ours() -> None:
    assert is_code("012345")
    assert not any(is_code(each) for each in ("12345", "1234567", "12345a", "١٢٣٤٥٦", ""))


def test_a_recovery_code_has_twenty_four_letters_and_is_read_in_groups() -> None:
    assert len(RECOVERY) == RECOVERY_LENGTH
    assert is_recovery_code(RECOVERY)
    assert not any(is_recovery_code(each) for each in (RECOVERY[1:], RECOVERY + "a", RECOVERY.upper(), ""))
    assert in_groups(RECOVERY) == "abcd-efgh-ijkl-mnop-qrst-uv27"
    assert normal_code(in_groups(RECOVERY).upper()) == RECOVERY
