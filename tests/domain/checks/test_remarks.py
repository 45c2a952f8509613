"""Everything that is to be looked at in a text, in its order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.domain.checks import Check, Names, Severity, objections, remarks
from kb.domain.checks.terms import TERMS
from kb.domain.terminology import TERMINOLOGY

NAMES = Names(countries=("Austria",), organisations=("Example Unit of Graz",))


def told(text: str, names: Names = NAMES, language: str = "en") -> list[tuple[str, Check]]:
    return [(text[each.start : each.end], each.check) for each in remarks(text, names, language)]


def test_all_severities_come_in_the_order_of_the_text() -> None:
    text = "@wolf_77 sent child porn from 203.0.113.7."

    assert told(text) == [
        ("@wolf_77", Check.HANDLE),
        ("child porn", Check.TERM),
        ("203.0.113.7", Check.IP),
    ]
    assert [each.severity for each in remarks(text, NAMES)] == [Severity.WARN, Severity.HINT, Severity.BLOCK]


def test_where_two_meet_what_blocks_speaks() -> None:
    assert told("see http://203.0.113.7/index.html") == [("203.0.113.7", Check.IP)]


def test_a_hint_suggests_and_explains_and_replaces_nothing() -> None:
    (hint,) = remarks("A child prostitute was found.", NAMES)

    assert hint.suggestion == "child victim of sexual exploitation"
    assert "victim" in hint.sentence


@pytest.mark.parametrize("name", ["Graz", "Austria"])
def test_a_known_name_is_no_place_that_could_betray_anybody(name: str) -> None:
    text = f"On 12 March 2019 a request went out from {name}."

    assert told(text, NAMES) == ([] if name == "Austria" else [("12 March 2019", Check.DATE_AND_PLACE)])


def test_names_of_persons_and_terms_are_looked_for_in_english_alone() -> None:
    text = "Peter Novak, child porn"

    assert [check for _, check in told(text, language="en-GB")] == [Check.NAME, Check.TERM]
    assert told(text, language="de") == []


@pytest.mark.parametrize("text", ["@wolf\u200b_77", "child\u00a0porn", "child\u00ad porn"])
def test_odd_blanks_and_invisible_letters_hide_nothing(text: str) -> None:
    assert remarks(f"É {text}", NAMES)


def test_what_search_knows_as_a_former_term_gets_a_hint_with_its_current_one() -> None:
    for terms in TERMINOLOGY:
        for former in terms.former:
            suggested = [each.suggestion for each in remarks(f"possession of {former}", NAMES)]
            assert suggested, former
            assert any(current in suggested[0] for current in terms.current), former


def test_each_term_has_words_of_its_own() -> None:
    assert len({term.suggest for term in TERMS}) == len({term.why for term in TERMS}) == len(TERMS)


@given(st.text(max_size=300))
def test_any_text_is_looked_through_and_findings_lie_apart_inside_it(text: str) -> None:
    ends = 0
    for each in remarks(text, NAMES):
        assert ends <= each.start < each.end <= len(text)
        ends = each.end


@given(st.text(alphabet="ab1.@+- ", max_size=200))
def test_what_blocks_is_among_the_remarks(text: str) -> None:
    assert set(objections(text)) <= set(remarks(text, NAMES))


@pytest.mark.parametrize(
    "piece",
    [
        "A", "Aa ", "Anna ", "Anna B. ", "in A", "in Graz ", "12 March ", "1 May 2019 ", "aged 9 ", "Mr ", "operation ",
        "a.", "a-", "www.", "https://a.", "@a", "@", "nickname ", "user name ", "x.jpg ", "x(", ".jpg", '"', "“", "`", "> ",
        "child ", "sex with ", "client ", "child porn ", "Child Porn ", "Act ", "Article 9 ", "St. ", "Straße 1 ", "rue a ",
        "12 a street ", "anna at b dot ", "a @ b.",
    ],
)  # fmt: skip
def test_a_long_text_of_one_piece_takes_no_long_time(piece: str) -> None:
    """The guard against hanging is the time limit of tests; the text is a long page."""
    remarks(piece * (10_000 // len(piece)), NAMES)
