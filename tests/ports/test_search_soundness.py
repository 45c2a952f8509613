"""The index folder: nothing is opened that is not exactly as committed, and other processes follow each commit and rebuild."""

from __future__ import annotations

import os
import pickle
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kb.adapters.search import array_file, seal, texts
from kb.adapters.search.engine import WhooshSearchEngine
from kb.adapters.search.folders import CURRENT
from kb.adapters.search.seal import Broken, Sums
from kb.adapters.search.wholeness import has_texts
from kb.domain.errors import SearchUnavailable
from kb.domain.query import IndexState
from kb.domain.unit import SearchUnit
from tests.ports.index_harm import HARMS, zeroed_page
from tests.ports.search_engines import UNITS, index_folder, total, whoosh_engine
from tests.units import a_change, a_unit


@pytest.fixture
def engine(tmp_path: Path) -> WhooshSearchEngine:
    made = whoosh_engine(tmp_path)
    made.rebuild(UNITS, len(UNITS))
    return made


def test_without_an_index_search_says_so_and_takes_no_change(tmp_path: Path) -> None:
    engine = whoosh_engine(tmp_path)
    assert engine.report().state is IndexState.MISSING
    assert engine.manifest() == {}
    for act in (lambda: total(engine), lambda: engine.apply([a_change("a", UNITS[0])])):
        with pytest.raises(SearchUnavailable):
            act()


@pytest.mark.parametrize(
    "harm",
    HARMS,
)
def test_a_folder_that_is_not_as_committed_serves_nothing_until_it_is_rebuilt(
    tmp_path: Path, engine: WhooshSearchEngine, harm: Callable[[Path], None]
) -> None:
    harm(index_folder(tmp_path))
    for each in (engine, whoosh_engine(tmp_path)):
        report = each.report()
        assert report.state is IndexState.WRONG
        assert report.detail
        with pytest.raises(SearchUnavailable):
            total(each)
        with pytest.raises(SearchUnavailable):
            each.apply([a_change("a", UNITS[0])])
    engine.rebuild(UNITS, len(UNITS))
    assert (engine.report().state, total(engine)) == (IndexState.READY, 2)


@pytest.mark.parametrize("pointer", ["", "../elsewhere", "index-gone", "\0"])
def test_a_pointer_to_no_index_folder_is_a_missing_index(
    tmp_path: Path, engine: WhooshSearchEngine, pointer: str
) -> None:
    (tmp_path / "whoosh" / CURRENT).write_text(pointer)
    assert engine.report().state is IndexState.MISSING
    with pytest.raises(SearchUnavailable):
        total(engine)


class Forged:
    """Unpickled, it leaves a file behind."""

    def __init__(self, trace: Path) -> None:
        self.trace = trace

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        return os.mkdir, (str(self.trace),)


def test_a_forged_table_of_contents_runs_no_code(tmp_path: Path, engine: WhooshSearchEngine) -> None:
    trace = tmp_path / "trace"
    path = next(index_folder(tmp_path).glob("*.toc"))
    data = path.read_bytes()
    start = data.index(b"\x80\x02")
    path.write_bytes(data[:start] + pickle.dumps(Forged(trace), 2) + data[start:])
    assert whoosh_engine(tmp_path).report().state is IndexState.WRONG
    assert engine.report().state is IndexState.WRONG
    assert not trace.exists()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"something else altogether",
        array_file.MAGIC + b"\2\0\0\0\0\0\0\0[]",
        array_file.MAGIC + b"\xff\0\0\0\0\0\0\0[]",
        array_file.MAGIC + b"\x1a\0\0\0\0\0\0\0" + b'[["revision", "|O", [2]]]  ',
        array_file.MAGIC + b"\x1a\0\0\0\0\0\0\0" + b'[["revision","<i4",[9999]]]',
    ],
)
def test_a_sealed_folder_whose_arrays_cannot_be_read_is_wrong(
    tmp_path: Path, engine: WhooshSearchEngine, content: bytes
) -> None:
    folder = index_folder(tmp_path)
    next(folder.glob("*.arrays")).write_bytes(content)
    seal.write(folder, Sums())
    report = whoosh_engine(tmp_path).report()
    assert (report.state, report.detail[:19]) == (IndexState.WRONG, "it cannot be opened")


def test_the_folders_are_private_to_their_user(tmp_path: Path, engine: WhooshSearchEngine) -> None:
    for folder in (tmp_path / "whoosh", index_folder(tmp_path)):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_an_open_folder_is_made_private(tmp_path: Path) -> None:
    (tmp_path / "whoosh").mkdir(mode=0o755)
    whoosh_engine(tmp_path).rebuild([], 0)
    assert stat.S_IMODE((tmp_path / "whoosh").stat().st_mode) == 0o700


