from __future__ import annotations

import pytest

from kb.domain.case_study import CaseStatus
from kb.domain.errors import (
    Forbidden,
    Invalid,
    NotFollowed,
    NotFound,
    ProveAgain,
    StaleRevision,
    WrongState,
)
from kb.domain.marking import Audience, Marking
from kb.domain.query import IndexState
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


class TestTakingFromReaders:
    def test_it_exists_for_its_owners_alone_and_is_found_by_nobody(self, office: Office) -> None:
        """ASVS 5.0 V8.2: what was taken away is answered like what never was."""
        office.publish()
        office.publish("eight")
        office.case_acts.supersede(office.anna, "eight", "seven", "Fuller.")
        view = office.case_acts.unpublish(office.carla, "seven", "It names a unit.")
        assert (view.case.status, view.case.status_reason) == (CaseStatus.UNPUBLISHED, "It names a unit.")
        for stranger in (office.carla, office.dora, office.nora):
            with pytest.raises(NotFound):
                office.cases.get(stranger, "seven")
            with pytest.raises(NotFound):
                office.cases.revision(stranger, "seven", 1)
            assert office.cases.count(stranger, status=CaseStatus.UNPUBLISHED) == 0
            assert office.cases.get(stranger, "eight").case.superseded_by is None
        assert office.cases.get(office.bert, "seven").case.status_reason == "It names a unit."
        assert office.cases.count(office.bert, status=CaseStatus.UNPUBLISHED) == 1
        assert office.cases.count(office.bert) == 0
        assert office.engine.manifest() == {}

    def test_of_red_those_of_the_owner_keep_it_who_are_named(self, office: Office) -> None:
        office.publish(audience=Audience(marking=Marking.RED, persons=("anna", "carla")))
        office.case_acts.unpublish(office.anna, "seven", "It names a unit.")
        assert office.cases.get(office.anna, "seven").revision == 2
        for left_out in (office.bert, office.cyril, office.carla):
            with pytest.raises(NotFound):
                office.cases.get(left_out, "seven")

    def test_its_owner_brings_it_back_with_a_reason(self, office: Office) -> None:
        office.publish()
        office.case_acts.unpublish(office.carla, "seven", "It names a unit.")
        with pytest.raises(NotFound):
            office.case_acts.reinstate(office.carla, "seven", "I think again.")
        with pytest.raises(Invalid):
            office.case_acts.reinstate(office.bert, "seven", "")
        office.case_acts.reinstate(office.bert, "seven", "It does not.")
        assert office.cases.get(office.dora, "seven").case.status is CaseStatus.PUBLISHED
        history = office.cases.history(office.dora, "seven")
        assert [(line.action, line.note) for line in history] == [
            ("reinstate", "It does not."),
            ("import", ""),
        ], "why it was taken away stays its owner's own"

    def test_a_change_that_is_published_brings_it_back(self, office: Office) -> None:
        office.publish()
        office.case_acts.unpublish(office.anna, "seven", "It names a unit.")
        change = office.change(title="Named no more")
        assert change.submission.body.status_reason == "", "a coordinator does not read why"
        sent = office.submissions.submit(office.anna, change.id, change.revision)
        taken = office.reviews.take(office.carla, sent.id, sent.revision)
        assert (taken.base, taken.now) == (None, None)
        assert office.reviews.publish(office.carla, taken.id, taken.revision).readable
        assert office.cases.get(office.dora, "seven").case.title == "Named no more"

    def test_it_needs_a_reason_and_somebody_who_may(self, office: Office) -> None:
        office.publish()
        with pytest.raises(Invalid):
            office.case_acts.unpublish(office.anna, "seven", " ")
        with pytest.raises(Forbidden):
            office.case_acts.unpublish(office.dora, "seven", "Because.")
        office.case_acts.unpublish(office.anna, "seven", "It names a unit.")
        with pytest.raises(WrongState):
            office.case_acts.unpublish(office.anna, "seven", "Once more.")

    def test_what_nobody_could_bring_back_is_not_taken(self, office: Office) -> None:
        office.publish("ownerless", owner=None)
        red = a_case(audience=Audience(marking=Marking.RED, persons=("carla",)))
        put(office.store, "strangers", red, action=Action.IMPORT)
        for identifier in ("ownerless", "strangers"):
            with pytest.raises(Invalid, match="Nobody of its owner's"):
                office.case_acts.unpublish(office.carla, identifier, "Because.")

    def test_it_is_done_only_when_search_has_followed(self, office: Office) -> None:
        office.publish()
        office.engine.state = IndexState.MISSING
        with pytest.raises(NotFollowed):
            office.case_acts.unpublish(office.anna, "seven", "It names a unit.")


class TestBeingChanged:
    def test_a_case_tells_who_writes_a_change_of_it_and_no_reader(self, office: Office) -> None:
        office.publish()
        change = office.change(title="Eight days")
        assert [each.id for each in office.cases.get(office.anna, "seven").being_changed] == [change.id]
        sent = office.submissions.submit(office.anna, change.id, change.revision)
        assert [each.id for each in office.cases.get(office.cyril, "seven").being_changed] == [change.id]
        for other in (office.bert, office.carla, office.dora):
            assert office.cases.get(other, "seven").being_changed == ()
        office.submissions.withdraw(office.anna, change.id, sent.revision)
        assert office.cases.get(office.anna, "seven").being_changed == ()


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
