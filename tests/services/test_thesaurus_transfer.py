"""Vocabularies out and in: what leaves for whom, and what an import saves."""

from __future__ import annotations

import pytest

from kb.domain.concept import ConceptStatus, Scheme
from kb.domain.errors import Forbidden, Invalid, WrongState
from kb.domain.skos import address_of
from kb.domain.thesaurus_plan import Fate, ThesaurusPlan
from kb.domain.workflow import Action
from kb.services.concept_acts import Words
from kb.services.drain import BATCH, Drain, DrainReport
from kb.services.saving import Saving
from kb.services.thesaurus_transfer import MOVED_ON, NO_FILE, NO_REASON, ThesaurusAudience, ThesaurusTransfer
from tests.domain.thesauri import ours
from tests.fakes.thesauri import PlainThesauri
from tests.services.office import Office

TAG = Scheme.TAG
REASON = "The words of our neighbours."


class Desk(Office):
    """An office that exchanges vocabularies."""

    def __init__(self) -> None:
        super().__init__()
        self.format = PlainThesauri()
        self.transfer = ThesaurusTransfer(self.vocabularies, self.saving, self.format)

    def keys(self, content: bytes) -> list[str]:
        """Give the last parts of the addresses in an export."""
        return [each.address.rpartition("/")[2] for each in self.format.read(content).concepts]

    def planned(self, *labels: str) -> ThesaurusPlan:
        """Give the plan for tags of these labels."""
        content = self.format.write(ours(label.lower(), label) for label in labels)
        return self.transfer.plan(self.carla, content)


@pytest.fixture
def desk() -> Desk:
    desk = Desk()
    desk.concept(TAG, "speed", "Speed", "Haste")
    desk.concept(TAG, "gone", "Gone", status=ConceptStatus.RETIRED, replaced_by="speed")
    desk.concept(TAG, "pause", "Pause")
    desk.concept(TAG, "stop", "Stop", status=ConceptStatus.RETIRED, replaced_by="pause")
    desk.concept(TAG, "under", "Under", broader="gone", related=("stop", "mine"))
    desk.concept(TAG, "mine", "Mine", status=ConceptStatus.PROPOSED, proposer="dora")
    desk.concept(Scheme.STAGE, "triage", "Triage")
    return desk


class TestExport:
    def test_everybody_gets_what_they_may_see(self, desk: Desk) -> None:
        assert desk.keys(desk.transfer.export(desk.anna)) == [
            "triage",
            "gone",
            "pause",
            "speed",
            "stop",
            "under",
        ]
        for sees in (desk.dora, desk.carla):
            assert "mine" in desk.keys(desk.transfer.export(sees))

    def test_for_anybody_there_is_what_is_in_use_alone_and_it_leads_to_nothing_else(self, desk: Desk) -> None:
        content = desk.transfer.export(desk.carla, ThesaurusAudience.PUBLIC, (TAG,))
        assert desk.keys(content) == ["pause", "speed", "under"]
        under = desk.format.read(content).concepts[2]
        assert (under.broader, under.related) == ((address_of(TAG, "speed"),), (address_of(TAG, "pause"),))
        assert under.replaced_by == ()

    def test_a_public_export_names_no_broader_one_that_is_not_in_it(self, desk: Desk) -> None:
        desk.concept(TAG, "out", "Out", status=ConceptStatus.RETIRED)
        desk.concept(TAG, "below", "Below", broader="out")
        below = desk.format.read(desk.transfer.export(desk.anna, ThesaurusAudience.PUBLIC)).concepts[1]
        assert (below.address, below.broader) == (address_of(TAG, "below"), ())

    def test_it_comes_back_whole_into_an_empty_home(self, desk: Desk) -> None:
        content = desk.transfer.export(desk.carla)
        other = Desk()
        plan = other.transfer.plan(other.carla, content)
        assert {line.fate for line in plan.lines} == {Fate.NEW}
        assert other.transfer.carry_out(other.carla, plan, reason=REASON).saved == 7
        assert other.transfer.export(other.carla) == content
        assert other.transfer.plan(other.carla, content).todo == ()

    def test_who_reads_nothing_exports_nothing(self, desk: Desk) -> None:
        with pytest.raises(Forbidden):
            desk.transfer.export(desk.otto)


