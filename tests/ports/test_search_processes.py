"""Many at once: processes and threads that search while others commit, rebuild, fork or are killed."""

from __future__ import annotations

import fcntl
import os
import threading
from pathlib import Path

import pytest

from kb.adapters.search import texts, writer
from kb.adapters.search.engine import WhooshSearchEngine
from kb.adapters.search.folders import MAKING, Folders
from kb.adapters.search.seal import Sums
from kb.adapters.search.writer import Kept
from kb.domain.marking import OFFICERS_VIEWER
from kb.domain.query import IndexReport, IndexState, SearchQuery
from tests.ports.search_engines import UNITS, index_folder, total, whoosh_engine
from tests.units import a_change, a_unit


@pytest.fixture
def engine(tmp_path: Path) -> WhooshSearchEngine:
    made = whoosh_engine(tmp_path)
    made.rebuild(UNITS, len(UNITS))
    return made


def test_other_processes_follow_each_commit_and_each_rebuild(
    tmp_path: Path, engine: WhooshSearchEngine
) -> None:
    other = whoosh_engine(tmp_path)
    assert total(other) == 2
    engine.apply([a_change("c", a_unit("c", text="logs"))])
    assert (total(other), total(other, "logs")) == (3, 2)
    engine.rebuild(UNITS[:1], 1)
    assert total(other) == 1
    other.apply([a_change("a")])
    assert total(engine) == 0


def test_while_an_index_is_made_the_report_says_so(tmp_path: Path) -> None:
    engine = whoosh_engine(tmp_path)
    seen: list[IndexState] = []
    engine.rebuild(UNITS, 2, lambda *_: seen.append(whoosh_engine(tmp_path).report().state))
    assert seen == [IndexState.REBUILDING, IndexState.REBUILDING]
    assert engine.report().state is IndexState.READY


def test_while_another_index_is_made_the_old_one_serves_and_the_report_says_both(
    tmp_path: Path, engine: WhooshSearchEngine
) -> None:
    reports: list[IndexReport] = []
    engine.rebuild(UNITS, 2, lambda *_: reports.append(whoosh_engine(tmp_path).report()))
    assert [(each.state, each.units, each.renewing) for each in reports] == [(IndexState.READY, 2, True)] * 2
    assert not engine.report().renewing


def test_an_old_lock_file_is_no_rebuild(tmp_path: Path) -> None:
    (tmp_path / "whoosh").mkdir()
    with (tmp_path / "whoosh" / MAKING).open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
    assert whoosh_engine(tmp_path).report().state is IndexState.MISSING


def test_a_text_that_a_commit_replaces_meanwhile_is_asked_for_again(
    tmp_path: Path, engine: WhooshSearchEngine
) -> None:
    """A reader of the old generation finds the row gone and goes over to the new one."""
    reading = engine._current()
    whoosh_engine(tmp_path).apply([a_change("a", a_unit("a", text="logs anew", revision=2))])
    with pytest.raises(texts.TextGone):
        reading.texts.get([reading.columns.digest(number) for number in range(reading.columns.size)])
    (hit,) = engine.search(SearchQuery(viewer=OFFICERS_VIEWER, text="logs")).hits
    assert (hit.revision, hit.snippet.text) == (2, "logs anew")


def save_under_lock(folder: Path, worker: int, number: int) -> None:
    engine = whoosh_engine(folder)
    with (folder / "writer.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        engine.apply(
            [a_change(f"w{worker}", a_unit(f"w{worker}", text=f"logs {number}", revision=number + 1))]
        )


def test_processes_that_save_in_turn_and_one_that_reads_all_the_while_see_whole_states(
    tmp_path: Path, engine: WhooshSearchEngine
) -> None:
    children = []
    for worker in range(3):
        child = os.fork()
        if child == 0:
            failed = True
            try:
                for number in range(6):
                    save_under_lock(tmp_path, worker, number)
                failed = False
            finally:
                os._exit(failed)
        children.append(child)
    reader = WhooshSearchEngine(tmp_path / "whoosh")
    seen = [total(reader, "logs") for _ in range(40)]
    assert [os.waitpid(child, 0)[1] for child in children] == [0, 0, 0]
    assert seen == sorted(seen)
    assert dict(reader.manifest()) == {"a": 1, "b": 1, "w0": 6, "w1": 6, "w2": 6}
    assert reader.report().state is IndexState.READY


def test_a_fork_opens_the_index_for_itself(engine: WhooshSearchEngine) -> None:
    assert total(engine, "logs") == 1
    child = os.fork()
    if child == 0:
        before = engine._reading
        found = total(engine, "logs")
        os._exit(0 if found == 1 and engine._reading is not before else 1)
    assert os.waitpid(child, 0)[1] == 0


def test_a_kill_between_commit_and_seal_leaves_an_index_to_be_rebuilt(
    tmp_path: Path, engine: WhooshSearchEngine
) -> None:
    assert total(engine) == 2
    child = os.fork()
    if child == 0:
        engine._sums.of = lambda _: os._exit(9)  # type: ignore[assignment,method-assign]
        writer.apply(index_folder(tmp_path), {"c": [a_unit("c")]}, engine._kept)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    assert whoosh_engine(tmp_path).report().state is IndexState.WRONG
    engine.rebuild(UNITS, 2)
    assert total(whoosh_engine(tmp_path)) == 2


def test_threads_may_search_while_another_commits(engine: WhooshSearchEngine) -> None:
    totals: list[list[int]] = [[], [], []]

    def search(seen: list[int]) -> None:
        seen.extend(
            total(engine, text) for _ in range(30) for text in ("logs", "connection logs", '"logs were"')
        )

    threads = [threading.Thread(target=search, args=(seen,)) for seen in totals]
    for thread in threads:
        thread.start()
    for number in range(6):
        engine.apply([a_change(f"t{number}", a_unit(f"t{number}", text="logs were gone"))])
    for thread in threads:
        thread.join()
    assert [len(seen) for seen in totals] == [90, 90, 90]
    assert total(engine, "logs") == 7


def test_a_reader_that_meets_a_commit_before_its_seal_waits_until_it_is_sealed(
    tmp_path: Path, engine: WhooshSearchEngine
) -> None:
    """However long a starved writer takes between its files and their seal."""
    (stopped, stop), (go_on, go) = os.pipe(), os.pipe()
    child = os.fork()
    if child == 0:
        with Folders(tmp_path / "whoosh").changing():
            kept = Kept(SlowSums(stop, go_on))
            writer.apply(index_folder(tmp_path), {"c": [a_unit("c", text="logs")]}, kept)
        os._exit(0)
    os.read(stopped, 1)
    threading.Timer(0.3, os.write, (go, b"x")).start()
    assert total(whoosh_engine(tmp_path), "logs") == 2
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


class SlowSums(Sums):
    """Stops at the first checksum that is to be sealed, when the new files stand already."""

    def __init__(self, stop: int, go_on: int) -> None:
        super().__init__()
        self._stop, self._go_on = stop, go_on

    def of(self, path: Path) -> str:
        if self._stop:
            os.write(self._stop, b"x")
            os.read(self._go_on, 1)
            self._stop = 0
        return super().of(path)
