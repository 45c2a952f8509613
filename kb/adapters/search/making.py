"""An index in the making, as services fill it; it takes the place of the one in use when they say so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from kb.adapters.search import writer
from kb.adapters.search.folders import Folders
from kb.adapters.search.seal import Broken
from kb.adapters.search.writer import Kept
from kb.domain.errors import SearchUnavailable
from kb.domain.ports import Change, Progress
from kb.domain.record_units import SEARCHED, group_of
from kb.domain.unit import SearchUnit


class FreshFolder:
    """A folder that nobody reads yet. A purge may sweep it away at any moment: then every act raises SearchUnavailable."""

    def __init__(self, folders: Folders, folder: Path, kept: Kept) -> None:
        self._folders = folders
        self._folder = folder
        self._kept = kept

    def fill(self, units: Iterable[SearchUnit]) -> None:
        with self._unless_swept():
            writer.create(self._folder, units)

    def apply(self, changes: Sequence[Change]) -> None:
        if cases := cases_of(changes):
            with self._unless_swept():
                writer.apply(self._folder, cases, self._kept)

    def take_over(self) -> None:
        self.use(alone=False)

    def use(self, *, alone: bool) -> None:
        """Take the place of the index in use; `alone` sweeps away those in the making, whoever makes them."""
        with self._unless_swept(), self._folders.changing():
            self._folders.use(self._folder, alone=alone)

    @contextmanager
    def _unless_swept(self) -> Iterator[None]:
        try:
            yield
        except Broken as error:
            raise SearchUnavailable from error
        except Exception as error:  # Whoosh raises whatever a missing file leads it to
            if not self._folder.is_dir():
                raise SearchUnavailable from error
            raise


def cases_of(changes: Sequence[Change]) -> writer.Cases:
    """Give what the index is to hold of those among these records that are searched."""
    return {
        group_of(change.ref): change.entry.units if change.entry else ()
        for change in changes
        if change.ref.kind in SEARCHED
    }


def counted(units: Iterable[SearchUnit], total: int, progress: Progress | None) -> Iterator[SearchUnit]:
    """Pass units on, and tell after each how many were taken."""
    for number, unit in enumerate(units, 1):
        yield unit
        if progress:
            progress(number, total)
