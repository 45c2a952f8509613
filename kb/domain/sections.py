"""A document's sections: what its author marked as a heading, and what only looks like one, with the words below it.

Papers are seldom written with styles. A line that is bold and nothing else, a short numbered line or one in capitals
is a heading to its readers, so it is one here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from kb.domain.document import Block, BlockKind, Dropped, Manuscript
from kb.domain.heading_words import use_of_heading
from kb.domain.small_words import likely_language
from kb.domain.text import LINE_LENGTH, Value

MOST_SECTIONS = 200
"""Sections of a paper that are shown apart. Beyond it those of the deepest level become part of the one above."""
LONGEST_HEADING = 120
MOST_HEADING_WORDS = 14

_BOLD = re.compile(r"\*\*(?P<words>[^*]+)\*\*[:.]?")
_NUMBERED = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2})*)[.)]?\s+(?P<words>\S.*)", re.DOTALL)
_ENDS_A_SENTENCE = (".", ",", ";", "!", ":")


class Section(Value):
    """The words below one heading, in Markdown, without those of deeper headings.

    `slide` counts from 1 and is 0 on paper; `spoken` is true for the speaker's notes of that slide.
    """

    heading: str = ""
    level: int = 1
    text: str = ""
    slide: int = 0
    spoken: bool = False


class Paper(Value):
    """A document as a presenter looks it over. `language` is a guess, empty where nothing tells."""

    title: str = ""
    language: str = ""
    sections: tuple[Section, ...] = ()
    dropped: tuple[Dropped, ...] = ()


def unnumbered(heading: str) -> str:
    """Give the words of a heading without the number before them."""
    match = _NUMBERED.fullmatch(heading)
    return match["words"] if match else heading


def paper_of(manuscript: Manuscript) -> Paper:
    """Give the sections of a document and its title, which is no section of its own."""
    title, blocks = _titled(tuple(_with_headings(manuscript.blocks)))
    sections = _few(tuple(_sections(blocks)))
    return Paper(
        title=title[:LINE_LENGTH],
        language=likely_language(" ".join(block.text for block in manuscript.blocks)),
        sections=sections,
        dropped=manuscript.dropped,
    )


# -- headings ------------------------------------------------------------------------------------------------------------


def _with_headings(blocks: Sequence[Block]) -> Iterator[Block]:
    """Give the blocks with every line that reads as a heading made one."""
    level = 0
    for place, block in enumerate(blocks):
        following = blocks[place + 1] if place + 1 < len(blocks) else None
        found = _heading(block, following, level + 1) if block.kind is BlockKind.PARAGRAPH else None
        if block.kind is BlockKind.HEADING:
            level = block.level
        yield found or block


def _heading(block: Block, following: Block | None, level: int) -> Block | None:
    """Give the heading that a paragraph is, below the last marked one; None where it is a paragraph."""
    if block.spoken or following is None:
        return None
    if match := _BOLD.fullmatch(block.text):
        return _as_heading(block, match["words"].strip(" :."), level)
    if "\n" in block.text or block.text.endswith(_ENDS_A_SENTENCE):
        return None
    match = _NUMBERED.fullmatch(block.text)
    if match and not _is_numbered(following):
        return _as_heading(block, block.text.replace("**", ""), level + match["number"].count("."))
    return _as_heading(block, block.text, level) if _is_in_capitals(block.text) else None


def _as_heading(block: Block, words: str, level: int) -> Block | None:
    if not words or len(words) > LONGEST_HEADING or len(words.split()) > MOST_HEADING_WORDS:
        return None
    return block.model_copy(update={"kind": BlockKind.HEADING, "text": words, "level": level})


def _is_numbered(block: Block) -> bool:
    """Say whether a paragraph is one more of a list that was typed by hand: then the one before is no heading."""
    return block.kind is BlockKind.PARAGRAPH and _NUMBERED.fullmatch(block.text) is not None


def _is_in_capitals(text: str) -> bool:
    letters = [sign for sign in text if sign.isalpha()]
    return len(letters) >= 6 and text.upper() == text and text.lower() != text


# -- the title -----------------------------------------------------------------------------------------------------------


def _titled(blocks: tuple[Block, ...]) -> tuple[str, tuple[Block, ...]]:
    """Give the document's title, and the blocks without it."""
    place = _title_place(blocks)
    if place is None:
        return "", blocks
    return blocks[place].text, (*blocks[:place], *blocks[place + 1 :])


