"""A thesaurus: the concepts of the schemes together, with the conditions that no change may break.

Source: W3C, SKOS Reference (2009), conditions S14 and S27, and two of our own: nothing is broader than itself or
replaced by itself, and a preferred label means one concept of its scheme, also among the synonyms of others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from functools import cached_property

from kb.domain.concept import UNADOPTED, Concept, ConceptStatus, Labels, Scheme
from kb.domain.replacement import Name, Replacements
from kb.domain.text import Value, normal_line


class ConflictKind(StrEnum):
    """What two concepts of a scheme cannot be to each other; the value is the field that a form shows it at."""

    LABEL = "label"
    """One's preferred label is a label of the other, in the same language."""
    BROADER = "broader"
    """Each would be broader than the other, in the end."""
    REPLACED = "into"
    """Each would be replaced by the other, in the end."""
    RELATED = "related"
    """They are related, and one would be broader than the other."""


class Conflict(Value):
    """Two concepts that a condition sets against each other; `word` is the label in question, in `language`."""

    kind: ConflictKind
    scheme: Scheme
    keys: tuple[str, str]
    word: str = ""
    language: str = ""

    def other_than(self, key: str) -> str:
        """Give the concept with which `key` is in conflict."""
        first, second = self.keys
        return second if first == key else first


