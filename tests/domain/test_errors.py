from __future__ import annotations

from kb.domain.errors import (
    Invalid,
    KnowledgeBaseError,
    NotCarriedOut,
    NotFollowed,
    NotFound,
    NotSignedIn,
    SearchUnavailable,
    StaleRevision,
)


def test_every_error_of_the_core_says_what_to_do_next() -> None:
    raised: tuple[KnowledgeBaseError, ...] = (
        NotFound(),
        NotSignedIn(),
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
