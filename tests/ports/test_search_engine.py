"""One suite over every search engine: what a viewer finds, counts and may click, and what does not exist for them."""

from __future__ import annotations

import pytest

from kb.domain.marking import OPERATOR_VIEWER, PUBLIC_VIEWER
from kb.domain.ports import SearchEngine
from kb.domain.query import Filter, IndexState, Scope, Sort
from kb.domain.syntax import About, AllOf, AnyOf, Phrase, Wider, Word
from kb.domain.unit import Facet, UnitKind
from tests.ports.search_engines import ask, fill, ids, tags, values
from tests.units import a_change, a_unit


def test_a_word_finds_the_units_that_have_it_in_title_or_text(engine: SearchEngine) -> None:
    fill(
        engine, a_unit("a", title="Retention"), a_unit("b", text="about retention"), a_unit("c", text="else")
    )
    assert set(ids(ask(engine, "retention"))) == {"a", "b"}


def test_a_unit_that_says_it_in_its_title_comes_first(engine: SearchEngine) -> None:
    fill(engine, a_unit("b", text="retention of the logs"), a_unit("c", title="retention of the logs"))
    assert ids(ask(engine, "retention")) == ["c", "b"]


def test_an_empty_text_gives_everything_in_scope_newest_first(engine: SearchEngine) -> None:
    fill(
        engine, a_unit("a", date="2001"), a_unit("b", date="2009-03"), a_unit("c"), a_unit("b/x", date="2020")
    )
    assert ids(ask(engine, scope=Scope.CASES, sort=Sort.NEWEST)) == ["b", "a", "c"]


@pytest.mark.parametrize(("scope", "kind"), list(zip(list(Scope)[1:], UnitKind, strict=True)))
def test_a_scope_is_one_kind_of_unit(engine: SearchEngine, scope: Scope, kind: UnitKind) -> None:
    fill(engine, *(a_unit(f"case/{each.value}", kind=each) for each in UnitKind))
    assert ids(ask(engine, scope=scope)) == [f"case/{kind.value}"]


def test_one_case_alone_can_be_asked_for_and_counts_are_its_own(engine: SearchEngine) -> None:
    hidden = a_unit("c/x", text="logs", readers={"x"}, facets=tags("hidden"))
    fill(
        engine,
        a_unit("a", text="logs", facets=tags("one")),
        a_unit("b", text="logs", facets=tags("two")),
        a_unit("b/x", text="logs logs", facets=tags("one")),
        a_unit("b/y", text="else"),
        hidden,
    )
    page = ask(engine, "logs", cases={"b"})
    assert (set(ids(page)), page.total, values(page, Facet.TAG)) == ({"b", "b/x"}, 2, {"one": 1, "two": 1})
    assert set(ids(ask(engine, cases={"a", "b"}, scope=Scope.DIFFICULTIES))) == {"b/x", "b/y"}
    assert ask(engine, cases={"c"}).total == ask(engine, cases={"nothing"}).total == 0


def test_results_can_be_sorted_by_date_either_way(
    engine: SearchEngine,
) -> None:
    fill(engine, a_unit("a", date="2001"), a_unit("b", date="2009"), a_unit("c", date="2005-06"))
    assert ids(ask(engine, sort=Sort.NEWEST)) == ["b", "c", "a"]
    assert ids(ask(engine, sort=Sort.OLDEST)) == ["a", "c", "b"]


def test_pages_follow_one_another_without_gap_or_repetition(engine: SearchEngine) -> None:
    fill(engine, *(a_unit(f"case-{number}", text="logs") for number in range(7)))
    pages = [ask(engine, "logs", page=number, size=3) for number in (1, 2, 3, 4)]
    assert [len(page.hits) for page in pages] == [3, 3, 1, 0]
    assert {page.total for page in pages} == {7}
    assert len({each for page in pages for each in ids(page)}) == 7


def test_what_a_viewer_may_not_see_is_in_no_hit_total_count_or_suggestion(engine: SearchEngine) -> None:
    hidden = a_unit("hidden", text="kryptonite", readers={"organisation:else"}, facets=tags("secret"))
    fill(engine, a_unit("open", text="logs", facets=tags("open")), hidden)
    page = ask(engine)
    assert (page.total, ids(page), values(page, Facet.TAG)) == (1, ["open"], {"open": 1})
    assert ask(engine, "kryptonite").total == 0
    assert ask(engine, "kryptonit").suggestion == ""
    assert ask(engine, "kryptonite", OPERATOR_VIEWER).total == 1
    assert ask(engine, viewer=PUBLIC_VIEWER).total == 0


def test_a_hit_tells_what_a_result_shows(engine: SearchEngine) -> None:
    facets = {
        (Facet.YEAR, "2007"),
        (Facet.STAGE, "triage"),
        (Facet.OUTCOME, "worked"),
        (Facet.MARKING, "GREEN"),
    }
    fill(
        engine,
        a_unit(
            "seven/logs",
            title="Logs were gone",
            text="After seven days.",
            case_title="Seven days",
            facets=facets,
            revision=3,
        ),
    )
    (hit,) = ask(engine, "days").hits
    assert (hit.id, hit.case, hit.key, hit.kind) == ("seven/logs", "seven", "logs", UnitKind.DIFFICULTY)
    assert (hit.title, hit.case_title, hit.revision) == ("Logs were gone", "Seven days", 3)
    assert (hit.year, hit.stages, hit.outcome, hit.marking) == ("2007", ("triage",), "worked", "GREEN")
    assert hit.snippet.text == "After seven days."
    assert [text for text, matched in hit.snippet.runs if matched] == ["days"]


