"""A new index beside the one in use: the old one answers and takes changes until the new one is told to take over."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kb.domain.errors import SearchUnavailable
from kb.domain.ports import SearchEngine
from kb.domain.query import IndexState
from kb.domain.unit import SearchUnit
from tests.ports.search_engines import ask, fill, ids
from tests.units import a_change, a_unit


def test_the_new_index_answers_once_it_has_taken_over(engine: SearchEngine) -> None:
    fill(engine, a_unit("a", text="old"))
    with engine.beside() as fresh:
        assert fresh
        fresh.fill(iter([a_unit("a", text="new"), a_unit("b", text="new")]))
        assert ids(ask(engine)) == ["a"]
        fresh.take_over()
    assert ids(ask(engine, "new")) == ["a", "b"]
    assert ids(ask(engine, "old")) == []


def test_meanwhile_the_old_index_takes_changes_and_the_new_one_takes_its_own(engine: SearchEngine) -> None:
    fill(engine, a_unit("a", text="old"), a_unit("b", text="old"))
    changes = [a_change("a", a_unit("a", text="changed", revision=2)), a_change("b")]
    with engine.beside() as fresh:
        assert fresh
        fresh.fill([a_unit("a", text="old"), a_unit("b", text="old")])
        engine.apply(changes)
        assert (ids(ask(engine)), ids(ask(engine, "changed"))) == (["a"], ["a"])
        fresh.apply(changes)
        fresh.take_over()
    assert (ids(ask(engine)), ids(ask(engine, "changed"))) == (["a"], ["a"])
    assert engine.manifest() == {"a": 2}


def test_where_there_is_none_yet_the_new_index_is_the_first(engine: SearchEngine) -> None:
    with engine.beside() as fresh:
        assert fresh
        fresh.fill([])
        fresh.apply([a_change("a", a_unit("a", text="logs"))])
        fresh.take_over()
    assert ids(ask(engine, "logs")) == ["a"]
    assert engine.report().state is IndexState.READY


def test_an_index_that_does_not_take_over_leaves_everything_as_it_was(engine: SearchEngine) -> None:
    fill(engine, a_unit("a"))
    with engine.beside() as fresh:
        assert fresh
        fresh.fill([a_unit("b")])
    assert engine.manifest() == {"a": 1}


class Interrupted(Exception):
    pass


def breaking_off() -> Iterator[SearchUnit]:
    yield a_unit("b")
    raise Interrupted


def test_units_that_break_off_break_off_the_making(engine: SearchEngine) -> None:
    fill(engine, a_unit("a"))
    with engine.beside() as fresh:
        assert fresh
        with pytest.raises(Interrupted):
            fresh.fill(breaking_off())
    assert engine.manifest() == {"a": 1}


def test_one_is_made_at_a_time(engine: SearchEngine) -> None:
    fill(engine)
    with engine.beside() as first:
        assert first
        assert engine.report().renewing
        with engine.beside() as second:
            assert second is None
    assert not engine.report().renewing
    with engine.beside() as third:
        assert third


def test_a_rebuild_of_exactly_these_units_sweeps_away_what_is_being_made(engine: SearchEngine) -> None:
    fill(engine, a_unit("a", text="kryptonite"))
    with engine.beside() as fresh:
        assert fresh
        fresh.fill([a_unit("a", text="kryptonite")])
        engine.rebuild([a_unit("a", text="harmless")], 1)
        with pytest.raises(SearchUnavailable):
            fresh.apply([a_change("b", a_unit("b"))])
        with pytest.raises(SearchUnavailable):
            fresh.take_over()
    assert ids(ask(engine, "harmless")) == ["a"]
    assert ids(ask(engine, "kryptonite")) == []


# Whoosh leaves the files open of a folder that is no more.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_it_is_swept_away_while_it_is_filled_too(engine: SearchEngine) -> None:
    def swept() -> Iterator[SearchUnit]:
        yield a_unit("a", text="kryptonite")
        engine.rebuild([], 0)

    fill(engine)
    with engine.beside() as fresh:
        assert fresh
        with pytest.raises(SearchUnavailable):
            fresh.fill(swept())
    assert engine.manifest() == {}


def test_an_index_that_few_changes_reached_needs_no_merge(engine: SearchEngine) -> None:
    fill(engine, a_unit("a"))
    assert not engine.is_crowded()
    assert not engine.merge()
