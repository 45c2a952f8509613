from __future__ import annotations

import pytest

from kb.domain.loosening import MOST_PARTS, Left, loosened
from kb.domain.query import Filter, Scope, SearchRequest
from kb.domain.unit import Facet

AUSTRIA = Filter(facet=Facet.COUNTRY, values=frozenset({"AT"}))
WORKED = Filter(facet=Facet.OUTCOME, values=frozenset({"worked", "unknown"}))


def retyped(text: str) -> list[tuple[str, str, str]]:
    return [(each.left.value, each.part, each.request.text) for each in loosened(SearchRequest(text=text))]


@pytest.mark.parametrize(
    ("text", "ways"),
    [
        ("", []),
        ("cgnat", []),
        ("logs gone", [("word", "logs", "gone"), ("word", "gone", "logs")]),
        (
            '"joint team" -hotline',
            [
                ("exclusion", "-hotline", '"joint team"'),
                ("quotation-marks", '"joint team"', "joint team -hotline"),
                ("quotation", '"joint team"', "-hotline"),
            ],
        ),
        ("country:AT logs*", [("field", "country:AT", "logs*"), ("part", "logs*", "country:AT")]),
        ('title:"a b" x', [("field", 'title:"a b"', "x"), ("word", "x", 'title:"a b"')]),
        ('-"a b" x', [("exclusion", '-"a b"', "x"), ("word", "x", '-"a b"')]),
        ('(a OR b) "c"', [("quotation-marks", '"c"', "(a OR b) c"), ("quotation", '"c"', "(a OR b)"), ("part", "(a OR b)", '"c"')]),
        ("„a b“", [("quotation-marks", "„a b“", "a b")]),
        ('a OR "b c"', [("quotation-marks", '"b c"', "a OR b c"), ("quotation", '"b c"', "a"), ("word", "a", '"b c"')]),
    ],
)  # fmt: skip
def test_each_part_of_the_words_can_be_left_out(text: str, ways: list[tuple[str, str, str]]) -> None:
    assert retyped(text) == ways


def test_what_narrows_without_words_comes_first_and_all_of_it_together() -> None:
    request = SearchRequest(
        text="logs gone",
        filters=(AUSTRIA, WORKED),
        scope=Scope.SOLUTIONS,
        cases=frozenset({"seven"}),
        page=3,
        folded=True,
    )
    ways = list(loosened(request))
    assert [way.left for way in ways[:5]] == [Left.FILTER, Left.FILTER, Left.CASES, Left.SCOPE, Left.FILTERS]
    assert (ways[0].facet, ways[0].values) == (Facet.COUNTRY, ("AT",))
    assert (ways[0].request.filters, ways[1].request.filters) == ((WORKED,), (AUSTRIA,))
    assert not ways[2].request.cases
    assert ways[3].request.scope is Scope.ALL
    assert ways[4].request == SearchRequest(text="logs gone", folded=True)
    assert {way.request.page for way in ways} == {1}


def test_a_single_filter_is_not_told_twice() -> None:
    (way,) = loosened(SearchRequest(text="logs", filters=(AUSTRIA,)))
    assert way.left is Left.FILTER


def test_no_text_is_taken_apart_without_end() -> None:
    assert len(retyped(" ".join(f"w{number}" for number in range(40)))) == MOST_PARTS
    for sign in ('"', "(", "-", "OR ", '"a"', "“"):
        assert len(retyped(sign * 500)) <= 2 * MOST_PARTS
