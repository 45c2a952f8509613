"""The query grammar: a person's words become a small tree that an engine can answer, never an error.

Operators are few: a quoted part standing alone, a leading minus, an upper-case OR, parentheses, a trailing star after
three or more letters, and `field:value` for the fields of FIELDS. Everything else is literal text. Bare words side by side ask for
any of them, because a title typed from memory seldom has every word right, and the ranking puts the best first; every other part is
required. The limits keep any text cheap: the parser is one pass with its own stack.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from kb.domain.reading_aloud import Notes, sentence
from kb.domain.syntax import (
    AllOf,
    AnyOf,
    Having,
    InTitle,
    Node,
    Parsed,
    Phrase,
    Prefix,
    Word,
)
from kb.domain.unit import Facet

LONGEST_QUERY = 512
"""Characters that are read; what follows is left out."""
MOST_WORDS = 48
MOST_OPERATORS = 12
"""Operators, fields and prefixes in one query; further ones are taken literally. It bounds the depth of nesting too."""
SHORTEST_PREFIX = 3
LONGEST_WORD = 40

TITLE = "title"
FIELDS: dict[str, Facet | None] = {TITLE: None, **{facet.value: facet for facet in Facet}}
"""Names that can stand before a colon: the title's words, and every facet."""

_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))
_UNREADABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
_MARKS = "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f"
_MARKS += "\u0e31-\u0e3a\u0e47-\u0e4e\u0eb1-\u0ebc\u0ec8-\u0ece\u102b-\u103e\u17b4-\u17d3"
_WORD = re.compile(rf"[\w{_MARKS}]+")
_QUOTED = re.compile(r'"([^"]*)"(?=[\s)]|$)')
_FIELD = re.compile(r'([A-Za-z]+):(?:"([^"]*)"(?=[\s)]|$)|(\S*))')
_PREFIX = re.compile(rf"([^\W\d_]{{{SHORTEST_PREFIX},}})\*")
_BARE = re.compile(r"\S+")


def words_in(text: str) -> tuple[str, ...]:
    """Give the words of `text` in their order, as they are written; index and query share this.

    A word is a run of letters, digits and the marks on them, in any script. Underscores part words: people glue with
    them. So do apostrophes, that of Ukrainian too, which is a letter in Unicode: people type whichever their keyboard has.
    """
    return tuple(_WORD.findall(text.replace("_", " ").replace("\u02bc", " ")))


class _Token(NamedTuple):
    kind: str
    """`(`, `)`, `or` or `node`."""
    node: Node | None = None
    """For `or` the word that it is where it joins nothing."""
    negated: bool = False
    plain: bool = False
    """A bare word or prefix, which joins its neighbours in "any of"."""


@dataclass
class _Group:
    """What stands between two parentheses while it is read."""

    negated: bool = False
    alternatives: list[list[_Token]] = field(default_factory=list)
    """Parts side by side, each with what OR joins to it."""
    joining: _Token | None = None

    def add(self, token: _Token, notes: Notes) -> None:
        """Take one part in; an OR before it joins it to the part before, unless a minus stands at one of them."""
        before = self.alternatives[-1][-1] if self.alternatives else None
        if self.joining and before and not (before.negated or token.negated):
            self.joining = None
            self.alternatives[-1].append(token)
            return
        self.spell_out(notes)
        self.alternatives.append([token])

    def join(self, token: _Token, notes: Notes) -> None:
        """Keep an OR until its second side comes; without a first side it is a word. A repeated one says nothing new."""
        self.joining = token
        if not self.alternatives:
            self.spell_out(notes)

    def spell_out(self, notes: Notes) -> None:
        """Take an OR that joins nothing as a word."""
        if self.joining:
            notes.literal("OR")
            self.alternatives.append([self.joining])
            self.joining = None

    @property
    def is_aside(self) -> bool:
        """Say whether it is bare words alone, as in a title "(1993)": these join the words around it."""
        return all(len(tokens) == 1 and tokens[0].plain for tokens in self.alternatives)

    def node(self) -> Node | None:
        """Give the tree of this group, or None where it holds nothing to look for."""
        plain: list[Node] = []
        required: list[Node] = []
        without: list[Node] = []
        for tokens in self.alternatives:
            nodes = tuple(token.node for token in tokens if token.node is not None)
            if tokens[0].negated:
                without += nodes
            elif len(nodes) == 1 and tokens[0].plain:
                plain += nodes
            else:
                required.append(_any_of(nodes))
        if plain:
            required.insert(0, _any_of(tuple(plain)))
        if len(required) == 1 and not without:
            return required[0]
        return AllOf(nodes=tuple(required), without=tuple(without)) if required or without else None


def _any_of(nodes: Sequence[Node]) -> Node:
    unique = tuple(dict.fromkeys(nodes))
    return unique[0] if len(unique) == 1 else AnyOf(nodes=unique)


