"""Word documents: mammoth reads what they mean (headings, lists, tables, footnotes) and leaves how they look."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from xml.etree import ElementTree as ET

import mammoth

from kb.adapters.documents.markup_blocks import TITLE, FromHtml, blocks
from kb.adapters.documents.package import Package
from kb.domain.document import Block, DropKind

STYLES = f"""
p[style-name='Title'] => p.{TITLE}:fresh
p[style-name='Subtitle'] => p:fresh
u => em
strike => s
comment-reference => !
"""
"""What mammoth does not map by itself, and what it shall not map."""
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PLAIN_STYLE = re.compile(r"[A-Za-z][A-Za-z0-9]*")
_DEEPEST_OUTLINE = 6
_ELEMENTS: dict[DropKind, tuple[str, ...]] = {
    DropKind.EQUATIONS: ("m:oMath",),
    DropKind.FIELDS: ("w:fldSimple",),
    DropKind.COMMENTS: ("w:comment",),
    DropKind.DELETIONS: ("w:del", "w:moveFrom"),
    DropKind.INSERTIONS: ("w:ins", "w:moveTo"),
    DropKind.HIDDEN_TEXT: ("w:vanish",),
}
"""Which elements tell of what; those of the styles' part say how something would look and are not counted."""


def read(package: Package, from_html: FromHtml) -> Iterator[Block]:
    """Give the pieces of a checked document."""
    result = mammoth.convert_to_html(
        package.clean(),
        style_map=STYLES + "\n".join(_outline_styles(package)),
        include_embedded_style_map=False,
        external_file_access=False,
        convert_image=_no_image,
    )
    return blocks(result.value, from_html)


def dropped(package: Package) -> Counter[DropKind]:
    """Count what is left behind of a document."""
    body = {name: found for name, found in package.found.items() if not name.endswith("styles.xml")}
    total: Counter[str] = Counter()
    for found in body.values():
        total.update(found)
    counts = Counter({kind: sum(total[name] for name in names) for kind, names in _ELEMENTS.items()})
    counts[DropKind.IMAGES] = max(total["pic:pic"], total["v:imagedata"])
    counts[DropKind.HEADERS] = sum(
        bool(found.get("w:t"))
        for name, found in body.items()
        if re.search(r"/(?:header|footer)\d*\.xml$", name)
    )
    return counts


def _no_image(_image: object) -> list[object]:
    return []


def _outline_styles(package: Package) -> Iterator[str]:
    """Give mappings for an author's own styles that stand in the outline, by themselves or by what they are based on."""
    part = package.parts.get("word/styles.xml")
    if part is None:
        return
    levels: dict[str, int] = {}
    bases: dict[str, str] = {}
    for style in ET.fromstring(part).iter(f"{_WORD}style"):  # noqa: S314 - looked through and bounded before
        name = style.get(f"{_WORD}styleId", "")
        if _PLAIN_STYLE.fullmatch(name) is None:
            continue
        based, outline = style.find(f"{_WORD}basedOn"), style.find(f".//{_WORD}outlineLvl")
        if outline is not None and outline.get(f"{_WORD}val", "").isdecimal():
            levels[name] = int(outline.get(f"{_WORD}val", "")) + 1
        if based is not None:
            bases[name] = based.get(f"{_WORD}val", "")
    for name in {*levels, *bases}:
        level = _level(name, levels, bases)
        if 1 <= level <= _DEEPEST_OUTLINE:
            yield f"p.{name} => h{level}:fresh"


def _level(name: str, levels: dict[str, int], bases: dict[str, str]) -> int:
    """Give the level in the outline, 0 for none, following what a style is based on as far as anybody stacks them."""
    for _ in range(10):
        if name in levels:
            return levels[name]
        name = bases.get(name, "")
    return 0
