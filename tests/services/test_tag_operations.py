"""Splits and retaggings as operations: rolled forward, told to those who see their cases, and taken back as a whole."""

from __future__ import annotations

import pytest

from kb.domain.account import OPERATOR, Account
from kb.domain.case_study import CaseStudy
from kb.domain.concept import Scheme
from kb.domain.errors import Invalid, NotCarriedOut, NotFound
from kb.domain.instrument import Instrument
from kb.domain.marking import Audience, Marking
from kb.domain.operation import BearingStep, Operation, OperationKind, StepOutcome
from kb.domain.practice import Practice, PracticeStatus
from kb.domain.query import SearchRequest
from kb.domain.record import Kind
from kb.domain.record_units import group_of
from kb.domain.resource import Resource
from kb.domain.revision import RecordRef, Save
from kb.domain.workflow import Action
from kb.services.purging import PurgeTarget, Purging
from kb.services.retagging import Chosen, Retag
from kb.services.tag_operations import OperationView
from tests.samples import BRUSSELS, VIENNA, a_case, case_ref, put
from tests.services.office import Office

SPEED, CARE = Retag(scheme=Scheme.TAG, add="speed"), Retag(scheme=Scheme.TAG, add="care")
AMBER = Audience(marking=Marking.AMBER)
PRACTICE = Practice(
    title="Call first.", how_to="Call.", owner=BRUSSELS, status=PracticeStatus.ENDORSED, released=True
)
KEPT = (
    RecordRef(kind=Kind.PRACTICE, id="call"),
    RecordRef(kind=Kind.RESOURCE, id="tool"),
    RecordRef(kind=Kind.INSTRUMENT, id="order"),
)


@pytest.fixture
def office() -> Office:
    office = Office()
    office.concept(Scheme.TAG, "speed", "Speed")
    office.concept(Scheme.TAG, "care", "Care")
    office.publish()
    office.publish("eight")
    return office


def retag(office: Office, actor: Account, what: Retag = SPEED, *cases: str) -> str:
    found = office.retagging.plan(actor, SearchRequest(), what).changing
    asked = [line.chosen for line in found if line.chosen.case in (cases or ("seven", "eight"))]
    return office.retagging.carry_out(actor, asked, what, "Speed decided these.")


def case(office: Office, identifier: str = "seven") -> CaseStudy:
    body = office.store.current(case_ref(identifier)).body
    assert isinstance(body, CaseStudy)
    return body


def planned(office: Office, *steps: BearingStep, by: str = "carla", identifier: str = "plan") -> RecordRef:
    """Leave a plan that nobody has carried out yet."""
    plan = Operation(operation=OperationKind.RETAG, reason="Asked", requested_by=by, steps=steps)
    put(office.store, identifier, plan, action=Action.RETAG, by=by)
    return RecordRef(kind=Kind.OPERATION, id=identifier)


def a_step(identifier: str = "seven", **fields: object) -> BearingStep:
    return BearingStep.model_validate(
        {"case": identifier, "revision": 1, "field": "tags", "add": ("speed",), **fields}
    )


def keep(office: Office) -> None:
    """Keep a practice, a resource and an instrument that bear nothing."""
    put(office.store, "call", PRACTICE)
    put(office.store, "tool", Resource(title="A tool"))
    put(office.store, "order", Instrument(title="Order"))
    office.drain.run()


def borne_by(office: Office, ref: RecordRef) -> tuple[str, ...]:
    body = office.store.current(ref).body
    assert isinstance(body, Practice | Resource | Instrument)
    return body.difficulties


def outcomes(view: OperationView) -> list[StepOutcome | None]:
    return [line.step.outcome for line in view.steps]


