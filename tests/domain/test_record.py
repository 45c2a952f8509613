from __future__ import annotations

import pytest
from pydantic import ValidationError

from kb.domain.event import Event
from kb.domain.marking import OFFICERS_VIEWER, Audience, Marking, Viewer
from kb.domain.operation import Operation, OperationKind
from kb.domain.record import Origin, Record, Source
from kb.domain.resource import Resource
from kb.domain.revision import BODY_OF, KIND_OF, RecordRef
from tests.fakes.entry_store import MemoryEntryStore
from tests.samples import VIENNA, a_case, case_ref, put, submission_ref


def test_a_published_record_names_its_source() -> None:
    with pytest.raises(ValidationError, match="names at least one public source"):
        Record(origin=Origin.PUBLISHED)
    assert Record(origin=Origin.PUBLISHED, sources=(Source(title="Report"),)).sources


@pytest.mark.parametrize("url", ["https://www.osce.org/node/49555", "http://example.org/a?b=c#d"])
def test_a_source_may_have_a_link(url: str) -> None:
    assert Source(title="Report", url=url).url == url


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "//example.org", "https://", "https://a b", 'https://a"b']
)
def test_a_link_that_could_do_harm_is_refused(url: str) -> None:
    with pytest.raises(ValidationError):
        Source(title="Report", url=url)


def test_a_record_is_read_by_whom_its_audience_reaches() -> None:
    record = Record(owner=VIENNA)

    assert record.readers == record.audience.readers(VIENNA)


def test_under_chatham_house_a_record_of_any_kind_comes_from_nowhere_for_outsiders() -> None:
    audience = Audience(marking=Marking.AMBER, countries=("BE",), chatham_house=True)
    outsider = Viewer(tokens=OFFICERS_VIEWER.tokens, organisation="brussels")
    for record in (Event(owner=VIENNA, audience=audience), Resource(owner=VIENNA, audience=audience)):
        shown = record.shown_to(outsider)
        assert (shown.owner, shown.audience.countries, shown.audience.chatham_house) == (None, (), True)
        assert record.shown_to(Viewer(organisation="vienna")) is record
        open_before = record.model_copy(update={"audience": Audience()})
        assert open_before.shown_to(outsider) is open_before
        assert open_before.shown_to(outsider, today=record).owner is None


def test_an_operation_is_read_by_nobody_but_operators() -> None:
    plan = Operation(operation=OperationKind.PURGE, reason="Asked", requested_by="operator", targets=())

    assert plan.readers == frozenset()


def test_every_kind_holds_one_body_and_every_body_is_of_one_kind() -> None:
    assert {KIND_OF[body] for body in BODY_OF.values()} == set(BODY_OF)


def test_a_record_is_named_by_kind_and_id() -> None:
    store = MemoryEntryStore()
    header = put(store, "seven", a_case()).header
    revision = store.current(case_ref())

    assert str(case_ref()) == "case-study/seven"
    assert header.ref == revision.ref == case_ref() != submission_ref("seven")
    assert revision.number == 1
    assert len({case_ref(), header.ref, RecordRef(kind=header.kind, id="eight")}) == 2
