"""Names of countries as texts write them."""

from __future__ import annotations

from babel import Locale

from kb.domain.country import CODES
from kb.domain.country_names import ALSO_KNOWN_AS, COUNTRY_NAMES


def test_every_country_has_the_name_that_babel_gives_it() -> None:
    names = Locale("en").territories

    assert set(COUNTRY_NAMES) == {names[code].replace("’", "'") for code in CODES}
    assert set(COUNTRY_NAMES).isdisjoint(ALSO_KNOWN_AS)
