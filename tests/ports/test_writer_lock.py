"""What every writer's lock does, and what the one on a file does beside that."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from kb.adapters.files.lock import WriterLock
from kb.adapters.files.operations import FileOperations
from kb.domain import ports
from kb.domain.errors import StoreFailure
from tests.fakes.lock import MemoryLock
from tests.faults.forks import Child


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "drain.lock"


@pytest.fixture(params=["memory", "file"])
def lock(request: pytest.FixtureRequest, path: Path) -> ports.WriterLock:
    return MemoryLock() if request.param == "memory" else WriterLock(path)


def _can_hold(lock: ports.WriterLock) -> bool:
    with lock.try_hold() as had:
        return had


def test_a_free_lock_is_had_and_given_back(lock: ports.WriterLock) -> None:
    assert [_can_hold(lock), _can_hold(lock)] == [True, True]


def test_a_held_lock_is_not_had_again_and_asking_does_not_free_it(lock: ports.WriterLock) -> None:
    with lock.try_hold() as had:
        assert had
        assert [_can_hold(lock), _can_hold(lock)] == [False, False]
    assert _can_hold(lock)


def test_a_lock_is_given_back_when_the_work_under_it_fails(lock: ports.WriterLock) -> None:
    with pytest.raises(ZeroDivisionError), lock.try_hold():
        raise ZeroDivisionError

    assert _can_hold(lock)


def test_a_thread_cannot_have_what_another_one_holds(lock: ports.WriterLock) -> None:
    had: list[bool] = []
    with lock.try_hold():
        thread = threading.Thread(target=lambda: had.append(_can_hold(lock)))
        thread.start()
        thread.join()

    assert had == [False]


def test_two_values_on_one_file_exclude_each_other(path: Path) -> None:
    with WriterLock(path).try_hold():
        assert not _can_hold(WriterLock(path))
    assert _can_hold(WriterLock(path))


def _demand(lock: ports.WriterLock, *, had: bool) -> None:
    assert _can_hold(lock) is had


def test_a_child_cannot_have_what_its_parent_holds_and_keeps_nothing_of_it(path: Path) -> None:
    lock = WriterLock(path)
    with lock.try_hold():
        Child(lambda: _demand(lock, had=False)).succeed()
        asleep = Child(threading.Event().wait)
    with asleep:
        assert _can_hold(lock), "a child that inherited the open file must not keep the lock"


def _hold_for_good(lock: ports.WriterLock, ready: Path) -> None:
    with lock.try_hold() as had:
        assert had
        ready.touch()
        threading.Event().wait()


def test_the_lock_of_a_killed_process_is_free(path: Path) -> None:
    lock, ready = WriterLock(path), path.with_name("ready")
    with Child(lambda: _hold_for_good(lock, ready)) as holder:
        while not ready.exists():
            pass
        assert not _can_hold(lock)
        holder.kill()

    assert _can_hold(lock)


def test_a_lock_file_that_was_deleted_is_made_anew(path: Path) -> None:
    lock = WriterLock(path)
    assert _can_hold(lock)
    path.unlink()

    assert _can_hold(lock)
    assert path.stat().st_mode & 0o777 == 0o600


class _Deleting(FileOperations):
    """Somebody deletes the file in the moment between its opening and its locking."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def lock(self, descriptor: int) -> bool:
        self._path.unlink()
        return super().lock(descriptor)


def test_a_lock_on_a_file_that_is_gone_locks_nobody_out_and_so_is_not_had(path: Path) -> None:
    assert not _can_hold(WriterLock(path, _Deleting(path)))
    assert _can_hold(WriterLock(path))


def test_a_lock_that_cannot_be_opened_is_a_clear_failure(tmp_path: Path) -> None:
    with pytest.raises(StoreFailure, match="home can be written"):
        _can_hold(WriterLock(tmp_path / "missing" / "drain.lock"))
