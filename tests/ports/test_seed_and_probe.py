"""A new home: trying its disk, and giving it the seed."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from kb.adapters.files.operations import FileOperations
from kb.adapters.files.probe import probe
from kb.adapters.files.seed import EDITORS, copy_seed
from kb.adapters.files.store import FileEntryStore
from kb.adapters.system import SystemRandomness
from kb.domain.errors import StoreFailure
from kb.domain.record import Kind
from kb.domain.revision import RecordRef
from tests.faults.disk import Record, RefuseAt, WatchedOperations
from tests.ports.entry_stores import CASE, a_save

OTHER = RecordRef(kind=Kind.CASE_STUDY, id="zz")


def _store(root: Path) -> FileEntryStore:
    return FileEntryStore(root, FileOperations(), SystemRandomness())


@pytest.fixture
def seed(tmp_path: Path) -> Path:
    """Give the entries of a checkout in which an officer has saved a revision and a case."""
    root = tmp_path / "seed"
    store = _store(root)
    for number in (1, 2):
        store.save(a_save(number).model_copy(update={"saved_by": EDITORS}))
    store.save(a_save(3))
    store.save(a_save(1, OTHER))
    return root


def test_the_seed_is_what_the_editors_saved_and_no_officer_after_them(seed: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"

    copied = copy_seed(seed, home, SystemRandomness())

    store = _store(home)
    assert copied == 1
    assert [(chain.ref, chain.last) for chain in store.chains()] == [(CASE, 2)]
    for number in (1, 2):
        place = f"case-study/{CASE.id}/{number:04}.yaml"
        assert (home / place).read_bytes() == (seed / place).read_bytes()
    assert store.verify() == ()
    assert store.markers() == ()


def test_a_seed_chain_ends_before_a_damaged_revision(seed: Path, tmp_path: Path) -> None:
    damaged = seed / "case-study" / CASE.id / "0002.yaml"
    damaged.unlink()
    damaged.write_bytes(b"")

    copy_seed(seed, tmp_path / "home", SystemRandomness())

    assert [chain.last for chain in _store(tmp_path / "home").chains()] == [1]


def test_a_full_disk_stops_the_copying_with_a_sentence(seed: Path, tmp_path: Path) -> None:
    full = WatchedOperations(RefuseAt(3, errno.ENOSPC, for_good=True))

    with pytest.raises(StoreFailure, match="The seed was not copied: the disk is full"):
        copy_seed(seed, tmp_path / "home", SystemRandomness(), full)


def test_a_sound_disk_passes_the_probe_and_is_left_as_it_was(tmp_path: Path) -> None:
    assert probe(tmp_path, "chance") == ()
    assert list(tmp_path.iterdir()) == []


def test_whatever_a_disk_refuses_the_probe_says_so_and_leaves_nothing(tmp_path: Path) -> None:
    record = Record()
    probe(tmp_path, "chance", WatchedOperations(record))
    needed = [number for number, step in enumerate(record.steps, 1) if step.name != "unlink"]

    for number in needed:
        (sentence,) = probe(tmp_path, "chance", WatchedOperations(RefuseAt(number, errno.EPERM)))
        assert sentence.startswith(f"{tmp_path} cannot hold a knowledge base: operation not permitted. ")
        assert list(tmp_path.iterdir()) == []
    assert {record.steps[number - 1].name for number in needed} >= {"fsync", "link", "fsync_folder"}
