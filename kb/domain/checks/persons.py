"""Names of persons and of operations in English texts.

In German every noun is capitalised, and other languages write titles and peoples in ways of their own, so this rule knows
English alone. It speaks where it can tell: a common given name with a surname, a name after a form of address or after
"a man named", the name of an operation. What belongs to a known country, organisation or instrument is none.
"""

from __future__ import annotations

import re
from collections.abc import Container

from kb.domain.checks.given_names import GIVEN_NAMES
from kb.domain.checks.plain import before

_WORD = r"[A-ZÀ-ÖØ-ÞŁŚŽČŠ][\w'’-]{1,30}"
_PARTICLES = r"(?:(?:de|del|della|der|di|da|van|von|al|bin|ter|le|la) ){1,2}"
_BETWEEN = r"(?:(?:[A-Z]\.|de|del|della|der|di|da|van|von|al|bin|ter|le|la) ){0,2}"
FULL_NAME = rf"(?<![\w@#./&'’-])(?=(?P<it>(?P<given>{_WORD}) {_BETWEEN}(?P<surname>{_WORD})(?: {_PARTICLES}{_WORD})?))"
FORMS_OF_ADDRESS = (
    "Mr", "Mrs", "Ms", "Miss", "Mister", "Herr", "Frau", "Madame", "Monsieur", "Señor", "Señora", "Signor", "Signora", "Dr",
    "Prof", "Professor", "Inspector", "Detective", "Sergeant", "Constable", "Superintendent", "Prosecutor", "Judge",
    "Commissioner", "Lieutenant", "Captain", "Colonel", "Officer",
)  # fmt: skip
ADDRESSED = (
    r"(?<![\w.])(?:(?:" + "|".join(FORMS_OF_ADDRESS) + r")\.? ){1,2}"
    rf"(?P<it>(?:[A-Z]\. ){{0,2}}{_BETWEEN}(?P<surname>{_WORD})(?: {_WORD})?)"
)
NAMED = (
    r"(?i:\b(?:man|woman|boy|girl|child|victim|suspect|offender|defendant|accused|witness|officer|person|perpetrator|user|"
    r"mother|father|husband|wife|brother|sister|neighbou?r|teacher|driver|uncle|aunt|stepfather|colleague)"
    r" (?:who (?:is|was) )?(?:named|called|known as|by the name of)) "
    rf"(?P<it>(?P<surname>{_WORD})(?: {_WORD})?)"
)
OPERATION = rf"(?<![\w-])(?P<it>[Oo]peration (?P<surname>{_WORD})(?: {_WORD})?)"

NO_SURNAME = frozenset({
    "a", "act", "acts", "advocate", "affairs", "agency", "agreement", "airport", "amendment", "american", "an", "and",
    "army", "as", "association", "at", "avenue", "award", "bank", "bill", "board", "building", "bureau", "but", "by",
    "cell", "center", "centre", "chamber", "chief", "code", "college", "commission", "committee", "company", "concept",
    "convention", "corporation", "council", "court", "day", "declaration", "department", "deputy", "directive", "division",
    "doctrine", "european", "federal", "file", "first", "for", "formula", "foundation", "friday", "from", "fund", "general",
    "group", "guide", "guidelines", "had", "handbook", "has", "he", "her", "his", "hospital", "house", "however", "if", "in",
    "inc", "initiative", "institute", "instrument", "international", "is", "it", "laboratory", "laboratories", "law", "laws",
    "league", "limited", "ltd", "magistrate", "manual", "memorial", "method", "ministry", "model", "monday", "national",
    "network", "of", "office", "officer", "on", "operations", "or", "order", "park", "plan", "police", "principle", "prize",
    "procedure", "procedures", "program", "programme", "project", "protocol", "regulation", "report", "review", "road", "rule",
    "rules", "safety", "saturday", "school", "scale", "section", "service", "services", "she", "site", "society", "space",
    "square", "station", "street", "study", "sunday", "support", "survey", "system", "systems", "team", "test", "the", "their",
    "then", "theory", "they", "this", "thursday", "to", "tool", "training", "treaty", "trust", "tuesday", "union", "unit",
    "university", "visit", "was", "we", "wednesday", "when", "who", "with", "you",
    "after", "all", "also", "control", "cooperation", "data", "early", "field", "final", "ground", "joint", "management",
    "new", "no", "not", "one", "our", "overview", "phase", "second", "summary", "that", "these", "two",
})  # fmt: skip
"""Capitalised words after a given name or a form of address that make it the name of something else, or none."""
_NAMED_AFTER = re.compile(
    r"^(?:['’]s)?(?: (?:and|&|of) )?(?: ?[A-Z][\w-]+){0,3}? ?(?:Act|Law|Institute|University|Foundation|Cent(?:er|re)|Convention|"
    r"Protocol|Hospital|Prize|Memorial|School|College|Laborator(?:y|ies)|Telescope|Building|Airport|Street|Corporation|Inc|"
    r"Company|Ltd|LLC|GmbH|Group|Award|Method|Test|Scale|Doctrine|Principle|Trust|Fund|Fellowship|(?i:programme|programs?|project|network))\b"
)
"""What follows the name of a person after whom something else is called."""

_FORMS = frozenset(form.casefold() for form in FORMS_OF_ADDRESS)
_WORD_AHEAD = re.compile(r"(?P<head>(?:^|[.!?:\n]\s*|[*#>-] ))?(?P<word>[A-ZÀ-Þ][\w'’-]*\.?) $")
"""A capitalised word before the candidate; one at the head of a sentence may be any."""


def is_full_name(match: re.Match[str], known: Container[str]) -> int:
    """Prove a given name with a surname."""
    given, surname = match["given"].casefold().partition("-")[0], match["surname"]
    if given not in GIVEN_NAMES or surname.isupper() or match["given"].isupper():
        return 0
    ahead = _WORD_AHEAD.search(before(match))
    if ahead and not (ahead["head"] is not None or ahead["word"].rstrip(".") in FORMS_OF_ADDRESS):
        return 0
    return _length(match, known)


def is_name(match: re.Match[str], known: Container[str]) -> int:
    """Prove what a form of address or a word like "named" announces."""
    return 0 if match["surname"].isupper() else _length(match, known)


def is_operation(match: re.Match[str], known: Container[str]) -> int:
    """Prove the name of an operation, which may be written in capitals."""
    return _length(match, known)


def _length(match: re.Match[str], known: Container[str]) -> int:
    surname = re.sub(r"['’]s$", "", match["surname"]).casefold()
    parts = surname.split("-")
    is_known = surname in known or not NO_SURNAME.isdisjoint(parts) or surname in _FORMS
    after = match.string[match.end("it") : match.end("it") + 80]
    return 0 if is_known or _NAMED_AFTER.match(after) else len(match["it"])
