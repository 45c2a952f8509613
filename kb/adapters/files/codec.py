"""Revisions as bytes and back. A file is a header and the rest, two YAML documents with `---` between them.

The header's `digest` is the SHA-256 of the rest, its `previous` that of the header before it: so a purge can take the
rest away and the chain still proves order and authors. The salt in the rest, gone with it, keeps the digest from
confirming a guess at the text.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Mapping
from typing import Annotated, NamedTuple, TypeVar

from pydantic import BaseModel, StringConstraints, ValidationError

from kb.adapters.files.emitter import emit
from kb.adapters.files.loading import Refused, Tree, load
from kb.domain.dump import Plain, dump
from kb.domain.errors import Damaged
from kb.domain.identifier import Identifier
from kb.domain.revision import BODY_OF, FORMAT, Header, Revision, Save, Tombstone
from kb.domain.text import Line, Value

MOST_BYTES = 256 * 1024
_BETWEEN = b"\n---\n"

_Model = TypeVar("_Model", bound=BaseModel)


class Document(NamedTuple):
    """A file taken apart but not yet understood; what an upgrade changes."""

    header: dict[str, Tree]
    rest: dict[str, Tree]


Upgrade = Callable[[Document], Document]
UPGRADES: Mapping[int, Upgrade] = {}
"""For each older format the function that gives a document in the next one. There is no older format yet."""


class _Rest(Value):
    """What follows the header."""

    salt: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")] | None = None
    note: Line = ""
    submission: Identifier | None = None
    operation: Identifier | None = None
    tombstone: Tombstone | None = None
    body: dict[str, object] | None = None


class Parts(NamedTuple):
    """The exact bytes of a file's two parts."""

    header: bytes
    rest: bytes


def checksum(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def join(parts: Parts) -> bytes:
    return parts.header + b"---\n" + parts.rest


def split(data: bytes, place: str) -> Parts:
    """Take a file's bytes apart; raises Damaged."""
    if len(data) > MOST_BYTES:
        raise _damaged(place, f"it is longer than {MOST_BYTES // 1024} KiB")
    header, between, rest = data.partition(_BETWEEN)
    if not between:
        raise _damaged(place, "it has no header")
    return Parts(header + b"\n", rest)


def encode(save: Save, previous: bytes | None, salt: str) -> tuple[Header, bytes]:
    """Give the header and the bytes of the file in which `save` follows the revision of header bytes `previous`."""
    whole = dump(save)
    rest: dict[str, Plain] = {"salt": salt}
    rest |= {name: whole[name] for name in ("note", "submission", "operation", "body") if name in whole}
    rest_bytes = emit(rest).encode()
    header = Header(
        kind=save.kind,
        id=save.id,
        revision=save.number,
        previous=checksum(previous) if previous is not None else None,
        digest=checksum(rest_bytes),
        saved_at=save.saved_at.astimezone(dt.UTC),
        saved_by=save.saved_by,
        action=save.action,
    )
    return header, join(Parts(emit(dump(header)).encode(), rest_bytes))


def bury(parts: Parts, reason: str) -> Parts:
    """Give the parts with a tombstone for a rest: no salt, note or body is left, the header is the same."""
    tombstone = Tombstone(reason=reason)
    return Parts(parts.header, emit({"tombstone": dump(tombstone)}).encode())


def decode(
    data: bytes, place: str, upgrades: Mapping[int, Upgrade] = UPGRADES, newest: int = FORMAT
) -> Revision:
    """Give the revision that a file's bytes are; raises Damaged, which names `place` and the field, never a value."""
    parts = split(data, place)
    document = _upgraded(
        Document(_load(parts.header, place), _load(parts.rest, place)), place, upgrades, newest
    )
    header = _validated(Header, document.header, place)
    rest = _validated(_Rest, document.rest, place)
    if header.saved_at.utcoffset() != dt.timedelta(0):
        raise _damaged(place, "the field saved_at does not give its time in UTC")
    if rest.tombstone is not None and rest.body is None:
        return Revision(header=header, tombstone=rest.tombstone)
    if rest.body is None or rest.tombstone is not None:
        raise _damaged(place, "it has not exactly one of body and tombstone")
    if checksum(parts.rest) != header.digest:
        raise _damaged(place, "its text is not the one that was saved (the digest differs)")
    body = _validated(BODY_OF[header.kind], rest.body, place, "body")
    return Revision(
        header=header, note=rest.note, submission=rest.submission, operation=rest.operation, body=body
    )


def _load(part: bytes, place: str) -> dict[str, Tree]:
    try:
        return load(part.decode())
    except UnicodeDecodeError:
        raise _damaged(place, "it is no UTF-8 text") from None
    except Refused as refusal:
        raise _damaged(place, str(refusal)) from None


def _upgraded(document: Document, place: str, upgrades: Mapping[int, Upgrade], newest: int) -> Document:
    name = document.header.get("format")
    known = {str(number): number for number in (*upgrades, newest)}
    if not isinstance(name, str) or name not in known:
        raise _damaged(
            place, "this version does not know its format; install the version that wrote it, or a newer one"
        )
    for number in range(known[name], newest):
        document = upgrades[number](document)
    return document


def _validated(model: type[_Model], data: Mapping[str, object], place: str, within: str = "") -> _Model:
    try:
        return model.model_validate(data)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        field = ".".join(_harmless(part) for part in (within, *first["loc"]) if part != "")
        raise _damaged(place, f"the field {field or 'body'} is not valid ({first['type']})") from None


def _harmless(part: str | int) -> str:
    """Name a field; an unknown name is text of the file and is not repeated."""
    known = isinstance(part, int) or (part.isascii() and part.isidentifier() and len(part) <= 40)
    return str(part) if known else "?"


def _damaged(place: str, why: str) -> Damaged:
    return Damaged(
        f"{place} cannot be read: {why}. It is kept from view; restore the file from a backup, then run `kb fsck`."
    )
