"""Countries as people write them: by name in their language or in English, or by code."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache

from babel import Locale
from flask_babel import get_locale

from kb.domain.country import CODES

_SEPARATORS = re.compile(r"[,;\n]")


def country_code(text: str) -> str | None:
    """Give the code that somebody means, or None: capitals, accents and a leading “the” do not matter."""
    words = _plain(text)
    return next((codes[words] for codes in _dictionaries() if words in codes), None)


def split_countries(text: str) -> tuple[str, ...]:
    """Take a list of countries apart as people separate one: by commas, semicolons or lines."""
    return tuple(part.strip() for part in _SEPARATORS.split(text) if part.strip())


def _dictionaries() -> tuple[Mapping[str, str], ...]:
    return _codes(str(get_locale() or "en")), _codes("en")


@cache
def _codes(language: str) -> Mapping[str, str]:
    territories = Locale.parse(language).territories
    by_name = {_plain(territories.get(code, code)): code for code in CODES}
    return {**by_name, **{code.casefold(): code for code in CODES}}


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.casefold().replace("&", " and "))
    words = "".join(letter for letter in letters if not unicodedata.combining(letter)).split()
    return " ".join(words[1:] if words[:1] == ["the"] else words)
