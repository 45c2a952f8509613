"""Save latency: one tag put on a published case, until catalogue, audit log and index have followed."""

from __future__ import annotations

import random
from functools import partial

from benchmarks.figures import milliseconds, show, spread
from benchmarks.home import COORDINATOR, Home
from kb.domain.query import Filter, SearchRequest
from kb.domain.unit import Facet

SAVES = 60


def run(home: Home) -> None:
    """Measure saves one after the other, each followed by the search that must find it."""
    acts, search = home.services.case_acts, home.services.search
    everything = search.search(COORDINATOR, SearchRequest(size=200))
    tag = next(count.value for count in everything.counts(Facet.TAG))
    chosen = SearchRequest(filters=(Filter(facet=Facet.TAG, values=frozenset({tag})),))
    tagged = {hit.case for hit in search.search(COORDINATOR, chosen.model_copy(update={"size": 200})).hits}
    free = sorted({hit.case for hit in everything.hits} - tagged)
    saves: list[float] = []
    searches: list[float] = []
    for case in random.Random(3).sample(free, SAVES):
        before = search.search(COORDINATOR, chosen).total
        save = partial(acts.retag, COORDINATOR, case, add=frozenset({tag}))
        saves.append(milliseconds(save))
        searches.append(milliseconds(lambda: search.search(COORDINATOR, chosen)))
        if search.search(COORDINATOR, chosen).total <= before:
            raise AssertionError("A save was acknowledged that search does not find.")
    show(
        f"Saving, {home.imported} cases; p50 / p95 in ms",
        ("", f"{SAVES} saves"),
        (
            ("save, followed by catalogue, audit log and index", spread(saves)),
            ("the search after it", spread(searches)),
        ),
    )
