from __future__ import annotations

import pytest

from kb.domain.concept import Concept, MatchKind, Scheme
from kb.domain.skos import Described, Wording, address_of, described
from kb.domain.thesaurus_plan import MOST_DEEP, TOO_DEEP, Fate, ThesaurusPlan, planned
from tests.domain.thesauri import THEIRS, document, known, ours, tag, theirs


def plan(*concepts: Described, stands: tuple[Concept, ...] = (), other: int = 0) -> ThesaurusPlan:
    return planned(document(*concepts, other=other), known(*stands), Scheme.TAG, "carla")


def address(key: str) -> str:
    return address_of(Scheme.TAG, key)


def troubles(found: ThesaurusPlan) -> list[tuple[str, str]]:
    return [(each.condition, each.subject) for each in found.troubles]


def test_what_is_new_changed_retired_and_unchanged_is_told_apart() -> None:
    stands = (tag("b", "B", "x", "y"), tag("c"), tag("d"), tag("e"))
    found = plan(
        ours("a"),
        described(tag("b", "B", "y", "x")),
        ours("c", "See", preferred=(Wording("de", "Ce"), Wording("en", "See")), related=(address("b"),)),
        described(tag("d", status="retired", status_reason="Old.")),
        stands=stands,
    )
    assert [(line.after.key, line.fate, line.revision) for line in found.lines] == [
        ("a", Fate.NEW, 0), ("b", Fate.UNCHANGED, 3), ("c", Fate.CHANGED, 3), ("d", Fate.RETIRED, 3),
    ]  # fmt: skip
    assert found.of(Fate.CHANGED)[0].changes == ("labels de", "labels en", "related")
    assert [line.after.key for line in found.todo] == ["a", "c", "d"]
    assert found.absent == 1
    assert found.troubles == ()


def test_the_order_of_sources_and_matches_changes_nothing() -> None:
    sources = ({"title": "B"}, {"title": "A"})
    matches = (
        {"kind": "exact", "address": "http://b.example/"},
        {"kind": "close", "address": "http://a.example/"},
    )
    stands = tag("a", sources=sources, matches=matches)
    assert plan(described(stands), stands=(stands,)).todo == ()


def test_its_mark_tells_what_would_be_done() -> None:
    assert plan(ours("a")).digest == plan(ours("a")).digest
    assert plan(ours("a")).digest != plan(ours("a", "B")).digest
    assert plan(ours("a", "B"), stands=(tag("a"),)).digest != plan(ours("a", "B")).digest


def test_what_is_left_is_told() -> None:
    assert plan(theirs("a", left=("skos:note", "skos:note")), other=2).left == (
        ("skos:note", 2),
        ("statements about something else", 2),
    )


def test_a_breach_of_skos_stops_all_of_it() -> None:
    found = plan(theirs("a", is_scheme=True), theirs("b"))
    assert (troubles(found), found.lines) == ([("S9", f"{THEIRS}a")], ())


def test_two_of_a_vocabulary_have_no_label_in_common() -> None:
    found = plan(ours("a", "Speed"), stands=(tag("b", "speed"),))
    assert troubles(found) == [("", address("a"))]
    assert f"<{address('b')}>" in found.troubles[0].sentence
    assert "“speed” (en)" in found.troubles[0].sentence


def test_what_is_wrong_already_is_no_reason_to_refuse() -> None:
    assert plan(ours("c"), stands=(tag("a", "Speed"), tag("b", "speed"))).troubles == ()


def test_a_relation_to_what_is_broader_here_is_refused() -> None:
    stands = (tag("a"), tag("b", broader="a"))
    found = plan(ours("a", related=(address("b"),)), stands=stands)
    assert "related" in found.troubles[0].sentence


def test_a_circle_is_refused_before_anybody_walks_it() -> None:
    found = plan(ours("a", broader=(address("b"),)), stands=(tag("b", broader="a"),))
    assert found.troubles[0].sentence == TOO_DEEP


def test_one_stands_for_itself_neither_in_the_end() -> None:
    found = plan(ours("a", replaced_by=(address("b"),)), stands=(tag("b", replaced_by="a"),))
    assert "stand for itself" in found.troubles[0].sentence


@pytest.mark.parametrize(("deep", "allowed"), [(MOST_DEEP, True), (MOST_DEEP + 1, False)])
def test_what_stands_too_deep_is_refused(deep: int, allowed: bool) -> None:
    chain = [ours(f"n{n}", broader=(address(f"n{n + 1}"),) if n < deep else ()) for n in range(deep + 1)]
    assert (not plan(*chain).troubles) is allowed


def test_what_the_checks_block_is_named_by_its_place_and_not_by_its_words() -> None:
    found = plan(ours("a", definitions=(Wording("en", "Write to anna@unit.example."),)))
    assert found.troubles[0].sentence.startswith("definition: ")
    assert "anna" not in found.troubles[0].sentence
    stood = tag("a", definition="Write to anna@unit.example.")
    assert (
        plan(ours("a", "B", definitions=(Wording("en", stood.definition),)), stands=(stood,)).troubles == ()
    )


def test_what_is_in_use_becomes_no_proposal() -> None:
    found = plan(described(tag("a", status="proposed", proposer="anna")), stands=(tag("a"),))
    assert "in use" in found.troubles[0].sentence


def test_what_cannot_be_read_is_told_first() -> None:
    assert troubles(plan(ours("a", own=(("asOf", "soon"),)))) == [("", address("a"))]
    assert plan(theirs("a", matches=((MatchKind.CLOSE, "no address"),))).troubles[0].subject == f"{THEIRS}a"
