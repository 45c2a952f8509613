"""Knowledge bases of any size that nobody wrote: whole case studies, in the proportions of the shipped ones.

Each case is drawn from its number alone, so that a larger base begins with the smaller one, in every run and on every machine.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from random import Random
from typing import NamedTuple, TypedDict

from benchmarks.scribe import Scribe, skewed, weighted
from benchmarks.seed import concept_keys
from benchmarks.tongues import tongue
from kb.domain.case_study import CaseStudy
from kb.domain.concept import Scheme
from kb.domain.country import Country
from kb.domain.identifier import ALPHABET, LENGTH
from kb.domain.lesson import (
    BorderOutcome,
    CrossBorderIssue,
    Difficulty,
    GoodPractice,
    Lesson,
    Outcome,
    Solution,
)
from kb.domain.marking import Audience, Marking, Organisation
from kb.domain.period import Period
from kb.domain.record import Origin, Source
from kb.domain.unit import SearchUnit, units_of

SEED = 2007
UNITS_PER_CASE = 6
"""A case and, on average, its five lessons."""
LESSON_WORDS = (60, 400)
LANGUAGES = {"en": 58, "de": 11, "fr": 9, "ru": 9, "es": 8, "it": 5}
"""Of a hundred cases."""
AT_HOME = {
    "en": ("GB", "IE", "US", "CA", "MT", "AT"),
    "de": ("DE", "AT", "CH", "LI"),
    "fr": ("FR", "BE", "CH", "LU", "MC"),
    "ru": ("KZ", "KG", "BY", "UZ", "TJ"),
    "es": ("ES", "AD"),
    "it": ("IT", "CH", "SM"),
}
"""Where cases are written in a language, most come from the first; half of the English ones come from elsewhere."""
ELSEWHERE = (
    *(
        "NL",
        "SE",
        "PL",
        "UA",
        "RO",
        "GE",
        "NO",
        "FI",
        "DK",
        "CZ",
        "PT",
        "GR",
        "TR",
        "RS",
        "HU",
        "BG",
        "HR",
        "SK",
    ),
    *("MD", "AM", "AZ", "LT", "LV", "EE", "SI", "AL", "MK", "BA", "ME", "CY", "IS", "MN", "TM"),
)
COUNTRIES = tuple(dict.fromkeys((*(each for home in AT_HOME.values() for each in home), *ELSEWHERE)))
MARKINGS = {Marking.GREEN: 62, Marking.CLEAR: 15, Marking.AMBER: 14, Marking.AMBER_STRICT: 6, Marking.RED: 3}
ORIGINS = {Origin.REPORTED: 82, Origin.PUBLISHED: 8, Origin.ILLUSTRATIVE: 10}
OUTCOMES = {Outcome.WORKED: 55, Outcome.PARTLY: 25, Outcome.FAILED: 14, Outcome.UNKNOWN: 6}
CHATHAM_HOUSE = 0.12
WITHOUT_PERIOD = 0.04
ORGANISATIONS = 3
"""That own cases in each country."""
LAST_YEAR = 2026
EVENT = "osce-vienna-2007"
"""A shipped event, at which one of PRESENTED cases is presented."""
PRESENTED = 100
SOURCE = Source(title="A public report", url="https://www.example.org/report", as_of=dt.date(2026, 1, 31))


class Made(NamedTuple):
    """A case with the id that it is saved under."""

    id: str
    case: CaseStudy

    @property
    def units(self) -> tuple[SearchUnit, ...]:
        """Give what search holds of its first revision."""
        return units_of(self.id, 1, self.case)


class _Told(TypedDict):
    """What every lesson has."""

    title: str
    text: str
    tags: tuple[str, ...]
    partners_helped: tuple[str, ...]


def cases(count: int, seed: int = SEED) -> Iterator[Made]:
    """Give the first `count` cases of the base that `seed` names."""
    return (made(number, seed) for number in range(count))


def made(number: int, seed: int = SEED) -> Made:
    """Give one case."""
    chance = Random(f"{seed} case {number}")
    language = weighted(chance, LANGUAGES)
    scribe = Scribe(tongue(language), chance)
    home, *others = _countries(chance, language)
    origin = weighted(chance, ORIGINS)
    case = CaseStudy(
        title=scribe.line(4, 12),
        language=language,
        audience=_audience(chance),
        owner=organisation(home, chance.randrange(ORGANISATIONS)),
        origin=origin,
        sources=(SOURCE,) if origin is Origin.PUBLISHED else (),
        summary=scribe.prose(40, 140),
        lead_country=home,
        other_countries=tuple(others),
        period=None if chance.random() < WITHOUT_PERIOD else _period(chance),
        phenomena=_some(chance, Scheme.PHENOMENON, 1, 2),
        stages=_some(chance, Scheme.STAGE, 1, 4),
        tags=_some(chance, Scheme.TAG, 0, 3),
        lessons=tuple(_lessons(scribe, (home, *others))),
        event=None if number % PRESENTED else EVENT,
    )
    return Made("".join(chance.choices(ALPHABET, k=LENGTH)), case)


def organisation(country: str, number: int) -> Organisation:
    """Give one of a country's owners; the first bears the id that demo accounts have too."""
    suffix = f"-{number}" if number else ""
    return Organisation(
        id=f"example-unit-{country.lower()}{suffix}", name=f"Example unit, {country}", country=country
    )


