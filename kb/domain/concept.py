"""Concepts in the SKOS model: what tags and vocabulary entries mean, and by which words they are known.

Source of the model: W3C, SKOS Reference (2009). A record's id is `scheme.key`; records refer to the key alone, because
the field tells the scheme, so a rename touches no case.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Annotated, Self

from pydantic import StringConstraints, model_validator

from kb.domain.identifier import ConceptKey, Identifier
from kb.domain.marking import COORDINATOR, OFFICER, PUBLIC, Viewer, of_account
from kb.domain.record import Origin, Source
from kb.domain.text import Language, Line, Prose, Value


class Scheme(StrEnum):
    """The concept schemes."""

    DIFFICULTY = "difficulty"
    """What stands in the way; grouped."""
    STAGE = "stage"
    """Where in an investigation."""
    PHENOMENON = "phenomenon"
    """Which form of exploitation the case was about."""
    CHANNEL = "channel"
    """By which instrument or channel states and companies were asked."""
    PARTNER = "partner"
    """Who outside the police helped or hindered."""
    LEGISLATION = "legislation"
    """The questions of the legislation checklist."""
    TAG = "tag"
    """Good-practice tags, curated by coordinators."""


class ConceptStatus(StrEnum):
    """Where a concept stands."""

    PROPOSED = "proposed"
    """Seen by its proposer and coordinators alone."""
    REFUSED = "refused"
    """Proposed and not adopted, with a reason; seen by the same."""
    ADOPTED = "adopted"
    RETIRED = "retired"
    """No longer offered; records that use it keep it."""


ADDRESS = r"^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+$"
UNADOPTED = frozenset({ConceptStatus.PROPOSED, ConceptStatus.REFUSED})
"""What is no part of its scheme: nothing bears it, and its labels are nobody's."""


class Labels(Value):
    """The words for a concept in one language: one preferred, any number of alternatives (synonyms, old terms)."""

    language: Language
    preferred: Line
    alternative: tuple[Line, ...] = ()


class MatchKind(StrEnum):
    """How a concept stands to one of another thesaurus: SKOS's mapping properties."""

    EXACT = "exact"
    CLOSE = "close"
    BROAD = "broad"
    NARROW = "narrow"
    RELATED = "related"


Address = Annotated[str, StringConstraints(pattern=ADDRESS, max_length=500)]
"""An absolute IRI, as Turtle writes one between angle brackets."""


class Match(Value):
    """A concept of another thesaurus that this one answers to; an import finds it again by an exact one."""

    kind: MatchKind
    address: Address


class Concept(Value):
    """An entry of a scheme. `broader` and `related` are keys of the same scheme."""

    scheme: Scheme
    key: ConceptKey
    labels: tuple[Labels, ...]
    definition: Prose = ""
    broader: ConceptKey | None = None
    related: tuple[ConceptKey, ...] = ()
    replaced_by: ConceptKey | None = None
    """The concept into which this one was merged; what bears this one counts as bearing that one."""
    status: ConceptStatus = ConceptStatus.ADOPTED
    status_reason: Line = ""
    proposer: Identifier | None = None
    """Who is told of a refusal; it goes with the adoption, so that nothing tells where a tag came from."""
    is_group: bool = False
    """A heading that orders a scheme; it is never put on a lesson."""
    in_force: bool | None = None
    """For channels that are treaties: whether it binds anybody yet, as of `as_of`."""
    as_of: dt.date | None = None
    origin: Origin = Origin.REPORTED
    sources: tuple[Source, ...] = ()
    matches: tuple[Match, ...] = ()

    @model_validator(mode="after")
    def _labels_are_sound(self) -> Self:
        languages = [labels.language for labels in self.labels]
        if "en" not in languages or not all(labels.preferred for labels in self.labels):
            raise ValueError(
                "A concept needs a preferred label in English, and in every language that it lists."
            )
        if len(set(languages)) != len(languages):
            raise ValueError("A concept has one set of labels per language.")
        if self.status in UNADOPTED and self.proposer is None:
            raise ValueError("A proposed concept names its proposer.")
        return self

    @property
    def id(self) -> str:
        """Give the record's id."""
        return concept_id(self.scheme, self.key)

    @property
    def title(self) -> str:
        """Give the preferred label in English: what lists sort by."""
        return self.label()

    def label(self, language: str = "en") -> str:
        """Give the preferred label in `language`, else in English."""
        by_language = {labels.language: labels.preferred for labels in self.labels}
        return by_language.get(language, by_language["en"])

    def shown_to(self, viewer: Viewer) -> Concept:
        """Give the concept without who proposed it, as it may have been thought of for a text that is hidden."""
        if self.proposer is None or viewer.unrestricted or of_account(self.proposer) in viewer.tokens:
            return self
        return self.model_copy(update={"proposer": WITHHELD})

    @property
    def readers(self) -> frozenset[str]:
        """Give the reader tokens: adopted and retired ones are CLEAR, a proposal is its proposer's and coordinators'."""
        if self.status in UNADOPTED:
            return frozenset({of_account(self.proposer or ""), COORDINATOR})
        return frozenset({PUBLIC, OFFICER})


WITHHELD = "withheld"
"""Stands for the proposer where a proposal is shown to others."""


def concept_id(scheme: Scheme, key: str) -> str:
    """Give the record id of a concept."""
    return f"{scheme}.{key}"
