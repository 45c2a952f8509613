"""XML parts looked through before any library builds a tree of them: well formed, no DOCTYPE, neither deep nor huge.

Expat tells of each element as it comes and keeps nothing, so this costs no more memory than the part itself. What is
counted on the way is what the presenter is told of what was left behind.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from xml.parsers.expat import ExpatError, ParserCreate

from kb.adapters.documents.refusal import Refused
from kb.domain.document import Refusal

DEEPEST = 150
"""Elements inside each other; a table in a table in a table has forty."""
MOST_ELEMENTS = 250_000
"""Elements of all parts together. A hundred dense pages have about sixty thousand."""
MOST_ATTRIBUTES = 100
"""Attributes of one element."""
_PREFIXES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "a",
    "http://purl.oclc.org/ooxml/drawingml/main": "a",
    "http://schemas.openxmlformats.org/drawingml/2006/picture": "pic",
    "http://purl.oclc.org/ooxml/drawingml/picture": "pic",
    "http://schemas.openxmlformats.org/presentationml/2006/main": "p",
    "http://purl.oclc.org/ooxml/presentationml/main": "p",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "urn:schemas-microsoft-com:vml": "v",
}
"""Names of the vocabularies whose elements are counted, in both spellings of ISO 29500."""


class Scan:
    """Looks through the parts of one package, which share their bounds."""

    def __init__(self) -> None:
        self._left = MOST_ELEMENTS
        self._depth = 0
        self._found: Counter[str] = Counter()

    def part(self, content: bytes) -> Mapping[str, int]:
        """Give how often each known element stands in a part, by its name with prefix; raises Refused."""
        self._found, self._depth = Counter(), 0
        parser = ParserCreate(namespace_separator=" ")
        parser.StartDoctypeDeclHandler = _refuse_declarations
        parser.EntityDeclHandler = _refuse_declarations
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        try:
            parser.Parse(content, True)
        except (ExpatError, LookupError, ValueError):  # the second is an encoding that nobody knows
            raise Refused(Refusal.BROKEN) from None
        return self._found

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._depth += 1
        self._left -= 1
        if self._depth > DEEPEST or self._left < 0 or len(attributes) > MOST_ATTRIBUTES:
            raise Refused(Refusal.INTRICATE)
        space, _, local = name.rpartition(" ")
        if space in _PREFIXES:
            self._found[f"{_PREFIXES[space]}:{local}"] += 1

    def _end(self, _name: str) -> None:
        self._depth -= 1


def _refuse_declarations(*_declaration: object) -> None:
    raise Refused(Refusal.ENTITIES)
