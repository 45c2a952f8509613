"""Names of countries for pages; the core knows codes only."""

from __future__ import annotations

from flask_babel import get_locale

from kb.domain.country import CODES


def country_name(code: str) -> str:
    """Give the country's name in the page's language; a code that nobody knows is shown as it is."""
    return str(get_locale().territories.get(code, code))


def country_choices() -> list[tuple[str, str]]:
    """Give (code, name) of all countries by name, for a form."""
    return sorted(((code, country_name(code)) for code in CODES), key=lambda pair: pair[1])