def test_an_index_without_units_is_ready_and_empty(tmp_path: Path) -> None:
    engine = whoosh_engine(tmp_path)
    engine.rebuild([], 0)
    assert (engine.report().state, engine.report().units, total(engine, "logs")) == (IndexState.READY, 0, 0)
    engine.apply([a_change("a", UNITS[0])])
    assert total(engine, "logs") == 1


def test_a_rebuild_leaves_nothing_of_what_was_indexed_before(tmp_path: Path) -> None:
    engine = whoosh_engine(tmp_path)
    engine.rebuild([a_unit("a", text="kryptonite")], 1)
    engine.apply([a_change("a", a_unit("a", text="harmless", revision=2))])
    engine.rebuild([a_unit("a", text="harmless", revision=2)], 1)
    files = [path for path in (tmp_path / "whoosh").rglob("*") if path.is_file()]
    assert files
    assert not any(b"kryptonite" in path.read_bytes() for path in files)


def test_a_replaced_text_is_dropped_at_once(tmp_path: Path, engine: WhooshSearchEngine) -> None:
    engine.apply([a_change("a", a_unit("a", text="kryptonite", revision=2))])
    engine.apply([a_change("a")])
    assert b"kryptonite" not in (index_folder(tmp_path) / texts.NAME).read_bytes()


class Interrupted(Exception):
    pass


def breaking_off() -> Iterator[SearchUnit]:
    yield UNITS[0]
    raise Interrupted


def test_a_rebuild_that_breaks_off_leaves_the_old_index_as_it_was(
    tmp_path: Path, engine: WhooshSearchEngine
) -> None:
    with pytest.raises(Interrupted):
        engine.rebuild(breaking_off(), 2)
    assert (engine.report().state, total(engine)) == (IndexState.READY, 2)
    assert len(list((tmp_path / "whoosh").glob("index-*"))) == 1


def test_a_change_that_breaks_off_leaves_the_index_as_it_was(
    tmp_path: Path, engine: WhooshSearchEngine
) -> None:
    unit = a_unit("c").model_copy(update={"text": None})
    change = a_change("c", a_unit("c"))
    assert change.entry
    broken = change.model_copy(update={"entry": change.entry.model_copy(update={"units": (unit,)})})
    with pytest.raises(SearchUnavailable):
        engine.apply([broken])
    assert (engine.report().state, total(engine)) == (IndexState.READY, 2)
    engine.apply([change])
    assert total(engine) == 3


def test_a_damaged_text_is_not_shown(tmp_path: Path, engine: WhooshSearchEngine) -> None:
    path = index_folder(tmp_path) / texts.NAME
    path.write_bytes(path.read_bytes().replace(b"Connection logs", b"Forged entries!"))
    with pytest.raises(SearchUnavailable):
        total(engine, "logs")


@pytest.mark.parametrize("damage", [b"", b"no database, and longer than the header of one would be" * 3])
def test_texts_that_are_gone_are_told_so_that_they_are_made_anew(
    tmp_path: Path, engine: WhooshSearchEngine, damage: bytes
) -> None:
    (index_folder(tmp_path) / texts.NAME).write_bytes(damage)

    report = engine.report()

    assert (report.state, report.detail) == (IndexState.WRONG, "its texts are damaged")
    engine.rebuild(UNITS, len(UNITS))
    assert (engine.report().state, total(engine, "logs")) == (IndexState.READY, 1)


def test_one_damaged_text_among_others_is_told(tmp_path: Path, engine: WhooshSearchEngine) -> None:
    path = index_folder(tmp_path) / texts.NAME
    path.write_bytes(path.read_bytes().replace(b"Connection logs", b"Forged entries!"))
    assert engine.report().state is IndexState.WRONG


def test_a_commit_that_takes_texts_away_meanwhile_is_no_damage(
    tmp_path: Path, engine: WhooshSearchEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[Path] = []

    def after_a_commit(folder: Path, digests: list[str]) -> bool:
        if not looked:
            whoosh_engine(tmp_path).apply([a_change("a", a_unit("a", text="Another text."))])
        looked.append(folder)
        return has_texts(folder, digests)

    monkeypatch.setattr("kb.adapters.search.engine.has_texts", after_a_commit)
    assert engine.report().state is IndexState.READY
    assert len(looked) == 2


def test_a_seal_names_the_reason(tmp_path: Path, engine: WhooshSearchEngine) -> None:
    folder = index_folder(tmp_path)
    zeroed_page(folder)
    with pytest.raises(Broken, match=r"MAIN_\w+\.seg is damaged"):
        seal.verify(folder, Sums())


def test_checksums_of_many_files_are_forgotten_before_they_fill_the_memory(tmp_path: Path) -> None:
    sums = Sums(most=2)
    for number in range(5):
        path = tmp_path / str(number)
        path.write_text(str(number))
        assert sums.of(path) == sums.of(path)
