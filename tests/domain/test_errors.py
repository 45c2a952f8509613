from __future__ import annotations

import pytest

from kb.domain.errors import (
    Busy,
    Invalid,
    KnowledgeBaseError,
    NotCarriedOut,
    NotFollowed,
    NotFound,
    NotSignedIn,
    ProveAgain,
    SearchUnavailable,
    StaleRevision,
    TooManyTries,
)


def test_every_error_of_the_core_says_what_to_do_next() -> None:
    raised: tuple[KnowledgeBaseError, ...] = (
        NotFound(),
        NotSignedIn(),
        ProveAgain(),
        TooManyTries(3),
        Busy(),
        SearchUnavailable(),
        NotCarriedOut(),
        NotFollowed(),
        StaleRevision("case-study", "a", 2),
    )

    assert all(str(error).endswith(".") for error in raised)


def test_an_error_about_input_names_each_field_with_its_sentence() -> None:
    error = Invalid(("title", "Give a title."), ("summary", "Tell more."))

    assert error.problems == (("title", "Give a title."), ("summary", "Tell more."))
    assert str(error) == "Give a title. Tell more."
    assert str(Invalid()) == "The input is not valid."


def test_a_stale_save_knows_which_number_it_wanted() -> None:
    error = StaleRevision("case-study", "seven", 3)

    assert (error.kind, error.identifier, error.wanted) == ("case-study", "seven", 3)


@pytest.mark.parametrize(
    ("seconds", "told"),
    [(1, "a second"), (59, "59 seconds"), (60, "a minute"), (61, "2 minutes"), (300, "5 minutes")],
)
def test_who_tried_too_often_is_told_how_long_to_wait(seconds: int, told: str) -> None:
    error = TooManyTries(seconds)

    assert f"Wait {told}, then try again." in str(error)
    assert error.wait_seconds == seconds
