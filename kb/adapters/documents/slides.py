"""Slides: python-pptx reads titles, words in the order in which they are read, tables and the speaker's notes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from html import escape

from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.shapes.autoshape import Shape
from pptx.shapes.base import BaseShape
from pptx.shapes.graphfrm import GraphicFrame
from pptx.shapes.group import GroupShape
from pptx.slide import Slide
from pptx.table import Table
from pptx.text.text import TextFrame

from kb.adapters.documents.markup_blocks import FromHtml, Place, blocks, paragraph
from kb.adapters.documents.package import Package
from kb.domain.document import Block, BlockKind, DropKind

FURNITURE = frozenset(
    {PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.HEADER, PP_PLACEHOLDER.SLIDE_NUMBER}
)
"""Placeholders that every slide has and that tell nothing of it."""
TITLES = frozenset({PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE, PP_PLACEHOLDER.VERTICAL_TITLE})
ROWS = 20
"""Into so many rows a slide is divided: shapes of one row are read from left to right."""
DEEPEST_GROUP = 10
_HIDDEN = frozenset({"0", "false"})


def read(package: Package, from_html: FromHtml) -> Iterator[Block]:
    """Give the pieces of checked slides; hidden slides are left out."""
    presentation = Presentation(package.clean())
    row = max((presentation.slide_height or 0) // ROWS, 1)
    for number, slide in enumerate(presentation.slides, 1):
        if not _is_hidden(slide):
            yield from _slide(slide, number, row, from_html)


def dropped(package: Package) -> Counter[DropKind]:
    """Count what is left behind of slides."""
    slides = {name: found for name, found in package.found.items() if name.startswith("ppt/slides/")}
    comments = [found for name, found in package.found.items() if name.startswith("ppt/comments/")]
    presentation = Presentation(package.clean())
    return Counter(
        {
            DropKind.IMAGES: sum(found.get("p:pic", 0) for found in slides.values()),
            DropKind.EQUATIONS: sum(found.get("m:oMath", 0) for found in slides.values()),
            DropKind.COMMENTS: sum(found.get("p:cm", 0) for found in comments) or len(comments),
            DropKind.HEADERS: sum(_has_furniture(slide) for slide in presentation.slides),
            DropKind.HIDDEN_SLIDES: sum(_is_hidden(slide) for slide in presentation.slides),
        }
    )


def _slide(slide: Slide, number: int, row: int, from_html: FromHtml) -> Iterator[Block]:
    title = _title(slide)
    yield Block(kind=BlockKind.HEADING, text=title, level=1, slide=number)
    for shape in _in_reading_order(slide.shapes, row):
        yield from blocks(_html(shape), from_html, Place(number))
    if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
        spoken = "".join(paragraph(each.text) for each in slide.notes_slide.notes_text_frame.paragraphs)
        yield from blocks(spoken, from_html, Place(number, spoken=True))


def _title(slide: Slide) -> str:
    shape = slide.shapes.title
    return " ".join(shape.text_frame.text.split()) if shape is not None else ""


def _in_reading_order(shapes: Iterable[BaseShape], row: int, depth: int = 0) -> Iterator[BaseShape]:
    """Give shapes by row and from left to right, those of a group together; the title is told apart."""
    wanted = [shape for shape in shapes if _placeholder(shape) not in FURNITURE | TITLES]
    for shape in sorted(wanted, key=lambda each: ((each.top or 0) // row, each.left or 0)):
        if not isinstance(shape, GroupShape):
            yield shape
        elif depth < DEEPEST_GROUP:
            yield from _in_reading_order(shape.shapes, row, depth + 1)


def _placeholder(shape: BaseShape) -> PP_PLACEHOLDER | None:
    return shape.placeholder_format.type if shape.is_placeholder else None


def _html(shape: BaseShape) -> str:
    if isinstance(shape, GraphicFrame):
        return _table(shape.table) if shape.has_table else ""
    if not isinstance(shape, Shape):
        return ""
    lines = [each for each in shape.text_frame.paragraphs if each.text.strip()]
    if len(lines) > 1 and shape.is_placeholder and _placeholder(shape) is not PP_PLACEHOLDER.SUBTITLE:
        return _list(shape.text_frame)
    return "".join(paragraph(_line(each.text)) for each in lines)


def _list(frame: TextFrame) -> str:
    """Give the lines of a body, which are points, as a list as deep as they are indented."""
    html, depth = [], 0
    for line in frame.paragraphs:
        if not (words := _line(line.text)):
            continue
        wanted = min(line.level, depth) + 1
        html += ["<ul>"] * (wanted - depth) + ["</li></ul>"] * (depth - wanted)
        html.append(f"{'</li>' if depth >= wanted else ''}<li>{escape(words, quote=False)}")
        depth = wanted
    return "".join([*html, "</li></ul>" * depth])


def _table(table: Table) -> str:
    rows = [
        "".join(f"<td>{escape(_line(cell.text), quote=False)}</td>" for cell in row.cells)
        for row in table.rows
    ]
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"


def _line(text: str) -> str:
    """Give text on one line: inside a point or cell, lines were broken for their look."""
    return " ".join(text.split())


def _is_hidden(slide: Slide) -> bool:
    return slide.element.get("show", "1") in _HIDDEN


def _has_furniture(slide: Slide) -> bool:
    return any(_placeholder(shape) in FURNITURE for shape in slide.shapes)
