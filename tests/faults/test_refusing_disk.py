"""A disk that is full, read-only or out of file size, at every single operation."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from kb.adapters.files.operations import FileOperations
from kb.adapters.files.store import FileEntryStore
from kb.adapters.system import SystemRandomness
from kb.domain.case_study import CaseStudy
from kb.domain.errors import StoreFailure
from kb.domain.ports import Saved, Severity
from tests.faults.disk import REFUSALS, Record, RefuseAt, WatchedOperations
from tests.ports.entry_stores import CASE, a_save


class Deed(NamedTuple):
    """Something that is done to a store which holds `before` revisions; `lasting` is the step from which it stands."""

    name: str
    before: int
    lasting: str
    do: Callable[[FileEntryStore], Saved | None]


def _bury(store: FileEntryStore) -> None:
    store.bury(CASE, 1, "Purged")


DEEDS = (
    Deed("create", 0, "link", lambda store: store.save(a_save(1, title="New"))),
    Deed("edit", 1, "link", lambda store: store.save(a_save(2, title="New"))),
    Deed("bury", 2, "rename", _bury),
)


def _store(folder: Path, operations: FileOperations | None = None) -> FileEntryStore:
    return FileEntryStore(folder / "entries", operations or FileOperations(), SystemRandomness())


def _prepare(folder: Path, deed: Deed) -> dict[str, bytes]:
    """Make a home with the revisions that the deed finds; give its files."""
    (folder / "entries").mkdir(parents=True)
    store = _store(folder)
    for number in range(1, deed.before + 1):
        store.save(a_save(number, title=f"Old {number}"))
    store.release(store.markers())
    return _files(folder)


def _files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _steps(folder: Path, deed: Deed) -> list[str]:
    """Do the deed on a sound disk and give the names of its steps."""
    _prepare(folder, deed)
    record = Record()
    deed.do(_store(folder, WatchedOperations(record)))
    return [step.name for step in record.steps]


def _each(folder: Path) -> Iterator[tuple[Deed, int, Path, bool]]:
    """Give every deed with every number of a step, a new folder for it, and whether that step comes too late."""
    for deed in DEEDS:
        steps = _steps(folder / deed.name, deed)
        for number in range(1, len(steps) + 1):
            lasts = number > steps.index(deed.lasting) + 1
            yield deed, number, folder / f"{deed.name}-{number}", lasts


def _outcome(deed: Deed, folder: Path, refusal: RefuseAt) -> Saved | StoreFailure | None:
    """Do the deed on a disk that refuses, and give what it gave or raised."""
    try:
        return deed.do(_store(folder, WatchedOperations(refusal)))
    except StoreFailure as failure:
        return failure


def _revisions(files: dict[str, bytes]) -> dict[str, bytes]:
    return {name: data for name, data in files.items() if name.endswith(".yaml")}


def _temporary(files: dict[str, bytes]) -> set[str]:
    return {name for name in files if name.endswith(".tmp")}


def _names(folder: Path) -> set[str]:
    return {path.name for path in folder.rglob("*")}


@pytest.mark.parametrize("code", REFUSALS, ids=os.strerror)
def test_one_refusal_before_the_commit_point_changes_nothing_and_leaves_nothing(
    tmp_path: Path, code: int
) -> None:
    tried = 0
    for deed, number, folder, lasts in _each(tmp_path):
        if lasts:
            continue
        before = _prepare(folder, deed)
        refusal = RefuseAt(number, code)

        outcome = _outcome(deed, folder, refusal)

        if isinstance(outcome, StoreFailure):
            assert str(outcome).startswith(("Nothing was saved: the ", "The text was not removed: the "))
            assert _files(folder) == before, f"{deed.name} {number} {refusal.refused}"
            assert deed.before or CASE.id not in _names(folder), "a folder without revisions is left"
        else:
            assert refusal.refused[0].name == "close", f"{deed.name} {number} {refusal.refused}"
        assert _store(folder).verify() == ()
        tried += 1
    assert tried > 20


@pytest.mark.parametrize("code", REFUSALS, ids=os.strerror)
def test_one_refusal_after_the_commit_point_leaves_the_save_standing(tmp_path: Path, code: int) -> None:
    tried = 0
    for deed, number, folder, lasts in _each(tmp_path):
        if not lasts or deed.name == "bury":
            continue
        _prepare(folder, deed)
        refusal = RefuseAt(number, code)

        saved = deed.do(_store(folder, WatchedOperations(refusal)))

        step = refusal.refused[0]
        assert saved is not None
        assert bool(saved.warning) == (step.name == "fsync_folder"), step
        store = _store(folder)
        assert store.current(CASE).header == saved.header
        assert store.current(CASE).body == CaseStudy(title="New")
        assert [marker.revision for marker in store.markers()] == [saved.header.revision]
        assert bool(_temporary(_files(folder))) == (step.name == "unlink")
        store.verify(repair=True)
        assert _temporary(_files(folder)) == set()
        assert store.verify() == ()
        tried += 1
    assert tried >= 6


@pytest.mark.parametrize("code", REFUSALS, ids=os.strerror)
def test_a_burial_that_the_disk_did_not_confirm_is_no_success_and_done_again_it_is(
    tmp_path: Path, code: int
) -> None:
    tried = 0
    for deed, number, folder, lasts in _each(tmp_path):
        if not lasts or deed.name != "bury":
            continue
        _prepare(folder, deed)
        refusal = RefuseAt(number, code)

        outcome = _outcome(deed, folder, refusal)

        step = refusal.refused[0]
        assert isinstance(outcome, StoreFailure) == (step.name == "fsync_folder"), step
        record = Record()
        _bury(_store(folder, WatchedOperations(record)))
        assert "fsync_folder" in [step.name for step in record.steps]
        assert _store(folder).revision(CASE, 1).tombstone is not None
        assert _store(folder).verify() == ()
        tried += 1
    assert tried >= 2


@pytest.mark.parametrize("code", REFUSALS, ids=os.strerror)
def test_a_disk_that_refuses_everything_from_a_step_on_leaves_the_old_or_the_new_revision(
    tmp_path: Path, code: int
) -> None:
    for deed, number, folder, lasts in _each(tmp_path):
        before = _prepare(folder, deed)
        refusal = RefuseAt(number, code, for_good=True)

        outcome = _outcome(deed, folder, refusal)

        store = _store(folder)
        if lasts and deed.name != "bury":
            assert isinstance(outcome, Saved)
            assert outcome.warning
            assert store.current(CASE).header == outcome.header
        else:
            assert isinstance(outcome, StoreFailure), f"{deed.name} {number} {refusal.refused[0]}"
            assert lasts == (_revisions(_files(folder)) != _revisions(before))
        assert all(finding.severity is Severity.WARNING for finding in store.verify())
        store.verify(repair=True)
        assert _temporary(_files(folder)) == set()
        number_now = max((chain.last for chain in store.chains()), default=0)
        assert number_now == deed.before + (lasts and deed.name != "bury")
        store.save(a_save(number_now + 1, title="After the disk was mended"))
        assert store.current(CASE).body == CaseStudy(title="After the disk was mended")
