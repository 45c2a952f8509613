"""Bodies that are kept: the very text that the catalogue names, for nobody who may not see it."""

from __future__ import annotations

import pytest

from kb.domain.errors import Damaged
from kb.domain.marking import OFFICERS_VIEWER, PUBLIC_VIEWER
from kb.services.kept_bodies import KeptBodies
from tests.samples import a_case, case_ref
from tests.services.office import Office


def test_a_body_is_kept_until_the_catalogue_names_another_text(office: Office) -> None:
    office.publish()
    kept = KeptBodies(office.store, office.catalogue)
    first = kept.get(OFFICERS_VIEWER, case_ref())
    assert kept.get(OFFICERS_VIEWER, case_ref()) is first
    office.publish(title="Eight days")
    assert kept.get(OFFICERS_VIEWER, case_ref()) == a_case(title="Eight days")


def test_nobody_is_given_what_they_may_not_see_because_somebody_else_was(office: Office) -> None:
    office.publish()
    kept = KeptBodies(office.store, office.catalogue)
    assert kept.get(OFFICERS_VIEWER, case_ref())
    assert kept.get(PUBLIC_VIEWER, case_ref()) is None


def test_what_cannot_be_read_is_not_kept(office: Office) -> None:
    office.publish()
    kept = KeptBodies(office.store, office.catalogue)
    office.store.damage(case_ref(), 1)
    with pytest.raises(Damaged):
        office.store.revision(case_ref(), 1)
    assert kept.get(OFFICERS_VIEWER, case_ref()) is None


def test_a_text_that_was_buried_before_the_catalogue_followed_is_none(office: Office) -> None:
    office.publish()
    kept = KeptBodies(office.store, office.catalogue)
    office.store.bury(case_ref(), 1, "Purged.")
    assert kept.get(OFFICERS_VIEWER, case_ref()) is None


def test_of_more_than_memory_is_given_for_each_is_read_anew(office: Office) -> None:
    office.publish()
    office.publish("eight", title="Eight days")
    kept = KeptBodies(office.store, office.catalogue, most=1)
    first = kept.get(OFFICERS_VIEWER, case_ref())
    assert kept.get(OFFICERS_VIEWER, case_ref("eight")) == a_case(title="Eight days")
    office.store.damage(case_ref(), 1)
    assert first == a_case()
    assert kept.get(OFFICERS_VIEWER, case_ref()) is None
