"""The words of corridors: how a channel stands between two countries, and how near reports are to a border."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from kb.domain.open_channel import Between

BETWEEN: dict[type[StrEnum], Mapping[str, LazyString]] = {
    Between: {
        Between.OPEN: _l("Exists between the two"),
        Between.UNKNOWN: _l("Not known: the table does not tell of both countries"),
        Between.NO_TABLE: _l("Not known: which countries take part is not kept here"),
        Between.NOT_IN_FORCE: _l("Not in force"),
        Between.CLOSED: _l("Does not exist between the two, or not yet"),
    },
}
"""One table per kind of value, as `words.WORDS` has them."""
