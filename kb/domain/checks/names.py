"""Names that may stand in a text: they are known, and no person's."""

from __future__ import annotations

from kb.domain.text import Value


class Names(Value):
    """What the knowledge base knows by name, in the words in which texts write it."""

    countries: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    instruments: tuple[str, ...] = ()
