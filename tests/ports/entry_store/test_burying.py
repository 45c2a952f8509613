"""How every entry store finds a text that must go, and removes it."""

from __future__ import annotations

import pytest

from kb.domain.case_study import CaseStudy
from kb.domain.lesson import Difficulty
from kb.domain.operation import Operation, OperationKind, RevisionRef
from kb.domain.ports import EntryStore
from kb.domain.record import Kind
from kb.domain.revision import RecordRef
from tests.ports.entry_stores import CASE, a_save, ref_of


def test_a_buried_revision_keeps_its_header_and_nothing_of_its_text(store: EntryStore) -> None:
    store.save(a_save(1, title="The secret name", note="The secret name", submission="cdefghijkl"))
    header = store.save(a_save(2, title="Harmless")).header
    before = store.revision(CASE, 1).header
    store.release(store.markers())

    store.bury(CASE, 1, "Purged at request")

    buried = store.revision(CASE, 1)
    assert buried.tombstone is not None
    assert (buried.header, buried.tombstone.reason) == (before, "Purged at request")
    assert (buried.body, buried.note, buried.submission) == (None, "", None)
    assert store.current(CASE).header == header
    assert list(store.holds("secret name")) == []
    assert store.markers() == ()
    assert store.verify() == ()


def test_burying_twice_changes_nothing(store: EntryStore) -> None:
    store.save(a_save())
    store.bury(CASE, 1, "First reason")

    store.bury(CASE, 1, "Second reason")

    tombstone = store.current(CASE).tombstone
    assert tombstone is not None
    assert tombstone.reason == "First reason"


def test_a_chain_goes_on_after_a_tombstone(store: EntryStore) -> None:
    store.save(a_save(1))
    store.bury(CASE, 1, "Purged")

    store.save(a_save(2, title="Written anew"))

    assert store.current(CASE).body == CaseStudy(title="Written anew")
    assert len(store.revisions(CASE)) == 2
    assert store.verify() == ()


@pytest.mark.parametrize(
    "text",
    [
        "paid to the café",
        "the  café\nin",
        "paid to the cafe\u0301",
        "to the\ncafé",
        "'café'",
        "PAID to the CAFÉ",
    ],
)
def test_a_text_is_found_in_every_revision_that_holds_it_whatever_its_line_breaks_and_capitals(
    store: EntryStore, text: str
) -> None:
    lesson = Difficulty(key="d1", text="It was paid\nto the café in\ntown, 'café' to us.")
    other = RecordRef(kind=Kind.CASE_STUDY, id="zz")
    store.save(a_save(1, body=CaseStudy(lessons=(lesson,))))
    store.save(a_save(2))
    store.save(a_save(3, body=CaseStudy(lessons=(lesson, Difficulty(key="d2")))))
    store.save(a_save(ref=other, note="It was paid to the café in town, 'café' to us."))

    assert list(store.holds(text)) == [(CASE, 1), (CASE, 3), (other, 1)]


@pytest.mark.parametrize("text", ["", " \n", "nowhere", "case-study", "abcdefghij", "a-presenter", "title"])
def test_what_no_text_of_a_record_says_is_found_nowhere(store: EntryStore, text: str) -> None:
    store.save(a_save(1))

    assert list(store.holds(text)) == []


def test_a_purge_plan_holds_no_text_that_could_be_found(store: EntryStore) -> None:
    plan = Operation(
        operation=OperationKind.PURGE,
        reason="A person asked",
        requested_by="operator",
        targets=(RevisionRef(kind=Kind.CASE_STUDY, id=CASE.id, revision=1),),
    )
    store.save(a_save(1, title="The secret name"))
    store.save(a_save(ref=ref_of(plan), body=plan))

    assert list(store.holds("The secret name")) == [(CASE, 1)]
