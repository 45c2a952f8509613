"""Widening: where a query says what a concept or a term means, its other words are looked for too.

Only bare words side by side and phrases are read so. What a person excluded, tied to the title or cut off with a star is meant to the letter.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kb.domain.grammar import words_in
from kb.domain.lexicon import Label, Lexicon, Run, Sense, run_of
from kb.domain.syntax import About, AllOf, AnyOf, Node, Phrase, Wider, Word

MOST_SENSES = 8
"""Meanings that are taken up in one query; it bounds what any text can cost."""
MOST_HINTS = 3
"""Concepts that are only hinted at; further ones bury what was asked for."""
MOST_LINKING = 3
"""Linking words that are looked past between the words of the longest label."""


class Widened(NamedTuple):
    """The wider tree, and in words what it adds; where it adds nothing, the tree is as it was."""

    node: Node | None
    also: tuple[str, ...] = ()


def widened(node: Node | None, lexicon: Lexicon) -> Widened:
    """Add to a tree the other words for what it says."""
    if node is None:
        return Widened(None)
    widener = _Widener(lexicon)
    wider = widener.visit(node)
    return Widened(wider, tuple(dict.fromkeys(widener.also)))


class _Widener:
    """Walks a tree, counting meanings and telling what was added."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._left = MOST_SENSES
        self._hints = MOST_HINTS
        self._abouts: set[About] = set()
        self.also: list[str] = []

    def visit(self, node: Node) -> Node:
        match node:
            case Word() | AnyOf():
                return self._hinted(node, self._widen(node))
            case AllOf():
                return AllOf(nodes=tuple(self.visit(each) for each in node.nodes), without=node.without)
            case _:
                return self._widen(node)

    def _widen(self, node: Node) -> Node:
        match node:
            case Word():
                return self._said(node, run_of([node.text])) or node
            case Phrase():
                return self._said(node, run_of(node.words)) or node
            case AnyOf():
                nodes = tuple(self._side_by_side(node.nodes))
                return nodes[0] if len(nodes) == 1 else AnyOf(nodes=nodes)
            case AllOf():
                return AllOf(nodes=tuple(self._widen(each) for each in node.nodes), without=node.without)
            case _:
                return node

    def _side_by_side(self, nodes: Sequence[Node]) -> Iterator[Node]:
        """Take the longest run of words that means something, then go on after it."""
        at = 0
        while at < len(nodes):
            taken, node = self._longest(nodes[at:])
            at += taken
            yield node

    def _longest(self, nodes: Sequence[Node]) -> tuple[int, Node]:
        words = tuple(_leading_words(nodes[: self._lexicon.longest + MOST_LINKING]))
        for length in range(len(words), 1, -1):
            if wider := self._said(AnyOf(nodes=tuple(nodes[:length])), run_of(words[:length])):
                return length, wider
        return 1, self._widen(nodes[0])

    def _said(self, said: Word | Phrase | AnyOf, run: Run) -> Wider | None:
        """Give `said` with the alternatives to it, or None where it means nothing more."""
        run = self._lexicon.spelt(run)
        also: dict[Node, None] = {}
        for sense in self._lexicon.senses(run)[: self._left]:
            labels = tuple(_others(sense, run))
            also |= dict.fromkeys((*map(_looked_for, labels), *sense.abouts))
            self._abouts.update(sense.abouts)
            self.also += _told(sense, labels)
            self._left -= 1
        return Wider(said=said, also=tuple(also)) if also else None

    def _hinted(self, said: Word | AnyOf, wider: Node) -> Node:
        """Add the concepts of whose labels a part was said, unless they are meant already."""
        words = self._lexicon.spelt(run_of(_words(said)))
        abouts: list[About] = []
        for sense, share in self._lexicon.hints(words):
            new = [about for about in sense.abouts if about not in self._abouts]
            if not self._hints:
                break
            if new:
                self._hints -= 1
                self._abouts.update(new)
                self.also.append(sense.name)
                abouts += (about.model_copy(update={"share": share}) for about in new)
        if not abouts:
            return wider
        nodes = wider.nodes if isinstance(wider, AnyOf) else (wider,)
        return AnyOf(nodes=(*nodes, *abouts))


def _words(node: Word | AnyOf) -> Iterator[str]:
    """Give the bare words: what is quoted or cut off is meant as it stands."""
    nodes = node.nodes if isinstance(node, AnyOf) else (node,)
    return (each.text for each in nodes if isinstance(each, Word))


def _leading_words(nodes: Sequence[Node]) -> Iterator[str]:
    for node in nodes:
        if not isinstance(node, Word):
            return
        yield node.text


def _told(sense: Sense, labels: Sequence[Label]) -> Iterator[str]:
    """Give what to tell: the concept by its preferred label, then its other words."""
    if sense.abouts:
        yield sense.name
    yield from (label.text for label in labels if not sense.abouts or label != sense.labels[0])


def _others(sense: Sense, said: Run) -> Iterator[Label]:
    """Give the labels that find more than what was said and than each other: what has a longer one has the shorter."""
    runs = [label.run for label in sense.labels]
    for label in sense.labels:
        shorter = (said, *(run for run in runs if run != label.run))
        if not any(_holds(label.run, run) for run in shorter):
            yield label


def _holds(run: Run, part: Run) -> bool:
    return any(run[start : start + len(part)] == part for start in range(len(run) - len(part) + 1))


def _looked_for(label: Label) -> Node:
    words = words_in(label.text)
    return Phrase(words=words) if len(words) > 1 else Word(text=words[0])
