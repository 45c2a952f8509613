"""How every entry store keeps revisions in order, and the markers of what is owed."""

from __future__ import annotations

import datetime as dt

import pytest

from kb.domain.case_study import CaseStudy
from kb.domain.concept import Concept, Labels, Scheme
from kb.domain.errors import NotFound, StaleRevision
from kb.domain.ports import EntryStore, Marker
from kb.domain.record import Kind
from kb.domain.revision import RecordRef
from tests.fakes.clock import NOON
from tests.ports.entry_stores import CASE, Stand, a_save, ref_of


def test_a_chain_is_read_in_order_and_its_highest_revision_is_current(store: EntryStore) -> None:
    headers = [store.save(a_save(number, title=f"Text {number}")).header for number in (1, 2, 3)]

    assert [revision.header for revision in store.revisions(CASE)] == headers
    assert store.current(CASE).body == CaseStudy(title="Text 3")
    assert store.revision(CASE, 2).body == CaseStudy(title="Text 2")
    assert store.last(CASE) == 3
    assert store.last(RecordRef(kind=Kind.CASE_STUDY, id="missing")) == 0


def test_each_header_names_the_one_before_it_and_no_two_are_alike(store: EntryStore) -> None:
    headers = [store.save(a_save(number)).header for number in (1, 2, 3)]

    assert headers[0].previous is None
    assert all(header.previous for header in headers[1:])
    assert len({header.previous for header in headers}) == 3
    assert len({header.digest for header in headers}) == 3


def test_a_time_of_another_zone_is_kept_as_the_same_moment_in_utc(store: EntryStore) -> None:
    vienna = NOON.astimezone(dt.timezone(dt.timedelta(hours=2)))

    header = store.save(a_save(saved_at=vienna)).header

    assert header.saved_at == NOON
    assert header.saved_at.utcoffset() == dt.timedelta(0)
    assert store.current(CASE).header == header


@pytest.mark.parametrize("number", [1, 2, 4, 9999])
def test_a_number_that_is_not_the_next_one_changes_nothing(store: EntryStore, number: int) -> None:
    store.save(a_save(1, title="First"))
    store.save(a_save(2, title="Second"))
    markers = store.markers()

    with pytest.raises(StaleRevision) as raised:
        store.save(a_save(number, title="Too late"))

    assert (raised.value.kind, raised.value.identifier, raised.value.wanted) == (
        "case-study",
        CASE.id,
        number,
    )
    assert [revision.body for revision in store.revisions(CASE)] == [
        CaseStudy(title="First"),
        CaseStudy(title="Second"),
    ]
    assert store.markers() == markers


def test_the_first_revision_of_a_record_has_number_one(store: EntryStore) -> None:
    with pytest.raises(StaleRevision):
        store.save(a_save(2))

    assert (list(store.chains()), store.markers()) == ([], ())


def test_a_record_that_is_not_there_is_not_found(store: EntryStore) -> None:
    for read in (store.current, store.revisions):
        with pytest.raises(NotFound):
            read(CASE)


@pytest.mark.parametrize("number", [-1, 0, 2, 10_000])
def test_a_revision_that_is_not_there_is_not_found(store: EntryStore, number: int) -> None:
    store.save(a_save())

    with pytest.raises(NotFound):
        store.revision(CASE, number)
    with pytest.raises(NotFound):
        store.bury(CASE, number, "Purged")


def test_chains_come_by_kind_and_id_with_their_last_number(store: EntryStore) -> None:
    tags = [
        Concept(scheme=Scheme.TAG, key=key, labels=(Labels(language="en", preferred=key),))
        for key in ("b", "a")
    ]
    store.save(a_save(ref=RecordRef(kind=Kind.CASE_STUDY, id="zz")))
    store.save(a_save(ref=RecordRef(kind=Kind.CASE_STUDY, id="aa")))
    store.save(a_save(2, ref=RecordRef(kind=Kind.CASE_STUDY, id="aa")))
    for tag in tags:
        store.save(a_save(ref=ref_of(tag), body=tag))

    assert [(str(chain.ref), chain.last) for chain in store.chains()] == [
        ("case-study/aa", 2),
        ("case-study/zz", 1),
        ("concept/tag.a", 1),
        ("concept/tag.b", 1),
    ]
    assert [chain.ref.id for chain in store.chains(Kind.CONCEPT)] == ["tag.a", "tag.b"]
    assert list(store.chains(Kind.EVENT)) == []


def test_every_save_leaves_a_marker_of_its_own_until_it_is_released(store: EntryStore) -> None:
    concept = Concept(scheme=Scheme.TAG, key="ask", labels=(Labels(language="en", preferred="Ask"),))
    store.save(a_save(1))
    store.save(a_save(2))
    store.save(a_save(ref=ref_of(concept), body=concept))

    markers = store.markers()
    assert [(str(marker.ref), marker.revision) for marker in markers] == [
        ("case-study/abcdefghij", 1),
        ("case-study/abcdefghij", 2),
        ("concept/tag.ask", 1),
    ]

    store.release(markers[:1])
    store.release(markers[:2])
    assert store.markers() == markers[2:]


def test_a_marker_is_stale_when_it_is_old_and_its_revision_never_came(stand: Stand) -> None:
    store, hour = stand.store, dt.timedelta(hours=1)
    store.save(a_save(1, saved_at=NOON - 3 * hour))
    came = Marker(ref=CASE, revision=1, token="killed-after-somebody-else-won")
    old = Marker(ref=CASE, revision=2, token="killed-early")
    new = Marker(ref=CASE, revision=2, token="still-writing")
    never = Marker(ref=RecordRef(kind=Kind.CASE_STUDY, id="zz.y"), revision=1, token="first")
    for marker in (came, old, never):
        stand.leave_marker(marker, NOON - 2 * hour)
    stand.leave_marker(new, NOON)

    assert store.stale_markers(NOON - hour) == (old, never)
    assert len(store.markers()) == 5
    assert [chain.ref for chain in store.chains()] == [CASE]
