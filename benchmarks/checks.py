"""The checks over real prose of another field, and over texts that are made to be slow: `python -m benchmarks.checks`.

Every finding that blocks is printed by its place, to be read and judged by a person; the lessons are public.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from time import perf_counter
from typing import NamedTuple

from benchmarks import corpus
from kb.adapters.markup.adapter import SafeMarkup
from kb.domain.checks import Check, Names, Objection, Severity, objections, remarks
from kb.services.known_names import COUNTRIES

NAMES = Names(countries=COUNTRIES)
COLUMNS = ("title", "abstract", "lesson")
LENGTH = 10_000
BESIDE = 40
WORST = (
    "a", "1", "1 ", "0 ", "(0", "a1", "1.", "a@", "a.", "+1", "12 March ", "aged 9 ", "Anna B. ", "in Graz ", "child ",
    "client ", "https://a.", "anna at b dot ", "child porn ", "“",
)  # fmt: skip
"""Texts of one piece, over and over."""


class Read(NamedTuple):
    """A lesson as it is imported, with what was found in it."""

    id: str
    text: str
    found: tuple[Objection, ...]


def lessons() -> Iterator[Read]:
    """Give the real lessons; raises MissingCorpus."""
    markup = SafeMarkup()
    for line in corpus.path().read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        text = "\n\n".join(markup.from_html(str(row[column] or "")) for column in COLUMNS)
        yield Read(str(row["id"]), text, remarks(text, NAMES))


def told(read: list[Read]) -> Iterator[str]:
    """Give the table of findings per rule."""
    findings = Counter(each.check for lesson in read for each in lesson.found)
    bearing = Counter(check for lesson in read for check in {each.check for each in lesson.found})
    yield "| rule | severity | findings | lessons | one in |"
    yield "|---|---|---|---|---|"
    for check in Check:
        one_in = f"{len(read) / bearing[check]:.0f}" if bearing[check] else "-"
        yield f"| {check} | {check.severity} | {findings[check]} | {bearing[check]} | {one_in} |"
    warned = sum(any(each.severity is Severity.WARN for each in lesson.found) for lesson in read)
    yield ""
    yield f"{len(read)} lessons, {sum(len(each.text) for each in read)} characters; {warned} bear a warning."


def blocking(read: list[Read]) -> Iterator[str]:
    """Give what blocks, each with its surroundings."""
    for lesson in read:
        for each in lesson.found:
            if each.severity is Severity.BLOCK:
                around = lesson.text[max(0, each.start - BESIDE) : each.end + BESIDE]
                yield f"- {lesson.id}, {each.check}: …{' '.join(around.split())}…"


def seconds(text: str) -> tuple[float, float]:
    """Give how long what blocks, and everything, takes to be looked for."""
    begun = perf_counter()
    objections(text)
    between = perf_counter()
    remarks(text, NAMES)
    return between - begun, perf_counter() - between


def times(read: list[Read]) -> Iterator[str]:
    """Give the table of times per 10,000 characters."""
    prose = "\n".join(lesson.text for lesson in read[:400])[: LENGTH * 20]
    rows = [("real lessons", [sum(pair) / 20 for pair in zip(*map(seconds, _pages(prose)), strict=True)])]
    rows += [(repr(piece), list(seconds((piece * LENGTH)[:LENGTH]))) for piece in WORST]
    yield "| 10,000 characters of | what blocks, ms | everything, ms |"
    yield "|---|---|---|"
    for name, (block, whole) in rows:
        yield f"| {name} | {block * 1000:.0f} | {whole * 1000:.0f} |"


def _pages(text: str) -> Iterator[str]:
    return (text[start : start + LENGTH] for start in range(0, len(text), LENGTH))


def main() -> None:
    """Print everything."""
    seconds("+43 664 1234567, AT611904300234573201")  # loads the libraries
    read = list(lessons())
    for part in (told(read), blocking(read), times(read)):
        print(*part, sep="\n", end="\n\n")


if __name__ == "__main__":
    try:
        main()
    except corpus.MissingCorpus as missing:
        sys.exit(str(missing))
