"""What workers share is made once, and never seen half made."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from tests.sharing import made_once


def test_of_several_that_begin_together_one_makes_it_and_all_get_it(tmp_path: Path) -> None:
    made: list[Path] = []
    together = Barrier(4)

    def make(folder: Path) -> None:
        made.append(folder)
        folder.mkdir()
        (folder / "word").write_text("whole", encoding="utf-8")

    def ask(_number: int) -> Path:
        together.wait()
        return made_once(tmp_path, "thing", make)

    with ThreadPoolExecutor(4) as workers:
        given = [*workers.map(ask, range(4))]

    assert given == [tmp_path / "thing"] * 4
    assert len(made) == 1
    assert (given[0] / "word").read_text(encoding="utf-8") == "whole"


def test_what_fails_half_way_is_made_anew_by_the_next_and_leaves_nothing(tmp_path: Path) -> None:
    def fail(folder: Path) -> None:
        folder.mkdir()
        (folder / "half").touch()
        raise OSError

    with pytest.raises(OSError):  # noqa: PT011 - its own, without words
        made_once(tmp_path, "thing", fail)

    assert [each.name for each in tmp_path.iterdir()] == ["thing.lock"]
    assert [*made_once(tmp_path, "thing", Path.mkdir).iterdir()] == []


def test_who_made_it_has_no_file_of_it_open(tmp_path: Path) -> None:
    opened = []

    def make(folder: Path) -> None:
        folder.mkdir()
        opened.append((folder / "word").open("w"))

    ready = made_once(tmp_path, "thing", make)
    with opened[0] as word:
        word.write("too late")

    assert (ready / "word").read_text(encoding="utf-8") == ""
