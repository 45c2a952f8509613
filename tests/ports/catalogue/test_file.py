"""What only a catalogue in a file can suffer."""

from __future__ import annotations

import os
import sqlite3
import threading
from pathlib import Path

import pytest

from kb.adapters.catalogue.connections import Connections
from kb.adapters.catalogue.store import SqliteCatalogue
from kb.domain.entry import Listing
from kb.domain.errors import StoreFailure
from kb.domain.marking import (
    OPERATOR_VIEWER,
)
from kb.domain.ports import Change
from kb.domain.record import Kind
from kb.domain.revision import RecordRef
from tests.ports.catalogue.entries import entry, put
from tests.samples import a_case, case_ref


def held(path: Path) -> dict[RecordRef, int]:
    return dict(SqliteCatalogue(path).manifest())


def test_what_was_applied_is_there_when_the_file_is_opened_again(path: Path) -> None:
    put(SqliteCatalogue(path), entry("seven", a_case()))

    assert held(path) == {case_ref(): 1}


def test_many_units_come_in_several_batches_and_none_twice(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kb.adapters.catalogue.store.BATCH", 2)
    catalogue = SqliteCatalogue(path)
    put(catalogue, *(entry(name, a_case()) for name in ("a", "b", "c", "d", "e")))

    assert [unit.id for unit in catalogue.units() if unit.id == unit.case] == ["a", "b", "c", "d", "e"]


def test_changes_go_in_together_or_not_at_all(path: Path) -> None:
    catalogue = SqliteCatalogue(path)
    broken = entry("eight", a_case()).model_copy(update={"digest": None})

    with pytest.raises(StoreFailure, match="cannot be read or written"):
        put(catalogue, entry("seven", a_case()), broken)
    assert held(path) == {}
    put(catalogue, entry("seven", a_case()))
    assert held(path) == {case_ref(): 1}


def test_a_file_with_other_tables_is_emptied(path: Path) -> None:
    put(SqliteCatalogue(path), entry("seven", a_case()))
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 1")
    connection.close()

    assert held(path) == {}


@pytest.mark.parametrize("rest", [b"this is no database" * 100, b"SQLite format 3\x00" + b"\xff" * 5000])
def test_a_file_that_is_no_database_is_replaced_by_an_empty_one(path: Path, rest: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(rest)
    catalogue = SqliteCatalogue(path)

    assert dict(catalogue.manifest()) == {}
    put(catalogue, entry("seven", a_case()))
    assert held(path) == {case_ref(): 1}


def test_a_file_that_is_spoilt_while_it_is_open_is_replaced_too(path: Path) -> None:
    catalogue = SqliteCatalogue(path)
    put(catalogue, *(entry(f"c{number}", a_case()) for number in range(50)))
    catalogue.purge()
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (path.stat().st_size - 4096))

    assert len(SqliteCatalogue(path).manifest()) == 0
    assert len(catalogue.manifest()) == 0


def test_a_file_that_was_deleted_while_it_is_open_is_made_anew(path: Path) -> None:
    catalogue = SqliteCatalogue(path)
    put(catalogue, entry("seven", a_case()))
    for each in path.parent.iterdir():
        each.unlink()
    path.parent.rmdir()

    put(catalogue, entry("eight", a_case()))

    assert held(path) == {case_ref("eight"): 1}


def test_what_another_process_puts_changes_the_stamp(path: Path) -> None:
    catalogue = SqliteCatalogue(path)
    put(catalogue, entry("seven", a_case()))
    stamp = catalogue.stamp(Kind.CASE_STUDY)

    put(SqliteCatalogue(path), entry("eight", a_case()))

    assert catalogue.stamp(Kind.CASE_STUDY) != stamp


def test_a_file_that_was_made_anew_never_comes_back_to_an_old_stamp(path: Path) -> None:
    catalogue, stamps = SqliteCatalogue(path), set()
    for _ in range(3):
        put(catalogue, entry("seven", a_case()))
        stamps.add(catalogue.stamp(Kind.CASE_STUDY))
        path.unlink()

    assert len(stamps) == 3


def test_a_place_that_can_hold_no_file_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "catalogue.sqlite").mkdir()

    with pytest.raises(StoreFailure, match="cannot be read or written"):
        SqliteCatalogue(tmp_path / "catalogue.sqlite").manifest()


def test_threads_read_and_write_at_once(path: Path) -> None:
    catalogue = SqliteCatalogue(path)
    failures: list[Exception] = []

    def work(name: str) -> None:
        try:
            for number in range(1, 11):
                put(catalogue, entry(name, a_case(), revision=number))
                catalogue.list(Listing(viewer=OPERATOR_VIEWER))
        except Exception as error:  # noqa: BLE001 - told by the assertion below
            failures.append(error)

    threads = [threading.Thread(target=work, args=(f"t{number}",)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    assert set(catalogue.manifest().values()) == {10}


def test_a_child_process_opens_the_file_for_itself(path: Path) -> None:
    catalogue = SqliteCatalogue(path)
    put(catalogue, entry("seven", a_case()))

    child = os.fork()
    if child == 0:
        status = 1
        try:
            put(catalogue, entry("eight", a_case()))
            status = 0 if len(catalogue.manifest()) == 2 else 2
        finally:
            os._exit(status)
    _, status = os.waitpid(child, 0)

    assert os.waitstatus_to_exitcode(status) == 0
    assert set(catalogue.manifest()) == {case_ref(), case_ref("eight")}


def test_processes_that_open_a_new_file_together_all_get_its_tables(path: Path) -> None:
    children = []
    for number in range(4):
        child = os.fork()
        if child == 0:
            status = 1
            try:
                put(SqliteCatalogue(path), entry(f"p{number}", a_case()))
                status = 0
            finally:
                os._exit(status)
        children.append(child)

    statuses = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]

    assert statuses == [0] * 4
    assert len(held(path)) == 4


def test_after_a_purge_no_file_holds_a_word_of_what_was_dropped(path: Path) -> None:
    catalogue = SqliteCatalogue(path)
    secret = "Ivan Horvat was known"
    put(catalogue, entry("seven", a_case(summary=secret)), entry("eight", a_case()))
    assert secret.encode() in stored(path)
    catalogue.apply([Change(ref=case_ref(), entry=None)])

    catalogue.purge()

    assert secret.encode() not in stored(path)
    assert held(path) == {case_ref("eight"): 1}


def stored(path: Path) -> bytes:
    return b"".join(file.read_bytes() for file in path.parent.iterdir())


def test_a_purge_is_no_success_while_somebody_reads_what_was_dropped(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kb.adapters.catalogue.connections.BUSY_TIMEOUT", 0.05)
    catalogue = SqliteCatalogue(path)
    put(catalogue, entry("seven", a_case()))
    reader = Connections(path).get()
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM entry").fetchall()
    catalogue.clear()

    with pytest.raises(StoreFailure, match="Purge again"):
        catalogue.purge()
    reader.execute("ROLLBACK")
    catalogue.purge()


def test_a_writer_that_never_ends_is_told_in_a_sentence(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kb.adapters.catalogue.connections.BUSY_TIMEOUT", 0.05)
    catalogue = SqliteCatalogue(path)
    put(catalogue, entry("seven", a_case()))
    writer = Connections(path).get()
    writer.execute("BEGIN IMMEDIATE")

    with pytest.raises(StoreFailure, match="locked"):
        put(catalogue, entry("eight", a_case()))
    assert catalogue.count(Listing(viewer=OPERATOR_VIEWER)) == 1
    writer.execute("ROLLBACK")
