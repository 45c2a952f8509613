"""An entry store in memory: the rules of the port in their plainest words."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator
from itertools import count

from pydantic import ValidationError

from kb.domain.dump import dump, strings_in
from kb.domain.errors import Invalid, NotFound, StaleRevision, StoreFailure
from kb.domain.ports import Chain, Finding, Marker, Progress, Saved
from kb.domain.record import Kind
from kb.domain.revision import BODY_OF, FORMAT, KIND_OF, Header, RecordRef, Revision, Save, Tombstone
from kb.domain.text import normal_line

MOST_BYTES = 256 * 1024


class MemoryEntryStore:
    """`failing` says that the disk refuses: nothing is saved or buried until it is empty again."""

    def __init__(self) -> None:
        self._chains: dict[RecordRef, list[Revision]] = {}
        self._markers: dict[Marker, dt.datetime] = {}
        self._tokens = count(1)
        self.failing = ""

    def restore(self, backup: MemoryEntryStore) -> None:
        """Hold the files of a backup in place of these, as an operator brings them back."""
        self._chains = backup._chains

    def save(self, save: Save) -> Saved:
        save = _sound(save)
        chain = self._chains.get(save.ref, [])
        if save.number != len(chain) + 1:
            raise StaleRevision(save.kind, save.id, save.number)
        if self.failing:
            raise StoreFailure(self.failing)
        header = Header(
            format=FORMAT,
            kind=save.kind,
            id=save.id,
            revision=save.number,
            previous=_checksum(chain[-1].header.model_dump_json()) if chain else None,
            digest=_checksum(save.model_dump_json()),
            saved_at=save.saved_at.astimezone(dt.UTC),
            saved_by=save.saved_by,
            action=save.action,
        )
        revision = Revision(
            header=header,
            note=save.note,
            submission=save.submission,
            operation=save.operation,
            body=save.body,
        )
        self._markers[Marker(ref=save.ref, revision=save.number, token=str(next(self._tokens)))] = (
            header.saved_at
        )
        self._chains[save.ref] = [*chain, revision]
        return Saved(header=header)

    def leave_marker(self, marker: Marker, made_at: dt.datetime) -> None:
        """Leave what a process killed before its commit point leaves."""
        self._markers[marker] = made_at

    def current(self, ref: RecordRef) -> Revision:
        return self._chain(ref)[-1]

    def last(self, ref: RecordRef) -> int:
        return len(self._chains.get(ref, ()))

    def revision(self, ref: RecordRef, number: int) -> Revision:
        chain = self._chain(ref)
        if not 1 <= number <= len(chain):
            raise NotFound
        return chain[number - 1]

    def revisions(self, ref: RecordRef) -> tuple[Revision, ...]:
        return tuple(self._chain(ref))

    def chains(self, kind: Kind | None = None) -> Iterator[Chain]:
        for ref in self._sorted():
            if kind in (None, ref.kind):
                yield Chain(ref=ref, last=len(self._chains[ref]))

    def markers(self) -> tuple[Marker, ...]:
        return tuple(
            sorted(self._markers, key=lambda marker: (*_by_name(marker.ref), marker.revision, marker.token))
        )

    def release(self, markers: Iterable[Marker]) -> None:
        for marker in markers:
            self._markers.pop(marker, None)

    def stale_markers(self, older_than: dt.datetime) -> tuple[Marker, ...]:
        return tuple(
            marker
            for marker in self.markers()
            if self._markers[marker] < older_than and len(self._chains.get(marker.ref, ())) < marker.revision
        )

    def bury(self, ref: RecordRef, number: int, reason: str) -> None:
        found = self.revision(ref, number)
        if self.failing:
            raise StoreFailure(self.failing)
        if found.tombstone is None:
            self._chains[ref][number - 1] = Revision(header=found.header, tombstone=Tombstone(reason=reason))

    def holds(self, text: str) -> Iterator[tuple[RecordRef, int]]:
        wanted = normal_line(text).casefold()
        for ref in self._sorted() if wanted else ():
            for revision in tuple(self._chains[ref]):
                if any(wanted in normal_line(part).casefold() for part in _texts(revision)):
                    yield ref, revision.number

    def sweep(self) -> int:
        return 0

    def verify(self, *, repair: bool = False, progress: Progress | None = None) -> tuple[Finding, ...]:
        for done, _ in enumerate(self._chains, 1):
            if progress:
                progress(done, len(self._chains))
        return ()

    def _chain(self, ref: RecordRef) -> list[Revision]:
        try:
            return self._chains[ref]
        except KeyError:
            raise NotFound from None

    def _sorted(self) -> list[RecordRef]:
        return sorted(self._chains, key=_by_name)


def _by_name(ref: RecordRef) -> tuple[str, str]:
    return ref.kind, ref.id


def _checksum(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _sound(save: Save) -> Save:
    """Give the save with its body in normal form, however it was made."""
    if KIND_OF[type(save.body)] is not save.kind:
        raise Invalid(("kind", "A body of another kind cannot be saved here."))
    try:
        body = BODY_OF[save.kind].model_validate(save.body.model_dump())
    except ValidationError as error:
        raise Invalid(("body", str(error))) from None
    if len(body.model_dump_json().encode()) > MOST_BYTES:
        raise Invalid(("body", "The record is too long. Shorten it, or split it into several."))
    return save.model_copy(update={"body": body})


def _texts(revision: Revision) -> Iterator[str]:
    yield revision.note
    if revision.body is not None:
        yield from strings_in(dump(revision.body))
