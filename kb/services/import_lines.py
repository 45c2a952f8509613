"""Lines of an export as they are read back, and what is wrong with a row in one sentence."""

from __future__ import annotations

from pydantic import ValidationError

from kb.domain.checks import objections
from kb.domain.errors import Invalid
from kb.domain.mapping import Row
from kb.services.exporting import ExportLine

UNTOLD = "A value of this row has no place in its field, and holds what must not be repeated here. Look at the row."
NO_EXPORT = (
    "This is no line of an export (format, kind, id, source_key, body). "
    "For a table of other columns give a mapping: --mapping FILE."
)


def line_of(row: Row) -> ExportLine:
    """Read a line of an export; raises Invalid."""
    try:
        return ExportLine.model_validate(row)
    except ValidationError:
        raise Invalid(("row", NO_EXPORT)) from None


def sentence_of(wrong: ValidationError) -> str:
    """Say what is wrong first, with its place."""
    first = wrong.errors(include_url=False)[0]
    place = ".".join(str(part) for part in first["loc"])
    return f"{place or 'row'}: {first['msg'].removeprefix('Value error, ')}"


def told(reason: str) -> str:
    """Give a reason as it may be told: one that repeats what the checks block of the row is not."""
    return UNTOLD if objections(reason) else reason
