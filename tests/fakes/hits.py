"""What a search in memory shows of the units that it found: hits, folded ones, counts, and another spelling."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from kb.domain.marking import Viewer
from kb.domain.query import MOST_SIBLINGS, FacetCount, Hit, SearchQuery, Sibling
from kb.domain.unit import ASIDE, Facet, SearchUnit
from tests.fakes.matching import counted_values, knows, passes, score, searched_in, shown_values, words_of
from tests.fakes.snippets import snippet


def counts(fitting: Sequence[SearchUnit], query: SearchQuery) -> Iterator[FacetCount]:
    """Count each facet under the filters of all others: what choosing that value alone returns."""
    for facet in Facet:
        chosen = query.chosen(facet)
        if facet in ASIDE and all(each.facet is not facet for each in query.filters):
            continue
        counter = Counter(
            value
            for unit in fitting
            if passes(unit, query, facet)
            for value in counted_values(unit, facet, query.viewer)
        )
        counter.update(dict.fromkeys(chosen, 0))
        for value, count in sorted(counter.items(), key=lambda item: (-item[1], item[0])):
            yield FacetCount(facet=facet, value=value, count=count, chosen=value in chosen)


def behind(found: Sequence[SearchUnit], query: SearchQuery) -> list[list[SearchUnit]]:
    """Give each result with the units that fold behind it."""
    if not query.folds:
        return [[unit] for unit in found]
    by_case: dict[str, list[SearchUnit]] = {}
    for unit in found:
        by_case.setdefault(unit.case, []).append(unit)
    return list(by_case.values())


def hit_of(unit: SearchUnit, viewer: Viewer, words: Sequence[str], folded: Sequence[SearchUnit] = ()) -> Hit:
    def values(facet: Facet) -> tuple[str, ...]:
        return tuple(sorted(shown_values(unit, facet, viewer)))

    return Hit(
        id=unit.id,
        case=unit.case,
        kind=unit.kind,
        title=unit.title,
        language=unit.language,
        snippet=snippet(unit.text, words),
        case_title=unit.case_title,
        score=score(unit, words),
        revision=unit.revision,
        countries=values(Facet.COUNTRY),
        year="".join(values(Facet.YEAR)),
        stages=values(Facet.STAGE),
        outcome="".join(values(Facet.OUTCOME)),
        marking="".join(values(Facet.MARKING)),
        origin="".join(values(Facet.ORIGIN)),
        source_key=unit.source_key if knows(viewer, unit) else "",
        more=len(folded),
        siblings=tuple(
            Sibling(
                id=each.id,
                kind=each.kind,
                title=each.title,
                language=each.language,
                outcome="".join(each.values(Facet.OUTCOME)),
            )
            for each in folded[:MOST_SIBLINGS]
        ),
    )


def suggestion(visible: Sequence[SearchUnit], words: Sequence[str]) -> str:
    known = sorted({word for unit in visible for word in words_of(searched_in(unit))})
    better = [next(iter(get_close_matches(word, known, 1)), word) for word in words]
    return "" if better == list(words) else " ".join(better)
