"""The conditions by which SKOS calls a thesaurus sound; each breach names the condition and the concept."""

from __future__ import annotations

from typing import Any

import pytest

from kb.domain import skos_integrity
from kb.domain.concept import MatchKind
from kb.domain.errors import Invalid
from kb.domain.skos import Described, Wording
from kb.domain.skos_integrity import Condition, breaches
from tests.domain.thesauri import THEIRS, document, theirs

A, B, C = (f"{THEIRS}{each}" for each in "abc")


def broken(*concepts: Described) -> list[tuple[str, str]]:
    return [(each.condition.value, each.subject) for each in breaches(document(*concepts))]


def test_a_sound_file_breaks_none() -> None:
    assert (
        broken(
            theirs("a", related=(C,)), theirs("b", broader=(A,)), theirs("c", matches=((MatchKind.EXACT, B),))
        )
        == []
    )


def test_s9_a_scheme_is_no_concept() -> None:
    assert broken(theirs("a", is_scheme=True)) == [(Condition.S9, A)]


@pytest.mark.parametrize(
    "words",
    [
        {"alternative": (Wording("EN", "one"),)},
        {"hidden": (Wording("en", "ONE"),)},
        {"alternative": (Wording("de", "x"),), "hidden": (Wording("de", "x"),)},
    ],
)
def test_s13_a_label_is_of_one_kind(words: dict[str, Any]) -> None:
    assert broken(theirs("a", "One", **words)) == [(Condition.S13, A)]


def test_s14_there_is_one_preferred_label_in_a_language() -> None:
    two = (Wording("en", "One"), Wording("en", "Two"))
    assert broken(theirs("a", preferred=two)) == [(Condition.S14, A)]
    assert broken(theirs("a", preferred=(Wording("en", "One"), Wording("de", "Zwei")))) == []


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ({"related": (C,)}, {}),
        ({}, {"related": (A,)}),
        ({"matches": ((MatchKind.RELATED, C),)}, {}),
    ],
)
def test_s27_what_is_related_is_not_broader_at_any_distance(a: dict[str, Any], b: dict[str, Any]) -> None:
    chain = (theirs("a", **a), theirs("b", broader=(A,), **b), theirs("c", broader=(B,)))
    assert [condition for condition, _ in broken(*chain)] == [Condition.S27]


def test_s27_counts_broad_and_narrow_matches_as_broader() -> None:
    """S41: a broad match is broader."""
    for match in ((MatchKind.BROAD, B), (MatchKind.NARROW, B)):
        assert broken(theirs("a", related=(B,), matches=(match,))) == [(Condition.S27, A)]


def test_s27_is_looked_for_in_a_circle_too() -> None:
    assert broken(theirs("a", broader=(B,), related=(B,)), theirs("b", broader=(A,))) == [(Condition.S27, A)]


@pytest.mark.parametrize("kind", [MatchKind.BROAD, MatchKind.NARROW, MatchKind.RELATED])
def test_s46_what_matches_exactly_matches_in_no_other_way(kind: MatchKind) -> None:
    assert broken(theirs("a", matches=((MatchKind.EXACT, B), (kind, B)))) == [(Condition.S46, A)]


def test_s46_holds_along_a_way_of_exact_matches() -> None:
    """S44, S45: an exact match holds both ways, and passes on."""
    one = theirs("a", matches=((MatchKind.EXACT, B), (MatchKind.BROAD, C)))
    assert broken(one, theirs("c", matches=((MatchKind.EXACT, B),))) == [(Condition.S46, A)]
    assert broken(one, theirs("c", matches=((MatchKind.CLOSE, B),))) == []


def test_a_file_that_takes_for_ever_to_look_through_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(skos_integrity, "MOST_STEPS", 3)
    chain = [theirs(f"n{n}", broader=(f"{THEIRS}n{n + 1}",), related=(f"{THEIRS}m{n}",)) for n in range(5)]
    with pytest.raises(Invalid, match="in parts"):
        breaches(document(*chain))
