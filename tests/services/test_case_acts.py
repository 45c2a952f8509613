from __future__ import annotations

import pytest

from kb.domain.case_study import CaseStatus
from kb.domain.errors import Forbidden, Invalid, NotFound, ProveAgain, StaleRevision, WrongState
from kb.domain.marking import Audience, Marking
from kb.domain.revision import Save
from kb.domain.session import FRESH
from kb.domain.workflow import Action
from kb.services.case_acts import TRIES
from tests.samples import a_case, case_ref, put
from tests.services.office import Office

STRICT = Audience(marking=Marking.AMBER_STRICT)
HOUSE = Audience(chatham_house=True)


class TestTagging:
    def test_tags_go_on_and_off_the_case(self, office: Office) -> None:
        office.publish(tags=("old", "kept"))
        view = office.case_acts.retag(
            office.carla, "seven", add=frozenset({"new", "kept"}), remove=frozenset({"old"})
        )
        assert view.case.tags == ("kept", "new")
        revision = office.store.current(case_ref())
        assert (revision.header.action, revision.note) == (Action.RETAG, "case: +kept +new -old")

    def test_tags_go_on_one_lesson_alone(self, office: Office) -> None:
        office.publish()
        view = office.case_acts.retag(office.anna, "seven", lesson="logs", add=frozenset({"speed"}))
        assert [lesson.tags for lesson in view.case.lessons] == [("speed",), (), ("templates",), ()]

    def test_a_lesson_that_is_gone_cannot_be_tagged(self, office: Office) -> None:
        office.publish()
        with pytest.raises(Invalid):
            office.case_acts.retag(office.anna, "seven", lesson="gone", add=frozenset({"speed"}))

    def test_nothing_is_saved_where_nothing_changes(self, office: Office) -> None:
        office.publish(tags=("kept",))
        assert office.case_acts.retag(office.anna, "seven", add=frozenset({"kept"})).revision == 1

    def test_strangers_do_not_tag(self, office: Office) -> None:
        office.publish()
        with pytest.raises(Forbidden):
            office.case_acts.retag(office.dora, "seven", add=frozenset({"mine"}))

    def test_somebody_elses_change_at_the_same_time_stands_too(self, office: Office) -> None:
        office.publish()

        def meanwhile(save: Save) -> None:
            put(office.store, "seven", a_case(tags=("theirs",)))

        office.store.before_save = meanwhile
        view = office.case_acts.retag(office.anna, "seven", add=frozenset({"mine"}))
        assert (view.revision, view.case.tags) == (3, ("theirs", "mine"))

    def test_who_is_always_overtaken_is_told_in_the_end(self, office: Office) -> None:
        office.publish()
        overtakings = []

        def meanwhile(save: Save) -> None:
            overtakings.append(save.number)
            put(office.store, "seven", a_case(title=f"Text {save.number}"))
            office.store.before_save = meanwhile

        office.store.before_save = meanwhile
        with pytest.raises(StaleRevision):
            office.case_acts.retag(office.anna, "seven", add=frozenset({"mine"}))
        assert len(overtakings) == TRIES


