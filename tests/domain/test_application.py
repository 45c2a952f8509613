"""Applications: of one thing each, and nobody's but its author's once it was taken back."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from kb.domain.application import Application, ApplicationStatus
from kb.domain.marking import OFFICERS_VIEWER, Audience
from tests.samples import VIENNA

APPLIED = Application(solution="seven/preserve", month="2026-09", owner=VIENNA, author="anna")


def test_it_is_of_one_practice_or_of_one_solution() -> None:
    assert APPLIED.subject == "seven"
    assert Application(practice="preserve-first", month="2026-09").subject == "preserve-first"
    for named in ({}, {"practice": "a", "solution": "seven/preserve"}):
        with pytest.raises(ValidationError, match="one practice or of one solution"):
            Application.model_validate({"month": "2026-09", **named})


def test_it_tells_a_month_and_never_a_day() -> None:
    for month in ("2026", "2026-09-01", "2026-13"):
        with pytest.raises(ValidationError):
            Application(practice="a", month=month)


def test_what_was_taken_back_is_its_authors_alone() -> None:
    withdrawn = APPLIED.model_copy(update={"status": ApplicationStatus.WITHDRAWN})
    assert APPLIED.readers == {"officer"}
    assert withdrawn.readers == {"account:anna"}
    assert withdrawn.model_copy(update={"author": None}).readers == frozenset()


def test_under_chatham_house_outsiders_learn_neither_organisation_nor_author() -> None:
    quiet = APPLIED.model_copy(update={"audience": Audience(chatham_house=True)})
    shown = quiet.shown_to(OFFICERS_VIEWER)
    assert (shown.owner, shown.author) == (None, None)
