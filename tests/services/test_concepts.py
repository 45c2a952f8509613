from __future__ import annotations

import pytest

from kb.domain.concept import Concept, ConceptStatus, Labels, Scheme
from kb.domain.errors import Forbidden, Invalid, NotFound, StaleRevision, WrongState
from kb.domain.marking import Audience, Marking
from kb.domain.query import IndexState
from kb.domain.record import Origin
from kb.domain.workflow import Action
from kb.services.concept_acts import Words
from tests.services.office import Office


@pytest.fixture
def office() -> Office:
    office = Office()
    office.concept(Scheme.TAG, "templates", "Templates at hand", "Forms")
    office.concept(Scheme.TAG, "unused", "Unused")
    office.concept(Scheme.PARTNER, "hotline", "Hotline")
    office.publish()
    return office


class TestReading:
    def test_a_list_counts_what_each_reader_would_find(self, office: Office) -> None:
        office.publish("eight", audience=Audience(marking=Marking.AMBER_STRICT))
        counts = {
            person.id: {use.concept.key: use.count for use in office.concepts.list(person, Scheme.TAG).uses}
            for person in (office.anna, office.dora)
        }
        assert counts == {
            "anna": {"templates": 4, "unused": 0},
            "dora": {"templates": 2, "unused": 0},
        }
        uses = office.concepts.get(office.dora, Scheme.TAG, "templates").uses
        assert uses is not None
        assert uses.total == 2

    def test_a_list_says_when_examples_are_among_what_it_counts(self, office: Office) -> None:
        assert not office.concepts.list(office.anna, Scheme.TAG).illustrative
        office.publish("eight", origin=Origin.ILLUSTRATIVE)
        assert office.concepts.list(office.anna, Scheme.TAG).illustrative
        assert not office.concepts.list(office.anna, Scheme.PARTNER).illustrative

    def test_a_scheme_that_search_cannot_filter_by_has_no_counts(self, office: Office) -> None:
        assert [use.count for use in office.concepts.list(office.anna, Scheme.PARTNER).uses] == [None]
        assert office.concepts.get(office.anna, Scheme.PARTNER, "hotline").uses is None

    def test_lists_and_pages_stand_without_their_counts_while_search_is_rebuilt(self, office: Office) -> None:
        office.engine.state = IndexState.REBUILDING
        assert {use.count for use in office.concepts.list(office.anna, Scheme.TAG).uses} == {None}
        view = office.concepts.get(office.anna, Scheme.TAG, "templates")
        assert (view.uses, view.search_works) == (None, False)

    def test_a_page_tells_what_is_narrower_and_whether_the_reader_curates(self, office: Office) -> None:
        office.concept(Scheme.TAG, "phone", "Templates for the telephone", broader="templates")
        view = office.concepts.get(office.carla, Scheme.TAG, "templates")
        assert [each.key for each in view.narrower] == ["phone"]
        assert (view.can_curate, view.revision) == (True, 1)
        assert not office.concepts.get(office.anna, Scheme.TAG, "templates").can_curate

    @pytest.mark.parametrize("key", ["", "missing", "../x"])
    def test_what_is_not_there_is_not_found(self, office: Office, key: str) -> None:
        with pytest.raises(NotFound):
            office.concepts.get(office.anna, Scheme.TAG, key)

    def test_labels_are_looked_up_in_the_vocabulary(self, office: Office) -> None:
        assert office.concepts.vocabulary(office.anna).label(Scheme.TAG, "unused") == "Unused"

    def test_its_history_is_kept(self, office: Office) -> None:
        office.concept_acts.retire(office.carla, Scheme.TAG, "unused", 1, "Nobody uses it.")
        lines = office.concepts.history(office.anna, Scheme.TAG, "unused")
        assert [(line.number, line.action, line.note) for line in lines] == [
            (2, Action.RETIRE, "Nobody uses it."),
            (1, Action.IMPORT, ""),
        ]
        assert office.concepts.line(office.anna, Scheme.TAG, "unused", 2) == lines[0]
        with pytest.raises(NotFound):
            office.concepts.line(office.anna, Scheme.TAG, "unused", 3)


