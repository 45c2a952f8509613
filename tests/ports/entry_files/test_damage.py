"""A file that cannot be trusted is kept from view and told; nothing is guessed, nothing written over."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from kb.adapters.files.operations import FileOperations, Found
from kb.adapters.files.store import FileEntryStore
from kb.domain.case_study import CaseStudy
from kb.domain.errors import Damaged, NotFound
from kb.domain.ports import Severity
from kb.domain.record import Kind
from kb.domain.revision import RecordRef
from tests.ports.entry_files.tampering import TAG, TAG_REF, change, file_of, findings_in, opened, write
from tests.ports.entry_stores import CASE, a_save


def _damage_text(path: Path) -> None:
    change(path, b"title: Text", b"title: Other")


def _empty(path: Path) -> None:
    write(path, b"")


def _tear(path: Path) -> None:
    write(path, path.read_bytes()[:-20])


def _lengthen(path: Path) -> None:
    write(path, path.read_bytes() + b"#" * 300_000)


def _make_link(path: Path) -> None:
    path.rename(path.with_name("elsewhere"))
    path.symlink_to(path.with_name("elsewhere"))


def _make_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def _make_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _take_other_record(path: Path) -> None:
    change(path, b"id: abcdefghij", b"id: zzzzzzzzzz")


def _take_other_number(path: Path) -> None:
    write(path, path.with_name("0002.yaml").read_bytes())


DAMAGES: tuple[Callable[[Path], None], ...] = (
    _damage_text,
    _empty,
    _tear,
    _lengthen,
    _make_link,
    _make_pipe,
    _make_folder,
    _take_other_record,
    _take_other_number,
)


@pytest.mark.parametrize("damage", DAMAGES, ids=[damage.__name__.strip("_") for damage in DAMAGES])
def test_a_damaged_file_is_kept_from_view_and_no_older_text_stands_in_for_it(
    root: Path, store: FileEntryStore, damage: Callable[[Path], None]
) -> None:
    damage(file_of(root))

    place = r"^case-study/abcdefghij/0003\.yaml "
    with pytest.raises(Damaged, match=place):
        store.current(CASE)
    with pytest.raises(Damaged, match=place):
        store.revision(CASE, 3)
    assert [revision.number for revision in store.revisions(CASE)] == [1, 2]
    assert store.revision(CASE, 2).body == CaseStudy(title="Text 2")
    assert [chain.last for chain in store.chains()] == [3, 1]
    assert store.current(TAG_REF).body == TAG
    errors = [place for severity, place in findings_in(store, repair=True) if severity is Severity.ERROR]
    assert errors == ["case-study/abcdefghij/0003.yaml"]
    assert os.path.lexists(file_of(root)), "nothing that may be evidence is removed"


def test_nobody_writes_over_a_revision_that_cannot_be_trusted(root: Path, store: FileEntryStore) -> None:
    _damage_text(file_of(root))
    markers = store.markers()

    with pytest.raises(Damaged):
        store.save(a_save(4))

    assert [chain.last for chain in store.chains()] == [3, 1]
    assert store.markers() == markers


def test_a_damaged_text_can_be_found_and_buried_as_long_as_its_header_can_be_told(
    root: Path, store: FileEntryStore
) -> None:
    _damage_text(file_of(root, 2))
    assert list(store.holds("Other 2")) == [(CASE, 2)]

    store.bury(CASE, 2, "Purged")

    assert list(store.holds("Other 2")) == []
    assert store.revision(CASE, 2).tombstone is not None
    assert store.verify() == ()


def test_a_file_without_a_sound_header_is_not_buried_because_its_place_in_the_chain_is_unknown(
    root: Path, store: FileEntryStore
) -> None:
    for content in (b"Text 2", b"format: 1\n---\nText 2\n"):
        write(file_of(root, 2), content)

        with pytest.raises(Damaged):
            store.bury(CASE, 2, "Purged")

        assert file_of(root, 2).read_bytes() == content
        assert list(store.holds("Text 2")) == [(CASE, 2)]


def test_a_header_that_was_changed_breaks_the_chain_behind_it(root: Path, store: FileEntryStore) -> None:
    change(file_of(root, 1), b"saved_by: a-presenter", b"saved_by: somebody")

    assert store.revision(CASE, 1).header.saved_by == "somebody"
    assert findings_in(store) == [(Severity.ERROR, "case-study/abcdefghij/0002.yaml")]


def test_a_first_revision_that_claims_one_before_it_is_told(root: Path, store: FileEntryStore) -> None:
    for number in (1, 2):
        file_of(root, number).unlink()
    change(file_of(root, 3), b"revision: 3", b"revision: 1")
    file_of(root, 3).rename(file_of(root, 1))

    assert findings_in(store) == [(Severity.ERROR, "case-study/abcdefghij/0001.yaml")]


def test_a_missing_revision_is_told_once_and_not_taken_for_a_broken_chain(
    root: Path, store: FileEntryStore
) -> None:
    file_of(root, 2).unlink()

    assert findings_in(store) == [(Severity.ERROR, "case-study/abcdefghij/0002.yaml")]
    with pytest.raises(NotFound):
        store.revision(CASE, 2)


def test_a_concept_in_the_folder_of_another_is_told(root: Path, store: FileEntryStore) -> None:
    store.save(a_save(ref=RecordRef(kind=Kind.CONCEPT, id="tag.other"), body=TAG))

    assert findings_in(store) == [(Severity.ERROR, "concept/tag.other/0001.yaml")]


class _Refusing(FileOperations):
    """A disk that does not list one folder, nor read one file."""

    def __init__(self, refused: Path) -> None:
        self._refused = refused

    def list(self, folder: Path) -> tuple[Found, ...]:
        self._demand(folder)
        return super().list(folder)

    def read(self, path: Path, limit: int) -> bytes:
        self._demand(path)
        return super().read(path, limit)

    def _demand(self, path: Path) -> None:
        if path == self._refused:
            raise OSError(errno.EIO, os.strerror(errno.EIO))


def test_a_record_that_the_disk_does_not_give_is_damaged_and_stops_no_other(
    root: Path, store: FileEntryStore
) -> None:
    folder = file_of(root).parent
    for refused, place in (
        (folder, "case-study/abcdefghij"),
        (file_of(root), "case-study/abcdefghij/0003.yaml"),
    ):
        refusing = opened(root, _Refusing(refused))
        with pytest.raises(Damaged, match="Input/output error"):
            refusing.current(CASE)
        assert TAG_REF in [chain.ref for chain in refusing.chains()]
        assert findings_in(refusing) == [(Severity.ERROR, place)]
        with pytest.raises(Damaged, match="Input/output error"):
            list(refusing.holds("Text 3"))


def test_a_whole_kind_that_the_disk_does_not_list_is_never_taken_for_empty(
    root: Path, store: FileEntryStore
) -> None:
    refusing = opened(root, _Refusing(root / "case-study"))

    with pytest.raises(Damaged, match="The folder case-study cannot be listed"):
        list(refusing.chains())
    assert findings_in(refusing) == [(Severity.ERROR, "case-study")]


def test_a_text_is_found_at_the_end_of_a_file_that_is_too_long_to_be_a_revision(
    root: Path, store: FileEntryStore
) -> None:
    write(file_of(root), b"#" * 300_000 + b" Text 3")

    assert list(store.holds("Text 3")) == [(CASE, 3)]
