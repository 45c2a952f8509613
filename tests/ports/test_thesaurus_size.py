"""A thesaurus as large as those that others write comes in whole: five thousand concepts in six languages, as Turtle."""

from __future__ import annotations

import pytest

from benchmarks.skos import CONCEPTS, LANGUAGES, WIDTH, thesaurus
from kb.adapters.skos.turtle import Turtle
from kb.domain.concept import Scheme
from kb.domain.record import Kind
from kb.services.thesaurus_transfer import ThesaurusTransfer
from tests.services.office import Office

HANG = 600
"""Ten times the goal in seconds; what it takes is measured by `python -m benchmarks skos`."""


@pytest.mark.slow
@pytest.mark.timeout(HANG)
def test_a_thesaurus_of_five_thousand_concepts_is_imported_each_by_one_save() -> None:
    office = Office()
    transfer = ThesaurusTransfer(office.vocabularies, office.saving, Turtle())
    plan = transfer.plan(office.carla, thesaurus(CONCEPTS), Scheme.TAG)
    assert not plan.troubles

    imported = transfer.carry_out(office.carla, plan, reason="The words of our neighbours.")

    assert (imported.saved, imported.stale, imported.met) == (CONCEPTS, (), ())
    concepts = office.vocabularies.of(office.carla).scheme(Scheme.TAG)
    assert len(concepts) == CONCEPTS
    assert [each.last for each in office.store.chains(Kind.CONCEPT)] == [1] * CONCEPTS
    assert {len(each.labels) for each in concepts} == {len(LANGUAGES)}
    assert sum(each.broader is None for each in concepts) == WIDTH
