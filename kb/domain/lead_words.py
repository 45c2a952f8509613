"""Points with lead words: “**Retention.** The logs were gone” names a difficulty and tells it, so it is one of several."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kb.domain.text import Value

_BULLET = re.compile(r"(?:[-*•–]|\d{1,2}[.)])\s+")
_BOLD_LEAD = re.compile(r"\*\*(?P<lead>[^*]{1,120}?)[.:]?\*\*\s*[.:–—-]?\s*(?P<rest>.+)", re.DOTALL)
_COLON_LEAD = re.compile(r"(?P<lead>[^:.!?\n]{1,80}):\s+(?P<rest>.+)", re.DOTALL)
_DASH_LEAD = re.compile(r"(?P<lead>[^:.!?\n–—]{1,80})\s[–—]\s(?P<rest>.+)", re.DOTALL)
_SENTENCE_LEAD = re.compile(r"(?P<lead>[^:.!?\n]{1,60})\.\s+(?P<rest>.+)", re.DOTALL)
MOST_LEAD_WORDS = 10
MOST_SENTENCE_WORDS = 6
"""Words of a lead that ends like a sentence; a longer one is a sentence."""
MOST_POINT_WORDS = 15
"""Words of a point that has no lead because it is one itself, as points on slides are."""
MOST_SUCH_POINTS = 8


class Point(Value):
    """One of several things that a section tells."""

    lead: str
    text: str


class Points(Value):
    """The points of a section, with what stands before and after them."""

    before: str = ""
    points: tuple[Point, ...]
    after: str = ""


def points_of(text: str) -> Points | None:
    """Give the points of a text, where every item of its list, or every paragraph, begins with lead words; else None."""
    blocks = text.split("\n\n")
    listed = [place for place, block in enumerate(blocks) if _BULLET.match(block)]
    if not listed:
        return _of_paragraphs(blocks)
    first, last = listed[0], _end_of_list(blocks, listed[-1])
    items = tuple(_items("\n\n".join(blocks[first:last])))
    points = _with_leads(items) or _short(items)
    if points is None:
        return None
    return Points(before="\n\n".join(blocks[:first]), points=points, after="\n\n".join(blocks[last:]))


def _end_of_list(blocks: Sequence[str], last: int) -> int:
    """Give the place after a list's last block: what is indented below an item belongs to it."""
    end = last + 1
    while end < len(blocks) and blocks[end].startswith("  "):
        end += 1
    return end


def _items(text: str) -> Iterator[str]:
    """Give the items of the outer list, each with what is indented below it."""
    item: list[str] = []
    for line in text.split("\n"):
        if match := _BULLET.match(line):
            yield from _item(item)
            item = [line[match.end() :]]
        else:
            item.append(re.sub(r"^ {1,4}", "", line))
    yield from _item(item)


def _item(lines: Sequence[str]) -> Iterator[str]:
    if text := "\n".join(lines).strip():
        yield text


def _of_paragraphs(blocks: Sequence[str]) -> Points | None:
    """Give paragraphs as points where each begins in bold type; one before them may introduce them."""
    bold = [place for place, block in enumerate(blocks) if _BOLD_LEAD.fullmatch(block)]
    if len(bold) < 2:
        return None
    texts = [
        "\n\n".join(blocks[start:end]) for start, end in zip(bold, [*bold[1:], len(blocks)], strict=True)
    ]
    points = tuple(point for text in texts if (point := _bold(text)))
    return Points(before="\n\n".join(blocks[: bold[0]]), points=points)


def _bold(text: str) -> Point | None:
    match = _BOLD_LEAD.fullmatch(text)
    return Point(lead=match["lead"].strip(), text=match["rest"].strip()) if match else None


def _with_leads(items: Sequence[str]) -> tuple[Point, ...] | None:
    points = tuple(point for item in items if (point := _led(item)))
    return points if len(points) == len(items) and len(items) > 1 else None


def _led(item: str) -> Point | None:
    if point := _bold(item):
        return point
    for pattern, most in (
        (_COLON_LEAD, MOST_LEAD_WORDS),
        (_DASH_LEAD, MOST_LEAD_WORDS),
        (_SENTENCE_LEAD, MOST_SENTENCE_WORDS),
    ):
        match = pattern.fullmatch(item)
        if match and len(match["lead"].split()) <= most:
            return Point(lead=match["lead"].strip(" *"), text=match["rest"].strip())
    return None


def _short(items: Sequence[str]) -> tuple[Point, ...] | None:
    """Give items that are nothing but a short statement each."""
    fit = all("\n" not in item and len(item.split()) <= MOST_POINT_WORDS for item in items)
    if not fit or not 2 <= len(items) <= MOST_SUCH_POINTS:
        return None
    return tuple(Point(lead=item.rstrip(".;, "), text=item) for item in items)
