"""From what a file says of concepts to concepts: whose they are, under which key, and what of it Casebook keeps.

An address of ours names the concept itself. Any other is found again by the exact match that its first import left, and
else gets a key made from its last part: the same file finds the same concepts, however often it comes.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from pydantic import ValidationError

from kb.domain.concept import UNADOPTED, Concept, ConceptStatus, Labels, MatchKind, Scheme
from kb.domain.skos import (
    MOST_KEY,
    OURS,
    STATUS_ADDRESS,
    STATUS_NAMES,
    Described,
    Name,
    SkosDocument,
    Wording,
    is_key,
    language_tag,
    name_of,
)

STATUSES: Mapping[str, ConceptStatus] = {
    f"{STATUS_ADDRESS}{name}": status for status, name in STATUS_NAMES.items()
}
FLAGS: Mapping[str, bool] = {"true": True, "1": True, "false": False, "0": False}
FLAGGED = frozenset({"in_force", "is_group"})
FIELDS: Mapping[str, str] = {
    "asOf": "as_of",
    "inForce": "in_force",
    "isGroup": "is_group",
    "origin": "origin",
    "statusReason": "status_reason",
}
"""Our own properties, by the field of a concept that each tells."""
_NO_KEY = re.compile(r"[^a-z0-9]+")
_LAST = re.compile(r"[^/#:]*$")
NOWHERE = "It is of no vocabulary of Casebook. Say into which one such concepts go."
NO_ENGLISH = "It has no preferred label in English, which every concept of Casebook has."
WRONG_SCHEME = "Its address names a concept of one vocabulary, and it says that it is in another."

Problem = tuple[str, str]
"""An address, and a sentence about what stands under it."""


class Reading(NamedTuple):
    """What was understood: the concepts, what makes them impossible, and what is left behind."""

    concepts: tuple[Concept, ...]
    troubles: tuple[Problem, ...]
    left: Counter[str]


def read_concepts(
    document: SkosDocument, known: Mapping[Name, Concept], into: Scheme | None, importer: str
) -> Reading:
    """Give the concepts of a file as they would stand; what it does not say of one that there is stays so."""
    names = _named(document.concepts, known, into)
    reader = _Reader(names, known, importer)
    concepts, troubles = list[Concept](), list[Problem]()
    for each in document.concepts:
        try:
            concepts.append(reader.concept(each))
        except _Impossible as impossible:
            troubles.append((each.address, str(impossible)))
        except ValidationError as wrong:
            problem = wrong.errors()[0]
            where = ".".join(str(step) for step in problem["loc"])
            troubles.append((each.address, f"{where}: {problem['msg']}" if where else problem["msg"]))
    return Reading(tuple(concepts), tuple(troubles), +reader.left)


class _Impossible(Exception):
    """This cannot become a concept."""


def _named(
    concepts: Iterable[Described], known: Mapping[Name, Concept], into: Scheme | None
) -> Mapping[str, Name]:
    """Give the name of each concept of the file that can have one."""
    matched = {
        match.address: name
        for name, concept in known.items()
        for match in concept.matches
        if match.kind is MatchKind.EXACT
    }
    names = {each.address: name for each in concepts if (name := name_of(each.address))}
    taken = {*known, *names.values()}
    for each in sorted(concepts, key=lambda each: each.address):
        if into is None or each.address.startswith(OURS):
            continue
        if (found := matched.get(each.address)) and found.scheme is into:
            names[each.address] = found
        else:
            names[each.address] = _new_name(each.address, into, taken)
            taken.add(names[each.address])
    return names


def _new_name(address: str, scheme: Scheme, taken: set[Name]) -> Name:
    last = _LAST.search(address.rstrip("/#"))
    plain = unicodedata.normalize("NFKD", last[0] if last else "").encode("ascii", "ignore").decode().lower()
    key = _NO_KEY.sub("-", plain).strip("-")
    if is_key(key) and Name(scheme, key) not in taken:
        return Name(scheme, key)
    mark = hashlib.sha256(address.encode()).hexdigest()[:12]
    return Name(scheme, f"{key[: MOST_KEY - len(mark) - 1].rstrip('-')}-{mark}".lstrip("-"))


class _Reader:
    """Makes concepts, and counts what it leaves."""

    def __init__(self, names: Mapping[str, Name], known: Mapping[Name, Concept], importer: str) -> None:
        self._names = names
        self._known = known
        self._importer = importer
        self.left = Counter[str]()

    def concept(self, given: Described) -> Concept:
        """Give one as it would stand; raises _Impossible or ValidationError."""
        name = self._names.get(given.address)
        if name is None:
            raise _Impossible(NOWHERE)
        if (own := {each for each in given.schemes if each.startswith(OURS)}) and own != {
            f"{OURS}{name.scheme.value}"
        }:
            raise _Impossible(WRONG_SCHEME)
        self.left.update(given.left)
        before = self._known.get(name)
        return Concept.model_validate({
            **self._kept(before),
            **self._told(given, name, before),
            "scheme": name.scheme,
            "key": name.key,
        })  # fmt: skip

    def _kept(self, before: Concept | None) -> Mapping[str, object]:
        return dict(before) if before else {}

    def _told(self, given: Described, name: Name, before: Concept | None) -> dict[str, object]:
        """Give what the file says. Of our own addresses it says everything: what is missing there is taken away."""
        ours = given.address.startswith(OURS)
        told: dict[str, object] = {
            "labels": self._labels(given, before, keep=not ours),
            "broader": self._one(given.broader, name, before.broader if before else None, "skos:broader"),
            "related": _ordered(
                self._keys(given.related, name, "skos:related"), before.related if before else ()
            ),
            "replaced_by": self._one(
                given.replaced_by, name, before.replaced_by if before else None, "dcterms:isReplacedBy"
            ),
            "matches": self._matches(given, before, ours=ours),
            **self._standing(given, before),
        }
        definition = self._definition(given)
        if definition or ours:
            told["definition"] = definition
        if ours:
            told |= dict.fromkeys(("as_of", "in_force"), None) | {"is_group": False, "origin": "reported"}
        if ours or given.sources:
            told["sources"] = tuple(
                {"title": title, "url": page or None, "as_of": day or None}
                for title, page, day in given.sources
            )
        own = ((FIELDS[name], value) for name, value in given.own if name in FIELDS)
        return told | {field: FLAGS.get(value, value) if field in FLAGGED else value for field, value in own}

    def _labels(self, given: Described, before: Concept | None, *, keep: bool) -> tuple[Labels, ...]:
        """Give the labels in the order in which they stand today, new ones after them; `keep` languages not in the file."""
        stood = {each.language: each for each in before.labels} if before else {}
        words: dict[str, tuple[list[str], list[str]]] = {}
        for place, wordings in enumerate((given.preferred, (*given.alternative, *given.hidden))):
            for language, text in self._tagged(wordings):
                words.setdefault(language, ([], []))[place].append(text)
        found = dict(stood) if keep else {}
        for language, (preferred, alternative) in words.items():
            if not preferred:
                self.left["labels in a language without a preferred one"] += len(alternative)
                continue
            known = stood[language].alternative if language in stood else ()
            found[language] = Labels(
                language=language,
                preferred=preferred[0],
                alternative=_ordered(dict.fromkeys(alternative), known),
            )
        if "en" not in found:
            raise _Impossible(NO_ENGLISH)
        order = (*stood, *sorted(found, key=lambda each: (each != "en", each)))
        return tuple(found[language] for language in dict.fromkeys(order) if language in found)

    def _tagged(self, wordings: Iterable[Wording]) -> Iterator[tuple[str, str]]:
        for wording in wordings:
            if (language := language_tag(wording.language)) is not None:
                yield language, wording.text
            else:
                self.left["labels without a language that Casebook knows"] += 1

    def _definition(self, given: Described) -> str:
        english = [text for language, text in given.definitions if language.lower() in {"en", ""}]
        self.left["definitions in other languages, or more than one"] += len(given.definitions) - len(
            english[:1]
        )
        return english[0] if english else ""

    def _keys(self, addresses: Iterable[str], name: Name, what: str) -> tuple[str, ...]:
        """Give the keys of what is of the same vocabulary; the rest is left, and counted."""
        found = list[str]()
        for address in addresses:
            other = self._names.get(address) or name_of(address)
            if other and other.scheme is name.scheme and (address in self._names or other in self._known):
                found.append(other.key)
            else:
                self.left[f"{what} to something that is not there"] += 1
        return tuple(dict.fromkeys(found))

    def _one(self, addresses: Iterable[str], name: Name, before: str | None, what: str) -> str | None:
        """Give the one that stands today where it is among them, else the first."""
        keys = self._keys(addresses, name, what)
        self.left[f"{what}: more than one"] += max(0, len(keys) - 1)
        return before if before in keys else keys[0] if keys else None

    def _matches(self, given: Described, before: Concept | None, *, ours: bool) -> list[dict[str, str]]:
        stood = [] if ours or not before else [(each.kind, each.address) for each in before.matches]
        itself = [] if ours else [(MatchKind.EXACT, given.address)]
        return [
            {"kind": kind.value, "address": address}
            for kind, address in sorted({*stood, *itself, *given.matches})
        ]

    def _standing(self, given: Described, before: Concept | None) -> dict[str, object]:
        said = [STATUSES[each] for each in given.status if each in STATUSES]
        self.left["adms:status of another vocabulary"] += len(given.status) - len(said)
        status = said[0] if said else before.status if before else ConceptStatus.ADOPTED
        waits = status in UNADOPTED
        proposer = (before.proposer if before else None) or self._importer
        told: dict[str, object] = {"status": status, "proposer": proposer if waits else None}
        if not before or before.status is not status or given.address.startswith(OURS):
            told["status_reason"] = ""
        return told


def _ordered(words: Collection[str], before: Iterable[str]) -> tuple[str, ...]:
    """Give words in the order in which they stand today, new ones behind them."""
    return tuple(dict.fromkeys((*(word for word in before if word in words), *words)))
