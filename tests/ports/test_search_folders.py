"""Folders of an index: what a crash left is swept, what somebody makes is not, and a purge takes all but its own."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kb.adapters.search.folders import Folders
from kb.adapters.search.seal import Broken
from kb.domain.errors import StoreFailure


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    made = Folders(tmp_path / "whoosh")
    with made.fresh() as first, made.changing():
        made.use(first)
    return made


def names(folders: Folders) -> set[str]:
    return {path.name for path in folders.root.iterdir() if path.is_dir()}


def test_a_folder_that_is_not_used_goes_again(folders: Folders) -> None:
    with folders.fresh() as folder:
        (folder / "file").touch()
    assert names(folders) == {folders.current().name}


def test_a_folder_that_is_used_takes_the_place_of_the_one_before(folders: Folders) -> None:
    with folders.fresh() as folder, folders.changing():
        folders.use(folder)
    assert folders.current() == folder
    assert names(folders) == {folder.name}


def test_what_a_crash_left_is_swept_by_the_next_that_is_made(folders: Folders) -> None:
    for name in ("index-crashed", "gone-crashed"):
        (folders.root / name).mkdir()
    with folders.fresh() as folder:
        assert names(folders) == {folders.current().name, folder.name}


def test_what_somebody_makes_is_not_swept_by_who_makes_another(folders: Folders) -> None:
    with folders.fresh() as one, folders.fresh() as another:
        with folders.changing():
            folders.use(another)
        assert one.is_dir()
        with folders.changing():
            folders.use(one)
    assert names(folders) == {one.name}


def test_alone_a_folder_takes_away_what_others_make_and_they_can_use_it_no_more(folders: Folders) -> None:
    with folders.fresh() as theirs, folders.fresh() as ours:
        with folders.changing():
            folders.use(ours, alone=True)
        assert names(folders) == {ours.name}
        with folders.changing(), pytest.raises(Broken, match="swept"):
            folders.use(theirs)
    assert names(folders) == {ours.name}


def test_alone_a_folder_is_not_content_where_another_cannot_be_removed(
    folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(os, "rmdir", refuse)
    with folders.fresh() as ours, folders.changing(), pytest.raises(StoreFailure, match="older search"):
        folders.use(ours, alone=True)


def test_one_makes_an_index_and_others_are_told(folders: Folders) -> None:
    told = [folders.is_being_made]
    with folders.making() as first:
        told.append(folders.is_being_made)
        with folders.making() as second:
            assert (first, second) == (True, False)
    assert [*told, folders.is_being_made] == [False, True, False]
