"""What an import of concepts would do: a plan over what there is, made without doing anything, and the same whenever it is made."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum

from kb.domain.concept import UNADOPTED, Concept, ConceptStatus, Scheme
from kb.domain.concept_change import facts_of
from kb.domain.finding import texts_of
from kb.domain.guard import blocking
from kb.domain.skos import Name, SkosDocument, address_of
from kb.domain.skos_integrity import breaches
from kb.domain.skos_reading import Reading, read_concepts
from kb.domain.text import Value
from kb.domain.thesaurus import Conflict, ConflictKind, Thesaurus

MOST_DEEP = 100
"""How far something may stand under something else; no thesaurus that people use comes near."""


class Fate(StrEnum):
    """What becomes of a concept of the file."""

    NEW = "new"
    CHANGED = "changed"
    RETIRED = "retired"
    """It is offered now, and the file says that it is no longer."""
    UNCHANGED = "unchanged"


class PlanLine(Value):
    """One concept: as it stands, as it would stand, and the revision on which that rests."""

    fate: Fate
    before: Concept | None
    after: Concept
    revision: int
    changes: tuple[str, ...] = ()
    """What changes: `labels de`, `broader`, `definition`."""


class Trouble(Value):
    """Why nothing of the file goes in: the condition that is broken, where SKOS has one for it, and the concept."""

    subject: str
    sentence: str
    condition: str = ""


class ThesaurusPlan(Value):
    """All that would happen. With troubles, nothing can."""

    lines: tuple[PlanLine, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    left: tuple[tuple[str, int], ...] = ()
    """What the file says and Casebook does not keep: its name, and how often."""
    absent: int = 0
    """How many concepts of the vocabularies in question are not in the file; they stay as they are."""

    def of(self, fate: Fate) -> tuple[PlanLine, ...]:
        """Give the lines of one fate."""
        return tuple(line for line in self.lines if line.fate is fate)

    @property
    def todo(self) -> tuple[PlanLine, ...]:
        """Give what would be saved."""
        return tuple(line for line in self.lines if line.fate is not Fate.UNCHANGED)

    @property
    def digest(self) -> str:
        """Give the mark of what would be done: a plan that is another one by now has another mark."""
        told = "\n".join(
            f"{line.after.id} {line.revision} {line.after.model_dump_json()}" for line in self.todo
        )
        return hashlib.sha256(told.encode()).hexdigest()


Known = Mapping[Name, tuple[int, Concept]]
"""The concepts that there are, each with its revision."""


def planned(document: SkosDocument, known: Known, into: Scheme | None, importer: str) -> ThesaurusPlan:
    """Give what an import would do; concepts of others' schemes go into `into`, proposals are the importer's.

    Raises Invalid for a file that is too intricate to be looked through.
    """
    broken = tuple(
        Trouble(subject=each.subject, sentence=each.sentence, condition=each.condition)
        for each in breaches(document)
    )
    if broken:
        return ThesaurusPlan(troubles=broken)
    reading = read_concepts(document, {name: each for name, (_, each) in known.items()}, into, importer)
    lines = tuple(_line(concept, known) for concept in reading.concepts)
    troubles = reading.troubles or _deep(lines, known)
    schemes = {line.after.scheme for line in lines}
    return ThesaurusPlan(
        lines=lines,
        troubles=tuple(
            Trouble(subject=subject, sentence=sentence)
            for subject, sentence in (
                troubles or (*_impossible(lines), *_blocked(lines), *_met(lines, known))
            )
        ),
        left=tuple(sorted(_left(document, reading).items())),
        absent=sum(name.scheme in schemes for name in known) - sum(line.before is not None for line in lines),
    )


def _left(document: SkosDocument, reading: Reading) -> Counter[str]:
    found = Counter(reading.left)
    if document.other_statements:
        found["statements about something else"] += document.other_statements
    return found


def _line(after: Concept, known: Known) -> PlanLine:
    revision, before = known.get(Name(after.scheme, after.key), (0, None))
    if before is None:
        return PlanLine(fate=Fate.NEW, before=None, after=after, revision=0)
    changes = tuple(dict.fromkeys(_changed(before, after)))
    retires = after.status is ConceptStatus.RETIRED and before.status is not ConceptStatus.RETIRED
    fate = Fate.RETIRED if retires else Fate.CHANGED if changes else Fate.UNCHANGED
    return PlanLine(
        fate=fate, before=before, after=after if changes else before, revision=revision, changes=changes
    )


def _changed(before: Concept, after: Concept) -> Iterator[str]:
    """Name what differs; the order of words, relations and sources says nothing in SKOS."""
    was, becomes = facts_of(_ordered(before)), facts_of(_ordered(after))
    for path in sorted(was.keys() | becomes.keys()):
        if was.get(path) != becomes.get(path):
            yield " ".join(path[:2]) if path[0] == "labels" else path[0]


def _ordered(concept: Concept) -> Concept:
    return concept.model_copy(
        update={
            "sources": tuple(sorted(concept.sources, key=lambda each: each.model_dump_json())),
            "matches": tuple(sorted(concept.matches, key=lambda each: (each.kind, each.address))),
        }
    )


def _impossible(lines: Iterable[PlanLine]) -> Iterator[tuple[str, str]]:
    for line in lines:
        if line.before and line.before.status not in UNADOPTED and line.after.status in UNADOPTED:
            yield _subject(line.after), "It is in use, so it becomes no proposal again. Retire it instead."


def _blocked(lines: Iterable[PlanLine]) -> Iterator[tuple[str, str]]:
    """Name what the checks block: such a text is kept nowhere, whoever wrote it. What stood there before may stay."""
    for line in lines:
        if line.fate is not Fate.UNCHANGED:
            held = frozenset(text for _, text in texts_of(line.before)) if line.before else frozenset[str]()
            for each in blocking(texts_of(line.after), held):
                yield _subject(line.after), f"{each.path}: {each.objection.sentence}"


def _deep(lines: Iterable[PlanLine], known: Known) -> tuple[tuple[str, str], ...]:
    """Refuse what stands too far below something else, before anybody walks there; a circle does so without end."""
    broader = {name: each.broader for name, (_, each) in known.items()}
    broader |= {Name(line.after.scheme, line.after.key): line.after.broader for line in lines}
    depth: dict[Name, int] = {}
    for name in broader:
        way = [name]
        while way[-1] not in depth and (above := broader.get(way[-1])) and len(way) <= MOST_DEEP + 1:
            way.append(Name(name.scheme, above))
        start = depth.get(way[-1], 0)
        depth |= {each: start + place for place, each in enumerate(reversed(way))}
    subjects = [address_of(*name) for name, deep in depth.items() if deep > MOST_DEEP]
    return tuple((subject, TOO_DEEP) for subject in subjects[:1])


TOO_DEEP = f"It stands under itself, or more than {MOST_DEEP} deep."

SENTENCES: Mapping[ConflictKind, str] = {
    ConflictKind.LABEL: "“{word}” ({language}) is a label of <{other}> too. Give one of them other words.",
    ConflictKind.BROADER: "<{other}> would be broader and narrower at once.",
    ConflictKind.REPLACED: "<{other}> would stand for itself in the end.",
    ConflictKind.RELATED: "<{other}> is related to it, and one of the two would be broader than the other.",
}


def _met(lines: Iterable[PlanLine], known: Known) -> tuple[tuple[str, str], ...]:
    """Name what would newly break a condition among all that there is, and all that is to come."""
    now = Thesaurus(each for _, each in known.values())
    return sentences_of(now.conflicts_after(*(line.after for line in lines)))


def sentences_of(conflicts: Iterable[Conflict]) -> tuple[tuple[str, str], ...]:
    """Give each conflict as an address and a sentence about what stands under it, in a fixed order."""
    return tuple(
        _told(each) for each in sorted(conflicts, key=lambda each: (each.scheme, each.keys, each.word))
    )


def _told(conflict: Conflict) -> tuple[str, str]:
    one, other = (address_of(conflict.scheme, key) for key in conflict.keys)
    sentence = SENTENCES[conflict.kind].format(other=other, word=conflict.word, language=conflict.language)
    return one, sentence


def _subject(concept: Concept) -> str:
    return address_of(concept.scheme, concept.key)