class _Reader:
    """Reads tokens off a text, counting words and operators against the limits."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.notes = Notes()
        self._words = 0
        self._operators = 0
        self._depth = 0

    def tokens(self) -> Iterator[_Token]:
        position = 0
        while position < len(self.text):
            if self.text[position].isspace():
                position += 1
                continue
            length, found = self._at(position)
            position += length
            yield from found

    def _at(self, start: int) -> tuple[int, list[_Token]]:
        """Give how many characters the next part takes, with its tokens."""
        minus = self.text[start] == "-" and self.text[start + 1 : start + 2].strip() not in {"", "-"}
        at = start + minus
        for reader in (self._opening, self._closing, self._quoted, self._named):
            if found := reader(at, minus):
                return found[0] + minus, found[1]
        length, tokens = self._bare(at, minus)
        return length + minus, tokens

    def _allow(self, literal: str, count: int = 1) -> bool:
        """Count an operator; one too many is noted and taken literally."""
        if self._operators + count > MOST_OPERATORS:
            self.notes.too_many_operators = True
            self.notes.literal(literal)
            return False
        self._operators += count
        return True

    def _take(self, text: str) -> tuple[str, ...]:
        """Give the words of `text` that the limit leaves, counted."""
        words = [word[:LONGEST_WORD] for word in words_in(text)]
        taken = words[: max(0, MOST_WORDS - self._words)]
        self.notes.too_many_words |= len(taken) < len(words)
        self._words += len(taken)
        return tuple(taken)

    def _opening(self, at: int, minus: bool) -> tuple[int, list[_Token]] | None:
        if self.text[at] != "(":
            return None
        if not self._allow("(", 1 + minus):
            return 1, []
        self._depth += 1
        return 1, [_Token("(", negated=minus)]

    def _closing(self, at: int, minus: bool) -> tuple[int, list[_Token]] | None:
        if self.text[at] != ")" or minus:
            return None
        if self._depth == 0:
            self.notes.literal(")")
            return 1, []
        self._depth -= 1
        return 1, [_Token(")")]

    def _quoted(self, at: int, minus: bool) -> tuple[int, list[_Token]] | None:
        match = _QUOTED.match(self.text, at)
        if not match or not self._allow('"', 1 + minus):
            return None
        return len(match.group()), self._one(_phrase(self._take(match.group(1))), minus)

    def _named(self, at: int, minus: bool) -> tuple[int, list[_Token]] | None:
        match = _FIELD.match(self.text, at)
        if not match or match.group(1).lower() not in FIELDS:
            return None
        value = match.group(2) or self._without_closers(match.group(3) or "")
        if not words_in(value) or not self._allow(f"{match.group(1)}:", 1 + minus):
            return None
        length = len(match.group()) if match.group(2) else len(match.group(1)) + 1 + len(value)
        facet = FIELDS[match.group(1).lower()]
        words = self._take(value)
        if facet is None or not words:
            return length, self._one(InTitle(words=words) if words else None, minus)
        return length, self._one(Having(facet=facet, value=value.strip('"')), minus)

    def _bare(self, at: int, minus: bool) -> tuple[int, list[_Token]]:
        match = _BARE.match(self.text, at)
        assert match is not None
        raw = self._without_closers(match.group()) or match.group()
        if raw == "OR" and not minus and self._allow(raw):
            return len(raw), [_Token("or", Word(text=raw), plain=True)]
        prefix = _PREFIX.fullmatch(raw)
        if prefix and self._allow(raw, 1 + minus):
            stems = self._take(prefix.group(1))
            return len(raw), self._one(Prefix(text=stems[0]) if stems else None, minus, plain=True)
        self._note_literals(raw)
        if minus and self._allow("-"):
            return len(raw), self._one(_phrase(self._take(raw)), minus)
        return len(raw), [_Token("node", Word(text=word), plain=True) for word in self._take(raw)]

    def _without_closers(self, raw: str) -> str:
        """Leave closing parentheses that belong to a group open outside `raw` to be read next."""
        closers = 0
        while raw.endswith(")") and closers < self._depth and raw.count(")") > raw.count("("):
            raw = raw[:-1]
            closers += 1
        return raw

    def _note_literals(self, raw: str) -> None:
        name, colon, _ = raw.partition(":")
        if colon and name.isalpha() and not raw.startswith(("http:", "https:")):
            self.notes.literal(f"{name}:")
        for sign in '"*()[]~':
            if sign in raw:
                self.notes.literal(sign)

    def _one(self, node: Node | None, minus: bool, *, plain: bool = False) -> list[_Token]:
        return [] if node is None else [_Token("node", node, negated=minus, plain=plain and not minus)]


def _phrase(words: tuple[str, ...]) -> Node | None:
    if len(words) > 1:
        return Phrase(words=words)
    return Word(text=words[0]) if words else None


def _tree(tokens: Iterator[_Token], notes: Notes) -> Node | None:
    stack = [_Group()]
    for token in tokens:
        match token.kind:
            case "(":
                stack.append(_Group(negated=token.negated))
            case ")":
                _close(stack, notes)
            case "or":
                stack[-1].join(token, notes)
            case _:
                stack[-1].add(token, notes)
    while len(stack) > 1:
        notes.literal("(")
        _close(stack, notes)
    stack[0].spell_out(notes)
    return stack[0].node()


def _close(stack: list[_Group], notes: Notes) -> None:
    group = stack.pop()
    group.spell_out(notes)
    if group.is_aside and not group.negated:
        for tokens in group.alternatives:
            stack[-1].add(tokens[0], notes)
    elif node := group.node():
        stack[-1].add(_Token("node", node, negated=group.negated), notes)


def parse(text: str) -> Parsed:
    """Read any text as a query; `node` is None where there is nothing to look for."""
    clean = _UNREADABLE.sub(" ", unicodedata.normalize("NFC", text[: LONGEST_QUERY * 4])).translate(_QUOTES)
    reader = _Reader(clean[:LONGEST_QUERY])
    node = _tree(reader.tokens(), reader.notes)
    reader.notes.too_long = len(clean) > LONGEST_QUERY
    return Parsed(node=node, read_as=sentence(node, reader.notes, blank=not text.strip()))
