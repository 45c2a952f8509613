from __future__ import annotations

import pytest

from kb.domain.account import Account
from kb.domain.case_study import CaseStudy
from kb.domain.concept import Concept, Labels, Scheme
from kb.domain.errors import Forbidden, NotFound, NotSignedIn, StoreFailure
from kb.domain.event import Event
from kb.domain.marking import Audience, Marking, Viewer
from kb.domain.permission import Relation
from kb.domain.record import Kind
from kb.domain.resource import Resource
from kb.domain.revision import RecordRef, Revision
from kb.domain.workflow import Action
from kb.services.records import Records, body_as, knows_origin, named, relations
from tests.fakes.catalogue import MemoryCatalogue
from tests.fakes.entry_store import MemoryEntryStore
from tests.fakes.world import World
from tests.samples import VIENNA, a_case, a_submission, case_ref, put
from tests.services.office import Office

STRICT = Audience(marking=Marking.AMBER_STRICT)
HOUSE = Audience(chatham_house=True)


def hidden(office: Office, account: Account, ref: RecordRef, number: int = 1) -> None:
    with pytest.raises(NotFound):
        office.records.current(account, ref)
    with pytest.raises(NotFound):
        office.records.revision(account, ref, number)
    with pytest.raises(NotFound):
        office.records.history(account, ref)


def test_nothing_is_read_without_signing_in_or_without_an_officer_role(office: Office) -> None:
    office.publish()
    with pytest.raises(NotSignedIn):
        office.records.current(None, case_ref())
    with pytest.raises(Forbidden):
        office.records.current(office.otto, case_ref())


def test_hidden_missing_and_damaged_records_are_the_same_nothing(office: Office) -> None:
    office.publish(audience=STRICT)
    assert office.records.current(office.bert, case_ref()).number == 1
    hidden(office, office.dora, case_ref())
    hidden(office, office.bert, case_ref("missing"))
    office.store.damage(case_ref(), 1)
    hidden(office, office.bert, case_ref())


class WatchedStore(MemoryEntryStore):
    """Counts how often a text is read."""

    read = 0

    def current(self, ref: RecordRef) -> Revision:
        self.read += 1
        return super().current(ref)


class LockedCatalogue(MemoryCatalogue):
    """A catalogue that cannot be read just now."""

    def hides(self, viewer: Viewer, ref: RecordRef, revision: int) -> bool:
        raise StoreFailure("The lists cannot be read just now.")


def test_no_file_is_opened_for_who_may_not_see_what_is_in_it(office: Office) -> None:
    store = WatchedStore()
    world = World(store)
    records = Records(store, world.catalogue, office.people, office.vocabularies)
    put(store, "seven", a_case(audience=STRICT))
    world.drain.run()
    before = store.read
    with pytest.raises(NotFound):
        records.current(office.dora, case_ref())
    assert store.read == before
    put(store, "seven", a_case())
    assert records.current(office.dora, case_ref()).number == 2


def test_where_the_catalogue_cannot_be_read_the_file_decides(office: Office) -> None:
    office.publish(audience=STRICT)
    records = Records(office.store, LockedCatalogue(), office.people, office.vocabularies)
    assert records.current(office.bert, case_ref()).number == 1
    with pytest.raises(NotFound):
        records.current(office.dora, case_ref())


def test_a_buried_record_exists_for_nobody(office: Office) -> None:
    office.publish()
    office.store.bury(case_ref(), 1, "purged")
    hidden(office, office.anna, case_ref())


def test_an_old_revision_needs_its_own_audience_and_todays(office: Office) -> None:
    office.publish(audience=STRICT)
    put(office.store, "seven", a_case(title="Now for all"))
    assert office.records.revision(office.dora, case_ref(), 2).number == 2
    assert office.records.revision(office.anna, case_ref(), 1).number == 1
    with pytest.raises(NotFound):
        office.records.revision(office.dora, case_ref(), 1)
    assert [line.number for line in office.records.history(office.dora, case_ref())] == [2]
    assert [line.number for line in office.records.history(office.anna, case_ref())] == [2, 1]


