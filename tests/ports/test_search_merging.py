"""Small segments: a commit merges a bounded number of documents, and larger merges happen beside, where nobody waits for them."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kb.adapters.search import merging, toc, writer
from kb.adapters.search.engine import WhooshSearchEngine
from kb.adapters.search.folders import PREFIX, Folders
from kb.adapters.search.merging import Merge
from kb.adapters.search.seal import private_folder
from kb.adapters.search.writer import Kept
from kb.domain.ports import Change
from kb.domain.query import IndexState, SearchPage
from tests.ports.search_engines import ask, ids, index_folder, whoosh_engine
from tests.units import a_change, a_unit

FIRST_TIER, FULL_TIER = merging.MOST_IN_TIER[:2]
LESSONS = 70
"""Units of a case whose segment is of the second tier."""


def large_case(case: str, text: str = "logs", revision: int = 1) -> Change:
    units = [
        a_unit(f"{case}/{number}", text=f"{text} {number}", revision=revision) for number in range(LESSONS)
    ]
    return a_change(case, *units)


def sizes(folder: Path) -> dict[str, int]:
    return {state.name: state.size for state in toc.states(folder)}


@pytest.fixture
def crowded(tmp_path: Path) -> WhooshSearchEngine:
    engine = whoosh_engine(tmp_path)
    engine.rebuild([a_unit(f"first-{number}", text="logs") for number in range(600)], 600)
    for number in range(FULL_TIER):
        engine.apply([large_case(f"large-{number}")])
    return engine


def everything(engine: WhooshSearchEngine) -> list[SearchPage]:
    return [ask(engine, text, size=200) for text in ("", "logs", "logs 3", '"logs 3"', "log*")]


def test_a_commit_merges_nothing_while_merges_beside_keep_up_and_a_bounded_number_where_they_do_not(
    tmp_path: Path,
) -> None:
    engine = whoosh_engine(tmp_path)
    engine.rebuild([a_unit(f"first-{number}") for number in range(200)], 200)
    before = sizes(index_folder(tmp_path))
    (first,) = before
    merged = 0
    for number in range(writer.MOST_SMALL + 12):
        engine.apply([a_change(f"c{number}", a_unit(f"c{number}"))])
        after = sizes(index_folder(tmp_path))
        (written,) = (size for name, size in after.items() if name not in before)
        assert written in {1, 1 + writer.AT_ONCE}
        merged += written > 1
        assert first in after
        assert len(after) <= writer.MOST_SMALL + 1
        before = after
    assert merged == 2
    assert engine.report().units == 200 + writer.MOST_SMALL + 12


def test_many_saves_are_merged_beside_long_before_a_commit_has_to(tmp_path: Path) -> None:
    engine = whoosh_engine(tmp_path)
    engine.rebuild([a_unit("first")], 1)
    for number in range(FIRST_TIER - 1):
        assert not engine.is_crowded()
        engine.apply([a_change(f"c{number}", a_unit(f"c{number}"))])
    assert engine.is_crowded()
    assert engine.merge()
    assert list(sizes(index_folder(tmp_path)).values()) == [FIRST_TIER]


def test_what_is_indexed_already_costs_no_commit(tmp_path: Path) -> None:
    engine = whoosh_engine(tmp_path)
    engine.rebuild([a_unit("a", text="logs"), a_unit("b")], 2)
    seal = (index_folder(tmp_path) / "seal.json").stat().st_mtime_ns
    engine.apply([a_change("a", a_unit("a", text="logs")), a_change("never")])
    assert (index_folder(tmp_path) / "seal.json").stat().st_mtime_ns == seal
    engine.apply([a_change("a", a_unit("a", text="logs", revision=2))])
    assert (index_folder(tmp_path) / "seal.json").stat().st_mtime_ns != seal


def test_a_merge_leaves_few_segments_and_the_same_answers(
    tmp_path: Path, crowded: WhooshSearchEngine
) -> None:
    other = whoosh_engine(tmp_path)
    before, old = everything(other), index_folder(tmp_path)
    assert crowded.is_crowded()
    untouched = max(sizes(old), key=lambda name: sizes(old)[name])
    inode = (old / f"{untouched}.seg").stat().st_ino

    assert crowded.merge()

    fresh = index_folder(tmp_path)
    assert sorted(sizes(fresh).values()) == [FULL_TIER * LESSONS, 600]
    assert (fresh / f"{untouched}.seg").stat().st_ino == inode
    assert everything(other) == before
    assert everything(crowded) == before
    assert [path.name for path in (tmp_path / "whoosh").iterdir() if path.is_dir()] == [fresh.name]
    assert not crowded.is_crowded()
    assert not crowded.merge()


def test_a_large_segment_of_which_most_is_deleted_is_written_anew(tmp_path: Path) -> None:
    engine = whoosh_engine(tmp_path)
    engine.rebuild([a_unit(f"first-{number}", text="kryptonite") for number in range(600)], 600)
    engine.apply([a_change(f"first-{number}") for number in range(301)])
    assert engine.merge()
    assert list(sizes(index_folder(tmp_path)).values()) == [299]
    assert ask(engine, "kryptonite").total == 299


def test_after_a_merge_changes_are_taken_as_before(tmp_path: Path, crowded: WhooshSearchEngine) -> None:
    crowded.merge()
    crowded.apply([a_change("large-0"), a_change("new", a_unit("new", text="kryptonite"))])
    (hit,) = ask(whoosh_engine(tmp_path), "kryptonite").hits
    assert hit.snippet.text == "kryptonite"
    assert "large-0" not in crowded.manifest()


def changes_of_all_kinds(draw: random.Random, count: int) -> Iterator[Change]:
    """Give saves as a busy day brings them: small and large cases, new, changed, taken away, in segments of every size."""
    for _ in range(count):
        name = draw.choice(["first-", "late-"]) + str(draw.randrange(20))
        revision = draw.randrange(2, 10**9)
        match draw.randrange(4):
            case 0:
                yield a_change(name)
            case 1:
                yield large_case(f"large-{draw.randrange(10)}", "anew logs", revision)
            case _:
                yield a_change(
                    name, a_unit(name, text=f"logs {draw.choice('abc')} {revision % 7}", revision=revision)
                )


@pytest.mark.parametrize("seed", range(4))
def test_what_is_committed_during_a_merge_is_in_the_merged_index_too(
    tmp_path: Path, crowded: WhooshSearchEngine, seed: int
) -> None:
    """Before, between and after its steps, whatever segments the commits go into or merge away."""
    draw = random.Random(seed)
    folders = Folders(tmp_path / "whoosh")

    def busy() -> None:
        for change in changes_of_all_kinds(draw, draw.randrange(14)):
            crowded.apply([change])

    busy()
    source, names = folders.current(), merging.due(toc.states(folders.current()))
    with folders.fresh() as fresh:
        merge = Merge(source, fresh, Kept())
        merge.begin()
        busy()
        merge.work(names)
        busy()
        merge.follow(merge.look())
        busy()
        merge.end()
        expected = everything(crowded), crowded.manifest()
        with folders.changing():
            folders.use(fresh)
    merged = whoosh_engine(tmp_path)
    assert merged.report().state is IndexState.READY
    assert (_as_found(everything(merged)), merged.manifest()) == (_as_found(expected[0]), expected[1])


def _as_found(pages: list[SearchPage]) -> list[tuple[int, list[str], object]]:
    """Give what must be the same; scores may differ in the last bits, because they are summed in another order."""
    return [
        (page.total, sorted(ids(page)), sorted(page.facets, key=lambda each: (each.facet, each.value)))
        for page in pages
    ]


def interrupting(engine: WhooshSearchEngine, at: int, act: Callable[[], object]) -> Callable[[], Path]:
    """Give what looks for a sound index, as a merge asks for it; something happens before its look number `at`."""
    looks = iter(range(1, 10))

    def sound() -> Path:
        if next(looks) == at:
            act()
        return engine._sound()

    return sound


@pytest.mark.parametrize("at", [2, 3])
def test_a_merge_whose_index_was_replaced_meanwhile_comes_to_nothing(
    tmp_path: Path, crowded: WhooshSearchEngine, at: int
) -> None:
    folders = Folders(tmp_path / "whoosh")

    def replace() -> None:
        """As a rebuild does, but for the lock, which the merge holds just then in this very process."""
        another = private_folder(folders.root / f"{PREFIX}another")
        writer.create(another, [a_unit("only")])
        folders.use(another)

    assert not merging.merge_beside(folders, interrupting(crowded, at, replace), Kept())
    assert crowded.manifest() == {"only": 1}


KILLED = """
import os, sqlite3, sys
database = sqlite3.connect(sys.argv[1], isolation_level=None)
database.execute("PRAGMA cache_size = 1")
database.execute("BEGIN")
database.execute("UPDATE unit SET text = replace(text, 'a', 'b') || hex(zeroblob(2000))")
os._exit(0)
"""
"""Changes every text in the file, and dies before the commit: the journal beside it tells how to take that back."""


def test_texts_of_which_a_killed_commit_left_half_come_along_as_they_were(
    tmp_path: Path, crowded: WhooshSearchEngine
) -> None:
    path = index_folder(tmp_path) / "units.sqlite"
    subprocess.run([sys.executable, "-c", KILLED, str(path)], check=True)
    assert path.with_name("units.sqlite-journal").stat().st_size

    assert crowded.merge()

    assert crowded.report().state is IndexState.READY


def test_a_merge_that_finds_the_index_damaged_leaves_it_to_be_rebuilt(
    tmp_path: Path, crowded: WhooshSearchEngine, caplog: pytest.LogCaptureFixture
) -> None:
    (index_folder(tmp_path) / "units.sqlite").unlink()
    assert not crowded.merge()
    assert "could not be merged" in caplog.text
    (index_folder(tmp_path) / "seal.json").unlink()
    assert not crowded.is_crowded()


def test_while_an_index_is_made_nothing_is_merged(crowded: WhooshSearchEngine) -> None:
    with crowded.beside():
        assert not crowded.merge()
    assert crowded.merge()
