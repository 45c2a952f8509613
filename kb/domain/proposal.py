"""What each section of a paper could become in a case: by its heading, by the one above it, by its words, by its place.

A proposal, no more: the presenter sees every section with its words and says what it is.
"""

from __future__ import annotations

from collections.abc import Iterator

from kb.domain.heading_words import LESSONS, Use, use_of_heading, use_of_words
from kb.domain.lead_words import Points, points_of
from kb.domain.sections import Paper, Section, unnumbered
from kb.domain.text import Value

BEGINNING = 3
"""The first third of a paper says what it is about, where nothing tells otherwise."""
MOST_FRONT_WORDS = 40
"""Words that are names, places and dates before the first heading, or lead to those below one; more of them are a text."""
MOST_TELLING_WORDS = 4
"""Words of a heading like “How we solved it”; below “Difficulties”, “Responses of providers took months” is one of them."""


class Proposal(Value):
    """A section, or a point of one, with what it could become."""

    section: Section
    use: Use


def proposals(paper: Paper) -> tuple[Proposal, ...]:
    """Give the sections that hold words, in their order, those that tell several lessons taken apart."""
    return tuple(_taken_apart(tuple(_proposed(paper.sections))))


def _proposed(sections: tuple[Section, ...]) -> Iterator[Proposal]:
    above: list[tuple[int, Use]] = []
    for place, numbered in enumerate(sections):
        above = [(level, use) for level, use in above if level < numbered.level]
        inherited = above[-1][1] if above else None
        section = numbered.model_copy(update={"heading": unnumbered(numbered.heading)})
        said = _said(section.heading, inherited)
        if said:
            above.append((section.level, said))
        if section.text:
            use = said or inherited or _guess(section, place, len(sections))
            leads = use in LESSONS and _only_leads(section, sections[place + 1 : place + 2])
            yield Proposal(section=section, use=Use.LEAVE_OUT if leads else use)


def _said(heading: str, inherited: Use | None) -> Use | None:
    """Give what a heading says; below a heading of lessons only a short one says anything else than that one."""
    if inherited in LESSONS and len(heading.split()) > MOST_TELLING_WORDS:
        return None
    return use_of_heading(heading)


def _only_leads(section: Section, following: tuple[Section, ...]) -> bool:
    """Say whether a few words only lead to the headings below them, which hold what is told."""
    below = any(each.level > section.level and each.slide == 0 for each in following)
    return below and len(section.text.split()) <= MOST_FRONT_WORDS


def _guess(section: Section, place: int, count: int) -> Use:
    """Say what a section is whose heading does not."""
    if not section.heading and place == 0 and len(section.text.split()) <= MOST_FRONT_WORDS:
        return Use.LEAVE_OUT
    if place * BEGINNING < count:
        return Use.SUMMARY
    return use_of_words(section.text) or Use.LEAVE_OUT


def _taken_apart(found: tuple[Proposal, ...]) -> Iterator[Proposal]:
    shown: Section | None = None
    for proposal in found:
        section, use = proposal.section, proposal.use
        if section.spoken and shown is not None and shown.slide == section.slide and use in LESSONS:
            yield Proposal(section=section, use=Use.CONTINUES)
            continue
        shown = section
        points = points_of(section.text) if use in LESSONS else None
        yield from _points(section, use, points) if points else (proposal,)


def _points(section: Section, use: Use, points: Points) -> Iterator[Proposal]:
    if points.before:
        yield Proposal(section=section.model_copy(update={"text": points.before}), use=Use.LEAVE_OUT)
    for point in points.points:
        update = {"heading": point.lead, "text": point.text, "level": section.level + 1}
        yield Proposal(section=section.model_copy(update=update), use=use)
    if points.after:
        yield Proposal(section=section.model_copy(update={"text": points.after}), use=Use.CONTINUES)
