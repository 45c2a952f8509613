"""Checks every file and chain (`kb fsck`). Mends only what can be proved: names that crashed saves left."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from kb.adapters.files import codec, layout
from kb.adapters.files.operations import Found
from kb.adapters.files.reading import Reader
from kb.adapters.files.writing import Writer
from kb.domain.concept import Concept
from kb.domain.errors import Damaged, NotFound
from kb.domain.ports import Finding, Progress, Severity
from kb.domain.record import Kind
from kb.domain.revision import RecordRef, Revision

_KINDS = {kind.value for kind in Kind}
_WELCOME = {layout.PENDING, ".gitkeep"}
_BROKEN = "It does not follow the revision before it: one of the two was changed. Restore both from a backup."
_FOREIGN = "It is no part of the knowledge base and is not read. Move it elsewhere."


class Verification:
    """One walk over everything under the root."""

    def __init__(self, root: Path, reader: Reader, writer: Writer) -> None:
        self._root = root
        self._reader = reader
        self._writer = writer

    def run(self, *, repair: bool, progress: Progress | None) -> tuple[Finding, ...]:
        """Give what was found, in the order of the folders."""
        findings = list(self._strangers())
        folders = [(kind, found) for kind in sorted(Kind) for found in self._names(kind.value, findings)]
        for done, (kind, found) in enumerate(folders, 1):
            ref = layout.ref_of(kind, found.name) if found.is_folder else None
            if ref is None:
                findings.append(_warning(f"{kind.value}/{found.name}", _FOREIGN))
            else:
                self._record(ref, findings, repair=repair)
            if progress:
                progress(done, len(folders))
        return tuple(findings)

    def _names(self, place: str, findings: list[Finding]) -> tuple[Found, ...]:
        """List a folder, or note that it cannot be listed."""
        try:
            return self._reader.names(self._root / place)
        except Damaged as damage:
            findings.append(_error(place, str(damage)))
            return ()

    def _strangers(self) -> list[Finding]:
        """Tell what lies beside the kinds' folders and among the markers."""
        findings: list[Finding] = []
        findings += [
            _warning(found.name, _FOREIGN)
            for found in self._names("", findings)
            if found.name not in _WELCOME and not _is_kind(found)
        ]
        findings += [
            _warning(f"{layout.PENDING}/{found.name}", _FOREIGN)
            for found in self._names(layout.PENDING, findings)
            if not _is_kind(found)
        ]
        findings += [
            _warning(f"{layout.PENDING}/{kind.value}/{found.name}", _FOREIGN)
            for kind in Kind
            for found in self._names(f"{layout.PENDING}/{kind.value}", findings)
            if not (found.is_file and layout.marker_of(kind, found.name))
        ]
        return findings

    def _record(self, ref: RecordRef, findings: list[Finding], *, repair: bool) -> None:
        refused = len(findings)
        names = self._names(str(ref), findings)
        if len(findings) > refused:
            return
        for found in names:
            findings += self._name(ref, found, repair=repair)
        numbers = sorted(filter(None, (layout.number_of(found.name) for found in names)))
        findings += _gaps(ref, numbers)
        findings += self._chain(ref, numbers)

    def _name(self, ref: RecordRef, found: Found, *, repair: bool) -> Iterator[Finding]:
        """Judge one name in a record's folder."""
        place = f"{ref}/{found.name}"
        if layout.is_temporary(found.name):
            yield self._leftover(place, repair=repair)
        elif not (found.is_file and layout.number_of(found.name)):
            yield _warning(place, _FOREIGN)

    def _leftover(self, place: str, *, repair: bool) -> Finding:
        if repair:
            with suppress(OSError):
                if self._writer.remove_abandoned(self._root / place):
                    return Finding(
                        severity=Severity.REPAIRED,
                        place=place,
                        sentence="A crashed save left it; it was removed.",
                    )
        return _warning(
            place, "A save is writing it, or crashed. `kb fsck --repair` removes it in that case."
        )

    def _chain(self, ref: RecordRef, numbers: list[int]) -> Iterator[Finding]:
        """Read every revision and compare what its header says of the one before it, if that can be told."""
        checksums: dict[int, str | None] = {}
        for number in numbers:
            place = layout.place(ref, number)
            checksums[number] = self._header_checksum(ref, number)
            try:
                revision = self._reader.revision(ref, number)
            except (Damaged, NotFound) as damage:
                yield _error(place, str(damage))
                continue
            yield from _claims(place, revision)
            before = checksums.get(number - 1)
            if (before or number == 1) and revision.header.previous != before:
                yield _error(place, _BROKEN)

    def _header_checksum(self, ref: RecordRef, number: int) -> str | None:
        """Give the checksum of a header, also of a damaged file that can be taken apart: its text alone may be hurt."""
        try:
            return codec.checksum(codec.split(self._reader.data(ref, number), str(ref)).header)
        except (Damaged, NotFound):
            return None


def _is_kind(found: Found) -> bool:
    return found.is_folder and found.name in _KINDS


def _claims(place: str, revision: Revision) -> Iterator[Finding]:
    if isinstance(revision.body, Concept) and revision.body.id != revision.header.id:
        yield _error(
            place, "The concept in it has another scheme or key than its folder. Restore it from a backup."
        )


def _gaps(ref: RecordRef, numbers: list[int]) -> Iterator[Finding]:
    if not numbers:
        yield _warning(str(ref), "It holds no revision: a save crashed before it began. It does no harm.")
    missing = set(range(1, max(numbers, default=0))) - set(numbers)
    for number in sorted(missing):
        yield _error(layout.place(ref, number), "It is missing. Restore it from a backup.")


def _warning(place: str, sentence: str) -> Finding:
    return Finding(severity=Severity.WARNING, place=place, sentence=sentence)


def _error(place: str, sentence: str) -> Finding:
    return Finding(severity=Severity.ERROR, place=place, sentence=sentence)
