"""What others do to the files of a store."""

from __future__ import annotations

from pathlib import Path

from kb.adapters.files.operations import FileOperations
from kb.adapters.files.store import FileEntryStore
from kb.adapters.system import SystemRandomness
from kb.domain.concept import Concept, Labels, Scheme
from kb.domain.ports import Severity
from kb.domain.record import Kind
from kb.domain.revision import RecordRef
from tests.ports.entry_stores import CASE

TAG = Concept(scheme=Scheme.TAG, key="ask", labels=(Labels(language="en", preferred="Ask"),))
TAG_REF = RecordRef(kind=Kind.CONCEPT, id="tag.ask")


def opened(root: Path, operations: FileOperations | None = None) -> FileEntryStore:
    return FileEntryStore(root, operations or FileOperations(), SystemRandomness())


def file_of(root: Path, number: int = 3) -> Path:
    return root / "case-study" / CASE.id / f"{number:04}.yaml"


def write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    path.write_bytes(content)


def change(path: Path, old: bytes, new: bytes) -> None:
    content = path.read_bytes()
    assert old in content
    write(path, content.replace(old, new))


def findings_in(store: FileEntryStore, *, repair: bool = False) -> list[tuple[Severity, str]]:
    return [(found.severity, found.place) for found in store.verify(repair=repair)]
