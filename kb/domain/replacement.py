"""Replacement: what stands for a concept that was merged into another.

Records keep the key that they were written with. Whoever reads them asks here, so that a merge is one revision of one concept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kb.domain.concept import Concept, Scheme

Name = tuple[Scheme, str]
"""A concept by its scheme and key."""


@dataclass(frozen=True)
class Replacements:
    """For each concept that was merged into another the one at the end of its chain."""

    by_name: Mapping[Name, str] = field(default_factory=dict)

    @classmethod
    def among(cls, concepts: Iterable[Concept]) -> Replacements:
        """Follow the chains among these concepts; a link that leads to none of them leads nowhere.

        A circle, which no act of ours can make but a file may hold, stands for its first key.
        """
        known = {(each.scheme, each.key): each.replaced_by for each in concepts}
        links = {
            name: (name[0], by) for name, by in known.items() if by is not None and (name[0], by) in known
        }
        ends = {name: _end(name, links) for name in links}
        return cls({name: end for name, end in ends.items() if end != name[1]})

    def __bool__(self) -> bool:
        return bool(self.by_name)

    def of(self, scheme: Scheme, key: str) -> str:
        """Give the key that stands for `key`, which is itself for most."""
        return self.by_name.get((scheme, key), key)

    def among_keys(self, scheme: Scheme, keys: Iterable[str]) -> tuple[str, ...]:
        """Give what stands for `keys`, each once, in their order."""
        return tuple(dict.fromkeys(self.of(scheme, key) for key in keys))


def _end(name: Name, links: Mapping[Name, Name]) -> str:
    passed = [name]
    while (name := links.get(name, name)) not in passed:
        passed.append(name)
    circle = passed[passed.index(name) :]
    return min(circle)[1]
