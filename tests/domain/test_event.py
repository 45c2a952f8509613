from __future__ import annotations

import datetime as dt

import pytest
from pydantic import ValidationError

from kb.domain.event import Event

DAY = dt.date(2007, 9, 13)


@pytest.mark.parametrize(("start", "end"), [(None, None), (DAY, None), (None, DAY), (DAY, DAY)])
def test_an_event_may_have_either_day_or_none(start: dt.date | None, end: dt.date | None) -> None:
    assert Event(start=start, end=end).end == end


def test_an_event_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(ValidationError, match="ends before it starts"):
        Event(start=DAY, end=DAY - dt.timedelta(days=1))
