"""Two passwords at most are hashed at a time, whoever asks."""

from __future__ import annotations

import fcntl
import stat
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Lock
from time import sleep

import pytest

from kb.adapters.accounts.turns import PLACES, HasherInTurns
from kb.domain.errors import Busy, StoreFailure
from tests.fakes.hasher import PlainHasher

HOLD = """
import fcntl, sys
file = open(sys.argv[1], "w")
fcntl.flock(file, fcntl.LOCK_EX)
print("held", flush=True)
sys.stdin.read()
"""


class CountingHasher(PlainHasher):
    """Takes a moment, and remembers how many were at it together."""

    def __init__(self) -> None:
        super().__init__()
        self.together = self.most = 0
        self._lock = Lock()

    def verify(self, hashed: str | None, password: str) -> bool:
        with self._counted():
            return super().verify(hashed, password)

    def hash(self, password: str) -> str:
        with self._counted():
            return super().hash(password)

    @contextmanager
    def _counted(self) -> Iterator[None]:
        with self._lock:
            self.together += 1
            self.most = max(self.most, self.together)
        sleep(0.02)
        yield
        with self._lock:
            self.together -= 1


def places(folder: Path) -> list[Path]:
    return [folder / f"hashing.{number}.lock" for number in range(PLACES)]


def test_what_is_answered_is_the_hashers_own(tmp_path: Path) -> None:
    hasher = HasherInTurns(PlainHasher(2), tmp_path)

    assert hasher.verify(hasher.hash("words"), "words")
    assert not hasher.verify(hasher.hash("words"), "others")
    assert (hasher.outdated("v1:words"), hasher.outdated("v2:words")) == (True, False)


def test_two_at_a_time_are_at_it_and_the_others_wait(tmp_path: Path) -> None:
    """ASVS 5.0 V15.2: what takes much at once is bounded; two hashers are as two processes."""
    counting = CountingHasher()
    hashers = [HasherInTurns(counting, tmp_path, patience=60) for _ in range(2)]

    with ThreadPoolExecutor(12) as pool:
        done = list(pool.map(lambda number: hashers[number % 2].hash("words"), range(24)))

    assert len(done) == 24
    assert counting.most == PLACES


def test_who_waits_too_long_is_told_to_come_again_and_later_gets_in(tmp_path: Path) -> None:
    hasher = HasherInTurns(PlainHasher(), tmp_path, patience=0.05)
    with ExitStack() as held:
        for place in places(tmp_path):
            fcntl.flock(held.enter_context(place.open("w")), fcntl.LOCK_EX)

        with pytest.raises(Busy):
            hasher.verify(None, "words")

    assert not hasher.verify(None, "words")


def test_a_place_held_by_another_process_comes_free_when_that_one_dies(tmp_path: Path) -> None:
    hasher = HasherInTurns(PlainHasher(), tmp_path, patience=0.05)
    holders = [
        subprocess.Popen(
            [sys.executable, "-c", HOLD, str(place)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        for place in places(tmp_path)
    ]
    try:
        assert [holder.stdout and holder.stdout.readline() for holder in holders] == [b"held\n"] * PLACES
        with pytest.raises(Busy):
            hasher.hash("words")
    finally:
        for holder in holders:
            holder.kill()
            holder.communicate()

    assert hasher.hash("words")


def test_a_hasher_that_fails_gives_its_place_back(tmp_path: Path) -> None:
    class Failing(PlainHasher):
        def hash(self, password: str) -> str:
            raise MemoryError

    failing = HasherInTurns(Failing(), tmp_path, patience=0.05)
    for _ in range(PLACES + 1):
        with pytest.raises(MemoryError):
            failing.hash("words")


def test_a_home_that_cannot_be_written_is_told_as_such(tmp_path: Path) -> None:
    with pytest.raises(StoreFailure, match="home can be written"):
        HasherInTurns(PlainHasher(), tmp_path / "missing").hash("words")


def test_the_files_are_the_servers_users_alone(tmp_path: Path) -> None:
    HasherInTurns(PlainHasher(), tmp_path).hash("words")

    assert [stat.S_IMODE(each.stat().st_mode) for each in tmp_path.iterdir()] == [0o600]
