"""The guard at every way in: a text that the checks block is refused before anything is kept, and nothing repeats it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from kb.domain.checks import Objection, objections
from kb.domain.errors import Blocked
from kb.domain.finding import TextFinding, finding

Look = Callable[[str], tuple[Objection, ...]]
"""Gives what blocks a text."""


def demand_clean(
    texts: Iterable[tuple[str, str]], held: Collection[str] = (), look: Look = objections
) -> None:
    """Refuse texts, each with its path, that the checks block; what was `held` before may stay. Raises Blocked."""
    if found := blocking(texts, held, look):
        raise Blocked(found)


def blocking(
    texts: Iterable[tuple[str, str]], held: Collection[str] = (), look: Look = objections
) -> tuple[TextFinding, ...]:
    """Give what blocks these texts; one that stands in several places is told of once."""
    paths = {text: path for path, text in reversed([*texts]) if text not in held}
    return tuple(
        finding(path, text, objection) for text, path in reversed(paths.items()) for objection in look(text)
    )
