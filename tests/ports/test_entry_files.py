"""What the entry store does because its records are files that others can reach."""

from __future__ import annotations

import datetime as dt
import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from kb.adapters.files.operations import FileOperations, Found
from kb.adapters.files.store import FileEntryStore
from kb.adapters.system import SystemRandomness
from kb.domain.case_study import CaseStudy
from kb.domain.concept import Concept, Labels, Scheme
from kb.domain.errors import Damaged, Invalid, NotFound, StaleRevision
from kb.domain.ports import Marker, Severity
from kb.domain.record import Kind
from kb.domain.revision import RecordRef
from tests.fakes.clock import NOON
from tests.faults.disk import Record, Step, WatchedOperations
from tests.ports.entry_stores import CASE, a_save

TAG = Concept(scheme=Scheme.TAG, key="ask", labels=(Labels(language="en", preferred="Ask"),))
TAG_REF = RecordRef(kind=Kind.CONCEPT, id="tag.ask")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "entries"


@pytest.fixture
def store(root: Path) -> FileEntryStore:
    """Give a store that holds a case of three revisions and a concept."""
    store = _open(root)
    for number in (1, 2, 3):
        store.save(a_save(number, title=f"Text {number}"))
    store.save(a_save(ref=TAG_REF, body=TAG))
    return store


def _open(root: Path, operations: FileOperations | None = None) -> FileEntryStore:
    return FileEntryStore(root, operations or FileOperations(), SystemRandomness())


def _file(root: Path, number: int = 3) -> Path:
    return root / "case-study" / CASE.id / f"{number:04}.yaml"


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    path.write_bytes(content)


def _change(path: Path, old: bytes, new: bytes) -> None:
    content = path.read_bytes()
    assert old in content
    _write(path, content.replace(old, new))


def _findings(store: FileEntryStore, *, repair: bool = False) -> list[tuple[Severity, str]]:
    return [(found.severity, found.place) for found in store.verify(repair=repair)]


def _damage_text(path: Path) -> None:
    _change(path, b"title: Text", b"title: Other")


def _empty(path: Path) -> None:
    _write(path, b"")


def _tear(path: Path) -> None:
    _write(path, path.read_bytes()[:-20])


def _lengthen(path: Path) -> None:
    _write(path, path.read_bytes() + b"#" * 300_000)


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
    _change(path, b"id: abcdefghij", b"id: zzzzzzzzzz")


def _take_other_number(path: Path) -> None:
    _write(path, path.with_name("0002.yaml").read_bytes())


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
    damage(_file(root))

    place = r"^case-study/abcdefghij/0003\.yaml "
    with pytest.raises(Damaged, match=place):
        store.current(CASE)
    with pytest.raises(Damaged, match=place):
        store.revision(CASE, 3)
    assert [revision.number for revision in store.revisions(CASE)] == [1, 2]
    assert store.revision(CASE, 2).body == CaseStudy(title="Text 2")
    assert [chain.last for chain in store.chains()] == [3, 1]
    assert store.current(TAG_REF).body == TAG
    errors = [place for severity, place in _findings(store, repair=True) if severity is Severity.ERROR]
    assert errors == ["case-study/abcdefghij/0003.yaml"]
    assert os.path.lexists(_file(root)), "nothing that may be evidence is removed"


def test_nobody_writes_over_a_revision_that_cannot_be_trusted(root: Path, store: FileEntryStore) -> None:
    _damage_text(_file(root))
    markers = store.markers()

    with pytest.raises(Damaged):
        store.save(a_save(4))

    assert [chain.last for chain in store.chains()] == [3, 1]
    assert store.markers() == markers


def test_who_loses_the_race_for_a_number_at_the_last_moment_is_told_and_leaves_nothing(
    root: Path, store: FileEntryStore
) -> None:
    quicker = _open(root)

    def save_quickly(step: Step) -> bool:
        if step.name == "link":
            quicker.save(a_save(4, title="Quicker"))
        return True

    store.release(store.markers())
    with pytest.raises(StaleRevision):
        _open(root, WatchedOperations(save_quickly)).save(a_save(4, title="Slower"))

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
    assert b"\nnote: two lines\n" in _file(root, 4).read_bytes()


def test_a_damaged_text_can_be_found_and_buried_as_long_as_its_header_can_be_told(
    root: Path, store: FileEntryStore
) -> None:
    _damage_text(_file(root, 2))
    assert list(store.holds("Other 2")) == [(CASE, 2)]

    store.bury(CASE, 2, "Purged")

    assert list(store.holds("Other 2")) == []
    assert store.revision(CASE, 2).tombstone is not None
    assert store.verify() == ()


def test_a_file_without_a_sound_header_is_not_buried_because_its_place_in_the_chain_is_unknown(
    root: Path, store: FileEntryStore
) -> None:
    for content in (b"Text 2", b"format: 1\n---\nText 2\n"):
        _write(_file(root, 2), content)

        with pytest.raises(Damaged):
            store.bury(CASE, 2, "Purged")

        assert _file(root, 2).read_bytes() == content
        assert list(store.holds("Text 2")) == [(CASE, 2)]


def test_revisions_are_no_file_for_writing_and_none_of_everybodys_business(
    root: Path, store: FileEntryStore
) -> None:
    files = [path for path in root.rglob("*") if path.is_file()]

    assert len(files) == 8
    assert all(path.stat().st_mode & 0o227 == 0 for path in files)


