"""Measures of a ranking, as trec_eval and ir-measures define them; written here too because those need SciPy and a compiled part
that not every machine has a wheel of.

A ranking is the ids of an engine's best documents, the best first; judgements give each relevant document's grade, from 1.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

Ranking = Sequence[str]
Judgements = Mapping[str, int]
"""Document to grade; what is not in it, or graded 0, is not relevant."""
Measure = Callable[[Ranking, Judgements], float]


def ndcg(ranking: Ranking, judged: Judgements, depth: int) -> float:
    """Give what the grades found are worth, each divided by log2(rank + 1), as a share of the best possible order."""
    best = sorted((grade for grade in judged.values() if grade > 0), reverse=True)[:depth]
    return _worth([judged.get(each, 0) for each in ranking[:depth]]) / _worth(best) if best else 0.0


def recall(ranking: Ranking, judged: Judgements, depth: int) -> float:
    """Give the share of the relevant documents that is among the first."""
    relevant = {each for each, grade in judged.items() if grade > 0}
    return len(relevant & set(ranking[:depth])) / len(relevant) if relevant else 0.0


def reciprocal_rank(ranking: Ranking, judged: Judgements, depth: int) -> float:
    """Give 1 / the rank of the first relevant document, or 0 where none is among the first."""
    return next((1 / rank for rank, each in enumerate(ranking[:depth], 1) if judged.get(each, 0) > 0), 0.0)


def success(ranking: Ranking, judged: Judgements, depth: int) -> float:
    """Give 1 where a relevant document is among the first, else 0."""
    return float(any(judged.get(each, 0) > 0 for each in ranking[:depth]))


MEASURES: Mapping[str, Measure] = {
    "nDCG@10": lambda ranking, judged: ndcg(ranking, judged, 10),
    "recall@100": lambda ranking, judged: recall(ranking, judged, 100),
    "MRR@10": lambda ranking, judged: reciprocal_rank(ranking, judged, 10),
    "success@1": lambda ranking, judged: success(ranking, judged, 1),
}
DEPTH = 100
"""How many documents an engine is asked for: what the deepest measure looks at."""


def averages(run: Mapping[str, Ranking], qrels: Mapping[str, Judgements]) -> dict[str, float]:
    """Give each measure's mean over the judged queries; one that an engine has no answer to counts as 0. Raises
    ValueError where nothing is judged.
    """
    if not qrels:
        raise ValueError("No query is judged.")
    return {
        name: math.fsum(measure(run.get(query, ()), judged) for query, judged in qrels.items()) / len(qrels)
        for name, measure in MEASURES.items()
    }


def _worth(grades: Sequence[int]) -> float:
    return sum(grade / math.log2(rank + 1) for rank, grade in enumerate(grades, 1))
