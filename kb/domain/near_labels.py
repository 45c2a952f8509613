"""Near-duplicates: concepts of a scheme whose labels in a language are the same but for case, accents and marks, or one letter away.

Comparing each with each would take minutes for a thesaurus of thousands. Two words that are one edit apart are the same
once a letter is left out of one or both, so only those that share such a form are compared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from kb.domain.concept import Concept, Scheme
from kb.domain.folding import fold
from kb.domain.grammar import words_in
from kb.domain.text import Value

SHORTEST = 6
"""Letters of a label that is compared by spelling: shorter ones are one letter away from too many."""
LONGEST = 80
"""Letters that are compared; whole sentences as labels are no slips of the pen."""


class NearLabels(Value):
    """Two concepts that may be one, each with the label by which they are near; `language` is that of both."""

    scheme: Scheme
    keys: tuple[str, str]
    labels: tuple[str, str]
    language: str


def near_labels(concepts: Iterable[Concept]) -> tuple[NearLabels, ...]:
    """Give the pairs of concepts of which a preferred label is near a label of the other, each pair once."""
    places: defaultdict[tuple[Scheme, str], list[_Word]] = defaultdict(list)
    for concept in concepts:
        for labels in concept.labels:
            words = places[concept.scheme, labels.language]
            words.append(_Word(concept.key, labels.preferred, is_preferred=True))
            words += (_Word(concept.key, word, is_preferred=False) for word in labels.alternative)
    found: dict[tuple[Scheme, str, str], NearLabels] = {}
    for (scheme, language), words in sorted(places.items(), key=lambda each: (each[0][1] != "en", each[0])):
        for one, other in _near(words):
            place = (scheme, one.key, other.key)
            found.setdefault(
                place,
                NearLabels(
                    scheme=scheme,
                    keys=(one.key, other.key),
                    labels=(one.text, other.text),
                    language=language,
                ),
            )
    return tuple(found[place] for place in sorted(found))


class _Word:
    """A label as it is compared: folded, without marks, with its digits apart, because “Article 30” is no slip for 31."""

    def __init__(self, key: str, text: str, *, is_preferred: bool) -> None:
        self.key, self.text, self.is_preferred = key, text, is_preferred
        self.form = " ".join(fold(word) for word in words_in(text))[:LONGEST]
        self.digits = "".join(letter for letter in self.form if letter.isdigit())

    @property
    def shortened(self) -> Iterator[str]:
        """Give the form itself, and it without each of its letters."""
        yield self.form
        if len(self.form) >= SHORTEST:
            yield from (self.form[:place] + self.form[place + 1 :] for place in range(len(self.form)))


def _near(words: Iterable[_Word]) -> Iterator[tuple[_Word, _Word]]:
    sharing: defaultdict[str, dict[str, _Word]] = defaultdict(dict)
    for word in words:
        for form in word.shortened:
            known = sharing[form].get(word.key)
            if known is None or word.is_preferred > known.is_preferred:
                sharing[form][word.key] = word
    for bearing in _shared(sharing):
        for place, one in enumerate(bearing):
            for other in bearing[place + 1 :]:
                if _is_near(one, other):
                    yield (one, other) if one.key < other.key else (other, one)


def _shared(sharing: Mapping[str, Mapping[str, _Word]]) -> Iterator[list[_Word]]:
    return (list(each.values()) for each in sharing.values() if len(each) > 1)


def _is_near(one: _Word, other: _Word) -> bool:
    if one.digits != other.digits or not (one.is_preferred or other.is_preferred):
        return False
    return one.form == other.form or _one_edit(one.form, other.form)


def _one_edit(one: str, other: str) -> bool:
    """Say whether a letter more, less or another, or two that changed places, make one word of the other."""
    start = next(
        (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    left, right = one[start:], other[start:]
    return (
        left[1:] == right
        or left == right[1:]
        or left[1:] == right[1:]
        or (left[:2] == right[1::-1] and left[2:] == right[2:])
    )
