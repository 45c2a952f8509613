"""Instruments: what a channel of the vocabulary gives, who may ask, and what a request must say.

An instrument has no id of its own: its record stands under the key of its concept in the scheme `channel`, so that cases,
search and this page mean the same thing (docs/adr/0019).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum
from typing import ClassVar

from pydantic import model_validator

from kb.domain.concept import Scheme
from kb.domain.country import Country
from kb.domain.identifier import ConceptKey
from kb.domain.record import Source
from kb.domain.reference import PublicReference
from kb.domain.text import Line, Prose, Value


class Need(StrEnum):
    """What an officer wants from abroad."""

    PRESERVE = "preserve"
    """Data must not be lost."""
    DISCLOSE = "disclose"
    """Data must be handed over."""
    SEARCH = "search"
    """A place or a device abroad must be searched."""
    ARREST = "arrest"
    """A person abroad must be arrested or handed over."""
    IDENTIFY = "identify"
    """A child or an offender abroad must be found."""


class Users(StrEnum):
    """Who may use an instrument without asking another authority to."""

    POLICE = "police"
    PROSECUTORS = "prosecutors"
    COURTS = "courts"
    CENTRAL_AUTHORITY = "central-authority"
    """Requests go through a central authority of the state."""


class Force(StrEnum):
    """Whether an instrument binds anybody today."""

    IN_FORCE = "in-force"
    NOT_IN_FORCE = "not-in-force"
    """Signed or adopted, and not usable yet."""
    ARRANGEMENT = "arrangement"
    """A working arrangement or a service: no law stands behind it that could be in force."""
    UNKNOWN = "unknown"


class Standing(StrEnum):
    """How a country stands to an instrument."""

    PARTY = "party"
    """Bound by it, or taking part in it."""
    SIGNED = "signed"
    """Signed, and not bound yet."""
    NOT_BOUND = "not-bound"
    UNKNOWN = "unknown"


class Requirement(Value):
    """One line of the checklist: what a request must say, and where that is written (`article 29(2)(a)`)."""

    text: Line
    provision: Line = ""


class TimeLimit(Value):
    """How long something may take, and where that is written."""

    what: Line
    limit: Line
    provision: Line = ""


class Participation(Value):
    """One line of the maintained table: how a country stands, since when, and who says so."""

    country: Country
    standing: Standing = Standing.PARTY
    since: dt.date | None = None
    note: Line = ""
    """Such as a declaration or a reservation, in a few words."""
    source: Source
    """With the day on which it said so."""


class Instrument(PublicReference):
    """A channel with its facts; `title` is its full name."""

    CONCEPTS: ClassVar[Mapping[str, Scheme]] = {"difficulties": Scheme.DIFFICULTY}

    force: Force = Force.UNKNOWN
    force_note: Line = ""
    """Since when, or what is missing yet."""
    needs: tuple[Need, ...] = ()
    users: tuple[Users, ...] = ()
    who_may_ask: Prose = ""
    gives: Prose = ""
    requirements: tuple[Requirement, ...] = ()
    conditions: Prose = ""
    """What else must hold, or need not: dual criminality, urgency, what must follow."""
    time_limits: tuple[TimeLimit, ...] = ()
    difficulties: tuple[ConceptKey, ...] = ()
    """Keys of the scheme `difficulty` with which it helps."""
    participation: tuple[Participation, ...] = ()
    participation_note: Prose = ""
    """What the table leaves open, and where the full list is kept."""

    @model_validator(mode="after")
    def _names_a_country_once(self) -> Instrument:
        countries = [each.country for each in self.participation]
        if len(countries) != len(set(countries)):
            raise ValueError("A country stands in the table once.")
        return self

    @property
    def problems(self) -> tuple[tuple[str, str], ...]:
        """Give what must be mended before it can be kept: (field, sentence) pairs."""
        missing = (("gives", "Say in a few sentences what it gives."),) if not self.gives else ()
        return (*super().problems, *missing)

    def binds(self, country: str) -> bool:
        """Say whether the table has this country as bound, or taking part; one that is not in the table is not known to be."""
        return any(each.country == country and each.standing is Standing.PARTY for each in self.participation)
