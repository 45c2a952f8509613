"""Resources: training, tools, networks, hotlines and guidance that help, with what they cost the police."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from kb.domain.identifier import ConceptKey
from kb.domain.record import Record
from kb.domain.text import Language, Line, Prose


class ResourceType(StrEnum):
    """What a resource is."""

    TRAINING = "training"
    TOOL = "tool"
    NETWORK = "network"
    HOTLINE = "hotline"
    GUIDANCE = "guidance"


class Cost(StrEnum):
    """What a police unit pays."""

    FREE_FOR_POLICE = "free-for-police"
    PAID = "paid"
    UNKNOWN = "unknown"


class Resource(Record):
    """Something an officer can use; `difficulties` are keys of the scheme `difficulty`."""

    type: ResourceType = ResourceType.TOOL
    provider: Line = ""
    cost: Cost = Cost.UNKNOWN
    eligible: Line = ""
    languages: tuple[Language, ...] = ()
    difficulties: tuple[ConceptKey, ...] = ()
    summary: Prose = ""
    as_of: dt.date | None = None
