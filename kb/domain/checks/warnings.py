"""The rules that warn, as one table. A second person may answer for what they find; nobody reads noise, so they speak only
where they can tell.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import NamedTuple

from kb.domain.checks import days, files, handles, links, persons
from kb.domain.checks.check import Check
from kb.domain.checks.plain import sentence_around, sentence_at
from kb.domain.checks.shapes import DOT
from kb.domain.checks.table import Span
from kb.domain.checks.towns import places


@dataclass(frozen=True)
class Surroundings:
    """What a rule may know beside the candidate: the text with its language, and the words of known names."""

    text: str
    language: str
    known: frozenset[str]

    @cached_property
    def places(self) -> list[int]:
        """Give where places stand in the text."""
        return places(self.text, self.language, self.known)

    def has_place(self, start: int, end: int) -> bool:
        """Say whether a place stands in this part of the text."""
        return bisect_left(self.places, end) > bisect_left(self.places, start)


Proof = Callable[[re.Match[str], Surroundings], int]


class WarningRule(NamedTuple):
    """What has this shape is warned of where the proof holds."""

    check: Check
    shape: str
    proof: Proof
    languages: frozenset[str] | None = None
    """Those that the rule knows; None for all."""


ENGLISH = frozenset({"en"})
_TLDS = r"(?:com|net|org|info|biz|xyz|online|site|club|shop|store|cloud|chat|live|link|top|ws|cc|tv|ru|su|ua|de|at|ch|fr|es|nl|eu|uk|pl|cz|cn|onion)"
LINK = rf"(?i:(?P<it>(?<![\w@])h(?:tt|xx)ps?(?:\[:\]|:)//(?P<host>[\w-]{{1,63}}(?:{DOT}[\w-]{{1,63}}){{1,8}})(?:[:/?#]\S{{0,500}})?))"
BARE_LINK = rf"(?i:(?<![\w@./-])(?P<it>(?P<host>(?:www{DOT})?(?:(?-i:[a-z0-9-]){{1,63}}{DOT}){{0,5}}(?=[a-z0-9-]*[a-z])(?-i:[a-z0-9-]){{2,63}}{DOT}(?-i:{_TLDS})))(?![\w-]|\.\w)(?:/\S{{0,500}})?)"
HANDLE = r"(?<![\w@./:=-])(?P<it>@[A-Za-z_][\w.]{2,30})(?![\w@(])"
ANNOUNCED_HANDLE = (
    r"(?i:\b(?:nick(?:name)?|user ?name|screen ?name|alias|handle|login|account name|profile name)s?\b(?: (?:was|is|of)|:|,)?[ ]?"
    r"[\"“„«‘'`]?(?P<it>[^\W\d_][\w.-]{2,31}))(?![\w@])"
)
_ENDINGS = (
    "jpe?g|png|gif|bmp|webp|heic|tiff?|mp4|avi|mov|mkv|wmv|mpe?g|3gp|flv|webm|mp3|wav|m4a|zip|rar|7z|tar|gz|docx?|xlsx?|pptx?"
    "|pdf|txt|rtf|csv|eml|msg|pst|ost|db|sqlite|exe|dll|apk|html?|php|ini|log|dat|iso|e01|psd|torrent|veracrypt|vmdk"
)
FILE_NAME = (
    rf"(?i:(?<![\w./*@%-])(?P<it>(?P<stem>[\w()~&+-][\w()~&+.-]{{0,80}})\.(?:{_ENDINGS}))(?![\w-]|\.\w))"
)


def _link(match: re.Match[str], _: Surroundings) -> int:
    return links.is_no_public_source(match)


def _handle(match: re.Match[str], _: Surroundings) -> int:
    return handles.is_handle(match)


def _announced(match: re.Match[str], _: Surroundings) -> int:
    return handles.is_announced(match)


def _file(match: re.Match[str], _: Surroundings) -> int:
    return files.is_somebodys_file(match)


def _day(match: re.Match[str], around: Surroundings) -> int:
    if not around.places:
        return 0
    start, end = sentence_around(match)
    told = around.has_place(start, end) and not days.is_of_law(match.string[start:end])
    return len(match["it"]) if told else 0


def _age(match: re.Match[str], around: Surroundings) -> int:
    return _day(match, around) if around.places and days.is_one_persons(match, sentence_at(match)) else 0


def _full_name(match: re.Match[str], around: Surroundings) -> int:
    return persons.is_full_name(match, around.known)


def _name(match: re.Match[str], around: Surroundings) -> int:
    return persons.is_name(match, around.known)


def _operation(match: re.Match[str], around: Surroundings) -> int:
    return persons.is_operation(match, around.known)


WARNINGS: tuple[WarningRule, ...] = (
    WarningRule(Check.LINK, LINK, _link),
    WarningRule(Check.LINK, BARE_LINK, _link),
    WarningRule(Check.HANDLE, HANDLE, _handle),
    WarningRule(Check.HANDLE, ANNOUNCED_HANDLE, _announced),
    WarningRule(Check.FILE_NAME, FILE_NAME, _file),
    WarningRule(Check.DATE_AND_PLACE, days.DATE, _day),
    WarningRule(Check.AGE_AND_TOWN, days.AGE, _age),
    WarningRule(Check.NAME, persons.ADDRESSED, _name, ENGLISH),
    WarningRule(Check.NAME, persons.NAMED, _name, ENGLISH),
    WarningRule(Check.NAME, persons.OPERATION, _operation, ENGLISH),
    WarningRule(Check.NAME, persons.FULL_NAME, _full_name, ENGLISH),
)

_compiled = cache(re.compile)


def warning_spans(around: Surroundings, rules: Sequence[WarningRule] = WARNINGS) -> Iterator[Span]:
    """Give where rules warn, rule by rule; they may meet."""
    for rule in rules:
        if rule.languages is None or around.language in rule.languages:
            for match in _compiled(rule.shape).finditer(around.text):
                if length := rule.proof(match, around):
                    yield Span(match.start("it"), match.start("it") + length, rule.check)
