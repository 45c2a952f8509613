"""Relationship parts: which part uses which, and what lies outside. Written anew, so that nothing leads outside any more."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterator
from typing import NamedTuple
from urllib.parse import unquote
from xml.etree import ElementTree as ET
from xml.sax.saxutils import quoteattr

SPACE = "http://schemas.openxmlformats.org/package/2006/relationships"
NOWHERE = "about:blank"
"""Where every link outside leads in the clean package."""


class Relationship(NamedTuple):
    """One line of such a part."""

    id: str
    type: str
    target: str
    external: bool

    @property
    def kind(self) -> str:
        """Give the last word of its type: `hyperlink`, `officeDocument`, `image`."""
        return self.type.rpartition("/")[2]


def read(content: bytes) -> tuple[Relationship, ...]:
    """Give the lines of a relationship part that was looked through before."""
    root = ET.fromstring(content)  # noqa: S314 - holds no declaration, as the scan made sure, and is bounded
    return tuple(
        Relationship(
            id=line.get("Id", ""),
            type=line.get("Type", ""),
            target=line.get("Target", ""),
            external=line.get("TargetMode", "Internal") != "Internal",
        )
        for line in root.iter(f"{{{SPACE}}}Relationship")
    )


def source_of(name: str) -> str:
    """Give the part that a relationship part belongs to; empty for that of the package."""
    folder, _, file = name.rpartition("_rels/")
    return f"{folder}{file.removesuffix('.rels')}"


def target_of(name: str, line: Relationship) -> str:
    """Give the part that a line of the relationship part `name` leads to."""
    folder = posixpath.dirname(source_of(name))
    path = unquote(line.target.partition("#")[0])
    return posixpath.normpath(posixpath.join("/", folder, path)).lstrip("/")


def written(name: str, lines: Collection[Relationship], parts: Collection[str]) -> bytes:
    """Give the part anew: what is outside, or is not there, is nowhere from now on."""
    return "".join(_xml(name, lines, parts)).encode()


def _xml(name: str, lines: Collection[Relationship], parts: Collection[str]) -> Iterator[str]:
    yield f'<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="{SPACE}">'
    for line in lines:
        start = f"<Relationship Id={quoteattr(line.id)} Type={quoteattr(line.type)}"
        if not line.external and target_of(name, line) in parts:
            yield f"{start} Target={quoteattr(line.target)}/>"
        else:
            yield f'{start} Target="{NOWHERE}" TargetMode="External"/>'
    yield "</Relationships>"
