"""Finds and reads revisions; what cannot be trusted is quarantined from view by an error, never skipped silently."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from kb.adapters.files import codec, layout
from kb.adapters.files.operations import FileOperations, Found
from kb.domain.dump import dump, strings_in
from kb.domain.errors import Damaged, NotFound
from kb.domain.ports import Chain
from kb.domain.record import Kind
from kb.domain.revision import RecordRef, Revision
from kb.domain.text import normal_line

_MOST_SEARCHED = 64 * 1024 * 1024
"""Bytes of a damaged file in which a text is looked for, whatever its length should be."""
_MOST_KEPT = 128
"""Revisions that are kept parsed: one page may lead over the same twenty cases again and again."""
_LONGEST_KEPT = 32 * 1024
"""Bytes; with the number above it bounds the memory, and a longer text is rare."""


class Reader:
    """Reads the chains under one root."""

    def __init__(self, root: Path, operations: FileOperations) -> None:
        self._root = root
        self._operations = operations
        self._kept = lru_cache(_MOST_KEPT)(codec.decode)

    def names(self, folder: Path) -> tuple[Found, ...]:
        """List a folder under the root; raises Damaged where the disk does not let us."""
        try:
            return self._operations.list(folder)
        except OSError as error:
            raise Damaged(
                f"The folder {folder.relative_to(self._root)} cannot be listed ({error.strerror}). "
                "Check its permissions and the disk, then run `kb fsck`."
            ) from error

    def numbers(self, ref: RecordRef) -> list[int]:
        """Give the numbers that a record's folder holds, rising; none where there is no folder. Raises Damaged."""
        names = self.names(layout.record_folder(self._root, ref))
        found = (layout.number_of(each.name) for each in names)
        return sorted(number for number in found if number)

    def last(self, ref: RecordRef) -> int:
        """Give the highest number, 0 where no revision ever came. Raises Damaged."""
        return max(self.numbers(ref), default=0)

    def data(self, ref: RecordRef, number: int, limit: int = codec.MOST_BYTES) -> bytes:
        """Give a revision file's bytes; raises NotFound, or Damaged where the disk does not give them."""
        path = layout.record_folder(self._root, ref) / layout.revision_name(number)
        try:
            return self._operations.read(path, limit)
        except (FileNotFoundError, NotADirectoryError):
            raise NotFound from None
        except OSError as error:
            place = layout.place(ref, number)
            raise Damaged(
                f"{place} cannot be read: {error.strerror}. Check the file and the disk, then run `kb fsck`."
            ) from error

    def revision(self, ref: RecordRef, number: int) -> Revision:
        """Give one revision; raises NotFound, or Damaged also where the file claims to be another revision.

        The file is read each time and alone decides; bytes that were parsed lately are not parsed again.
        """
        place, data = layout.place(ref, number), self.data(ref, number)
        found = (self._kept if len(data) <= _LONGEST_KEPT else codec.decode)(data, place)
        if (found.ref, found.number) != (ref, number):
            raise Damaged(
                f"{place} says that it is another revision. Put it back where it belongs, then run `kb fsck`."
            )
        return found

    def forget(self) -> None:
        """Keep nothing of what was read: some of it is to be nowhere."""
        self._kept.cache_clear()

    def chains(self, kind: Kind | None = None) -> Iterator[Chain]:
        """List records by kind and id; a record that cannot be listed is left to `kb fsck`. Raises Damaged for a kind."""
        for ref in self._records(kind):
            with suppress(Damaged):
                yield Chain(ref=ref, last=self.last(ref))

    def holds(self, text: str) -> Iterator[tuple[RecordRef, int]]:
        """Find revisions that hold `text`, whatever its line breaks and capitals; what cannot be parsed is searched whole.

        Raises Damaged where the disk does not let us look: nobody may believe then that nothing is there.
        """
        wanted = normal_line(text).casefold()
        for ref in self._records() if wanted else ():
            for number in self.numbers(ref):
                if any(wanted in normal_line(part).casefold() for part in self._texts(ref, number)):
                    yield ref, number

    def _records(self, kind: Kind | None = None) -> Iterator[RecordRef]:
        for each in sorted(Kind) if kind is None else [kind]:
            for found in self.names(self._root / each.value):
                ref = layout.ref_of(each, found.name) if found.is_folder else None
                if ref:
                    yield ref

    def _texts(self, ref: RecordRef, number: int) -> list[str]:
        try:
            found = self.revision(ref, number)
        except NotFound:
            return []
        except Damaged:
            return [self.data(ref, number, _MOST_SEARCHED).decode(errors="replace")]
        return [found.note, *(strings_in(dump(found.body)) if found.body else ())]