class TestCarryingOut:
    def test_a_plan_that_a_crash_left_is_rolled_forward_without_doing_anything_twice(
        self, office: Office
    ) -> None:
        whole = [a_step(), a_step("eight"), a_step("eight", lesson="logs")]
        ref = planned(office, *whole)
        office.store.save(
            Save(
                kind=Kind.CASE_STUDY,
                id="seven",
                number=2,
                saved_at=office.clock.now(),
                saved_by="carla",
                action=Action.RETAG,
                operation=ref.id,
                body=a_case(tags=("speed",)),
            )
        )
        put(office.store, "seven", a_case(tags=()))
        office.drain.run()
        assert outcomes(office.tag_operations.get(office.carla, "plan")) == [StepOutcome.DONE] * 3
        assert (case(office).tags, case(office, "eight").tags) == ((), ("speed",))
        assert office.store.last(case_ref("eight")) == 2

    def test_the_right_to_each_case_is_asked_for_again(self, office: Office) -> None:
        put(office.store, "eight", a_case(audience=AMBER))
        planned(office, a_step(), a_step("eight", revision=1), a_step("missing"))
        office.drain.run()
        done = office.store.current(RecordRef(kind=Kind.OPERATION, id="plan")).body
        assert isinstance(done, Operation)
        assert [step.outcome for step in done.steps] == [
            StepOutcome.DONE,
            StepOutcome.NOT_ALLOWED,
            StepOutcome.UNREADABLE,
        ]
        assert case(office, "eight").tags == ()

    @pytest.mark.parametrize("by", ["dora", "otto", "nobody"])
    def test_who_may_not_change_tags_any_more_changes_none(self, office: Office, by: str) -> None:
        planned(office, a_step(), by=by)
        office.drain.run()
        assert outcomes(office.tag_operations.get(office.carla, "plan")) == [StepOutcome.NOT_ALLOWED]

    def test_a_case_that_was_purged_meanwhile_is_left_out(self, office: Office) -> None:
        office.store.bury(case_ref(), 1, "Purged.")
        planned(office, a_step(), a_step("eight"))
        office.drain.run()
        assert case(office, "eight").tags == ("speed",)

    def test_two_coordinators_at_once_lose_nothing(self, office: Office) -> None:
        """The second one's save comes between the first one's look and save."""
        planned(office, a_step(), a_step(lesson="logs"), identifier="one")
        planned(
            office, a_step(add=("care",)), a_step(lesson="logs", add=("care",)), by="cyril", identifier="two"
        )
        office.store.before_save = lambda _save: put(office.store, "seven", a_case(tags=("typed",)))
        office.drain.run()
        assert case(office).tags == ("typed", "speed", "care")
        assert case(office).difficulties[0].tags == ("speed", "care")

    def test_a_disk_that_refuses_leaves_the_plan_and_the_next_drain_goes_on(self, office: Office) -> None:
        def fill(save: Save) -> None:
            office.store.failing = "" if save.kind is Kind.OPERATION else "The disk is full."
            office.store.before_save = fill

        office.store.before_save = fill
        with pytest.raises(NotCarriedOut):
            retag(office, office.carla)
        office.store.failing, office.store.before_save = "", None
        office.drain.run()
        assert "speed" in case(office).tags


class TestOtherRecords:
    """Practices, resources and instruments bear concepts as cases do."""

    def test_they_are_changed_and_taken_back_with_the_cases_of_one_operation(self, office: Office) -> None:
        office.concept(Scheme.DIFFICULTY, "logs", "Logs")
        keep(office)
        logs = Retag(scheme=Scheme.DIFFICULTY, add="logs")
        plan = office.retagging.plan(office.carla, SearchRequest(), logs)
        assert {(line.kind.value, line.title) for line in plan.changing if ":" in line.chosen.case} == {
            ("practice", "Call first."),
            ("resource", "A tool"),
            ("instrument", "Order"),
        }
        asked = [line.chosen for line in plan.changing]
        name = office.retagging.carry_out(office.carla, asked, logs, "They tell of it.")
        view = office.tag_operations.get(office.carla, name)
        assert {line.case_title for line in view.done} >= {"Call first.", "A tool", "Order"}
        assert [borne_by(office, each) for each in KEPT] == [("logs",)] * 3
        practice = office.store.current(RecordRef(kind=Kind.PRACTICE, id="call"))
        assert isinstance(practice.body, Practice)
        assert (practice.header.action, practice.operation) == (Action.RETAG, name)
        assert practice.body.status is PracticeStatus.ENDORSED
        office.tag_operations.undo(office.cyril, name, "They do not.")
        assert [borne_by(office, each) for each in KEPT] == [()] * 3

    def test_coordinators_alone_change_them_and_a_text_that_was_changed_since_is_left_out(
        self, office: Office
    ) -> None:
        keep(office)
        plan = office.retagging.plan(office.anna, SearchRequest(), SPEED)
        assert plan.not_yours == 3
        steps = [a_step(group_of(ref)) for ref in KEPT]
        planned(office, *steps, by="anna", identifier="hers")
        put(office.store, "call", PRACTICE.model_copy(update={"how_to": "Call later."}))
        planned(office, steps[0], a_step("practice:missing"), identifier="mine")
        office.drain.run()
        assert outcomes(office.tag_operations.get(office.carla, "hers")) == [StepOutcome.NOT_ALLOWED] * 3
        assert outcomes(office.tag_operations.get(office.carla, "mine")) == [StepOutcome.REWRITTEN]

    def test_one_that_does_not_exist_for_a_reader_is_in_no_operation_of_theirs(self, office: Office) -> None:
        hidden = PRACTICE.model_copy(update={"audience": AMBER, "owner": VIENNA})
        put(office.store, "call", hidden)
        office.drain.run()
        chosen = [Chosen(case="practice:call", revision=1)]
        name = office.retagging.carry_out(office.cyril, chosen, SPEED, "Speed decided it.")
        assert office.tag_operations.list(office.carla) == ()
        with pytest.raises(Invalid):
            office.retagging.carry_out(office.carla, chosen, CARE, "Care did.")
        assert [line.id for line in office.tag_operations.list(office.cyril)] == [name]