def _countries(chance: Random, language: str) -> tuple[Country, ...]:
    anywhere = language == "en" and chance.random() < 0.5
    home = skewed(chance, ELSEWHERE if anywhere else AT_HOME[language], 1, 1)
    return tuple(dict.fromkeys((*home, *skewed(chance, COUNTRIES, 0, 3))))


def _audience(chance: Random) -> Audience:
    marking = weighted(chance, MARKINGS)
    return Audience(
        marking=marking,
        countries=skewed(chance, COUNTRIES, 0, 4) if marking is Marking.AMBER else (),
        persons=tuple(f"officer-{chance.randrange(200)}" for _ in range(3)) if marking is Marking.RED else (),
        chatham_house=chance.random() < CHATHAM_HOUSE,
    )


def _period(chance: Random) -> Period:
    """Give a period; of recent years there are more."""
    year = LAST_YEAR - int(chance.triangular(0, 21, 3))
    start = f"{year}-{chance.randint(1, 12):02}" if chance.random() < 0.6 else str(year)
    return Period(start=start, end=str(min(LAST_YEAR, year + chance.randrange(1, 3))))


def _lessons(scribe: Scribe, countries: Sequence[Country]) -> Iterator[Lesson]:
    """Give difficulties with the solutions that answer them, sometimes what grew from these, and what happened at a border."""
    chance = scribe.chance
    difficulties = [_difficulty(scribe, number) for number in range(1, chance.choice((1, 2, 2, 2)) + 1)]
    answers = [each.key for each in difficulties if chance.random() < 0.9]
    answers += [difficulties[0].key] if chance.random() < 0.2 else []
    solutions = [_solution(scribe, number, key) for number, key in enumerate(answers, 1)]
    yield from difficulties
    yield from solutions
    if chance.random() < 0.5:
        grown = tuple(each.key for each in solutions if each.outcome is Outcome.WORKED)
        yield GoodPractice(key="p1", grew_from=grown[:1], **_told(scribe))
    for number in range(chance.choice((0, 1, 1, 2))):
        yield _border_issue(scribe, number + 1, countries)


def _difficulty(scribe: Scribe, number: int) -> Difficulty:
    stages = _some(scribe.chance, Scheme.STAGE, 0, 1)
    categories = _some(scribe.chance, Scheme.DIFFICULTY, 1, 3)
    return Difficulty(
        key=f"d{number}", categories=categories, stage=next(iter(stages), None), **_told(scribe)
    )


def _solution(scribe: Scribe, number: int, answered: str) -> Solution:
    return Solution(
        key=f"s{number}",
        answers=(answered,),
        outcome=weighted(scribe.chance, OUTCOMES),
        applies_when=scribe.prose(8, 30) if scribe.chance.random() < 0.5 else "",
        **_told(scribe),
    )


def _border_issue(scribe: Scribe, number: int, countries: Sequence[Country]) -> CrossBorderIssue:
    chance = scribe.chance
    return CrossBorderIssue(
        key=f"b{number}",
        from_country=countries[0],
        to_countries=skewed(chance, COUNTRIES, 1, 2),
        channels=_some(chance, Scheme.CHANNEL, 1, 2),
        obstacles=_some(chance, Scheme.DIFFICULTY, 0, 2),
        outcome=chance.choice(list(BorderOutcome)),
        elapsed_days=chance.randrange(400),
        **_told(scribe),
    )


def _told(scribe: Scribe) -> _Told:
    return _Told(
        title=scribe.line(3, 10),
        text=scribe.prose(*LESSON_WORDS),
        tags=_some(scribe.chance, Scheme.TAG, 0, 2),
        partners_helped=_some(scribe.chance, Scheme.PARTNER, 0, 1),
    )


def _some(chance: Random, scheme: Scheme, fewest: int, most: int) -> tuple[str, ...]:
    return skewed(chance, concept_keys(scheme), fewest, most)
