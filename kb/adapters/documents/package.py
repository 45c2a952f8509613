"""The package as a whole, judged before anything in it is parsed: an Open Packaging (ISO 29500-2) file is a zip archive.

What is handed on is a package made anew in memory of the XML parts that were looked through. Images, recordings,
embedded files and whatever else is in the archive is not in it, so no library can be led to it.
"""

from __future__ import annotations

import io
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple
from xml.etree import ElementTree as ET
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, LargeZipFile, ZipFile, ZipInfo

from kb.adapters.documents import relationships
from kb.adapters.documents.refusal import Refused
from kb.adapters.documents.relationships import Relationship
from kb.adapters.documents.scanning import Scan
from kb.domain.document import MOST_BYTES, DocumentFormat, Refusal

MOST_MEMBERS = 3_000
"""Two hundred slides with notes and pictures have about a thousand."""
MOST_UNPACKED = 60 * 1024 * 1024
MOST_PART = 20 * 1024 * 1024
"""Bytes of one XML part."""
RATIO = 150
"""How much a member, or all together, may grow; the XML of word processors grows up to thirty times."""
SMALL = 1024 * 1024
"""Below this nothing is a bomb, however well it is packed."""

ZIP = b"PK\x03\x04"
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How files of the old formats begin, and new ones with a password, which are wrapped in one."""
CONTENT_TYPES = "[Content_Types].xml"
ROOT = "_rels/.rels"
READ = (".xml", ".rels")
"""Parts that are read; all others are left behind."""
MAIN = {
    DocumentFormat.DOCX: "wordprocessingml.document.main+xml",
    DocumentFormat.PPTX: "presentationml.presentation.main+xml",
}
"""How the type of the main part ends; templates, slide shows and files with macros have others."""
MACROS = ("vbaproject", "vbadata", "macroenabled", "macrosheet")
"""Words in the names or types of parts that hold macros."""
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"


class Package(NamedTuple):
    """What was checked."""

    parts: Mapping[str, bytes]
    """The XML parts by name."""
    others: tuple[str, ...]
    """Names of what was left behind."""
    found: Mapping[str, Mapping[str, int]]
    """How often which element stands in which part."""
    related: Mapping[str, tuple[Relationship, ...]]
    """The lines of each relationship part."""

    def clean(self) -> io.BytesIO:
        """Give the package made anew."""
        file = io.BytesIO()
        with ZipFile(file, "w", ZIP_STORED) as archive:
            for name, content in self.parts.items():
                lines = self.related.get(name)
                kept = content if lines is None else relationships.written(name, lines, self.parts)
                archive.writestr(ZipInfo(name), kept)
        file.seek(0)
        return file


def checked(content: bytes, claimed: DocumentFormat) -> Package:
    """Give what may be read of a file; raises Refused."""
    _demand_archive(content)
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            _demand_harmless(members)
            parts = {each.filename: archive.read(each) for each in members if _is_read(each)}
    except (BadZipFile, LargeZipFile, EOFError, NotImplementedError, zlib.error, ValueError, OSError):
        raise Refused(Refusal.BROKEN) from None
    scan = Scan()
    found = {name: scan.part(part) for name, part in parts.items()}
    related = {name: relationships.read(part) for name, part in parts.items() if name.endswith(".rels")}
    _demand_kind(parts, related, claimed)
    others = tuple(each.filename for each in members if not _is_read(each) and not each.is_dir())
    return Package(parts, others, found, related)


def _demand_archive(content: bytes) -> None:
    if not content:
        raise Refused(Refusal.NOTHING)
    if len(content) > MOST_BYTES:
        raise Refused(Refusal.TOO_LARGE)
    if content.startswith(COMPOUND):
        raise Refused(Refusal.PROTECTED)
    if not content.startswith(ZIP):
        raise Refused(Refusal.NO_DOCUMENT)


def _demand_harmless(members: list[ZipInfo]) -> None:
    """Refuse by the archive's own directory: nothing is unpacked yet."""
    if len(members) > MOST_MEMBERS:
        raise Refused(Refusal.INTRICATE)
    names = Counter(each.orig_filename.casefold() for each in members)
    if any(map(_is_odd, names)) or names.most_common(1)[0][1] > 1:
        raise Refused(Refusal.NAMES)
    if any(each.flag_bits & 0x1 for each in members):
        raise Refused(Refusal.PROTECTED)
    if any(word in name for name in names for word in MACROS):
        raise Refused(Refusal.MACROS)
    if any(each.compress_type not in {ZIP_STORED, ZIP_DEFLATED} for each in members):
        raise Refused(Refusal.BROKEN)
    if any(map(_is_bomb, members)) or _is_too_much(members):
        raise Refused(Refusal.UNPACKED)


def _is_odd(name: str) -> bool:
    """Say whether a name could mean a place outside; no word processor writes such."""
    steps = name.removesuffix("/").split("/")
    return (
        not name.isprintable()
        or "\\" in name
        or ":" in name
        or any(step in {"", ".", ".."} for step in steps)
    )


def _is_bomb(member: ZipInfo) -> bool:
    too_dense = member.file_size > SMALL and member.file_size > RATIO * max(member.compress_size, 1)
    return too_dense or (_is_read(member) and member.file_size > MOST_PART)


def _is_too_much(members: list[ZipInfo]) -> bool:
    unpacked, packed = sum(each.file_size for each in members), sum(each.compress_size for each in members)
    return unpacked > MOST_UNPACKED or (unpacked > SMALL and unpacked > RATIO * max(packed, 1))


def _is_read(member: ZipInfo) -> bool:
    return member.filename.lower().endswith(READ)


def _demand_kind(
    parts: Mapping[str, bytes], related: Mapping[str, tuple[Relationship, ...]], claimed: DocumentFormat
) -> None:
    """Refuse a file whose main part is not what its name claims, by the type that the package itself states."""
    if CONTENT_TYPES not in parts or ROOT not in related:
        raise Refused(Refusal.NO_DOCUMENT)
    types = dict(_types(parts[CONTENT_TYPES]))
    if any(word in kind.casefold() for kind in types.values() for word in MACROS):
        raise Refused(Refusal.MACROS)
    mains = [
        relationships.target_of(ROOT, line)
        for line in related[ROOT]
        if line.kind == "officeDocument" and not line.external
    ]
    if len(mains) != 1 or mains[0] not in parts:
        raise Refused(Refusal.NO_DOCUMENT)
    if not types.get(mains[0], "").endswith(MAIN[claimed]):
        raise Refused(Refusal.OTHER_KIND)


def _types(content: bytes) -> Iterator[tuple[str, str]]:
    """Give the content type of each part that has one of its own, and those of endings as `*.ending`."""
    for line in ET.fromstring(content):  # noqa: S314 - holds no declaration, as the scan made sure, and is bounded
        kind = line.get("ContentType", "")
        if line.tag == f"{_TYPES}Override":
            yield line.get("PartName", "").lstrip("/"), kind
        elif line.tag == f"{_TYPES}Default":
            yield f"*.{line.get('Extension', '')}", kind
