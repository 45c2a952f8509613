"""Names that may stand in a text: they are known, and no person's."""

from __future__ import annotations

import re
from functools import lru_cache

from kb.domain.text import Value

_WORDS = re.compile(r"[^\W\d_][\w'’]+")


class Names(Value):
    """What the knowledge base knows by name, in the words in which texts write it."""

    countries: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    instruments: tuple[str, ...] = ()

    @property
    def words(self) -> frozenset[str]:
        """Give every word of these names that is written with a capital."""
        return _words((*self.countries, *self.organisations, *self.instruments))


@lru_cache(maxsize=16)
def _words(names: tuple[str, ...]) -> frozenset[str]:
    found = (word for name in names for word in _WORDS.findall(name))
    return frozenset(word.casefold() for word in found if word[0].isupper())
