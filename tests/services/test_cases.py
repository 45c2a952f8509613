from __future__ import annotations

import pytest

from kb.domain.case_study import CaseStatus
from kb.domain.errors import NotFound, NotSignedIn
from kb.domain.lesson import CrossBorderIssue
from kb.domain.marking import Audience, Marking
from kb.domain.permission import Permission
from kb.services.cases import CAN
from tests.samples import a_case, put
from tests.services.office import Office

STRICT = Audience(marking=Marking.AMBER_STRICT)
HOUSE = Audience(chatham_house=True)


class TestReading:
    def test_a_case_is_shown_with_its_author_and_what_may_be_done(self, office: Office) -> None:
        office.publish(author="bert")
        view = office.cases.get(office.anna, "seven")
        assert (view.id, view.revision, view.author) == ("seven", 1, "Bert")
        assert view.can == frozenset(CAN)
        assert office.cases.get(office.dora, "seven").can == frozenset()
        assert office.cases.get(office.carla, "seven").can == {
            Permission.TAG_CASE,
            Permission.RETIRE_CASE,
        }

    def test_an_author_without_an_account_any_more_has_no_name(self, office: Office) -> None:
        assert office.publish(author="gone").author == ""
        assert office.publish("eight").author == ""

    def test_nothing_without_signing_in(self, office: Office) -> None:
        office.publish()
        for call in (office.cases.get, office.cases.history):
            with pytest.raises(NotSignedIn):
                call(None, "seven")
        with pytest.raises(NotSignedIn):
            office.cases.count(None)

    def test_under_chatham_house_outsiders_learn_nothing_of_its_origin(self, office: Office) -> None:
        office.publish(audience=HOUSE, author="anna", contact="Desk", event="vienna-2007")
        shown = office.cases.get(office.dora, "seven")
        assert shown.origin_withheld
        assert (shown.author, shown.case.owner, shown.case.lead_country) == ("", None, None)
        border = shown.case.lesson("border")
        assert isinstance(border, CrossBorderIssue)
        assert (border.from_country, border.to_countries) == (None, ())
        assert not office.cases.get(office.bert, "seven").origin_withheld

    def test_lists_and_counts_hold_what_exists_for_the_reader(self, office: Office) -> None:
        office.publish("one", title="One", audience=STRICT)
        office.publish("two", title="Two")
        office.publish("three", title="Three", status="retired")
        assert [entry.id for entry in office.cases.list(office.anna)] == ["two", "one"]
        assert [entry.id for entry in office.cases.list(office.anna, offset=1, limit=1)] == ["one"]
        assert [entry.id for entry in office.cases.list(office.dora)] == ["two"]
        assert office.cases.count(office.anna) == 2
        assert office.cases.count(office.dora, status=CaseStatus.RETIRED) == 1

    def test_two_revisions_are_compared_under_the_narrower_marking(self, office: Office) -> None:
        office.publish(title="Old words", audience=STRICT)
        put(office.store, "seven", a_case(title="New words"))
        found = office.cases.difference(office.anna, "seven", 1, 2)
        assert [field.path for field in found.fields] == ["title", "audience.marking"]
        assert (found.before.revision, found.after.revision) == (1, 2)
        assert found.marking is Marking.AMBER_STRICT
        with pytest.raises(NotFound):
            office.cases.difference(office.dora, "seven", 1, 2)

    def test_history_is_that_of_the_case(self, office: Office) -> None:
        office.publish()
        assert [line.number for line in office.cases.history(office.dora, "seven")] == [1]
