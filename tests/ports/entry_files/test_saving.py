"""What a save does to the files."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.adapters.files.store import FileEntryStore
from kb.domain.case_study import CaseStudy
from kb.domain.errors import Invalid, StaleRevision
from tests.faults.disk import Record, Step, WatchedOperations
from tests.ports.entry_files.tampering import file_of, opened
from tests.ports.entry_stores import CASE, a_save


def test_who_loses_the_race_for_a_number_at_the_last_moment_is_told_and_leaves_nothing(
    root: Path, store: FileEntryStore
) -> None:
    quicker = opened(root)

    def save_quickly(step: Step) -> bool:
        if step.name == "link":
            quicker.save(a_save(4, title="Quicker"))
        return True

    store.release(store.markers())
    with pytest.raises(StaleRevision):
        opened(root, WatchedOperations(save_quickly)).save(a_save(4, title="Slower"))

    assert store.current(CASE).body == CaseStudy(title="Quicker")
    assert len(store.markers()) == 1
    assert store.verify() == ()


def test_what_would_not_be_read_back_is_refused_before_anything_is_touched(
    root: Path, store: FileEntryStore
) -> None:
    before = sorted(root.rglob("*"))

    with pytest.raises(Invalid, match="cannot be stored as it is"):
        store.save(a_save(4).model_copy(update={"note": "long " * 100}))

    assert sorted(root.rglob("*")) == before


def test_a_note_is_kept_as_one_line_however_it_was_made(root: Path, store: FileEntryStore) -> None:
    store.save(a_save(4).model_copy(update={"note": " two\nlines "}))

    assert store.current(CASE).note == "two lines"
    assert b"\nnote: two lines\n" in file_of(root, 4).read_bytes()


def test_revisions_are_no_file_for_writing_and_none_of_everybodys_business(
    root: Path, store: FileEntryStore
) -> None:
    files = [path for path in root.rglob("*") if path.is_file()]

    assert len(files) == 8
    assert all(path.stat().st_mode & 0o227 == 0 for path in files)


def test_a_process_flushes_every_parent_once_even_those_that_another_one_made(
    root: Path, store: FileEntryStore
) -> None:
    record = Record()
    other = opened(root, WatchedOperations(record))
    flushes: list[set[str]] = []
    for number in (4, 5):
        record.steps.clear()
        other.save(a_save(number))
        flushes.append(
            {str(step.path.relative_to(root.parent)) for step in record.steps if step.name == "fsync_folder"}
        )

    own = {"entries/.pending/case-study", "entries/case-study/abcdefghij"}
    assert flushes == [own | {"entries/.pending", "entries/case-study", "entries", "."}, own]
