"""Names in the store: which folder and file a record, a revision, a marker and a temporary text have.

case-study/abcdefghij/0001.yaml                  a revision
case-study/abcdefghij/.0002.yaml.<random>.tmp    a text on its way to its name
.pending/case-study/abcdefghij.2.<random>        a save that the drain owes
"""

from __future__ import annotations

import re
from pathlib import Path

from pydantic import ValidationError

from kb.domain.ports import Marker
from kb.domain.record import Kind
from kb.domain.revision import RecordRef

PENDING = ".pending"

_REVISION = re.compile(r"(?!0000)([0-9]{4})\.yaml")
_TEMPORARY = re.compile(r"\.[0-9]{4}\.yaml\.[0-9a-zA-Z_-]+\.tmp")
_MARKER = re.compile(r"(.+)\.([1-9][0-9]{0,3})\.([0-9a-zA-Z_-]+)")


def record_folder(root: Path, ref: RecordRef) -> Path:
    return root / ref.kind.value / ref.id


def revision_name(number: int) -> str:
    return f"{number:04}.yaml"


def number_of(name: str) -> int | None:
    """Give the number of the revision in a file of this name, or None for any other file."""
    found = _REVISION.fullmatch(name)
    return int(found[1]) if found else None


def temporary_name(number: int, chance: str) -> str:
    return f".{revision_name(number)}.{chance}.tmp"


def is_temporary(name: str) -> bool:
    return bool(_TEMPORARY.fullmatch(name))


def place(ref: RecordRef, number: int) -> str:
    """Name a revision in a message as it is found under `entries/`."""
    return f"{ref}/{revision_name(number)}"


def ref_of(kind: Kind, name: str) -> RecordRef | None:
    """Give the record whose folder has this name, or None where no record can."""
    try:
        return RecordRef(kind=kind, id=name)
    except ValidationError:
        return None


def marker_folder(root: Path, kind: Kind) -> Path:
    return root / PENDING / kind.value


def marker_name(marker: Marker) -> str:
    return f"{marker.ref.id}.{marker.revision}.{marker.token}"


def marker_of(kind: Kind, name: str) -> Marker | None:
    """Read a marker's name from the right, because an id may hold dots; None for any other file."""
    found = _MARKER.fullmatch(name)
    ref = ref_of(kind, found[1]) if found else None
    return Marker(ref=ref, revision=int(found[2]), token=found[3]) if found and ref else None