class TestCurating:
    def test_a_new_tag_is_adopted_under_a_key_that_is_no_word(self, office: Office) -> None:
        made = office.concept_acts.create(office.carla, Scheme.TAG, Words(label="  First  day ", synonyms=("Day one", "first day", "", "Day one"), definition="What is done before midnight."))  # fmt: skip
        assert (made.label(), made.status) == ("First day", ConceptStatus.ADOPTED)
        assert made.labels[0].alternative == ("Day one",)
        assert len(made.key) == 10
        assert office.concepts.get(office.dora, Scheme.TAG, made.key).concept == made

    @pytest.mark.parametrize("label", ["", " ", "templates AT hand"])
    def test_a_tag_needs_a_name_of_its_own(self, office: Office, label: str) -> None:
        with pytest.raises(Invalid) as raised:
            office.concept_acts.create(office.carla, Scheme.TAG, Words(label=label))
        assert raised.value.problems[0][0] == "label"

    def test_only_coordinators_curate(self, office: Office) -> None:
        with pytest.raises(Forbidden):
            office.concept_acts.create(office.anna, Scheme.TAG, Words(label="Mine"))
        with pytest.raises(Forbidden):
            office.concept_acts.rename(office.anna, Scheme.TAG, "unused", 1, "Mine", reason="So it is.")
        with pytest.raises(Forbidden):
            office.concept_acts.retire(office.anna, Scheme.TAG, "unused", 1, "Old.")
        with pytest.raises(Forbidden):
            office.concept_acts.reinstate(office.anna, Scheme.TAG, "unused", 1, "So it is.")

    def test_a_renamed_tag_is_still_found_by_its_old_name_and_touches_no_case(self, office: Office) -> None:
        renamed = office.concept_acts.rename(
            office.carla,
            Scheme.TAG,
            "templates",
            1,
            "Ready templates",
            synonyms=("Forms",),
            definition="New.",
            reason="So it is.",
        )
        assert renamed.label() == "Ready templates"
        assert renamed.labels[0].alternative == ("Forms", "Templates at hand")
        assert renamed.definition == "New."
        assert office.cases.get(office.anna, "seven").revision == 1

    def test_the_same_name_may_be_given_again_with_other_synonyms(self, office: Office) -> None:
        office.concept(Scheme.TAG, "defined", "Defined", definition="Kept.")
        renamed = office.concept_acts.rename(
            office.carla, Scheme.TAG, "defined", 1, "Defined", synonyms=("Explained",), reason="So it is."
        )
        assert renamed.labels[0].alternative == ("Explained",)
        assert renamed.definition == "Kept."

    def test_labels_in_other_languages_stay(self, office: Office) -> None:
        labels = (Labels(language="en", preferred="Speed"), Labels(language="de", preferred="Tempo"))
        office.concept(Scheme.TAG, "speed", "Speed", labels=labels)
        renamed = office.concept_acts.rename(
            office.carla, Scheme.TAG, "speed", 1, "Haste", reason="So it is."
        )
        assert renamed.label("de") == "Tempo"

    def test_a_name_taken_in_another_language_alone_is_free(self, office: Office) -> None:
        labels = (Labels(language="en", preferred="Gift"), Labels(language="de", preferred="Geschenk"))
        office.concept(Scheme.TAG, "gift", "Gift", labels=labels)
        assert (
            office.concept_acts.create(office.carla, Scheme.TAG, Words(label="Geschenk")).label()
            == "Geschenk"
        )

    def test_the_second_of_two_curators_looks_first(self, office: Office) -> None:
        office.concept_acts.rename(office.carla, Scheme.TAG, "unused", 1, "Rare", reason="So it is.")
        with pytest.raises(StaleRevision):
            office.concept_acts.rename(office.cyril, Scheme.TAG, "unused", 1, "Seldom", reason="So it is.")

    def test_a_retired_tag_is_kept_by_what_bears_it_and_comes_back(self, office: Office) -> None:
        retired = office.concept_acts.retire(office.carla, Scheme.TAG, "templates", 1, "Too wide.")
        assert (retired.status, retired.status_reason) == (ConceptStatus.RETIRED, "Too wide.")
        uses = office.concepts.get(office.anna, Scheme.TAG, "templates").uses
        assert uses is not None
        assert uses.total == 2
        back = office.concept_acts.reinstate(office.carla, Scheme.TAG, "templates", 2, "So it is.")
        assert (back.status, back.status_reason) == (ConceptStatus.ADOPTED, "")

    def test_retiring_needs_a_reason_and_is_done_once(self, office: Office) -> None:
        with pytest.raises(Invalid):
            office.concept_acts.retire(office.carla, Scheme.TAG, "unused", 1, " ")
        office.concept_acts.retire(office.carla, Scheme.TAG, "unused", 1, "Old.")
        with pytest.raises(WrongState):
            office.concept_acts.retire(office.carla, Scheme.TAG, "unused", 2, "Old.")

    def test_what_is_not_retired_is_not_reinstated(self, office: Office) -> None:
        with pytest.raises(WrongState):
            office.concept_acts.reinstate(office.carla, Scheme.TAG, "unused", 1, "So it is.")


def test_a_concept_names_its_record() -> None:
    concept = Concept(scheme=Scheme.TAG, key="x", labels=(Labels(language="en", preferred="X"),))
    assert concept.id == "tag.x"
