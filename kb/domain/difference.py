"""Differences of two texts and of two revisions, as values that a page can show without markup of its own."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from enum import StrEnum
from typing import NamedTuple

from pydantic import BaseModel

from kb.domain.merging import STANDS_WITH
from kb.domain.text import Value

_WORDS = re.compile(r"\s+|[^\W_]+|[\W_]", re.UNICODE)
NAMES = ("key", "question", "country")
"""Fields by which an item of a list is named in paths; one with none of these goes by its number."""
MOST_WORDS = 6_000
"""Beyond this many words the comparison is by line: word by word would take seconds."""


class Change(StrEnum):
    """What happened to a run of text."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


class Run(Value):
    """A run of text with one fate."""

    change: Change
    text: str


class _Stretch(NamedTuple):
    """Pieces of the old text and what they became, as `get_opcodes` numbers them."""

    same: bool
    i1: int
    i2: int
    j1: int
    j2: int


class FieldDifference(Value):
    """One field whose value differs, its path in words of the record, and the runs of its text."""

    path: str
    runs: tuple[Run, ...]

    @property
    def before(self) -> str:
        """Give the old text."""
        return "".join(run.text for run in self.runs if run.change is not Change.ADDED)

    @property
    def after(self) -> str:
        """Give the new text."""
        return "".join(run.text for run in self.runs if run.change is not Change.REMOVED)


def text_difference(before: str, after: str) -> tuple[Run, ...]:
    """Give the runs that lead from `before` to `after`; joined without the added ones they are `before`, and conversely."""
    old, new = _pieces(before, after)
    runs: list[Run] = []
    for same, i1, i2, j1, j2 in _stretches(old, new):
        if same:
            runs.append(Run(change=Change.SAME, text="".join(old[i1:i2])))
            continue
        if i2 > i1:
            runs.append(Run(change=Change.REMOVED, text="".join(old[i1:i2])))
        if j2 > j1:
            runs.append(Run(change=Change.ADDED, text="".join(new[j1:j2])))
    return tuple(runs)


def _stretches(old: list[str], new: list[str]) -> list[_Stretch]:
    """Give what is the same and what is not; a rewritten passage is one, though its blanks and commas are the same."""
    found: list[_Stretch] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        inside = i1 > 0 and j1 > 0 and i2 < len(old) and j2 < len(new)
        same = tag == "equal" and not (inside and _wordless(old[i1:i2]))
        if found and not same and not found[-1].same:
            found[-1] = found[-1]._replace(i2=i2, j2=j2)
        else:
            found.append(_Stretch(same, i1, i2, j1, j2))
    return found


def _wordless(pieces: list[str]) -> bool:
    return not any(character.isalnum() for piece in pieces for character in piece)


def _pieces(before: str, after: str) -> tuple[list[str], list[str]]:
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    if max(len(old), len(new)) <= MOST_WORDS:
        return old, new
    return before.splitlines(keepends=True), after.splitlines(keepends=True)


def record_difference(before: BaseModel, after: BaseModel) -> tuple[FieldDifference, ...]:
    """Give the fields in which two values of a record differ, in the order of the record; lessons are matched by key.

    What means something beside another field alone is told with it: a session as `EVENT/KEY`.
    """
    old, new = (_flat(_with_what_it_stands_with(each.model_dump(mode="json"))) for each in (before, after))
    paths = dict.fromkeys((*new, *old))
    return tuple(
        FieldDifference(path=path, runs=text_difference(old.get(path, ""), new.get(path, "")))
        for path in paths
        if old.get(path, "") != new.get(path, "")
    )


def _with_what_it_stands_with(values: dict[str, object]) -> dict[str, object]:
    """Give the values, each that stands with another under its name: one key is two sessions at two events."""
    told = {
        name: f"{values[other]}/{values[name]}"
        for name, other in STANDS_WITH.items()
        if values.get(name) and values.get(other)
    }
    return values | told


def _flat(value: object, path: str = "") -> dict[str, str]:
    """Give every leaf as text under its dotted path; items that have a key are named by it, plain lists are joined."""
    if isinstance(value, dict):
        return {
            inner: text
            for name, item in value.items()
            for inner, text in _flat(item, f"{path}.{name}" if path else str(name)).items()
        }
    if isinstance(value, list):
        if value and all(isinstance(item, dict) for item in value):
            named = ((_name(item) or str(number), item) for number, item in enumerate(value, 1))
            return {
                inner: text
                for name, item in named
                for inner, text in _flat(_without_name(item), f"{path}.{name}").items()
            }
        return {path: ", ".join(str(item) for item in value)} if value else {}
    return {} if value is None or value == "" else {path: str(value)}


def _name(item: dict[str, object]) -> str:
    return next((str(item[name]) for name in NAMES if item.get(name)), "")


def _without_name(item: dict[str, object]) -> dict[str, object]:
    """Leave out what names an item: it stands in every path already."""
    called = next((name for name in NAMES if item.get(name)), None)
    return {name: value for name, value in item.items() if name != called}
