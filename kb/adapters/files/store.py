"""The entry store over files: the save protocol, step by step, and everything else by the modules beside it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from pathlib import Path

from pydantic import ValidationError

from kb.adapters.files import codec, layout
from kb.adapters.files.folders import Folders
from kb.adapters.files.markers import Markers
from kb.adapters.files.operations import FileOperations
from kb.adapters.files.reading import Reader
from kb.adapters.files.refusal import told
from kb.adapters.files.verify import Verification
from kb.adapters.files.writing import NameTaken, Writer
from kb.domain.errors import Damaged, Invalid, NotFound, StaleRevision
from kb.domain.ports import Chain, Finding, Marker, Progress, Randomness, Saved
from kb.domain.record import Kind
from kb.domain.revision import BODY_OF, Body, Header, RecordRef, Revision, Save
from kb.domain.text import normal_line

_TOO_LONG = (
    f"A record holds at most {codec.MOST_BYTES // 1024} KiB of text; this one has {{}}. "
    "Shorten it, or split it into several."
)


class FileEntryStore:
    """Chains of revision files under `root`, made safe against kills, power cuts and full disks.

    A revision is there when link(2) gave it its name. Before that nothing has changed, after that nothing undoes it.
    """

    def __init__(self, root: Path, operations: FileOperations, randomness: Randomness) -> None:
        self._root = root
        self._randomness = randomness
        folders = Folders(root, operations)
        self._reader = Reader(root, operations)
        self._writer = Writer(folders, operations, randomness)
        self._markers = Markers(root, folders, self._reader, operations, randomness)
        self._verification = Verification(root, self._reader, self._writer)

    def save(self, save: Save) -> Saved:
        """Save by the protocol: all in memory first, then the marker, then the text, then the link.

        Raises Invalid, StaleRevision, Damaged where the revision before cannot be trusted, StoreFailure.
        """
        header, data = self._prepared(save)
        folder = layout.record_folder(self._root, save.ref)
        with told("Nothing was saved"):
            marker = self._markers.put(save)
            try:
                warning = self._writer.add(folder, save.number, data)
            except NameTaken:
                self._markers.release([marker])
                raise StaleRevision(save.kind, save.id, save.number) from None
            except OSError:
                self._markers.release([marker])
                raise
        return Saved(header=header, warning=warning)

    def current(self, ref: RecordRef) -> Revision:
        """Give the highest revision. Where it is damaged, no older one stands in for it."""
        return self._reader.revision(ref, self._reader.last(ref))

    def last(self, ref: RecordRef) -> int:
        return self._reader.last(ref)

    def revision(self, ref: RecordRef, number: int) -> Revision:
        return self._reader.revision(ref, number)

    def revisions(self, ref: RecordRef) -> tuple[Revision, ...]:
        numbers = self._reader.numbers(ref)
        if not numbers:
            raise NotFound
        return tuple(self._readable(ref, numbers))

    def chains(self, kind: Kind | None = None) -> Iterator[Chain]:
        return self._reader.chains(kind)

    def markers(self) -> tuple[Marker, ...]:
        return self._markers.standing()

    def release(self, markers: Iterable[Marker]) -> None:
        self._markers.release(markers)

    def stale_markers(self, older_than: dt.datetime) -> tuple[Marker, ...]:
        return self._markers.stale(older_than)

    def bury(self, ref: RecordRef, number: int, reason: str) -> None:
        """Put a tombstone in a revision's place, and remove what crashed saves left of it in its folder.

        Raises NotFound, Damaged where the header cannot be told from the text, StoreFailure: then ask again.
        """
        place = layout.place(ref, number)
        folder = layout.record_folder(self._root, ref)
        parts = codec.split(self._reader.data(ref, number), place)
        buried = codec.bury(parts, reason)
        codec.decode(codec.join(buried), place)
        with told("The text was not removed"):
            self._writer.sweep(folder)
            if self._is_buried(ref, number):
                self._writer.settle(folder)
            else:
                self._writer.replace(folder, number, codec.join(buried))
            self._reader.forget()

    def holds(self, text: str) -> Iterator[tuple[RecordRef, int]]:
        return self._reader.holds(text)

    def sweep(self) -> int:
        with told("What crashed saves left could not be removed"):
            return sum(
                self._writer.sweep(layout.record_folder(self._root, chain.ref)) for chain in self.chains()
            )

    def verify(self, *, repair: bool = False, progress: Progress | None = None) -> tuple[Finding, ...]:
        return self._verification.run(repair=repair, progress=progress)

    def _prepared(self, save: Save) -> tuple[Header, bytes]:
        """Give what is to be written, proved to be readable as what was meant; touches nothing on the disk."""
        body = _revalidated(save)
        last = self._reader.last(save.ref)
        if save.number != last + 1:
            raise StaleRevision(save.kind, save.id, save.number)
        previous = self._header_bytes(save.ref, last) if last else None
        sound = save.model_copy(update={"body": body, "note": normal_line(save.note)})
        header, data = codec.encode(sound, previous, self._randomness.salt())
        if len(data) > codec.MOST_BYTES:
            raise Invalid(("body", _TOO_LONG.format(len(data) // 1024)))
        _demand_readable(data, header, sound)
        return header, data

    def _header_bytes(self, ref: RecordRef, number: int) -> bytes:
        """Give the bytes that the next header's `previous` is about, of a revision that can be trusted."""
        self._reader.revision(ref, number)
        return codec.split(self._reader.data(ref, number), layout.place(ref, number)).header

    def _readable(self, ref: RecordRef, numbers: Iterable[int]) -> Iterator[Revision]:
        for number in numbers:
            try:
                yield self._reader.revision(ref, number)
            except Damaged:
                continue

    def _is_buried(self, ref: RecordRef, number: int) -> bool:
        """Say whether the tombstone stands already; a damaged text is buried like any other."""
        try:
            return self._reader.revision(ref, number).tombstone is not None
        except Damaged:
            return False


def _revalidated(save: Save) -> Body:
    """Give the body in its normal form, however it was made; raises Invalid."""
    if not isinstance(save.body, BODY_OF[save.kind]):
        raise Invalid(("kind", f"This is no {save.kind.value}; it cannot be saved as one."))
    try:
        return BODY_OF[save.kind].model_validate(save.body.model_dump())
    except ValidationError as error:
        raise Invalid(
            *(
                (".".join(map(str, each["loc"])), f"{each['msg']}.")
                for each in error.errors(include_url=False)
            )
        ) from None


def _demand_readable(data: bytes, header: Header, save: Save) -> None:
    """Refuse to write what would not be read back as it was meant."""
    try:
        read = codec.decode(data, layout.place(save.ref, save.number))
    except Damaged:
        read = None
    if read is None or (read.header, read.note, read.body) != (header, save.note, save.body):
        raise Invalid(
            ("body", "This text cannot be stored as it is. Remove unusual characters, then save again.")
        )