class Thesaurus:
    """Concepts as they stand together. Proposals are no part of it."""

    def __init__(self, concepts: Iterable[Concept]) -> None:
        self._by_name: dict[Name, Concept] = {
            (each.scheme, each.key): each for each in concepts if each.status not in UNADOPTED
        }
        self.replacements = Replacements.among(self._by_name.values())

    def __iter__(self) -> Iterator[Concept]:
        return iter(self._by_name.values())

    def get(self, scheme: Scheme, key: str) -> Concept | None:
        """Give a concept as it is kept, or None."""
        return self._by_name.get((scheme, key))

    def after(self, *changed: Concept) -> Thesaurus:
        """Give the thesaurus in which these concepts have taken the place of those of their names."""
        return Thesaurus((self._by_name | {(each.scheme, each.key): each for each in changed}).values())

    def broader(self, concept: Concept) -> str | None:
        """Give the key of what is broader than a concept, as it stands now."""
        return self.replacements.of(concept.scheme, concept.broader) if concept.broader else None

    def merged_into(self, scheme: Scheme, key: str) -> tuple[Concept, ...]:
        """Give the concepts for which this one stands."""
        return self._merged.get((scheme, key), ())

    @cached_property
    def _merged(self) -> Mapping[Name, tuple[Concept, ...]]:
        found: defaultdict[Name, tuple[Concept, ...]] = defaultdict(tuple)
        for name, end in self.replacements.by_name.items():
            found[name[0], end] += (self._by_name[name],)
        return dict(found)

    @cached_property
    def standing(self) -> tuple[Concept, ...]:
        """Give the adopted concepts as they are searched by: the labels of what was merged into one are synonyms of it."""
        return tuple(self._standing(each) for each in self if each.status is ConceptStatus.ADOPTED)

    def _standing(self, concept: Concept) -> Concept:
        merged = self._merged.get((concept.scheme, concept.key), ())
        broader = self.broader(concept)
        if not merged and broader == concept.broader:
            return concept
        labels = {each.language: each for each in concept.labels}
        for each in (labels for other in merged for labels in other.labels):
            labels[each.language] = _joined(labels.get(each.language), each)
        return concept.model_copy(update={"labels": tuple(labels.values()), "broader": broader})

    def shared(self, concept: Concept, *besides: str) -> tuple[tuple[str, Concept], ...]:
        """Give each word of a concept that others know as theirs too, with those; `besides` are left out of these.

        No condition forbids it among synonyms, but after a merge the word means both.
        """
        own = {
            (labels.language, compared(word)): word
            for labels in concept.labels
            for word in (labels.preferred, *labels.alternative)
        }
        return tuple(
            dict.fromkeys(
                (own[labels.language, compared(word)], other)
                for other in self.standing
                if other.scheme is concept.scheme and other.key not in {concept.key, *besides}
                for labels in other.labels
                for word in (labels.preferred, *labels.alternative)
                if (labels.language, compared(word)) in own
            )
        )

    def newly_shared(self, before: Concept, after: Concept, *besides: str) -> tuple[tuple[str, Concept], ...]:
        """Give the words that others know as theirs too only once a concept has changed; a proposal's are nobody's before."""
        known = self.shared(before, *besides) if self.get(before.scheme, before.key) else ()
        return tuple(each for each in self.shared(after, *besides) if each not in known)

    @cached_property
    def conflicts(self) -> frozenset[Conflict]:
        """Give everything that breaks a condition."""
        return frozenset((*self._of_labels(), *self._of_broader(), *self._of_replaced(), *self._of_related()))

    def conflicts_after(self, *changed: Concept) -> frozenset[Conflict]:
        """Give what these changes would newly break; what is wrong already is no reason to refuse them."""
        return self.after(*changed).conflicts - self.conflicts

    def ancestors(self, scheme: Scheme, key: str) -> tuple[str, ...]:
        """Give what is broader than a concept, at any distance, the nearest first; in a circle it comes last itself."""
        found: dict[str, None] = {}
        while (concept := self.get(scheme, key)) and (broader := self.broader(concept)) not in (None, *found):
            assert broader is not None
            found[broader] = None
            key = broader
        return tuple(found)

    def _of_labels(self) -> Iterator[Conflict]:
        """A label that two bear as a synonym says nothing wrong: what it means is then told by both."""
        preferred: dict[tuple[Scheme, str, str], dict[str, str]] = defaultdict(dict)
        any_label: dict[tuple[Scheme, str, str], dict[str, str]] = defaultdict(dict)
        for concept in self:
            stands = self.replacements.of(concept.scheme, concept.key)
            for labels in concept.labels:
                place = (concept.scheme, labels.language, compared(labels.preferred))
                preferred[place].setdefault(stands, concept.key)
                for word in (labels.preferred, *labels.alternative):
                    any_label[(*place[:2], compared(word))].setdefault(stands, concept.key)
        for (scheme, language, word), ones in preferred.items():
            others = any_label[scheme, language, word]
            for one, key in ones.items():
                for stands, other in others.items():
                    if stands != one:
                        yield Conflict(
                            kind=ConflictKind.LABEL,
                            scheme=scheme,
                            keys=_pair(key, other),
                            word=word,
                            language=language,
                        )

    def _of_broader(self) -> Iterator[Conflict]:
        for concept in self:
            above = self.ancestors(concept.scheme, concept.key)
            if concept.key in above:
                yield _conflict(ConflictKind.BROADER, concept, min((*above, concept.key)))

    def _of_replaced(self) -> Iterator[Conflict]:
        for concept in self:
            passed, at = [concept.key], concept
            while at.replaced_by and (following := self.get(at.scheme, at.replaced_by)):
                if following.key in passed:
                    yield _conflict(ConflictKind.REPLACED, concept, min(passed))
                    break
                passed.append(following.key)
                at = following

    def _of_related(self) -> Iterator[Conflict]:
        for concept in self:
            above = set(self.ancestors(concept.scheme, concept.key))
            for key in concept.related:
                other = self.get(concept.scheme, key)
                if key in above or (other and concept.key in self.ancestors(other.scheme, other.key)):
                    yield _conflict(ConflictKind.RELATED, concept, key)


def compared(word: str) -> str:
    """Give a label as it is compared with others."""
    return normal_line(word).casefold()


def _joined(mine: Labels | None, merged: Labels) -> Labels:
    if mine is None:
        return merged
    known = {compared(word) for word in (mine.preferred, *mine.alternative)}
    new = {compared(word): word for word in (merged.preferred, *merged.alternative)}
    more = tuple(word for form, word in new.items() if form not in known)
    return mine.model_copy(update={"alternative": (*mine.alternative, *more)})


def _conflict(kind: ConflictKind, concept: Concept, other: str) -> Conflict:
    return Conflict(kind=kind, scheme=concept.scheme, keys=_pair(concept.key, other))


def _pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one <= other else (other, one)
