from __future__ import annotations

import pytest

from kb.domain.country import CODES, known_country


def test_there_are_as_many_codes_as_the_standard_has_and_the_one_in_wide_use() -> None:
    assert len(CODES) == 249 + 1
    assert all(len(code) == 2 and code.isascii() and code.isupper() for code in CODES)


@pytest.mark.parametrize("written", ["AT", "at", " At "])
def test_a_code_is_read_whatever_its_case(written: str) -> None:
    assert known_country(written) == "AT"


@pytest.mark.parametrize("code", ["", "XX", "AUT", "Austria", "EU", "UK", "SU"])
def test_what_the_standard_does_not_know_is_refused(code: str) -> None:
    with pytest.raises(ValueError, match="not a two-letter country code"):
        known_country(code)
