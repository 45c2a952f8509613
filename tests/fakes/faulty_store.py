"""An entry store whose files can be spoilt, and beside which another process can act."""

from __future__ import annotations

from collections.abc import Callable

from kb.domain.errors import Damaged, NotFound
from kb.domain.ports import Saved
from kb.domain.revision import RecordRef, Revision, Save
from tests.fakes.entry_store import MemoryEntryStore


class FaultyEntryStore(MemoryEntryStore):
    def __init__(self) -> None:
        super().__init__()
        self.damaged: set[tuple[RecordRef, int]] = set()
        self.lost: set[tuple[RecordRef, int]] = set()
        """Revisions whose file somebody removed by hand."""
        self.reads: list[RecordRef] = []
        """What was opened, in order."""
        self.before_save: Callable[[Save], object] | None = None
        """What another process does in the moment before a save of this one; done once."""

    def damage(self, ref: RecordRef, number: int) -> None:
        """Spoil the file of one revision."""
        self.damaged.add((ref, number))

    def mend(self) -> None:
        """Bring all files back from a backup."""
        self.damaged.clear()

    def save(self, save: Save) -> Saved:
        act, self.before_save = self.before_save, None
        if act:
            act(save)
        return super().save(save)

    def current(self, ref: RecordRef) -> Revision:
        self.reads.append(ref)
        return self._sound(super().current(ref))

    def revision(self, ref: RecordRef, number: int) -> Revision:
        self.reads.append(ref)
        return self._sound(super().revision(ref, number))

    def revisions(self, ref: RecordRef) -> tuple[Revision, ...]:
        return tuple(each for each in super().revisions(ref) if (ref, each.number) not in self.damaged)

    def bury(self, ref: RecordRef, number: int, reason: str) -> None:
        self.revision(ref, number)
        super().bury(ref, number, reason)

    def _sound(self, revision: Revision) -> Revision:
        if (revision.ref, revision.number) in self.lost:
            raise NotFound
        if (revision.ref, revision.number) in self.damaged:
            raise Damaged(
                f"{revision.ref} revision {revision.number} cannot be read. Restore it from a backup."
            )
        return revision
