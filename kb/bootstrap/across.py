"""What is told across borders: figures, reference records, corridors and partners, joined to each other."""

from __future__ import annotations

from typing import NamedTuple

from kb.domain.ports import Clock, EntryStore, Randomness
from kb.services.corridors import Corridors
from kb.services.insights import Insights
from kb.services.kept_bodies import KeptBodies
from kb.services.partners import Partners
from kb.services.records import Records
from kb.services.reference import References
from kb.services.reference_acts import ReferenceActs
from kb.services.resolving import ResolvingSearcher
from kb.services.saving import Saving
from kb.services.searching import Searching
from kb.services.vocabulary import Vocabularies


class Across(NamedTuple):
    """The services that stand behind the pages across borders."""

    insights: Insights
    reference: References
    reference_acts: ReferenceActs
    corridors: Corridors
    partners: Partners


def across(
    references: References,
    records: Records,
    saving: Saving,
    *,
    store: EntryStore,
    searcher: ResolvingSearcher,
    vocabularies: Vocabularies,
    kept: KeptBodies,
    clock: Clock,
    randomness: Randomness,
) -> Across:
    """Join them."""
    insights, searching = Insights(searcher, vocabularies), Searching(searcher, vocabularies)
    acts = ReferenceActs(
        references,
        records,
        saving,
        store=store,
        vocabularies=vocabularies,
        clock=clock,
        randomness=randomness,
    )
    return Across(
        insights,
        references,
        acts,
        Corridors(insights, searching, references, clock),
        Partners(insights, searching, references, vocabularies, kept),
    )
