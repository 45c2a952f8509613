"""What ships in `entries/` keeps the promises made of it: the whole vocabulary, six languages, sources, plain examples."""

from collections.abc import Iterable
from typing import TypeVar

from pydantic import BaseModel

from kb.domain.concept import Concept, Scheme, concept_id
from kb.domain.revision import Revision

Kept = TypeVar("Kept", bound=BaseModel)


def bodies(seed: dict[str, Revision], body: type[Kept]) -> dict[str, Kept]:
    found = ((revision.header.id, revision.body) for revision in seed.values())
    return {identifier: value for identifier, value in found if isinstance(value, body)}


def unusable(used: Iterable[tuple[Scheme, str]], concepts: dict[str, Concept]) -> list[str]:
    """Give the ids that no form would offer: unknown ones, and headings of a scheme."""
    wanted = (concept_id(scheme, key) for scheme, key in used)
    return [each for each in wanted if each not in concepts or concepts[each].is_group]