def test_applying_a_change_replaces_all_units_of_the_case(engine: SearchEngine) -> None:
    fill(engine, a_unit("a", text="old"), a_unit("a/x", text="old"), a_unit("b", text="old"))
    engine.apply([a_change("a", a_unit("a", text="new", revision=2), a_unit("a/y", text="new", revision=2))])
    assert set(ids(ask(engine, "new"))) == {"a", "a/y"}
    assert ids(ask(engine, "old")) == ["b"]
    assert engine.manifest() == {"a": 2, "b": 1}


def test_a_record_that_is_no_more_leaves_nothing(engine: SearchEngine) -> None:
    fill(engine, a_unit("a", text="kryptonite"), a_unit("b"))
    engine.apply([a_change("a")])
    assert (ask(engine).total, ask(engine, "kryptonite").total) == (1, 0)
    assert engine.manifest() == {"b": 1}


def test_changes_of_other_kinds_of_record_are_not_searched(engine: SearchEngine) -> None:
    fill(engine, a_unit("a"))
    engine.apply([a_change("submission:a"), a_change("event:a")])
    assert engine.manifest() == {"a": 1}


def test_applying_the_same_changes_twice_changes_nothing(engine: SearchEngine) -> None:
    fill(engine)
    changes = [a_change("a", a_unit("a", text="logs"), a_unit("a/x", text="logs"))]
    engine.apply(changes)
    once = ask(engine, "logs")
    engine.apply(changes)
    assert ask(engine, "logs") == once


def test_a_rebuild_holds_exactly_the_units_given_and_tells_how_far_it_is(engine: SearchEngine) -> None:
    fill(engine, a_unit("a", text="kryptonite"))
    seen: list[tuple[int, int]] = []
    engine.rebuild(
        iter([a_unit("b"), a_unit("b/x", revision=1)]), 2, lambda done, total: seen.append((done, total))
    )
    assert (ask(engine).total, ask(engine, "kryptonite").total) == (2, 0)
    assert seen == [(1, 2), (2, 2)]
    assert (engine.report().state, engine.report().units, engine.report().records) == (IndexState.READY, 2, 1)


def test_another_spelling_is_offered_where_a_word_finds_nothing(engine: SearchEngine) -> None:
    fill(engine, a_unit("a", text="retention"), a_unit("b", text="cgnat"))
    page = ask(engine, "retenton")
    assert (page.total, page.suggestion) == (0, "retention")
    assert ask(engine, "retention").suggestion == ""


AWKWARD = [
    "*",
    "****",
    "x" * 10_000,
    "word " * 2_000,
    "(" * 5_000 + "logs" + ")" * 5_000,
    '"unbalanced',
    "“curly quotes”",
    "„so“ und «so»",
    "field:",
    "title:",
    "logs\0more",
    "a~9",
    "[a TO",
    "🙂🙂",
    "\u202eمرحبا بالعالم\u202c",
    "-",
    "-logs",
    "OR OR",
    "log*",
    "country:",
    "tag:()",
    "\ud800",
    "'; DROP TABLE unit; --",
    "%",
]


@pytest.mark.parametrize("text", AWKWARD, ids=range(len(AWKWARD)))
def test_any_text_gets_a_page(engine: SearchEngine, text: str) -> None:
    fill(engine, a_unit("a", title="Logs", text="Connection logs were gone."), a_unit("b"))
    page = ask(engine, text)
    assert page.total == len(page.hits)
    assert {hit.id for hit in page.hits} <= {"a", "b"}


MEANT = Wider(
    said=Word(text="MLA"),
    also=(Phrase(words=("legal", "assistance")), About(facet=Facet.TAG, value="mlat")),
)


def fill_with_meanings(engine: SearchEngine) -> None:
    fill(
        engine,
        a_unit("said", text="an MLA was sent"),
        a_unit("meant", text="slow legal assistance"),
        a_unit("apart", text="assistance of a legal kind"),
        a_unit("borne", text="slow", facets=tags("mlat")),
        a_unit("hidden", text="legal assistance", facets=tags("mlat"), readers={"x"}),
        a_unit("other", text="slow", facets=tags("mla")),
    )


def test_a_wider_tree_finds_what_means_the_same_and_counts_it(engine: SearchEngine) -> None:
    fill_with_meanings(engine)
    page = ask(engine, "MLA", wider=MEANT)
    assert (set(ids(page)), page.total) == ({"said", "meant", "borne"}, 3)
    assert ids(page).index("said") < ids(page).index("meant")
    assert values(page, Facet.TAG) == {"mlat": 1}
    chosen = Filter(facet=Facet.TAG, values=frozenset({"mlat"}))
    assert ids(ask(engine, "MLA", wider=MEANT, filters=(chosen,))) == ["borne"]
    assert ids(ask(engine, "MLA")) == ["said"]


def test_what_a_wider_tree_excludes_or_requires_stays_so(engine: SearchEngine) -> None:
    fill_with_meanings(engine)
    slow = Word(text="slow")
    assert ids(ask(engine, "MLA -slow", wider=AllOf(nodes=(MEANT,), without=(slow,)))) == ["said"]
    both = AllOf(nodes=(MEANT, slow))
    assert set(ids(ask(engine, 'MLA "slow"', wider=both))) == {"meant", "borne"}
    assert set(ids(ask(engine, "MLA slow", wider=AnyOf(nodes=(MEANT, slow))))) == {
        "said", "meant", "borne", "other",
    }  # fmt: skip


def test_a_word_that_is_known_for_a_concept_is_no_misspelling(engine: SearchEngine) -> None:
    fill(engine, a_unit("a", text="warrants"), a_unit("b", facets=tags("order")))
    wider = Wider(said=Word(text="warant"), also=(About(facet=Facet.TAG, value="order"),))
    assert ask(engine, "warant").suggestion
    assert not ask(engine, "warant", wider=wider).suggestion
