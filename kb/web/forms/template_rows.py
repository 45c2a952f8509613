"""The form that is filled in without a connection, row by row: what each field is called, what belongs there, what to choose from."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from kb.domain.concept import Scheme
from kb.domain.lesson import BorderOutcome, Effort, LessonKind, Outcome
from kb.domain.marking import Marking

TITLE = _l("Casebook: a case study")
ABOUT = _l("About the case")


class Row(NamedTuple):
    """A field by its name in the form of a case; at most one of `scheme` and `words` says what there is to choose from."""

    field: str
    label: LazyString
    help: LazyString
    scheme: Scheme | None = None
    words: type[StrEnum] | None = None


_COUNTRIES = _l("Names or codes, with commas between.")
_SEVERAL = _l("Several with commas between, of these:")
_ONE_OF = _l("One of these:")

CASE_ROWS: tuple[Row, ...] = (
    Row("title", _l("Title of the case"), _l("One line: what the difficulty was, not what the case was called.")),
    Row("summary", _l("Summary"), _l("What the case was about and how it ended, in a few sentences. No names, no day, nothing operational.")),
    Row("language", _l("Language of the text"), _l("The one in which you write, such as English or en.")),
    Row("lead_country", _l("Lead country"), _l("Name or code of the country that led the investigation.")),
    Row("other_countries", _l("Other countries"), _COUNTRIES),
    Row("period_start", _l("Period: from"), _l("A year or a month, such as 2007 or 2007-09.")),
    Row("period_end", _l("Period: to"), _l("Empty for a single year or month.")),
    Row("phenomena", _l("Phenomena"), _SEVERAL, Scheme.PHENOMENON),
    Row("stages", _l("Stages"), _SEVERAL, Scheme.STAGE),
    Row("event", _l("Presented at"), _l("The event, as it is called in Casebook.")),
    Row("session", _l("Session of the event"), _l("The line of its programme, as it is called in Casebook; empty for none in particular.")),
    Row("presenter_role", _l("Presenter's role"), _l("A function, never a name.")),
    Row("contact", _l("Who may be asked"), _l("A desk or role, never a person's address.")),
    Row("tags", _l("Tags of the case"), _SEVERAL, Scheme.TAG),
    Row("sources", _l("Public sources"), _l("One a line: title; address; the day on which it was last looked at, such as 2024-05-31.")),
    Row("review_by", _l("Look at it again by"), _l("A day, such as 2027-01-31, when somebody should check whether it still holds.")),
    Row("marking", _l("Marking"), _l("Who may read it, by the Traffic Light Protocol. For RED, name the persons in Casebook. One of these:"), words=Marking),
    Row("audience_countries", _l("Countries that may read it"), _l("Under AMBER alone, beside your own. Names or codes, with commas between.")),
    Row("chatham_house", _l("Chatham House"), _l("Write yes, and nobody outside your organisation is told where the case comes from.")),
)  # fmt: skip

_WHAT: dict[LessonKind, LazyString] = {
    LessonKind.DIFFICULTY: _l("What stood in the way, so that a stranger understands it."),
    LessonKind.SOLUTION: _l("What was tried, and how it went. What did not work is as welcome."),
    LessonKind.GOOD_PRACTICE: _l("What others should do from the start."),
    LessonKind.CROSS_BORDER_ISSUE: _l("What happened where the investigation met a border."),
}
_OWN: dict[LessonKind, tuple[Row, ...]] = {
    LessonKind.DIFFICULTY: (
        Row("categories", _l("Kinds of difficulty"), _SEVERAL, Scheme.DIFFICULTY),
        Row("stage", _l("Stage"), _ONE_OF, Scheme.STAGE),
    ),
    LessonKind.SOLUTION: (
        Row("answers", _l("Which difficulties it answers"), _l("Their numbers here, with commas between, such as 1, 2.")),
        Row("outcome", _l("Outcome"), _ONE_OF, words=Outcome),
        Row("applies_when", _l("Applies when"), _l("What must be so that it works elsewhere.")),
        Row("applies_not_when", _l("Does not apply when"), _l("Where it would not work.")),
        Row("cost", _l("Cost"), _ONE_OF, words=Effort),
        Row("effort", _l("Effort"), _ONE_OF, words=Effort),
    ),
    LessonKind.GOOD_PRACTICE: (
        Row("grew_from", _l("Which solutions it grew from"), _l("Their numbers here, with commas between, such as 1, 2.")),
    ),
    LessonKind.CROSS_BORDER_ISSUE: (
        Row("from_country", _l("From country"), _l("Name or code.")),
        Row("to_countries", _l("To countries"), _COUNTRIES),
        Row("channels", _l("Channels used"), _SEVERAL, Scheme.CHANNEL),
        Row("obstacles", _l("Obstacles"), _SEVERAL, Scheme.DIFFICULTY),
        Row("outcome", _l("How it ended"), _ONE_OF, words=BorderOutcome),
        Row("elapsed_days", _l("Days it took"), _l("A number, where it is known.")),
    ),
}  # fmt: skip


def _lesson_rows(kind: LessonKind) -> tuple[Row, ...]:
    return (
        Row("title", _l("Title"), _l("One line that a colleague would search for.")),
        Row("text", _l("Text"), _WHAT[kind]),
        *_OWN[kind],
        Row("partners_helped", _l("Partners that helped"), _SEVERAL, Scheme.PARTNER),
        Row("partners_hindered", _l("Partners that hindered"), _SEVERAL, Scheme.PARTNER),
        Row("tags", _l("Tags"), _SEVERAL, Scheme.TAG),
    )


LESSON_ROWS: Mapping[LessonKind, tuple[Row, ...]] = {kind: _lesson_rows(kind) for kind in LessonKind}
ROOM = {
    LessonKind.DIFFICULTY: 2,
    LessonKind.SOLUTION: 2,
    LessonKind.GOOD_PRACTICE: 1,
    LessonKind.CROSS_BORDER_ISSUE: 1,
}
"""For how many lessons of each kind the file has room; a part that is copied makes room for another."""


def row_of(kind: LessonKind | None, field: str) -> Row | None:
    """Give the row of a field: of the case, or of a lesson of this kind."""
    rows = LESSON_ROWS[kind] if kind else CASE_ROWS
    return next((row for row in rows if row.field == field), None)
