"""What goes into every catalogue, and out of it."""

from __future__ import annotations

from kb.domain.case_study import CaseStatus
from kb.domain.entry import Listing
from kb.domain.marking import (
    OPERATOR_VIEWER,
    Audience,
    Marking,
)
from kb.domain.ports import Catalogue, Change
from kb.domain.record import Kind
from kb.domain.resource import Resource
from kb.domain.unit import units_of
from tests.fakes.clock import NOON
from tests.ports.catalogue.entries import ANNA, DAY, entry, put
from tests.samples import a_case, a_submission, case_ref, submission_ref


def test_an_empty_catalogue_knows_nothing(catalogue: Catalogue) -> None:
    assert catalogue.get(OPERATOR_VIEWER, case_ref()) is None
    assert catalogue.list(Listing(viewer=OPERATOR_VIEWER)) == ()
    assert catalogue.count(Listing(viewer=OPERATOR_VIEWER)) == 0
    assert catalogue.created_at(case_ref()) is None
    assert dict(catalogue.manifest()) == {}
    assert list(catalogue.units()) == []
    assert dict(catalogue.units_manifest()) == {}


def test_an_entry_comes_back_whole_without_its_units(catalogue: Catalogue) -> None:
    made = entry("seven", a_case(author="anna", source_key="row 7"), created_at=NOON - DAY)

    put(catalogue, made)

    assert catalogue.get(OPERATOR_VIEWER, case_ref()) == made.model_copy(update={"units": ()})
    assert catalogue.created_at(case_ref()) == NOON - DAY


def test_the_units_of_all_entries_come_back_in_order(catalogue: Catalogue) -> None:
    case = a_case()
    put(catalogue, entry("seven", case), entry("eight", case, revision=2), entry("draft", a_submission()))

    assert list(catalogue.units()) == [*units_of("eight", 2, case), *units_of("seven", 1, case)]
    assert dict(catalogue.units_manifest()) == {"eight": 2, "seven": 1}


def test_versions_are_of_cases_with_units_all_or_those_that_are_asked_for(catalogue: Catalogue) -> None:
    seven, eight = entry("seven", a_case()), entry("eight", a_case(), revision=2)
    put(catalogue, seven, eight, entry("nine", a_case(status=CaseStatus.RETIRED)))

    assert dict(catalogue.versions()) == {"seven": seven.version, "eight": eight.version}
    assert dict(catalogue.versions({"eight", "nine", "none"})) == {"eight": eight.version}
    assert dict(catalogue.versions(set())) == {}


def test_records_of_two_kinds_under_one_id_are_two_groups(catalogue: Catalogue) -> None:
    case, resource = entry("seven", a_case()), entry("seven", Resource(title="A course"), revision=2)
    put(catalogue, case, resource)

    assert dict(catalogue.units_manifest()) == {"seven": 1, "resource:seven": 2}
    assert dict(catalogue.versions({"resource:seven"})) == {"resource:seven": resource.version}
    assert list(catalogue.searched({"resource:seven"})) == [resource]
    assert list(catalogue.searched()) == [case, resource]


def test_a_retired_case_is_in_the_manifest_and_not_in_that_of_the_units(catalogue: Catalogue) -> None:
    put(catalogue, entry("seven", a_case(status=CaseStatus.RETIRED)))

    assert dict(catalogue.manifest()) == {case_ref(): 1}
    assert dict(catalogue.units_manifest()) == {}


def test_a_newer_revision_replaces_an_older_one_with_everything_that_hangs_on_it(
    catalogue: Catalogue,
) -> None:
    red = Audience(marking=Marking.RED, persons=("ben",))
    put(catalogue, entry("seven", a_case(author="anna")))
    put(catalogue, entry("seven", a_case(author="ben", title="Narrowed", audience=red), revision=2))

    assert catalogue.get(ANNA, case_ref()) is None
    assert catalogue.list(Listing(viewer=OPERATOR_VIEWER, author="anna")) == ()
    assert [unit.revision for unit in catalogue.units()] == [2] * 5


def test_an_older_revision_never_replaces_a_newer_one(catalogue: Catalogue) -> None:
    put(catalogue, entry("seven", a_case(title="Newer"), revision=2))
    put(catalogue, entry("seven", a_case(title="Older")))

    assert dict(catalogue.manifest()) == {case_ref(): 2}


def test_the_same_revision_may_be_put_again(catalogue: Catalogue) -> None:
    put(catalogue, entry("seven", a_case()))
    put(catalogue, entry("seven", a_case()))

    assert catalogue.count(Listing(viewer=OPERATOR_VIEWER)) == 1


def test_a_dropped_entry_is_gone_with_its_units_and_may_come_back_older(catalogue: Catalogue) -> None:
    put(catalogue, entry("seven", a_case(), revision=2), entry("eight", a_case()))
    catalogue.apply([Change(ref=case_ref(), entry=None), Change(ref=case_ref("nothing"), entry=None)])

    assert dict(catalogue.manifest()) == {case_ref("eight"): 1}
    assert {unit.case for unit in catalogue.units()} == {"eight"}
    put(catalogue, entry("seven", a_case()))
    assert dict(catalogue.manifest())[case_ref()] == 1


def test_records_of_two_kinds_may_share_an_id(catalogue: Catalogue) -> None:
    put(catalogue, entry("seven", a_case()), entry("seven", a_submission(), revision=3))

    assert dict(catalogue.manifest()) == {case_ref(): 1, submission_ref("seven"): 3}


def test_clearing_forgets_everything(catalogue: Catalogue) -> None:
    put(catalogue, entry("seven", a_case()))

    catalogue.clear()

    assert dict(catalogue.manifest()) == {}
    assert list(catalogue.units()) == []


def test_the_checksum_tells_what_is_held_and_not_how_it_came(catalogue: Catalogue) -> None:
    empty = catalogue.digest()
    put(catalogue, entry("seven", a_case()), entry("eight", a_case()))
    held = catalogue.digest()
    catalogue.clear()
    put(catalogue, entry("eight", a_case()))
    put(catalogue, entry("seven", a_case()))

    assert catalogue.digest() == held != empty
    put(catalogue, entry("seven", a_case(), revision=2))
    assert catalogue.digest() != held


def test_purging_changes_nothing_that_is_held(catalogue: Catalogue) -> None:
    put(catalogue, entry("seven", a_case()))
    held = catalogue.digest()

    catalogue.purge()

    assert catalogue.digest() == held


def test_a_stamp_changes_with_every_entry_of_its_kind_that_comes_or_goes_and_with_no_other(
    catalogue: Catalogue,
) -> None:
    stamps = [catalogue.stamp(Kind.CASE_STUDY)]

    def after(*changes: Change) -> None:
        catalogue.apply(changes)
        stamps.append(catalogue.stamp(Kind.CASE_STUDY))

    came = Change(ref=case_ref(), entry=entry("seven", a_case()))
    after(came)
    after(Change(ref=case_ref(), entry=entry("seven", a_case(), revision=2)))
    after(Change(ref=case_ref(), entry=None))
    after(came)
    catalogue.clear()
    stamps.append(catalogue.stamp(Kind.CASE_STUDY))
    assert len(set(stamps)) == len(stamps)

    put(catalogue, entry("draft", a_submission()))
    catalogue.list(Listing(viewer=OPERATOR_VIEWER))
    catalogue.purge()
    assert catalogue.stamp(Kind.CASE_STUDY) == stamps[-1]
