"""Reads YAML that a stranger may have written: one small document of mappings, lists and strings, and nothing else.

Checked on the stream of events, before anything is built: anchors, aliases, tags, merges and repeated keys are refused,
depth and number of nodes are limited. Scalars stay strings; the model that knows what they mean reads them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol, TypeAlias

import yaml
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    StreamEndEvent,
)

Tree: TypeAlias = "str | list[Tree] | dict[str, Tree]"

MOST_DEPTH = 20
MOST_NODES = 50_000

FAST: type[yaml.BaseLoader] | type[yaml.CBaseLoader] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""libyaml's reader where PyYAML was built with it."""


class Refused(Exception):
    """The text is no such document. The sentence names a line and never quotes the text."""


class _Collection(Protocol):
    def add(self, node: Tree) -> str:
        """Take a node; gives what is wrong with it, or nothing."""

    @property
    def tree(self) -> Tree:
        """Give what was taken so far; the same object grows."""


class _Mark(Protocol):
    @property
    def line(self) -> int: ...


def load(text: str, reader: type[yaml.BaseLoader] | type[yaml.CBaseLoader] = FAST) -> dict[str, Tree]:
    """Give the mapping that `text` is; raises Refused."""
    try:
        tree = _build(_events(text, reader))
    except yaml.MarkedYAMLError as error:
        raise Refused(f"{_line(error.problem_mark)} is no YAML that can be read") from None
    except (yaml.YAMLError, RecursionError):
        raise Refused("it is no YAML that can be read") from None
    if not isinstance(tree, dict):
        raise Refused("it is no mapping of names to values")
    return tree


def _events(text: str, reader: type[yaml.BaseLoader] | type[yaml.CBaseLoader]) -> Iterator[Event]:
    """Give what `yaml.parse` gives, which asks before each event whether there is one."""
    loader = reader(text)
    try:
        while (event := loader.get_event()) and not isinstance(event, StreamEndEvent):
            yield event
    finally:
        loader.dispose()


def _build(events: Iterable[Event]) -> Tree:
    root = _List()
    stack: list[_Collection] = [root]
    nodes = documents = 0
    for event in events:
        if isinstance(event, NodeEvent):
            nodes += 1
            if nodes > MOST_NODES or len(stack) > MOST_DEPTH:
                raise Refused(
                    f"{_line(event.start_mark)} goes beyond {MOST_NODES} nodes or {MOST_DEPTH} levels"
                )
            _demand_plain(event)
            _open(event, stack)
        elif isinstance(event, CollectionEndEvent):
            stack.pop()
        elif isinstance(event, DocumentStartEvent):
            documents += 1
            if documents > 1 or event.version or event.tags:
                raise Refused(f"{_line(event.start_mark)} starts a second document or gives a directive")
    return root.tree[0] if root.tree else {}


def _open(event: NodeEvent, stack: list[_Collection]) -> None:
    """Put the node where it belongs, and go into it if it is a collection."""
    if isinstance(event, ScalarEvent):
        problem = stack[-1].add(event.value)
    else:
        inner: _Collection = _Mapping() if isinstance(event, MappingStartEvent) else _List()
        problem = stack[-1].add(inner.tree)
        stack.append(inner)
    if problem:
        raise Refused(f"{_line(event.start_mark)} {problem}")


def _demand_plain(event: NodeEvent) -> None:
    if isinstance(event, AliasEvent) or event.anchor is not None:
        raise Refused(f"{_line(event.start_mark)} has an anchor or alias")
    if isinstance(event, (ScalarEvent, CollectionStartEvent)) and event.tag is not None:
        raise Refused(f"{_line(event.start_mark)} has a tag")


class _List:
    def __init__(self) -> None:
        self.tree: list[Tree] = []

    def add(self, node: Tree) -> str:
        self.tree.append(node)
        return ""


class _Mapping:
    """Takes keys and values in turn."""

    def __init__(self) -> None:
        self.tree: dict[str, Tree] = {}
        self._key: str | None = None

    def add(self, node: Tree) -> str:
        if self._key is not None:
            self.tree[self._key], self._key = node, None
        elif not isinstance(node, str):
            return "has a key that is no text"
        elif node in self.tree or node == "<<":
            return "repeats a key or merges mappings"
        else:
            self._key = node
        return ""


def _line(mark: _Mark | None) -> str:
    return f"line {mark.line + 1}" if mark else "a line"