class TestImport:
    def test_it_is_a_revision_of_each_concept_with_its_reason(self, desk: Desk) -> None:
        plan = desk.planned("Pace", "Speed")
        assert [(line.after.key, line.fate) for line in plan.lines] == [("pace", "new"), ("speed", "changed")]
        done = desk.transfer.carry_out(desk.carla, plan, reason=REASON, seen=plan.digest)
        assert (done.saved, done.stale, done.met) == (2, (), ())
        line = desk.concepts.history(desk.anna, TAG, "speed")[0]
        assert (line.number, line.action, line.note) == (2, Action.IMPORT, REASON)
        assert desk.concepts.list(desk.anna, TAG, words="pace").uses[0].concept.key == "pace"
        assert "concept/tag.pace/1" in {row.key for row in desk.audit.rows}

    def test_each_of_its_acts_can_be_taken_back(self, desk: Desk) -> None:
        desk.transfer.carry_out(desk.carla, desk.planned("Speed"), reason=REASON)
        back = desk.concept_acts.take_back(desk.carla, TAG, "speed", 2, act=2, reason="No.")
        assert back.labels[0].alternative == ("Haste",)

    def test_who_was_quicker_is_not_overwritten(self, desk: Desk) -> None:
        plan = desk.planned("Pace", "Speed")
        desk.concept_acts.rename(desk.cyril, TAG, "speed", 1, "Velocity", reason="So it is.")
        done = desk.transfer.carry_out(desk.carla, plan, reason=REASON)
        assert (done.saved, done.stale) == (1, ("tag.speed",))
        assert desk.concepts.get(desk.anna, TAG, "speed").concept.label() == "Velocity"

    def test_what_does_not_go_with_what_somebody_did_meanwhile_is_named(self, desk: Desk) -> None:
        plan = desk.planned("Pace")
        desk.concept_acts.create(desk.cyril, TAG, Words(label="PACE"))
        ((subject, sentence),) = desk.transfer.carry_out(desk.carla, plan, reason=REASON).met
        assert address_of(TAG, "pace") in subject + sentence

    def test_another_plan_than_the_one_that_was_shown_is_not_carried_out(self, desk: Desk) -> None:
        seen = desk.planned("Speed").digest
        desk.concept_acts.rename(desk.cyril, TAG, "speed", 1, "Velocity", reason="So it is.")
        with pytest.raises(WrongState, match=MOVED_ON[:20]):
            desk.transfer.carry_out(desk.carla, desk.planned("Speed"), reason=REASON, seen=seen)

    def test_with_one_trouble_nothing_goes_in(self, desk: Desk) -> None:
        content = desk.format.write([ours("new"), ours("haste", "Haste")])
        plan = desk.transfer.plan(desk.carla, content)
        assert [each.subject for each in plan.troubles] == [address_of(TAG, "haste")]
        with pytest.raises(Invalid, match="Nothing was imported"):
            desk.transfer.carry_out(desk.carla, plan, reason=REASON)
        assert desk.concepts.list(desk.carla, TAG, words="new").uses == ()

    def test_a_reason_and_a_file_are_needed(self, desk: Desk) -> None:
        with pytest.raises(Invalid) as refused:
            desk.transfer.carry_out(desk.carla, desk.planned("Pace"), reason=" ")
        assert refused.value.problems == (("reason", NO_REASON),)
        with pytest.raises(Invalid) as refused:
            desk.transfer.plan(desk.carla, b"")
        assert refused.value.problems == (("file", NO_FILE),)

    def test_coordinators_alone_plan_one_or_carry_it_out(self, desk: Desk) -> None:
        with pytest.raises(Forbidden):
            desk.transfer.plan(desk.anna, desk.format.write([ours("a")]))
        with pytest.raises(Forbidden):
            desk.transfer.carry_out(desk.anna, ThesaurusPlan(), reason=REASON)

    def test_thousands_are_followed_a_few_times_and_not_one_by_one(self, desk: Desk) -> None:
        """What following a save costs is paid once for many: five thousand concepts are to come in within a minute."""
        drain = CountedDrain(
            desk.store, desk.derivation, desk.lock, desk.publisher, desk.operations, pause=desk.pauses.append
        )
        transfer = ThesaurusTransfer(
            desk.vocabularies, Saving(desk.store, drain, desk.clock), PlainThesauri()
        )
        plan = desk.planned(*(f"Tag{n}" for n in range(BATCH + 1)))
        assert transfer.carry_out(desk.carla, plan, reason=REASON).saved == BATCH + 1
        assert drain.runs == 2


class CountedDrain(Drain):
    """A drain that counts how often it is asked to run."""

    runs = 0

    def run(self) -> DrainReport:
        self.runs += 1
        return super().run()
