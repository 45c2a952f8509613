"""Text as it is kept: NFC, line feeds, no trailing blanks, no control characters.

Normalised text stays a readable block in its file, gives the same checksum whatever system it was typed on, and has
no invisible characters that YAML or a browser would read as a line break.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints

LINE_LENGTH = 300
PROSE_LENGTH = 40_000

_LINE_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff\ud800-\udfff]")
_TRAILING_BLANKS = re.compile(r"[^\S\n]+$", re.MULTILINE)
_BLANKS = re.compile(r"\s+")
_PLAIN_LINE = re.compile(r"[!-~]+(?: [!-~]+)*")
"""Most lines that are read were written in their one form."""


def normal_prose(text: str) -> str:
    """Give `text` in the one form in which it is stored; blank lines inside are kept, those around it go."""
    text = _CONTROLS.sub("", _LINE_BREAKS.sub("\n", text))
    return _TRAILING_BLANKS.sub("", unicodedata.normalize("NFC", text)).strip("\n")


def normal_line(text: str) -> str:
    """Give `text` as a single line: every run of white space is one blank."""
    if _PLAIN_LINE.fullmatch(text):
        return text
    return _BLANKS.sub(" ", normal_prose(text)).strip()


class Value(BaseModel):
    """A frozen value: equal by content, safe to share, and strict about names that it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def _line(value: object) -> object:
    return normal_line(value) if isinstance(value, str) else value


def _prose(value: object) -> object:
    return normal_prose(value) if isinstance(value, str) else value


Line = Annotated[str, StringConstraints(max_length=LINE_LENGTH), BeforeValidator(_line)]
Prose = Annotated[str, StringConstraints(max_length=PROSE_LENGTH), BeforeValidator(_prose)]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$")]
"""A BCP 47 tag of language, script and region, the subset that pages and analysers can use."""