def _title_place(blocks: Sequence[Block]) -> int | None:
    """Give where the title stands: marked as such, a line above all headings, or the only heading of its rank."""
    marked = (place for place, block in enumerate(blocks) if block.kind is BlockKind.TITLE)
    headings = [place for place, block in enumerate(blocks) if block.kind is BlockKind.HEADING]
    if (found := next(marked, None)) is not None or not headings:
        return found
    first = headings[0]
    if blocks[first].slide:
        return first
    if first > 0 and _is_short_line(blocks[0]):
        return 0
    ranks = [blocks[place].level for place in headings]
    alone = len(ranks) > 1 and min(ranks[1:]) > ranks[0]
    return first if alone and use_of_heading(blocks[first].text) is None else None


def _is_short_line(block: Block) -> bool:
    plain = block.kind is BlockKind.PARAGRAPH and "\n" not in block.text
    return plain and len(block.text) <= LONGEST_HEADING and not block.text.endswith(".")


# -- sections ------------------------------------------------------------------------------------------------------------


def _sections(blocks: Iterable[Block]) -> Iterator[Section]:
    """Give a section for each heading, one for what stands before the first, and one for the notes of each slide."""
    section, texts, notes = Section(), list[str](), list[str]()
    for block in blocks:
        spoken_begins = block.spoken and not section.spoken
        if block.kind is BlockKind.HEADING or spoken_begins or block.slide != section.slide:
            yield from _closed(section, texts, notes)
            section, texts, notes = _opened(block, section), [], []
        if block.kind is BlockKind.NOTE:
            notes.append(block.text)
        elif block.kind is not BlockKind.HEADING:
            texts.append(block.text)
    yield from _closed(section, texts, notes)


def _opened(block: Block, before: Section) -> Section:
    if block.kind is BlockKind.HEADING:
        return Section(heading=block.text, level=block.level, slide=block.slide)
    heading = before.heading if block.slide == before.slide else ""
    return Section(heading=heading, level=before.level, slide=block.slide, spoken=block.spoken)


def _closed(section: Section, texts: Sequence[str], notes: Sequence[str]) -> Iterator[Section]:
    if section.heading or texts or notes:
        yield section.model_copy(update={"text": "\n\n".join((*texts, *notes))})


def _few(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """Give no more sections than anybody looks over: the deepest become part of what stands above them."""
    while len(sections) > MOST_SECTIONS:
        deepest = max(section.level for section in sections)
        shallow = all(section.level == deepest for section in sections)
        sections = _in_pairs(sections) if shallow else _without_level(sections, deepest)
    return sections


def _without_level(sections: Sequence[Section], level: int) -> tuple[Section, ...]:
    kept: list[Section] = []
    for section in sections:
        if section.level < level:
            kept.append(section)
        elif kept:
            kept[-1] = _joined(kept[-1], section)
        else:
            kept.append(section.model_copy(update={"level": level - 1}))
    return tuple(kept)


def _in_pairs(sections: Sequence[Section]) -> tuple[Section, ...]:
    """Join neighbours where no level tells which belong together."""
    pairs = (sections[place : place + 2] for place in range(0, len(sections), 2))
    return tuple(_joined(*pair) if len(pair) > 1 else pair[0] for pair in pairs)


def _joined(above: Section, below: Section) -> Section:
    heading = f"**{below.heading}**" if below.heading else ""
    words = "\n\n".join(filter(None, (above.text, heading, below.text)))
    return above.model_copy(update={"text": words})
