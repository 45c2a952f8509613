"""How the uses of a section read, and what was left behind of a document: its name, and what that means to the presenter."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from kb.domain.document import DropKind, Dropped
from kb.domain.heading_words import Use

USES: dict[Use, LazyString] = {
    Use.SUMMARY: _l("Summary"),
    Use.DIFFICULTY: _l("Difficulty"),
    Use.SOLUTION: _l("Solution"),
    Use.GOOD_PRACTICE: _l("Good practice"),
    Use.CROSS_BORDER_ISSUE: _l("Cross-border issue"),
    Use.CONTINUES: _l("Belongs to the one above"),
    Use.LEAVE_OUT: _l("Leave out"),
}
"""What a section can be, in the order in which it is offered."""
FIELD_USES: dict[Use, LazyString] = {Use.FIELD: _l("As filled in"), Use.LEAVE_OUT: _l("Leave out")}
"""What a filled-in field can be."""

_DROPPED: dict[DropKind, tuple[LazyString, LazyString]] = {
    DropKind.IMAGES: (_l("Images"), _l("Never taken over. Say in words what they showed, if it matters.")),
    DropKind.CHARTS: (_l("Charts"), _l("Not taken over. Say in words what they showed.")),
    DropKind.DIAGRAMS: (_l("Diagrams"), _l("Not taken over, nor are the words in them.")),
    DropKind.RECORDINGS: (_l("Recordings"), _l("Never taken over.")),
    DropKind.EMBEDDED: (_l("Files inside the file"), _l("Not opened.")),
    DropKind.EQUATIONS: (_l("Equations"), _l("Not taken over.")),
    DropKind.FIELDS: (
        _l("Computed fields"),
        _l("Dates, numbers and references that the program fills in are missing in the text."),
    ),
    DropKind.COMMENTS: (_l("Comments"), _l("Not taken over.")),
    DropKind.DELETIONS: (_l("Tracked deletions"), _l("What was deleted stayed out.")),
    DropKind.INSERTIONS: (
        _l("Tracked insertions"),
        _l("Taken over as if they had been accepted. Read them with care."),
    ),
    DropKind.HIDDEN_TEXT: (
        _l("Hidden text"),
        _l("It is in the words here. Take out what was not meant for others."),
    ),
    DropKind.HEADERS: (_l("Headers and footers"), _l("Not taken over.")),
    DropKind.LINKS: (_l("Links"), _l("Their words stayed, the addresses they lead to did not.")),
    DropKind.OTHER_FILES: (
        _l("References to other files"),
        _l("Templates, images or objects that lie elsewhere. They were not opened."),
    ),
    DropKind.AUTHORS: (_l("Who wrote it, and when"), _l("Not read.")),
    DropKind.HIDDEN_SLIDES: (_l("Hidden slides"), _l("Left out, with their notes.")),
}


class LeftBehind(NamedTuple):
    """A line of what is not as it was."""

    dropped: Dropped
    name: str
    sentence: str


def left_behind(dropped: Iterable[Dropped]) -> tuple[LeftBehind, ...]:
    """Give the lines in words."""
    return tuple(LeftBehind(each, *map(str, _DROPPED[each.kind])) for each in dropped)
