"""What a page of results takes, as a question that any engine can be asked: the best twenty, four facets over all matches, snippets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from functools import cache
from itertools import pairwise
from random import Random
from typing import NamedTuple, Protocol

from whoosh.lang import stopwords_for_language

from benchmarks.generator import organisation
from benchmarks.scribe import skewed
from benchmarks.seed import concept_keys
from benchmarks.tongues import RECIPES
from kb.domain.account import Account, Role
from kb.domain.concept import Scheme
from kb.domain.grammar import words_in
from kb.domain.marking import Viewer
from kb.domain.query import Filter
from kb.domain.unit import Facet, SearchUnit

SIZE = 20
COUNTED = (Facet.KIND, Facet.DIFFICULTY, Facet.STAGE, Facet.TAG)
"""Facets that every engine counts. None of them is withheld under the Chatham House rule, which the other engines do not know."""
ASKER = Account(
    id="asker",
    email="asker@example.org",
    name="Asker",
    organisation=organisation("AT", 0),
    roles=frozenset({Role.INVESTIGATOR}),
)
"""An officer of one country: sees a part of what there is."""


class Ask(StrEnum):
    """The kinds of question."""

    WORD = "one word"
    WORDS = "three words, any"
    TEN = "ten words, any"
    ALL = "three words, all"
    PHRASE = "phrase of two"
    PREFIX = "prefix"
    TITLE = "a word of the title"
    NOTHING = "no text, two filters"
    MISSPELT = "a misspelt word"


class Question(NamedTuple):
    """One question: the words alone, for engines that build their own query, and the text as a person would type it."""

    ask: Ask
    words: tuple[str, ...] = ()
    filters: tuple[Filter, ...] = ()
    viewer: Viewer = ASKER.viewer

    @property
    def text(self) -> str:
        """Give what a person types."""
        match self.ask:
            case Ask.PHRASE:
                return f'"{" ".join(self.words)}"'
            case Ask.ALL:
                return " ".join(f'"{word}"' for word in self.words)
            case Ask.PREFIX:
                return f"{self.words[0]}*"
            case Ask.TITLE:
                return f"title:{self.words[0]}"
        return " ".join(self.words)

    def chosen(self, facet: Facet) -> frozenset[str]:
        """Give the values that a facet is filtered by."""
        return frozenset(value for each in self.filters if each.facet is facet for value in each.values)


class Page(NamedTuple):
    """An answer; `counts` are of COUNTED, each under the filters of the others, values that count nothing left out."""

    total: int
    best: tuple[str, ...]
    counts: Mapping[Facet, Mapping[str, int]]
    snippets: tuple[str, ...]


class Engine(Protocol):
    """An index on the disk, and what is asked of it."""

    name: str

    def build(self, units: Iterable[SearchUnit]) -> None:
        """Index exactly these units, in one go."""

    def page(self, question: Question) -> Page:
        """Do the whole work of one page."""


def questions(ask: Ask, units: Sequence[SearchUnit], count: int, *, filtered: bool) -> tuple[Question, ...]:
    """Draw questions of one kind, the same for the same units; words come as often as they are written.

    Words that stand for nothing are left out, because ours does not look for them. The words of one question are of one unit:
    a person types what belongs together.
    """
    chance = Random(f"{ask} {filtered}")
    drawn = (_drawn(ask, chance, units) for _ in range(count))
    with_filters = filtered or ask is Ask.NOTHING
    return tuple(Question(ask, words, _filters(chance) if with_filters else ()) for words in drawn)


def _drawn(ask: Ask, chance: Random, units: Sequence[SearchUnit]) -> tuple[str, ...]:
    if ask is Ask.NOTHING:
        return ()
    while True:
        unit = chance.choice(units)
        if words := _words(ask, chance, unit):
            return words


def _words(ask: Ask, chance: Random, unit: SearchUnit) -> tuple[str, ...]:
    """Draw the words of a question from one unit, or none where it has no fit ones."""
    running = [
        (word if _says_something(word, unit.language) else "")
        for word in words_in(unit.title if ask is Ask.TITLE else unit.text)
    ]
    telling = [word for word in running if word]
    match ask:
        case Ask.PHRASE:
            pairs = [pair for pair in pairwise(running) if all(pair)]
            return chance.choice(pairs) if pairs else ()
        case Ask.PREFIX:
            cut = chance.choice((3, 4, 5))
            long = [word[:cut].lower() for word in telling if len(word) > 5 and _survives(word[:cut])]
            return (chance.choice(long),) if long else ()
        case Ask.MISSPELT:
            long = [word for word in telling if len(word) > 6]
            return (_misspelt(chance, chance.choice(long)),) if long else ()
    size = {Ask.WORDS: 3, Ask.ALL: 3, Ask.TEN: 10}.get(ask, 1)
    return tuple(chance.sample(telling, size)) if len(telling) >= size else ()


def _survives(prefix: str) -> bool:
    """Say whether FTS5 looks for this prefix: it stems even these, and would find what begins with less."""
    return prefix[-1] not in "seyi" and not prefix.endswith(("ed", "ing"))


def _misspelt(chance: Random, word: str) -> str:
    """Turn two letters inside a word round."""
    at = chance.randrange(1, len(word) - 2)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _says_something(word: str, language: str) -> bool:
    return word.isalpha() and len(word) > 1 and word.lower() not in _function_words(language)


@cache
def _function_words(language: str) -> frozenset[str]:
    return frozenset(stopwords_for_language(language)) | frozenset(RECIPES[language].function.split())


def _filters(chance: Random) -> tuple[Filter, ...]:
    """Give two filters as officers set them: some difficulties, and a few years one after the other."""
    first = chance.randint(2012, 2022)
    return (
        Filter(
            facet=Facet.DIFFICULTY,
            values=frozenset(skewed(chance, concept_keys(Scheme.DIFFICULTY), 1, 3)),
        ),
        Filter(facet=Facet.YEAR, values=frozenset(str(year) for year in range(first, first + 4))),
    )
