"""What somebody could know or guess, with which every address is visited."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kb.domain.case_study import CaseStudy
from kb.domain.concept import Scheme
from kb.domain.record import Kind
from kb.domain.revision import Body

NOWHERE = "nosuchthing"
"""An id that nothing has."""
SHELVES = {
    "resources": Kind.RESOURCE,
    "instruments": Kind.INSTRUMENT,
    "legislation": Kind.JURISDICTION,
}
"""The kinds of reference records, by the first word of their addresses."""


@dataclass(frozen=True)
class Known:
    """What somebody could know or guess: ids of everything, also of what is hidden, was purged or never was."""

    cases: Mapping[str, int]
    """By id, each with the number of its last revision."""
    lessons: tuple[tuple[str, str], ...] = ()
    submissions: tuple[str, ...] = ()
    concepts: tuple[tuple[str, str], ...] = ()
    events: tuple[str, ...] = ()
    resources: tuple[str, ...] = ()
    kept: tuple[tuple[str, str], ...] = ()
    """Reference records, each with the shelf that it stands on."""
    practices: tuple[str, ...] = ()
    applications: tuple[str, ...] = ()
    operations: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()
    saved: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()
    """Keys, which lead who has them to a feed."""
    marks: tuple[str, ...] = ()
    """Of searches in vain."""
    words: tuple[str, ...] = ()
    """What may be typed into the box of search."""


def known_of(bodies: Mapping[str, tuple[int, Body]], **others: Iterable[str]) -> Known:
    """Give what is known of records, by their names (`kind/id`) with their last numbers, beside what never was."""

    def ids(kind: Kind) -> list[str]:
        return [name.partition("/")[2] for name in bodies if name.startswith(f"{kind.value}/")] + [NOWHERE]

    cases = {name: number for name, (number, body) in bodies.items() if isinstance(body, CaseStudy)}
    lessons = [
        (case, lesson.key)
        for case, (_, body) in bodies.items()
        if isinstance(body, CaseStudy)
        for lesson in body.lessons
    ]
    return Known(
        cases={case.partition("/")[2]: number for case, number in cases.items()} | {NOWHERE: 1},
        lessons=tuple((case.partition("/")[2], key) for case, key in [*lessons, (NOWHERE, "d1")]),
        submissions=tuple(ids(Kind.SUBMISSION)),
        concepts=tuple(
            (scheme, key) if key else (Scheme.TAG.value, scheme)
            for each in ids(Kind.CONCEPT)
            for scheme, _, key in [each.partition(".")]
        ),
        events=tuple(ids(Kind.EVENT)),
        resources=tuple(ids(Kind.RESOURCE)),
        kept=tuple((shelf, each) for shelf, kind in SHELVES.items() for each in ids(kind)),
        practices=tuple(ids(Kind.PRACTICE)),
        applications=tuple(ids(Kind.APPLICATION)),
        operations=tuple(ids(Kind.OPERATION)),
        **{name: (*given, NOWHERE) for name, given in others.items()},
    )