def test_a_header_that_was_changed_breaks_the_chain_behind_it(root: Path, store: FileEntryStore) -> None:
    _change(_file(root, 1), b"saved_by: a-presenter", b"saved_by: somebody")

    assert store.revision(CASE, 1).header.saved_by == "somebody"
    assert _findings(store) == [(Severity.ERROR, "case-study/abcdefghij/0002.yaml")]


def test_a_first_revision_that_claims_one_before_it_is_told(root: Path, store: FileEntryStore) -> None:
    for number in (1, 2):
        _file(root, number).unlink()
    _change(_file(root, 3), b"revision: 3", b"revision: 1")
    _file(root, 3).rename(_file(root, 1))

    assert _findings(store) == [(Severity.ERROR, "case-study/abcdefghij/0001.yaml")]


def test_a_missing_revision_is_told_once_and_not_taken_for_a_broken_chain(
    root: Path, store: FileEntryStore
) -> None:
    _file(root, 2).unlink()

    assert _findings(store) == [(Severity.ERROR, "case-study/abcdefghij/0002.yaml")]
    with pytest.raises(NotFound):
        store.revision(CASE, 2)


def test_a_concept_in_the_folder_of_another_is_told(root: Path, store: FileEntryStore) -> None:
    store.save(a_save(ref=RecordRef(kind=Kind.CONCEPT, id="tag.other"), body=TAG))

    assert _findings(store) == [(Severity.ERROR, "concept/tag.other/0001.yaml")]


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
        _write(root / name, b"Something else")

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
    _write(left, b"Half a te")
    place = "case-study/abcdefghij/.0004.yaml.abc.tmp"

    assert store.current(CASE).number == 3
    assert _findings(store) == [(Severity.WARNING, place)]
    assert left.exists()
    assert _findings(store, repair=True) == [(Severity.REPAIRED, place)]
    assert not left.exists()
    assert _findings(store) == []


def test_what_a_living_save_is_writing_is_left_alone(root: Path, store: FileEntryStore) -> None:
    operations = FileOperations()
    alive = root / "case-study" / CASE.id / ".0004.yaml.abc.tmp"
    descriptor = operations.create(alive)
    assert operations.lock(descriptor)

    assert [severity for severity, _ in _findings(store, repair=True)] == [Severity.WARNING]
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
    assert _findings(store, repair=True) == [(Severity.WARNING, "case-study/zz")]
    for read in (store.current, store.revisions):
        with pytest.raises(NotFound):
            read(ref)
    store.save(a_save(ref=ref))
    assert _findings(store) == []


def test_the_age_of_a_marker_whose_content_was_lost_is_that_of_its_file(
    root: Path, store: FileEntryStore
) -> None:
    marker = Marker(ref=CASE, revision=4, token="lost")
    path = root / ".pending" / "case-study" / "abcdefghij.4.lost"
    _write(path, b"")
    os.utime(path, (NOON.timestamp(), NOON.timestamp()))

    assert store.stale_markers(NOON) == ()
    assert store.stale_markers(NOON + dt.timedelta(seconds=1)) == (marker,)


class _Vanishing(FileOperations):
    """Another process releases a marker between the listing and the look at it."""

    def read(self, path: Path, limit: int) -> bytes:
        path.unlink()
        return super().read(path, limit)


def test_a_marker_that_is_gone_when_it_is_looked_at_is_not_stale(root: Path) -> None:
    _write(root / ".pending" / "case-study" / "abcdefghij.1.gone", b"")

    assert _open(root, _Vanishing()).stale_markers(NOON + dt.timedelta(days=9_999)) == ()


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
    folder = _file(root).parent
    for refused, place in (
        (folder, "case-study/abcdefghij"),
        (_file(root), "case-study/abcdefghij/0003.yaml"),
    ):
        refusing = _open(root, _Refusing(refused))
        with pytest.raises(Damaged, match="Input/output error"):
            refusing.current(CASE)
        assert TAG_REF in [chain.ref for chain in refusing.chains()]
        assert _findings(refusing) == [(Severity.ERROR, place)]
        with pytest.raises(Damaged, match="Input/output error"):
            list(refusing.holds("Text 3"))


def test_a_whole_kind_that_the_disk_does_not_list_is_never_taken_for_empty(
    root: Path, store: FileEntryStore
) -> None:
    refusing = _open(root, _Refusing(root / "case-study"))

    with pytest.raises(Damaged, match="The folder case-study cannot be listed"):
        list(refusing.chains())
    assert _findings(refusing) == [(Severity.ERROR, "case-study")]


def test_a_home_that_somebody_put_a_file_in_the_way_of_a_kind_is_empty_there(root: Path) -> None:
    _write(root / "case-study", b"no folder")
    store = _open(root)

    assert list(store.chains()) == []
    with pytest.raises(NotFound):
        store.current(CASE)


def test_a_text_is_found_at_the_end_of_a_file_that_is_too_long_to_be_a_revision(
    root: Path, store: FileEntryStore
) -> None:
    _write(_file(root), b"#" * 300_000 + b" Text 3")

    assert list(store.holds("Text 3")) == [(CASE, 3)]


def test_a_process_flushes_every_parent_once_even_those_that_another_one_made(
    root: Path, store: FileEntryStore
) -> None:
    record = Record()
    other = _open(root, WatchedOperations(record))
    flushes: list[set[str]] = []
    for number in (4, 5):
        record.steps.clear()
        other.save(a_save(number))
        flushes.append(
            {str(step.path.relative_to(root.parent)) for step in record.steps if step.name == "fsync_folder"}
        )

    own = {"entries/.pending/case-study", "entries/case-study/abcdefghij"}
    assert flushes == [own | {"entries/.pending", "entries/case-study", "entries", "."}, own]
