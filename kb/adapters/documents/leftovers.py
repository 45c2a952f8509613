"""What is left behind of a document, counted: what both formats share, and what each has of its own."""

from __future__ import annotations

from collections import Counter

from kb.adapters.documents.package import Package
from kb.domain.document import DropKind, Dropped

_IMAGES = ("bmp", "emf", "gif", "jpeg", "jpg", "png", "svg", "tif", "tiff", "webp", "wmf")
_RECORDINGS = ("aac", "avi", "m4a", "m4v", "mov", "mp3", "mp4", "mpeg", "mpg", "wav", "webm", "wma", "wmv")
_DECORATION = ("fntdata", "odttf", "ttf", "vml")
"""Fonts and the like: nobody misses them in a text."""
_UNSEEN = ("docProps/", "printerSettings")
"""Words in the names of what nobody put there: a small picture of the first page, the settings of a printer."""


def counted(package: Package, own: Counter[DropKind]) -> tuple[Dropped, ...]:
    """Give what is said to the presenter, in the order in which the kinds are listed."""
    counts = Counter(own)
    others = [name for name in package.others if not any(word in name for word in _UNSEEN)]
    endings = Counter(name.rpartition(".")[2].lower() for name in others)
    pictures = sum(endings[each] for each in _IMAGES)
    counts[DropKind.IMAGES] = counts[DropKind.IMAGES] or pictures
    counts[DropKind.RECORDINGS] = sum(endings[each] for each in _RECORDINGS)
    known = pictures + counts[DropKind.RECORDINGS] + sum(endings[each] for each in _DECORATION)
    counts[DropKind.EMBEDDED] = endings.total() - known
    counts[DropKind.CHARTS] = _parts(package, "/charts/chart")
    counts[DropKind.DIAGRAMS] = _parts(package, "/diagrams/data")
    outside = [line for lines in package.related.values() for line in lines if line.external]
    counts[DropKind.LINKS] = sum(line.kind == "hyperlink" for line in outside)
    counts[DropKind.OTHER_FILES] = len(outside) - counts[DropKind.LINKS]
    counts[DropKind.AUTHORS] = int(
        "docProps/core.xml" in package.parts or "docProps/app.xml" in package.parts
    )
    return tuple(Dropped(kind=kind, count=counts[kind]) for kind in DropKind if counts[kind])


def _parts(package: Package, words: str) -> int:
    return sum(words in f"/{name}" and name.endswith(".xml") for name in package.parts)