class TestStanding:
    def test_a_retired_case_leaves_lists_and_search_but_keeps_its_page_and_reason(
        self, office: Office
    ) -> None:
        office.publish()
        view = office.case_acts.retire(office.carla, "seven", "The law has changed.")
        assert (view.case.status, view.case.status_reason) == (
            CaseStatus.RETIRED,
            "The law has changed.",
        )
        assert office.cases.count(office.anna) == 0
        assert office.engine.manifest() == {}
        back = office.case_acts.reinstate(office.anna, "seven", "It changed back.")
        assert back.case.status is CaseStatus.PUBLISHED
        assert office.engine.manifest() == {"seven": 3}

    def test_it_is_retired_once_and_with_a_reason(self, office: Office) -> None:
        office.publish()
        with pytest.raises(Invalid):
            office.case_acts.retire(office.carla, "seven", " ")
        office.case_acts.retire(office.carla, "seven", "Old.")
        with pytest.raises(WrongState):
            office.case_acts.retire(office.carla, "seven", "Old.")
        with pytest.raises(Forbidden):
            office.case_acts.reinstate(office.dora, "seven", "Because.")

    def test_a_superseded_case_names_the_one_that_tells_it_better(self, office: Office) -> None:
        office.publish()
        office.publish("eight")
        view = office.case_acts.supersede(office.anna, "seven", "eight", "Fuller.")
        assert (view.case.status, view.case.superseded_by) == (CaseStatus.SUPERSEDED, "eight")

    def test_it_is_not_superseded_by_itself_or_by_what_the_actor_cannot_see(self, office: Office) -> None:
        office.publish()
        office.publish("eight", audience=STRICT)
        with pytest.raises(Invalid):
            office.case_acts.supersede(office.carla, "seven", "seven", "Better.")
        with pytest.raises(NotFound):
            office.case_acts.supersede(office.carla, "seven", "eight", "Better.")


class TestMarking:
    def test_the_owners_organisation_widens_and_narrows_with_a_reason(self, office: Office) -> None:
        office.publish(audience=STRICT)
        wide = office.case_acts.remark(office.proved(office.bert), "seven", Audience(), "Trial is over.")
        assert wide.case.audience.marking is Marking.GREEN
        assert office.store.current(case_ref()).header.action is Action.WIDEN
        assert office.store.current(case_ref()).note == "Trial is over."
        office.case_acts.remark(office.bert, "seven", STRICT, "It is not.")
        assert office.store.current(case_ref()).header.action is Action.NARROW
        with pytest.raises(NotFound):
            office.cases.get(office.dora, "seven")

    def test_widening_needs_somebody_who_has_just_signed_in_and_narrowing_does_not(
        self, office: Office
    ) -> None:
        """ASVS 5.0 V7.5: what was seen cannot be unseen."""
        office.publish(audience=Audience(marking=Marking.AMBER))
        bert = office.proved(office.bert)
        office.clock.tick(seconds=FRESH.total_seconds() + 1)

        for actor in (office.bert, bert):
            with pytest.raises(ProveAgain):
                office.case_acts.remark(actor, "seven", Audience(), "Trial is over.")
        assert office.cases.get(office.bert, "seven").case.audience.marking is Marking.AMBER

        assert office.case_acts.remark(office.bert, "seven", STRICT, "Careful.").case.audience == STRICT

    def test_who_may_not_change_it_is_told_so_and_not_to_sign_in_again(self, office: Office) -> None:
        office.publish(audience=Audience(marking=Marking.AMBER, countries=("BE",)))

        with pytest.raises(Forbidden):
            office.case_acts.remark(office.carla, "seven", Audience(), "For all.")

    def test_coordinators_elsewhere_do_not_change_it(self, office: Office) -> None:
        office.publish()
        with pytest.raises(Forbidden):
            office.case_acts.remark(office.carla, "seven", STRICT, "Careful.")

    def test_a_reason_is_needed_and_something_to_change(self, office: Office) -> None:
        office.publish()
        with pytest.raises(Invalid):
            office.case_acts.remark(office.anna, "seven", STRICT, "")
        with pytest.raises(WrongState):
            office.case_acts.remark(office.anna, "seven", Audience(), "Same.")

    def test_two_changes_of_it_at_once_are_not_joined_blindly(self, office: Office) -> None:
        office.publish()

        def meanwhile(save: Save) -> None:
            put(office.store, "seven", a_case(audience=STRICT))

        office.store.before_save = meanwhile
        with pytest.raises(WrongState):
            office.case_acts.remark(
                office.proved(office.anna), "seven", Audience(marking=Marking.CLEAR), "For all."
            )
        assert office.cases.get(office.anna, "seven").case.audience == STRICT
