"""The tree that the query grammar gives, and widening adds to: frozen values, nested little deeper than the grammar's limit."""

from __future__ import annotations

from kb.domain.text import Value
from kb.domain.unit import Facet


class Word(Value):
    """One word, looked for in title and text in all its inflections."""

    text: str


class Phrase(Value):
    """Words one after the other."""

    words: tuple[str, ...]


class Prefix(Value):
    """Any word that begins so."""

    text: str


class InTitle(Value):
    """A word or phrase in the title."""

    words: tuple[str, ...]


class Having(Value):
    """A value of a facet, compared without case; it decides who passes and weighs nothing."""

    facet: Facet
    value: str


class About(Value):
    """Units that bear a concept; each weighs the same, whatever its text."""

    facet: Facet
    value: str
    share: float = 1.0
    """Of its weight: less where the question only hints at the concept."""


class Wider(Value):
    """What was said, or what means the same: `also` weighs less than a person's own words. The grammar makes none."""

    said: Word | Phrase | AnyOf
    also: tuple[Node, ...]


class AnyOf(Value):
    """At least one of these; who has more of them comes first."""

    nodes: tuple[Node, ...]


class AllOf(Value):
    """All of `nodes` and none of `without`; with no nodes, everything that has none of `without`."""

    nodes: tuple[Node, ...] = ()
    without: tuple[Node, ...] = ()


Node = Word | Phrase | Prefix | InTitle | Having | About | Wider | AnyOf | AllOf


class Parsed(Value):
    """A query as it was read, and the sentence that says so."""

    node: Node | None
    read_as: str


Wider.model_rebuild()
AnyOf.model_rebuild()
AllOf.model_rebuild()
