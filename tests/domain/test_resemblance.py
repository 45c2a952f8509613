from __future__ import annotations

from kb.domain.resemblance import SAME, Band, band_of, overlap, telling_words, words_shared

TOLD = telling_words(
    "Logs were gone", "The provider kept its connection logs for seven days and deleted them afterwards."
)


def test_small_short_and_numeric_words_tell_nothing() -> None:
    assert telling_words("It was 2007 and the CD of a provider", "Providers!") == {"provider": 2}


def test_a_text_that_was_cut_is_perhaps_the_same() -> None:
    cut = telling_words("Logs gone", "The provider deleted the connection logs.")
    assert overlap(TOLD, TOLD) == 1.0
    assert band_of(TOLD, cut) is Band.SAME


def test_a_text_that_shares_a_few_words_is_like_it_and_no_more() -> None:
    other = telling_words(
        "", "A provider answered the request within hours because the liaison officer had called."
    )
    assert 0 < overlap(TOLD, other) < 0.5
    assert band_of(other, TOLD) is Band.LIKE


def test_a_few_words_alone_are_never_the_same_thing_told_twice() -> None:
    assert 0 < overlap(TOLD, telling_words("connection logs")) < SAME
    assert overlap(TOLD, telling_words("")) == 0.0


def test_the_words_named_are_those_that_few_others_share_then_those_said_most() -> None:
    first = telling_words("alpha beta beta gamma delta epsilon")
    second = telling_words("delta gamma beta alpha")
    others = (second, telling_words("alpha"))
    assert words_shared(first, second, others) == ("beta", "delta", "gamma")
