from __future__ import annotations

import pytest
from pydantic import ValidationError

from kb.domain.period import Period


@pytest.mark.parametrize(
    ("start", "end", "shown"),
    [
        ("2007", None, "2007"),
        ("2007-09", "2007-09", "2007-09"),
        ("2007-09", "2007", "2007-09 to 2007"),
        ("2007", "2007-03", "2007 to 2007-03"),
        ("2006-12", "2007-01", "2006-12 to 2007-01"),
    ],
)
def test_a_period_runs_from_a_year_or_month_to_another(start: str, end: str | None, shown: str) -> None:
    period = Period(start=start, end=end)

    assert str(period) == shown
    assert period.year == int(start[:4])


@pytest.mark.parametrize(("start", "end"), [("2007", "2006"), ("2007-09", "2007-08"), ("2007", "2006-12")])
def test_a_period_that_ends_before_it_starts_is_refused(start: str, end: str) -> None:
    with pytest.raises(ValidationError, match="before it starts"):
        Period(start=start, end=end)


@pytest.mark.parametrize("moment", ["2007-09-13", "2007-13", "2007-00", "1899", "07", "2007\n", ""])
def test_a_day_is_never_a_period(moment: str) -> None:
    with pytest.raises(ValidationError):
        Period(start=moment)
