"""The words of an imported table, looked up among the concepts: by key, label or synonym, in any language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kb.domain.concept import Concept, Labels, Scheme
from kb.domain.errors import Invalid
from kb.domain.mapping import MappedRow, slug
from kb.domain.record import Origin
from kb.services.vocabulary import Vocabulary

SCHEME_OF: dict[str, Scheme] = {
    "phenomena": Scheme.PHENOMENON,
    "stages": Scheme.STAGE,
    "stage": Scheme.STAGE,
    "categories": Scheme.DIFFICULTY,
    "obstacles": Scheme.DIFFICULTY,
    "channels": Scheme.CHANNEL,
    "partners_helped": Scheme.PARTNER,
    "partners_hindered": Scheme.PARTNER,
}
"""Which scheme each field of a case or lesson takes its concepts from; tags are treated apart, because they may be made."""

MOST_ALIKE = 999
"""Tags whose labels give the same key."""


class ImportWords:
    """Looks words up, and collects the tags that an import makes."""

    def __init__(self, vocabulary: Vocabulary, *, create_tags: bool) -> None:
        self._vocabulary = vocabulary
        self._create = create_tags
        self._made: dict[str, str] = {}
        self._new: list[Concept] = []

    def resolved(self, row: MappedRow) -> dict[str, Any]:
        """Give the case of a row with concept keys for its words; raises Invalid for a word that no concept has."""
        self._new.clear()
        case = self._fields(row.case)
        case["tags"] = self._tags(row.case_tags)
        case["lessons"] = [
            {**self._fields(lesson), "tags": self._tags(row.lesson_tags.get(str(lesson["key"]), ()))}
            for lesson in case["lessons"]
        ]
        return case

    def take_new(self) -> tuple[Concept, ...]:
        """Give the tags that the last row made, once."""
        new, self._new = tuple(self._new), []
        self._made.update({concept.label().casefold(): concept.key for concept in new})
        return new

    def _fields(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        return {name: self._field(name, value) for name, value in fields.items()}

    def _field(self, name: str, value: object) -> object:
        scheme = SCHEME_OF.get(name)
        if scheme is None:
            return value
        return (
            tuple(self._key(scheme, word) for word in value)
            if isinstance(value, tuple)
            else self._key(scheme, str(value))
        )

    def _key(self, scheme: Scheme, word: str) -> str:
        key = self._vocabulary.by_word(scheme, word)
        if key is None:
            raise Invalid(
                (scheme.value, f"No {scheme.value} is called {word!r}. See `kb export` or the pages of tags.")
            )
        return key

    def _tags(self, words: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self._tag(word) for word in words))

    def _tag(self, word: str) -> str:
        key = self._vocabulary.by_word(Scheme.TAG, word) or self._made.get(word.casefold())
        key = key or next((new.key for new in self._new if new.label().casefold() == word.casefold()), None)
        if key:
            return key
        if not self._create:
            raise Invalid(
                (
                    "tags",
                    f"No tag is called {word!r}. Add it first, or let the mapping say create_tags = true.",
                )
            )
        concept = Concept(
            scheme=Scheme.TAG,
            key=self._free_key(slug(word)),
            labels=(Labels(language="en", preferred=word),),
            origin=Origin.REPORTED,
        )
        self._new.append(concept)
        return concept.key

    def _free_key(self, wanted: str) -> str:
        taken = {*self._made.values(), *(concept.key for concept in self._new)}
        for number in range(1, MOST_ALIKE + 1):
            key = wanted if number == 1 else f"{wanted[:55]}-{number}"
            if key not in taken and self._vocabulary.get(Scheme.TAG, key) is None:
                return key
        raise Invalid(("tags", f"Too many tags read like {wanted!r}; give them clearer names."))