def test_a_damaged_or_buried_old_revision_is_not_read(office: Office) -> None:
    office.publish()
    put(office.store, "seven", a_case(title="Second"))
    put(office.store, "seven", a_case(title="Third"))
    office.store.damage(case_ref(), 1)
    office.store.bury(case_ref(), 2, "purged")
    for number in (1, 2):
        with pytest.raises(NotFound):
            office.records.revision(office.anna, case_ref(), number)


def test_history_tells_who_did_what_and_keeps_the_line_of_a_buried_text(office: Office) -> None:
    office.publish()
    put(office.store, "seven", a_case(title="Second"), by="carla", note="A note")
    put(office.store, "seven", a_case(title="Third"), by="somebody-gone")
    office.store.bury(case_ref(), 2, "purged")
    lines = office.records.history(office.bert, case_ref())
    assert [(line.number, line.by, line.action, line.note, line.readable) for line in lines] == [
        (3, "", Action.EDIT, "", True),
        (2, "Carla", Action.EDIT, "", False),
        (1, "Anna", Action.IMPORT, "", True),
    ]


def test_who_may_have_been_kept_from_a_text_learns_nothing_of_it_by_its_being_buried(office: Office) -> None:
    office.publish(audience=STRICT)
    put(office.store, "seven", a_case(title="Now for all"))
    before = office.records.history(office.dora, case_ref())
    office.store.bury(case_ref(), 1, "purged")
    assert office.records.history(office.dora, case_ref()) == before
    assert [line.number for line in before] == [2]


def test_of_a_concept_a_buried_text_leaves_no_line(office: Office) -> None:
    labels = (Labels(language="en", preferred="Logs"),)
    for definition in ("", "What they are."):
        put(
            office.store,
            "tag.logs",
            Concept(scheme=Scheme.TAG, key="logs", labels=labels, definition=definition),
        )
    ref = RecordRef(kind=Kind.CONCEPT, id="tag.logs")
    office.store.bury(ref, 1, "purged")
    assert [line.number for line in office.records.history(office.dora, ref)] == [2]


def test_under_chatham_house_history_names_nobody_to_outsiders(office: Office) -> None:
    office.publish(audience=HOUSE)
    assert [line.by for line in office.records.history(office.dora, case_ref())] == [""]
    assert [line.by for line in office.records.history(office.bert, case_ref())] == ["Anna"]


def test_who_saved_a_submission_is_as_secret_as_its_case() -> None:
    office = Office()
    submission = a_submission(body=a_case(audience=HOUSE))
    assert not knows_origin(office.dora.viewer, submission)
    assert knows_origin(office.bert.viewer, submission)
    assert knows_origin(office.dora.viewer, None)


def test_records_of_a_kind_are_listed_by_title(office: Office) -> None:
    put(office.store, "vienna-2007", Event(title="Conference in Vienna"))
    put(office.store, "workshop-2008", Event(title="A workshop"))
    put(office.store, "cets", Resource(title="CETS"))
    office.drain.run()
    found = office.records.list(office.dora, Kind.EVENT)
    assert [entry.title for entry in found] == ["A workshop", "Conference in Vienna"]


def test_an_address_that_cannot_be_an_id_names_nothing() -> None:
    with pytest.raises(NotFound):
        named(Kind.CASE_STUDY, "../etc/passwd")


def test_a_body_of_another_type_does_not_exist_under_this_address(office: Office) -> None:
    office.publish()
    revision = office.records.current(office.anna, case_ref())
    assert body_as(CaseStudy, revision).title == "Seven days"
    with pytest.raises(NotFound):
        body_as(Event, revision)


def test_relations_say_how_somebody_stands_to_a_record(office: Office) -> None:
    assert relations(office.anna, VIENNA, ("anna",)) == (Relation.OWNER, Relation.AUTHOR)
    assert relations(office.bert, VIENNA, ("anna", None)) == (Relation.OWNER,)
    assert relations(office.dora, VIENNA) == ()
