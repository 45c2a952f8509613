"""The measures as `ir-measures` computes them; only where it is installed, which `make bench` does."""

from __future__ import annotations

from collections.abc import Mapping

import ir_measures

from benchmarks.measures import Judgements, Ranking

NAMES = {"nDCG@10": "nDCG@10", "R@100": "recall@100", "RR@10": "MRR@10", "Success@1": "success@1"}
"""Its names for our measures."""


def averages(run: Mapping[str, Ranking], qrels: Mapping[str, Judgements]) -> dict[str, float]:
    """Give each measure's mean over the judged queries, as `measures.averages` does."""
    scored = {
        query: {each: float(len(found) - rank) for rank, each in enumerate(found)}
        for query, found in run.items()
    }
    asked = [ir_measures.parse_measure(name) for name in NAMES]
    values = ir_measures.calc_aggregate(
        asked, {query: dict(judged) for query, judged in qrels.items()}, scored
    )
    return {NAMES[str(measure)]: float(values[measure]) for measure in asked}
