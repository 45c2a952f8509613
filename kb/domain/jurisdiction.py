"""Jurisdictions: what the law of a country says to the questions of the checklist, and which desks answer requests.

It is not a scorecard: nothing here counts, ranks or compares beyond laying answers side by side. A jurisdiction stands under the code
of its country in lower case.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Self

from pydantic import model_validator

from kb.domain.concept import Scheme
from kb.domain.country import CODES, Country
from kb.domain.identifier import ConceptKey
from kb.domain.record import Source
from kb.domain.reference import PublicReference
from kb.domain.replacement import Replacements
from kb.domain.text import Line, Prose, Value

QUESTIONS = (
    "csam-law",
    "csam-defined",
    "technology-facilitated-offences",
    "possession-criminal",
    "provider-reporting",
    "distribution-criminal",
    "child-under-18",
    "knowing-access",
    "grooming-criminal",
    "budapest-9",
    "generated-material-covered",
    "data-retention",
    "undercover-powers",
    "corporate-liability",
)
"""The order in which the checklist is read, by keys of the scheme `legislation`; a question added later comes after these."""


class Reply(StrEnum):
    """What the law says to a question."""

    YES = "yes"
    NO = "no"
    PARTLY = "partly"
    UNKNOWN = "unknown"
    """Nobody has looked it up here yet, or the sources do not tell."""


class Answer(Value):
    """The answer to one question; anything but unknown names its source, and the day on which that said so."""

    question: ConceptKey
    reply: Reply = Reply.UNKNOWN
    note: Line = ""
    """Which provision, and what it leaves out."""
    source: Source | None = None

    @model_validator(mode="after")
    def _is_sourced(self) -> Answer:
        if self.reply is not Reply.UNKNOWN and (self.source is None or self.source.as_of is None):
            raise ValueError("An answer names its public source and the day on which that said so.")
        return self


class DeskRole(StrEnum):
    """What a desk is for."""

    CENTRAL_AUTHORITY = "central-authority"
    """Takes and sends requests for mutual legal assistance."""
    CONTACT_POINT = "contact-point-24-7"
    """Answers day and night, under the Budapest Convention or the G7 network."""
    NATIONAL_UNIT = "national-unit"
    """The police unit for the sexual exploitation of children."""
    HOTLINE = "hotline"
    """Takes reports of the public."""


class Desk(Value):
    """The name of a desk; never a person, a telephone number or an address."""

    role: DeskRole
    name: Line
    note: Line = ""
    """For what it answers."""
    source: Source


class Jurisdiction(PublicReference):
    """A country's answers and desks; `title` is the country's name in the record's language."""

    country: Country
    answers: tuple[Answer, ...] = ()
    desks: tuple[Desk, ...] = ()
    summary: Prose = ""
    """What one should know before reading the answers."""

    @model_validator(mode="after")
    def _answers_once(self) -> Jurisdiction:
        questions = [each.question for each in self.answers]
        if len(questions) != len(set(questions)):
            raise ValueError("A question is answered once.")
        return self

    def concepts(self) -> tuple[tuple[str, Scheme, tuple[str, ...]], ...]:
        """Give (field, scheme, keys) of every concept that it names."""
        return (("answers", Scheme.LEGISLATION, tuple(each.question for each in self.answers)),)

    def resolved(self, replacements: Replacements) -> Self:
        """Give the record as it reads now; of two answers to questions that became one, the first that was given."""
        found: dict[str, Answer] = {}
        for each in self.answers:
            question = replacements.of(Scheme.LEGISLATION, each.question)
            found.setdefault(question, each.model_copy(update={"question": question}))
        return self.model_copy(update={"answers": tuple(found.values())})

    def answer(self, question: str) -> Answer:
        """Give the answer to a question; nobody having given one, it is unknown."""
        given = (each for each in self.answers if each.question == question)
        return next(given, Answer(question=question))

    def answered(self, questions: Iterable[str]) -> tuple[Answer, ...]:
        """Give the answers to these questions in their order, then those to questions that are asked no more."""
        asked = dict.fromkeys((*questions, *(each.question for each in self.answers)))
        return tuple(map(self.answer, asked))


def jurisdiction_id(country: str) -> str:
    """Give the id of a country's record; raises ValueError where ISO 3166-1 does not know the code."""
    if country.upper() not in CODES:
        raise ValueError(f"{country!r} is no country code.")
    return country.lower()
