"""What coordinators do with concepts beside naming and retiring them (see `test_concepts`), and what officers propose."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kb.domain.account import Account
from kb.domain.concept import Concept, ConceptStatus, Labels, Scheme
from kb.domain.errors import Forbidden, Invalid, NotFound, StaleRevision, WrongState
from kb.domain.record import Kind
from kb.domain.revision import RecordRef, Save
from kb.domain.workflow import Action
from kb.services.concept_acts import WHY, ConceptActs, Words
from tests.samples import put
from tests.services.office import Office

TAG = Scheme.TAG


@pytest.fixture
def office() -> Office:
    office = Office()
    office.concept(TAG, "templates", "Templates at hand", "Forms")
    office.concept(TAG, "sheets", "Ready sheets", "Blanks")
    office.concept(TAG, "speed", "Speed")
    office.publish(tags=("sheets",))
    return office


def sentences(refused: pytest.ExceptionInfo[Invalid]) -> list[tuple[str, str]]:
    return list(refused.value.problems)


class TestMerging:
    def test_it_is_one_revision_and_its_page_tells_what_stands_for_it(self, office: Office) -> None:
        office.concept_acts.merge(office.carla, TAG, "sheets", 1, into="templates", reason="They are one.")
        gone = office.concepts.get(office.dora, TAG, "sheets")
        assert (gone.stands, gone.revision, gone.concept.status_reason) == ("templates", 2, "They are one.")
        stands = office.concepts.get(office.dora, TAG, "templates")
        assert [each.key for each in stands.merged] == ["sheets"]
        assert (stands.stands, stands.revision) == ("templates", 1)
        assert office.cases.get(office.anna, "seven").revision == 1
        listed = office.concepts.list(office.dora, TAG)
        assert {use.concept.key: use.count for use in listed.uses} == {"templates": 2, "speed": 0}

    def test_it_is_taken_back_at_any_time(self, office: Office) -> None:
        office.concept_acts.merge(office.carla, TAG, "sheets", 1, into="templates", reason="One.")
        office.concept_acts.rename(office.carla, TAG, "sheets", 2, "Sheets at hand", reason="So it is.")
        back = office.concept_acts.take_back(office.cyril, TAG, "sheets", 3, act=2, reason="Two after all.")
        assert (back.status, back.replaced_by, back.label()) == ("adopted", None, "Sheets at hand")
        assert office.concepts.get(office.dora, TAG, "sheets").stands == "sheets"
        line = office.concepts.history(office.dora, TAG, "sheets")[0]
        assert (line.action, line.note) == (Action.UNDO, "2: Two after all.")

    def test_a_circle_is_refused_and_named(self, office: Office) -> None:
        office.concept_acts.place(office.carla, TAG, "templates", 1, broader="sheets", reason="So it is.")
        with pytest.raises(Invalid) as raised:
            office.concept_acts.merge(office.carla, TAG, "sheets", 1, into="templates", reason="One.")
        assert raised.value.problems[0][0] == "broader"
        with pytest.raises(Invalid) as raised:
            office.concept_acts.merge(office.carla, TAG, "sheets", 1, into="missing", reason="One.")
        assert raised.value.problems[0] == ("into", "Choose one of the list.")

    def test_what_was_merged_back_into_the_first_is_refused(self, office: Office) -> None:
        office.concept_acts.merge(office.carla, TAG, "sheets", 1, into="templates", reason="One.")
        with pytest.raises(Invalid):
            office.concept_acts.merge(office.carla, TAG, "templates", 1, into="sheets", reason="One.")

    def test_taking_it_back_is_refused_where_a_label_was_taken_meanwhile(self, office: Office) -> None:
        office.concept_acts.merge(office.carla, TAG, "sheets", 1, into="templates", reason="One.")
        office.concept_acts.rename(office.carla, TAG, "templates", 1, "Ready sheets", reason="So it is.")
        with pytest.raises(Invalid) as raised:
            office.concept_acts.take_back(office.carla, TAG, "sheets", 2, act=2, reason="Two.")
        assert sentences(raised) == [
            ("label", "There is already “Ready sheets” in this scheme. Use it, or choose other words.")
        ]


class TestPlaces:
    def test_what_is_narrower_stands_under_it_in_the_tree(self, office: Office) -> None:
        office.concept_acts.place(office.carla, TAG, "sheets", 1, broader="templates", reason="A kind of it.")
        view = office.concepts.get(office.dora, TAG, "sheets")
        assert view.broader is not None
        assert view.broader.key == "templates"
        tree = office.concepts.list(office.dora, TAG).tree
        assert [(each.use.concept.key, each.size) for each in tree] == [("speed", 1), ("templates", 2)]
        assert tree[1].narrower[0].use.concept.key == "sheets"
        office.concept_acts.place(office.carla, TAG, "sheets", 2, broader=None, reason="So it is.")
        assert len(office.concepts.list(office.dora, TAG).tree) == 3

    def test_nothing_stands_under_itself(self, office: Office) -> None:
        office.concept_acts.place(office.carla, TAG, "sheets", 1, broader="templates", reason="So it is.")
        with pytest.raises(Invalid) as raised:
            office.concept_acts.place(office.carla, TAG, "templates", 1, broader="sheets", reason="So it is.")
        assert {field for field, _ in sentences(raised)} == {"broader"}

    def test_a_filter_by_any_label_keeps_what_stands_above(self, office: Office) -> None:
        office.concept_acts.place(office.carla, TAG, "sheets", 1, broader="templates", reason="So it is.")
        listed = office.concepts.list(office.dora, TAG, words=" BLÁNK ")
        assert [use.concept.key for use in listed.uses] == ["sheets"]
        assert [each.use.concept.key for each in listed.tree] == ["templates"]
        assert listed.tree[0].use.count is None
        office.concept_acts.place(office.carla, TAG, "sheets", 2, broader=None, reason="So it is.")
        office.concept_acts.merge(office.carla, TAG, "sheets", 3, into="templates", reason="One.")
        assert [use.concept.key for use in office.concepts.list(office.dora, TAG, words="blank").uses] == [
            "templates"
        ]


class TestProposals:
    @pytest.fixture
    def key(self, office: Office) -> str:
        return office.concept_acts.propose(
            office.dora,
            TAG,
            Words(label="Night desk", synonyms=("Desk at night",), definition="Somebody answers."),
        ).key

    def test_it_exists_for_its_proposer_and_coordinators_and_nobody_learns_whose_it_is(
        self, office: Office, key: str
    ) -> None:
        for person in (office.dora, office.carla, office.cyril):
            assert [each.key for each in office.concepts.list(person, TAG).proposals] == [key]
        assert office.concepts.list(office.anna, TAG).proposals == ()
        with pytest.raises(NotFound):
            office.concepts.get(office.anna, TAG, key)
        assert office.concepts.get(office.dora, TAG, key).is_own
        assert not office.concepts.get(office.carla, TAG, key).is_own
        assert [line.by for line in office.concepts.history(office.carla, TAG, key)] == [""]
        assert [line.by for line in office.concepts.history(office.dora, TAG, key)] == ["Dora"]

    def test_adopted_it_is_everybodys_and_tells_nobody_where_it_came_from(
        self, office: Office, key: str
    ) -> None:
        office.concept_acts.adopt(office.carla, TAG, key, 1, "So it is.")
        view = office.concepts.get(office.anna, TAG, key)
        assert (view.concept.status, view.concept.proposer) == (ConceptStatus.ADOPTED, None)
        assert [line.number for line in office.concepts.history(office.anna, TAG, key)] == [2]
        assert office.concepts.list(office.dora, TAG).proposals == ()

    def test_refused_it_tells_its_proposer_why(self, office: Office, key: str) -> None:
        office.concept_acts.refuse(office.carla, TAG, key, 1, "Use the duty officer.")
        view = office.concepts.get(office.dora, TAG, key)
        assert (view.concept.status, view.concept.status_reason) == ("refused", "Use the duty officer.")
        with pytest.raises(NotFound):
            office.concepts.get(office.anna, TAG, key)
        office.concept_acts.take_back(office.carla, TAG, key, 2, act=2, reason="Good after all.")
        assert office.concept_acts.adopt(office.carla, TAG, key, 3, "So it is.").label() == "Night desk"

    def test_an_adoption_taken_back_makes_it_a_proposal_again(self, office: Office, key: str) -> None:
        office.concept_acts.adopt(office.carla, TAG, key, 1, "So it is.")
        back = office.concept_acts.take_back(office.carla, TAG, key, 2, act=2, reason="Too early.")
        assert (back.status, back.proposer) == (ConceptStatus.PROPOSED, "dora")
        with pytest.raises(NotFound):
            office.concepts.get(office.anna, TAG, key)

    def test_a_label_that_is_taken_is_told_and_one_that_is_only_proposed_is_free(
        self, office: Office, key: str
    ) -> None:
        with pytest.raises(Invalid):
            office.concept_acts.propose(office.anna, TAG, Words(label="speed"))
        with pytest.raises(Invalid):
            office.concept_acts.propose(office.anna, TAG, Words(label=" "))
        second = office.concept_acts.propose(office.anna, TAG, Words(label="Night desk"))
        office.concept_acts.adopt(office.carla, TAG, key, 1, "So it is.")
        with pytest.raises(Invalid):
            office.concept_acts.adopt(office.carla, TAG, second.key, 1, "So it is.")

    def test_who_may_not_read_proposes_nothing(self, office: Office) -> None:
        with pytest.raises(Forbidden):
            office.concept_acts.propose(office.otto, TAG, Words(label="Mine"))


class TestTakingBack:
    def test_it_needs_a_reason_and_a_later_act_than_the_first(self, office: Office) -> None:
        with pytest.raises(WrongState):
            office.concept_acts.take_back(office.carla, TAG, "speed", 1, act=1, reason="Why not.")
        with pytest.raises(NotFound):
            office.concept_acts.take_back(office.carla, TAG, "speed", 1, act=2, reason="Not there.")
        office.concept_acts.rename(office.carla, TAG, "speed", 1, "Haste", reason="So it is.")
        with pytest.raises(Invalid) as refused:
            office.concept_acts.take_back(office.carla, TAG, "speed", 2, act=2, reason=" ")
        assert sentences(refused) == [("reason", WHY)]

    def test_a_translation_given_later_stays(self, office: Office) -> None:
        office.concept_acts.rename(
            office.carla, TAG, "speed", 1, "Haste", definition="Be quick.", reason="So it is."
        )
        german = Labels(language="de", preferred="Eile")
        office.concept_acts.rename(
            office.carla, TAG, "speed", 2, "Haste", synonyms=("Speed",), translations=[german], reason="More."
        )
        back = office.concept_acts.take_back(office.carla, TAG, "speed", 3, act=2, reason="It was right.")
        assert (back.label(), back.label("de"), back.definition) == ("Speed", "Eile", "")


ACTS: list[Callable[[Office, Account], object]] = [
    lambda office, actor: office.concept_acts.merge(actor, TAG, "speed", 1, into="sheets", reason="One."),
    lambda office, actor: office.concept_acts.place(actor, TAG, "speed", 1, broader="sheets", reason="A."),
    lambda office, actor: office.concept_acts.adopt(actor, TAG, "speed", 1, "So it is."),
    lambda office, actor: office.concept_acts.refuse(actor, TAG, "speed", 1, "No."),
    lambda office, actor: office.concept_acts.take_back(actor, TAG, "speed", 1, act=2, reason="No."),
]


@pytest.mark.parametrize("act", ACTS)
def test_only_coordinators_curate(office: Office, act: Callable[[Office, Account], object]) -> None:
    with pytest.raises(Forbidden):
        act(office, office.anna)


@pytest.mark.parametrize("act", ACTS[:2])
def test_the_second_of_two_at_once_looks_first(
    office: Office, act: Callable[[Office, Account], object]
) -> None:
    office.concept_acts.rename(office.cyril, TAG, "speed", 1, "Haste", reason="So it is.")
    with pytest.raises(StaleRevision):
        act(office, office.carla)


def test_an_act_that_changes_nothing_is_told(office: Office) -> None:
    with pytest.raises(WrongState):
        office.concept_acts.rename(
            office.carla, TAG, "sheets", 1, "Ready sheets", synonyms=("Blanks",), reason="No."
        )


def test_of_two_acts_that_do_not_go_together_the_later_look_takes_its_own_back(office: Office) -> None:
    def cyril_is_quick(_: Save) -> None:
        other = Concept(scheme=TAG, key="sheets", labels=(Labels(language="en", preferred="Haste"),))
        put(office.store, other.id, other, action=Action.RENAME)

    office.store.before_save = cyril_is_quick
    with pytest.raises(WrongState, match="Yours was taken back"):
        office.concept_acts.rename(office.carla, TAG, "speed", 1, "Haste", reason="So it is.")
    ref = RecordRef(kind=Kind.CONCEPT, id="tag.speed")
    assert [each.header.action for each in office.store.revisions(ref)] == ["import", "rename", "undo"]
    assert office.vocabularies.of(office.anna).label(TAG, "speed") == "Speed"


ASKED: dict[str, Callable[[ConceptActs, Account, str], Concept]] = {
    "rename": lambda acts, who, why: acts.rename(who, TAG, "speed", 1, "Haste", reason=why),
    "merge": lambda acts, who, why: acts.merge(who, TAG, "speed", 1, into="sheets", reason=why),
    "place": lambda acts, who, why: acts.place(who, TAG, "speed", 1, broader="sheets", reason=why),
    "retire": lambda acts, who, why: acts.retire(who, TAG, "speed", 1, why),
    "reinstate": lambda acts, who, why: acts.reinstate(who, TAG, "old", 1, why),
    "adopt": lambda acts, who, why: acts.adopt(who, TAG, "asked", 1, why),
    "refuse": lambda acts, who, why: acts.refuse(who, TAG, "asked", 1, why),
}


@pytest.mark.parametrize("act", ASKED.values(), ids=ASKED)
def test_an_act_is_looked_at_without_a_reason_and_done_with_one_that_its_history_keeps(
    office: Office, act: Callable[[ConceptActs, Account, str], Concept]
) -> None:
    office.concept(TAG, "old", "Old", status=ConceptStatus.RETIRED)
    office.concept(TAG, "asked", "Asked for", status=ConceptStatus.PROPOSED, proposer="dora")
    key = act(office.concept_acts.looking, office.carla, " ").key
    with pytest.raises(Invalid) as refused:
        act(office.concept_acts, office.carla, " ")
    assert [field for field, _ in refused.value.problems] == ["reason"]
    assert office.concepts.get(office.carla, TAG, key).revision == 1
    act(office.concept_acts, office.carla, "So it is.")
    assert office.concepts.history(office.carla, TAG, key)[0].note.endswith("So it is.")


def test_a_conflict_and_a_missing_reason_are_told_at_once(office: Office) -> None:
    with pytest.raises(Invalid) as refused:
        office.concept_acts.rename(office.carla, TAG, "speed", 1, "blanks", reason="")
    assert [field for field, _ in refused.value.problems] == ["label", "reason"]


class TestLooking:
    def test_an_act_that_is_looked_at_changes_nothing_and_is_refused_as_it_would_be(
        self, office: Office
    ) -> None:
        looking = office.concept_acts.looking
        after = looking.merge(office.carla, TAG, "sheets", 1, into="templates", reason="One.")
        assert after.replaced_by == "templates"
        looking.create(office.carla, TAG, Words(label="Something new"))
        assert office.concepts.get(office.carla, TAG, "sheets").revision == 1
        assert len(office.concepts.list(office.carla, TAG).uses) == 3
        office.concept_acts.place(office.carla, TAG, "templates", 1, broader="sheets", reason="So it is.")
        with pytest.raises(Invalid) as refused:
            looking.merge(office.carla, TAG, "sheets", 1, into="templates", reason="One.")
        assert sentences(refused)[0][0] == "broader"
        with pytest.raises(Forbidden):
            looking.merge(office.anna, TAG, "sheets", 1, into="templates", reason="One.")

    def test_words_that_would_mean_two_concepts_are_named(self, office: Office) -> None:
        office.concept(TAG, "papers", "Papers", "blanks", "Speed of paper")
        thesaurus = office.concepts.vocabulary(office.carla).thesaurus
        sheets = office.concepts.get(office.carla, TAG, "sheets").concept
        assert [(word, other.key) for word, other in thesaurus.shared(sheets, "templates")] == [
            ("Blanks", "papers")
        ]
        assert thesaurus.shared(sheets, "papers") == ()
