"""What others put among the entries, and what a save that never ended left there."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import pytest

from kb.adapters.files.operations import FileOperations
from kb.adapters.files.store import FileEntryStore
from kb.domain.errors import NotFound
from kb.domain.ports import Marker, Severity
from kb.domain.record import Kind
from kb.domain.revision import RecordRef
from tests.fakes.clock import NOON
from tests.ports.entry_files.tampering import findings_in, opened, write
from tests.ports.entry_stores import CASE, a_save

FOREIGN = (
    "README.txt",
    "Case-Study/x/0001.yaml",
    "case-study/Not an id/0001.yaml",
    "case-study/file",
    "case-study/abcdefghij/0000.yaml",
    "case-study/abcdefghij/10000.yaml",
    "case-study/abcdefghij/0004.yml",
    "case-study/abcdefghij/0003.yaml~",
    ".pending/other/x.1.y",
    ".pending/case-study/no-number",
    ".pending/case-study/abcdefghij.0.token",
)


def test_what_is_no_part_of_the_knowledge_base_is_not_read_but_told(
    root: Path, store: FileEntryStore
) -> None:
    before = (list(store.chains()), store.markers())
    for name in FOREIGN:
        write(root / name, b"Something else")

    findings = store.verify(repair=True)

    assert (list(store.chains()), store.markers()) == before
    assert {found.severity for found in findings} == {Severity.WARNING}
    assert sorted(found.place for found in findings) == sorted(
        {
            *(
                name
                for name in FOREIGN
                if name.count("/") != 2 or name.startswith((".pending/case", "case-study/abc"))
            ),
            "Case-Study",
            "case-study/Not an id",
            ".pending/other",
        }
    )
    assert all((root / name).exists() for name in FOREIGN)
    assert [revision.number for revision in store.revisions(CASE)] == [1, 2, 3]


def test_what_a_crashed_save_left_is_ignored_told_and_removed_by_repair_alone(
    root: Path, store: FileEntryStore
) -> None:
    left = root / "case-study" / CASE.id / ".0004.yaml.abc.tmp"
    write(left, b"Half a te")
    place = "case-study/abcdefghij/.0004.yaml.abc.tmp"

    assert store.current(CASE).number == 3
    assert findings_in(store) == [(Severity.WARNING, place)]
    assert left.exists()
    assert findings_in(store, repair=True) == [(Severity.REPAIRED, place)]
    assert not left.exists()
    assert findings_in(store) == []


def test_what_a_living_save_is_writing_is_left_alone(root: Path, store: FileEntryStore) -> None:
    operations = FileOperations()
    alive = root / "case-study" / CASE.id / ".0004.yaml.abc.tmp"
    descriptor = operations.create(alive)
    assert operations.lock(descriptor)

    assert [severity for severity, _ in findings_in(store, repair=True)] == [Severity.WARNING]
    assert store.sweep() == 0
    assert alive.exists()

    operations.close(descriptor)
    assert store.sweep() == 1
    assert not alive.exists()


def test_a_folder_without_revisions_is_a_record_that_never_came(root: Path, store: FileEntryStore) -> None:
    (root / "case-study" / "zz").mkdir()
    ref = RecordRef(kind=Kind.CASE_STUDY, id="zz")

    assert [(str(chain.ref), chain.last) for chain in store.chains(Kind.CASE_STUDY)] == [
        ("case-study/abcdefghij", 3),
        ("case-study/zz", 0),
    ]
    assert findings_in(store, repair=True) == [(Severity.WARNING, "case-study/zz")]
    for read in (store.current, store.revisions):
        with pytest.raises(NotFound):
            read(ref)
    store.save(a_save(ref=ref))
    assert findings_in(store) == []


def test_the_age_of_a_marker_whose_content_was_lost_is_that_of_its_file(
    root: Path, store: FileEntryStore
) -> None:
    marker = Marker(ref=CASE, revision=4, token="lost")
    path = root / ".pending" / "case-study" / "abcdefghij.4.lost"
    write(path, b"")
    os.utime(path, (NOON.timestamp(), NOON.timestamp()))

    assert store.stale_markers(NOON) == ()
    assert store.stale_markers(NOON + dt.timedelta(seconds=1)) == (marker,)


class _Vanishing(FileOperations):
    """Another process releases a marker between the listing and the look at it."""

    def read(self, path: Path, limit: int) -> bytes:
        path.unlink()
        return super().read(path, limit)


def test_a_marker_that_is_gone_when_it_is_looked_at_is_not_stale(root: Path) -> None:
    write(root / ".pending" / "case-study" / "abcdefghij.1.gone", b"")

    assert opened(root, _Vanishing()).stale_markers(NOON + dt.timedelta(days=9_999)) == ()


def test_a_home_that_somebody_put_a_file_in_the_way_of_a_kind_is_empty_there(root: Path) -> None:
    write(root / "case-study", b"no folder")
    store = opened(root)

    assert list(store.chains()) == []
    with pytest.raises(NotFound):
        store.current(CASE)
