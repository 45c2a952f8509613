"""SKOS as it travels: what a Turtle file says of concepts, in values that know neither Turtle nor any library.

Source: W3C, SKOS Reference (2009). Our own addresses lie under a host that RFC 2606 keeps free for ever: they name, they
lead nowhere, and they are the same in every installation, so that what one exports another recognises.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from kb.domain.concept import Concept, ConceptStatus, MatchKind, Scheme
from kb.domain.text import Value

OURS = "https://casebook.example/concepts/"
MOST_BYTES = 8 * 1024 * 1024
"""The largest file that is read: twice five thousand concepts in six languages."""
STATUS_ADDRESS = "http://purl.org/adms/status/"
STATUS_NAMES: Mapping[ConceptStatus, str] = {
    ConceptStatus.PROPOSED: "UnderDevelopment",
    ConceptStatus.REFUSED: "Withdrawn",
    ConceptStatus.ADOPTED: "Completed",
    ConceptStatus.RETIRED: "Deprecated",
}
"""Our statuses in the words of ADMS (W3C Note, 2013), which other tools know."""
MOST_KEY = 60
_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z]{4})?(-([a-z]{2}|[0-9]{3}))?", re.IGNORECASE)


class Name(NamedTuple):
    """What names a concept of ours."""

    scheme: Scheme
    key: str


class Wording(NamedTuple):
    """Words in a language, as the file tags it; without a tag the language is empty."""

    language: str
    text: str


class Described(Value):
    """A concept as a file describes it, by the addresses of what it refers to.

    `own` are our own properties, by name, as written; `left` are properties that Casebook does not keep.
    """

    address: str
    is_scheme: bool = False
    schemes: tuple[str, ...] = ()
    preferred: tuple[Wording, ...] = ()
    alternative: tuple[Wording, ...] = ()
    hidden: tuple[Wording, ...] = ()
    definitions: tuple[Wording, ...] = ()
    broader: tuple[str, ...] = ()
    """With what other concepts call narrower."""
    related: tuple[str, ...] = ()
    matches: tuple[tuple[MatchKind, str], ...] = ()
    replaced_by: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    own: tuple[tuple[str, str], ...] = ()
    sources: tuple[tuple[str, str, str], ...] = ()
    """Title, page and as-of day of each public source; what is missing is empty."""
    left: tuple[str, ...] = ()


class SkosDocument(Value):
    """The concepts of a file, in the order of their addresses."""

    concepts: tuple[Described, ...] = ()
    other_statements: int = 0
    """How many statements are about something else than a concept or a scheme of ours."""


def scheme_address(scheme: Scheme) -> str:
    """Give the address of a scheme of ours."""
    return f"{OURS}{scheme.value}"


def address_of(scheme: Scheme, key: str) -> str:
    """Give the address of a concept of ours."""
    return f"{scheme_address(scheme)}/{key}"


def name_of(address: str) -> Name | None:
    """Give the concept of ours that an address names, whether there is one or not; None for an address of others."""
    if not address.startswith(OURS):
        return None
    scheme, _, key = address.removeprefix(OURS).partition("/")
    known = next((each for each in Scheme if each.value == scheme), None)
    return Name(known, key) if known and is_key(key) else None


def is_key(text: str) -> bool:
    """Say whether a text can be a concept's key."""
    return len(text) <= MOST_KEY and _KEY.fullmatch(text) is not None


def language_tag(tag: str) -> str | None:
    """Give a tag of BCP 47 as Casebook writes it; None for one that it does not keep."""
    if not _LANGUAGE.fullmatch(tag):
        return None
    language, *rest = tag.split("-")
    return "-".join((language.lower(), *(each.title() if len(each) == 4 else each.upper() for each in rest)))


def described(concept: Concept) -> Described:
    """Give a concept as a file describes it; never whose proposal it is."""

    def of_scheme(keys: Iterable[str | None]) -> tuple[str, ...]:
        return tuple(sorted(address_of(concept.scheme, key) for key in keys if key))

    languages = sorted(concept.labels, key=lambda each: each.language)
    return Described(
        address=address_of(concept.scheme, concept.key),
        schemes=(scheme_address(concept.scheme),),
        preferred=tuple(Wording(each.language, each.preferred) for each in languages),
        alternative=tuple(
            Wording(each.language, word) for each in languages for word in sorted(each.alternative)
        ),
        definitions=(Wording("en", concept.definition),) if concept.definition else (),
        broader=of_scheme([concept.broader]),
        related=of_scheme(concept.related),
        matches=tuple(sorted((each.kind, each.address) for each in concept.matches)),
        replaced_by=of_scheme([concept.replaced_by]),
        status=(f"{STATUS_ADDRESS}{STATUS_NAMES[concept.status]}",),
        own=tuple(_own(concept)),
        sources=tuple(
            sorted(
                (each.title, each.url or "", each.as_of.isoformat() if each.as_of else "")
                for each in concept.sources
            )
        ),
    )


def _own(concept: Concept) -> Iterable[tuple[str, str]]:
    if concept.as_of:
        yield "asOf", concept.as_of.isoformat()
    if concept.in_force is not None:
        yield "inForce", str(concept.in_force).lower()
    if concept.is_group:
        yield "isGroup", "true"
    yield "origin", concept.origin.value
    if concept.status_reason:
        yield "statusReason", concept.status_reason
