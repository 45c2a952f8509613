"""What is similar to a lesson, or to words that somebody is writing: asked as a value, like a search."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from kb.domain.marking import Viewer
from kb.domain.text import Language, Value
from kb.domain.unit import Facet, GroupId, SearchUnit, Standing, UnitKind

MOST_SIMILAR = 20
LINKING = frozenset({Facet.DIFFICULTY, Facet.STAGE, Facet.CHANNEL, Facet.TAG})
"""Facets of which a shared value makes two lessons alike, in whatever languages they are written."""


class Where(StrEnum):
    """From which countries similar lessons are wanted, as far as the viewer knows these.

    Where nothing is known of a lesson's countries, none is known to be the same: it is not left out of those abroad.
    """

    ANYWHERE = "anywhere"
    ABROAD = "abroad"
    """Those that involve a country which ours does not."""
    AT_HOME = "at-home"
    """Those that involve ours alone."""


class Passage(Value):
    """Words with what is known of them; of a lesson that is kept, in the form shown to the viewer."""

    title: str = ""
    text: str = ""
    language: Language = "en"
    facets: frozenset[tuple[Facet, str]] = frozenset()
    """Those of LINKING count."""
    countries: frozenset[str] = frozenset()
    case: GroupId | None = None
    """The case that it is of, which is left out."""

    @classmethod
    def written(cls, unit: SearchUnit, case: str | None) -> Passage:
        """Give a lesson that is being written as a unit, of a case that has an id by now or not yet."""
        linking = frozenset(pair for pair in unit.facets if pair[0] in LINKING)
        return cls(title=unit.title, text=unit.text, language=unit.language, facets=linking, case=case)


class SimilarRequest(Value):
    """Ask for the units most like one, the best of each other case."""

    to: str | Passage
    """The id of a unit, or words that are kept nowhere yet."""
    kinds: frozenset[UnitKind] = frozenset(UnitKind)
    where: Where = Where.ANYWHERE
    limit: Annotated[int, Field(ge=1, le=MOST_SIMILAR)] = 5


class SimilarQuery(SimilarRequest):
    """The same on behalf of somebody. `viewer` is required, as for a search."""

    viewer: Viewer
    standing: frozenset[Standing] = frozenset()
    """As in a search."""