class TestSeeing:
    def test_each_is_told_of_what_concerns_the_cases_that_exist_for_them(self, office: Office) -> None:
        office.publish("nine", audience=AMBER)
        name = office.retagging.carry_out(
            office.cyril,
            [Chosen(case=each, revision=1) for each in ("seven", "nine")],
            SPEED,
            "Speed decided these.",
        )
        full, part = (office.tag_operations.get(each, name) for each in (office.cyril, office.carla))
        assert ([line.step.case for line in full.steps], full.cases) == (["seven", "nine"], 2)
        assert ([line.step.case for line in part.steps], part.cases) == (["seven"], 1)
        assert part.left_out == ()
        assert [line.id for line in office.tag_operations.list(office.carla)] == [name]
        assert [line.id for line in office.tag_operations.list(OPERATOR)] == [name]

    def test_without_any_of_its_cases_it_does_not_exist(self, office: Office) -> None:
        office.publish("nine", audience=AMBER)
        name = retag(office, office.cyril, SPEED, "nine")
        assert office.tag_operations.list(office.carla) == ()
        for missing in (name, "nothing", "No id"):
            with pytest.raises(NotFound):
                office.tag_operations.get(office.carla, missing)

    def test_officers_see_their_own_and_coordinators_all(self, office: Office) -> None:
        own, other = retag(office, office.anna), retag(office, office.carla, CARE)
        assert [line.id for line in office.tag_operations.list(office.anna)] == [own]
        assert {line.id for line in office.tag_operations.list(office.cyril)} == {own, other}
        assert office.tag_operations.list(office.dora) == ()

    def test_who_asked_is_not_named_where_that_may_tell_where_a_case_comes_from(self, office: Office) -> None:
        name = retag(office, office.cyril)
        assert office.tag_operations.get(office.carla, name).by == "Cyril"
        put(office.store, "seven", a_case(audience=Audience(chatham_house=True)))
        office.drain.run()
        assert office.tag_operations.get(office.carla, name).by == ""
        assert office.tag_operations.get(office.cyril, name).by == "Cyril"

    def test_a_purge_is_none_of_them_and_reaches_what_their_reasons_say(self, office: Office) -> None:
        name = retag(office, office.carla)
        purging = Purging(office.store, office.drain, office.clock, office.randomness)
        report = purging.carry_out(OPERATOR, PurgeTarget(containing="Speed decided"), "A person asked")
        assert {each.id for each in report.revisions} == {name, "seven", "eight"}
        assert office.tag_operations.list(OPERATOR) == ()


class TestTakingBack:
    def test_everything_is_as_it_was(self, office: Office) -> None:
        before = case(office), case(office, "eight")
        name = retag(office, office.carla)
        undo = office.tag_operations.undo(office.cyril, name, "It was care.")
        assert (case(office), case(office, "eight")) == before
        view = office.tag_operations.get(office.carla, undo)
        assert (view.kind, view.undoes, len(view.done)) == (OperationKind.UNDO, name, 10)
        assert not office.tag_operations.get(office.carla, name).can_undo
        with pytest.raises(Invalid):
            office.tag_operations.undo(office.cyril, name, "Again.")

    def test_what_came_since_stands_and_what_was_changed_again_is_not_touched(self, office: Office) -> None:
        name = retag(office, office.carla)
        office.case_acts.retag(office.anna, "seven", remove=frozenset({"speed"}))
        office.case_acts.retag(office.anna, "seven", lesson="logs", add=frozenset({"care"}))
        office.tag_operations.undo(office.carla, name, "It was care.")
        assert (case(office).tags, case(office).difficulties[0].tags) == ((), ("care",))

    def test_it_is_taken_back_as_far_as_who_takes_it_back_may(self, office: Office) -> None:
        name = retag(office, office.cyril)
        put(office.store, "eight", case(office, "eight").model_copy(update={"audience": AMBER}))
        office.drain.run()
        office.tag_operations.undo(office.carla, name, "It was care.")
        assert (case(office).tags, case(office, "eight").tags) == ((), ("speed",))
        office.tag_operations.undo(office.cyril, name, "It was care.")
        assert case(office, "eight").tags == ()

    def test_taking_back_can_be_taken_back(self, office: Office) -> None:
        name = retag(office, office.carla)
        undo = office.tag_operations.undo(office.carla, name, "It was care.")
        office.tag_operations.undo(office.carla, undo, "It was speed after all.")
        assert case(office).tags == ("speed",)

    def test_it_needs_a_reason(self, office: Office) -> None:
        name = retag(office, office.carla)
        with pytest.raises(Invalid) as raised:
            office.tag_operations.undo(office.carla, name, " ")
        assert raised.value.problems[0][0] == "reason"
