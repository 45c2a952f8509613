"""Tables for spreadsheets: they are read back as they were, and calculate nothing."""

from __future__ import annotations

import csv
import io

import pytest

from kb.domain.spreadsheet import FORMULAS, comma_separated


def test_rows_come_back_as_they_were_whatever_signs_they_hold() -> None:
    rows = [["plain", 'with "quotes"', "with, comma"], ["two\nlines", "", "Über"]]
    written = comma_separated(rows)

    assert written.endswith("\r\n")
    assert list(csv.reader(io.StringIO(written, newline=""))) == rows


@pytest.mark.parametrize("sign", FORMULAS)
def test_no_cell_is_a_formula(sign: str) -> None:
    """ASVS 5.0 1.2.10."""
    ((cell,),) = csv.reader(io.StringIO(comma_separated([[f"{sign}1+1"]]), newline=""))

    assert cell == f"'{sign}1+1"
