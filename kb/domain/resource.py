"""Resources: training, tools, networks, hotlines and guidance that help, with what they cost the police."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import ClassVar

from kb.domain.concept import Scheme
from kb.domain.identifier import ConceptKey
from kb.domain.record import Link
from kb.domain.reference import Reference
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


class Resource(Reference):
    """Something an officer can use; `difficulties` are keys of the scheme `difficulty`, `provider_type` of `partner`."""

    CONCEPTS: ClassVar[Mapping[str, Scheme]] = {
        "difficulties": Scheme.DIFFICULTY,
        "provider_type": Scheme.PARTNER,
    }

    type: ResourceType = ResourceType.TOOL
    provider: Line = ""
    provider_type: ConceptKey | None = None
    cost: Cost = Cost.UNKNOWN
    eligible: Line = ""
    """Who may have it."""
    languages: tuple[Language, ...] = ()
    """In which it is offered, as far as its source says."""
    difficulties: tuple[ConceptKey, ...] = ()
    summary: Prose = ""
    link: Link | None = None
    """Where it is had, or asked for."""
