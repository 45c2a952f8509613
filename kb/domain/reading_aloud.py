"""Says in plain English how a query was read, so that nobody has to guess what an operator did."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from kb.domain.syntax import About, AllOf, AnyOf, Having, InTitle, Node, Phrase, Prefix, Wider, Word


@dataclass
class Notes:
    """What was cut or taken literally while a query was read."""

    too_long: bool = False
    too_many_words: bool = False
    too_many_operators: bool = False
    literals: list[str] = field(default_factory=list)

    def literal(self, sign: str) -> None:
        """Remember a sign that looked like an operator, once."""
        if sign not in self.literals:
            self.literals.append(sign)

    def clauses(self) -> Iterable[str]:
        """Give what to add to the sentence."""
        if self.too_long:
            yield "only the first 512 characters were read"
        if self.too_many_words:
            yield "only the first 48 words count"
        if self.too_many_operators:
            yield "only the first 12 operators count"
        if self.literals:
            yield f"taken literally: {' '.join(self.literals)}"


def sentence(node: Node | None, notes: Notes, *, blank: bool) -> str:
    """Give one sentence for the whole query."""
    if node is not None:
        main = f"Looked for {_told(node)}"
    elif blank:
        main = "Everything, newest first"
    else:
        main = "Found no word to look for, so everything is shown, newest first"
    ahead = ("those with all of them are put ahead",) if _leaves_a_choice(node) else ()
    return "; ".join((main, *ahead, *notes.clauses())) + "."


def _leaves_a_choice(node: Node | None) -> bool:
    """Say whether some of what was looked for is enough."""
    if isinstance(node, AllOf):
        return any(_leaves_a_choice(each) for each in node.nodes)
    return isinstance(node, AnyOf)


_LEADS = {Word: "the word", Prefix: "words beginning with"}


def _told(node: Node) -> str:
    node = node.said if isinstance(node, Wider) else node
    match node:
        case Word() | Prefix():
            return f"{_LEADS[type(node)]} “{node.text}”"
        case Phrase():
            return f"the phrase “{' '.join(node.words)}”"
        case InTitle():
            return f"“{' '.join(node.words)}” in the title"
        case Having() | About():
            return f"{node.facet.value} “{node.value}”"
        case AnyOf():
            return _any_of(node.nodes)
        case _:
            return _all_of(node)


def _any_of(nodes: Sequence[Node]) -> str:
    words = [node.text for node in nodes if isinstance(node, Word)]
    if len(words) == len(nodes):
        return "any of the words " + _listed([f"“{word}”" for word in words], "or")
    return _listed([_inside(node) for node in nodes], "or")


def _all_of(node: AllOf) -> str:
    wanted = _listed([_inside(each) for each in node.nodes], "and") if node.nodes else "everything"
    if not node.without:
        return wanted
    return f"{wanted}, without {_listed([_inside(each) for each in node.without], 'and without')}"


def _inside(node: Node) -> str:
    """Put what has parts of its own in parentheses."""
    compound = isinstance(node, AllOf) or (
        isinstance(node, AnyOf) and not all(isinstance(each, Word) for each in node.nodes)
    )
    return f"({_told(node)})" if compound else _told(node)


def _listed(parts: Sequence[str], word: str) -> str:
    if len(parts) == 1:
        return parts[0]
    return f"{', '.join(parts[:-1])} {word} {parts[-1]}"
