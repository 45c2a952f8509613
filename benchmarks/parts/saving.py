"""Saves through the services of a whole home, one after the other, until catalogue, audit log and index have followed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from random import Random
from string import ascii_lowercase
from typing import NamedTuple

from benchmarks.base import Base
from benchmarks.figures import Clock, milliseconds, percentile
from benchmarks.generator import made
from benchmarks.home import COORDINATOR
from benchmarks.made_home import made_home, opened
from benchmarks.pagework import ASKER, Ask, questions
from benchmarks.section import Section, Table, cells, figures_of
from benchmarks.seed import concept_keys
from kb.bootstrap import Services
from kb.domain.case_study import CaseStudy
from kb.domain.concept import Scheme
from kb.domain.marking import Audience, Marking
from kb.domain.query import Filter, SearchRequest
from kb.domain.unit import Facet, UnitKind
from kb.services.reviews import Warned

QUESTIONS = 20
EVERY = 3
"""One save in so many publishes a new case; the others put a tag on a case."""
SENTENCES = {
    "save": "a save, followed by catalogue, audit log and index",
    "searchable": "a save, and the search after it answered",
    "first": "of that, the search: the first after the commit",
    "warm": "the same search before the save",
}


def measure(base: Base, saves: int, clock: Clock) -> Section:
    """Save, then ask what was asked before the save; what was saved is searchable when that is answered."""
    services = opened(made_home(base))
    search = partial(services.search.search, COORDINATOR)
    drawn = questions(Ask.WORDS, base.sample(), QUESTIONS, filtered=False)
    asked = [SearchRequest(text=each.text) for each in drawn]
    for request in asked:
        search(request)
    times: dict[str, list[float]] = {name: [] for name in SENTENCES}
    for number, act in enumerate(_acts(services, base, saves)):
        again = partial(search, asked[number % len(asked)])
        again()
        times["warm"].append(milliseconds(again, clock))
        times["save"].append(milliseconds(act.save, clock))
        times["first"].append(milliseconds(again, clock))
        times["searchable"].append(times["save"][-1] + times["first"][-1])
        if not search(act.found_by).total:
            raise AssertionError("A save was acknowledged that search does not find.")
    figures = {
        "saving/first of warm": round(percentile(times["first"], 50) / percentile(times["warm"], 50), 3)
    }
    for name, measured in times.items():
        figures |= figures_of(f"saving/{name}", measured)
    rows = [
        (sentence, cells(figures, f"saving/{name}", "p50", "p95", "max"))
        for name, sentence in SENTENCES.items()
    ]
    title = f"Saving, about {base.size} units; p50 / p95 / max in ms"
    return Section([Table(title, ("", f"{saves} saves"), rows)], figures)


class Act(NamedTuple):
    """A save, and the question that must find what it saved."""

    save: Callable[[], object]
    found_by: SearchRequest


def _acts(services: Services, base: Base, saves: int) -> Iterator[Act]:
    """Give saves to be done at once, each as soon as the one before is done."""
    chance = Random()
    for number in range(saves):
        some = made(chance.randrange(base.count))
        if number % EVERY and COORDINATOR.viewer.sees(some.case.readers):
            yield _retagging(services, some.id, chance)
        else:
            yield _publication(services, some.case, chance)


def _publication(services: Services, like: CaseStudy, chance: Random) -> Act:
    """Publish a new case, written and reviewed before; a word of its own tells it from the one that it is like."""
    word = "".join(chance.choices(ascii_lowercase, k=16))
    title = f"{like.title[:80]} {word}"
    case = like.model_copy(update={"title": title, "audience": Audience(marking=Marking.GREEN)})
    submissions, reviews = services.submissions, services.reviews
    draft = submissions.create(ASKER, case)
    sent = submissions.submit(ASKER, draft.id, draft.revision)
    taken = reviews.take(COORDINATOR, sent.id, sent.revision)
    for warned in dict.fromkeys(map(Warned.of, reviews.warnings(COORDINATOR, taken.id))):
        taken = reviews.override(COORDINATOR, taken.id, taken.revision, warned, "Drawn at random.")
    return Act(
        partial(reviews.publish, COORDINATOR, draft.id, taken.revision), SearchRequest(text=word, exact=True)
    )


def _retagging(services: Services, identifier: str, chance: Random) -> Act:
    """Put a tag on a case that does not bear it."""
    borne = services.cases.get(COORDINATOR, identifier).case.tags
    tag = chance.choice([key for key in concept_keys(Scheme.TAG) if key not in borne])
    found_by = SearchRequest(
        cases=frozenset({identifier}),
        filters=(
            Filter(facet=Facet.TAG, values=frozenset({tag})),
            Filter(facet=Facet.KIND, values=frozenset({UnitKind.CASE_STUDY.value})),
        ),
    )
    return Act(partial(services.case_acts.retag, COORDINATOR, identifier, add=frozenset({tag})), found_by)
