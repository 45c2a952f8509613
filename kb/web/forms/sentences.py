"""What is wrong with a field, in a sentence that says what to do; pydantic's own words are for programmers."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext as _
from pydantic_core import ErrorDetails

from kb.domain.case_study import MOST_LESSONS


def N_(text: str) -> str:  # noqa: N802 - the name by which extractors know a text that is translated later
    """Mark a text of a table for translation."""
    return text


OF_FIELD: Mapping[str, str] = {
    "url": N_("Give the whole address, beginning with https://."),
    "as_of": N_("Write the day as year-month-day, such as 2024-05-31."),
    "review_by": N_("Write the day as year-month-day, such as 2024-05-31."),
    "start": N_("Write a year such as 2007, or a year and a month such as 2007-09; never a day."),
    "end": N_("Write a year such as 2007, or a year and a month such as 2007-09; never a day."),
    "elapsed_days": N_("Write a whole number of days, such as 45, or leave it empty."),
    "language": N_("Choose the language in which the case is written."),
    "event": N_("Choose an event from the list, or none."),
    "key": N_("This lesson has lost its key. Remove it and add it again."),
}
"""By the field's own name, for every error but those below."""
OF_TYPE: Mapping[str, str] = {
    "string_too_long": N_("Shorten this to at most %(max_length)s characters."),
    "too_long": N_("Shorten this to at most %(max_length)s characters."),
    "enum": N_("Choose one of the list."),
    "literal_error": N_("Choose one of the list."),
    "missing": N_("Say when it began, or leave both fields of the period empty."),
}
"""By the kind of error."""
TOO_MANY = N_("A case holds at most %(most)s lessons. Tell the rest as a case of its own.")
FALLBACK = N_("This cannot be kept as it is. Choose from the list, or leave it empty.")
NOT_ADDED = N_(
    "A case holds at most %(most)s lessons; nothing was added. Tell the rest as a case of its own."
)


def sentence(error: ErrorDetails) -> str:
    """Give the sentence for one error of a value."""
    context = error.get("ctx", {})
    if error["type"] == "value_error":
        return str(_(str(context["error"])))
    if error["type"] == "too_long" and error["loc"] == ("lessons",):
        return str(_(TOO_MANY, most=MOST_LESSONS))
    if error["type"] in OF_TYPE:
        return str(_(OF_TYPE[error["type"]], max_length=context.get("max_length", "")))
    names = [part for part in error["loc"] if isinstance(part, str)]
    return str(_(OF_FIELD.get(names[-1] if names else "", FALLBACK)))


def not_added() -> str:
    """Say that no lesson can be added."""
    return str(_(NOT_ADDED, most=MOST_LESSONS))
