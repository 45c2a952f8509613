from __future__ import annotations

import pytest

from kb.domain.concept import Concept, ConceptStatus, Labels, Scheme
from kb.domain.errors import Forbidden
from kb.domain.record import Kind
from kb.domain.revision import RecordRef
from kb.services.vocabulary import Vocabularies, Vocabulary
from tests.samples import a_case, put
from tests.services.office import Office


@pytest.fixture
def office() -> Office:
    office = Office()
    office.concept(Scheme.DIFFICULTY, "law", "Law", is_group=True)
    office.concept(Scheme.DIFFICULTY, "data", "Data", is_group=True)
    office.concept(Scheme.DIFFICULTY, "retention", "Retention expired", "Logs deleted", broader="data")
    office.concept(Scheme.DIFFICULTY, "cgnat", "Carrier NAT", broader="data")
    office.concept(Scheme.DIFFICULTY, "duality", "Dual criminality", broader="law")
    office.concept(Scheme.DIFFICULTY, "loose", "Loose end", broader="nowhere")
    office.concept(Scheme.DIFFICULTY, "alone", "Alone")
    office.concept(Scheme.DIFFICULTY, "old", "Old word", status=ConceptStatus.RETIRED)
    office.concept(Scheme.TAG, "retention", "Retention")
    return office


@pytest.fixture
def words(office: Office) -> Vocabulary:
    return office.vocabularies.of(office.anna)


def test_a_label_is_found_by_scheme_and_key(words: Vocabulary) -> None:
    assert words.label(Scheme.DIFFICULTY, "retention") == "Retention expired"
    assert words.label(Scheme.TAG, "retention", "de") == "Retention"
    assert words.label(Scheme.TAG, "retention", "de") == "Retention"
    assert words.label(Scheme.TAG, "unknown") == "unknown"
    assert words.get(Scheme.STAGE, "retention") is None


def test_a_scheme_is_listed_by_label_with_groups_and_retired_ones(words: Vocabulary) -> None:
    assert [each.key for each in words.scheme(Scheme.DIFFICULTY)] == [
        "alone", "cgnat", "data", "duality", "law", "loose", "old", "retention",
    ]  # fmt: skip


def test_what_is_in_use_are_adopted_ones_and_headings(words: Vocabulary) -> None:
    assert {each.key for each in words.members(Scheme.DIFFICULTY)} == {
        "alone", "cgnat", "data", "duality", "law", "loose", "retention",
    }  # fmt: skip


def test_a_form_offers_adopted_ones_that_are_no_groups(words: Vocabulary) -> None:
    assert {each.key for each in words.choices(Scheme.DIFFICULTY)} == {
        "alone", "cgnat", "duality", "loose", "retention",
    }  # fmt: skip


def test_choices_stand_under_their_groups_and_those_without_come_last(words: Vocabulary) -> None:
    grouped = [
        (head.key if head else "", {each.key for each in concepts})
        for head, concepts in words.grouped(Scheme.DIFFICULTY)
    ]
    assert grouped == [
        ("data", {"cgnat", "retention"}),
        ("law", {"duality"}),
        ("", {"alone", "loose"}),
    ]
    assert words.grouped(Scheme.STAGE) == ()


@pytest.mark.parametrize("word", ["retention", "Retention Expired", " logs deleted "])
def test_a_word_is_known_by_key_label_or_synonym(words: Vocabulary, word: str) -> None:
    assert words.by_word(Scheme.DIFFICULTY, word) == "retention"
    assert words.by_word(Scheme.STAGE, word) is None


def test_a_proposed_one_exists_for_its_proposer_and_coordinators(office: Office) -> None:
    office.concept(Scheme.TAG, "idea", "Idea", status=ConceptStatus.PROPOSED, proposer="anna")
    known = {
        person.id: office.vocabularies.of(person).get(Scheme.TAG, "idea") is not None
        for person in (office.anna, office.bert, office.carla)
    }
    assert known == {"anna": True, "bert": False, "carla": True}


def test_a_renamed_one_has_its_new_label_at_once(office: Office, words: Vocabulary) -> None:
    assert words.label(Scheme.DIFFICULTY, "alone") == "Alone"
    office.concept(Scheme.DIFFICULTY, "alone", "On its own")
    assert office.vocabularies.of(office.anna).label(Scheme.DIFFICULTY, "alone") == "On its own"


def test_it_is_read_once_for_as_long_as_no_concept_changes(office: Office, words: Vocabulary) -> None:
    office.publish()
    assert office.vocabularies.of(office.anna) is words
    office.concept(Scheme.TAG, "new", "New")
    assert office.vocabularies.of(office.anna) is not words


def test_what_is_decided_elsewhere_is_known_at_the_next_question(office: Office) -> None:
    here = Vocabularies(office.store, office.catalogue)
    states = [ConceptStatus.PROPOSED, ConceptStatus.ADOPTED, ConceptStatus.RETIRED]

    def known() -> tuple[ConceptStatus | None, ...]:
        found = (here.of(person).get(Scheme.TAG, "idea") for person in (office.anna, office.bert))
        return tuple(concept.status if concept else None for concept in found)

    seen = [known()]
    for status in states:
        body = an_idea(status)
        put(office.store, body.id, body)
        office.drain.run()
        seen.append(known())

    assert seen == [(None, None), (states[0], None), (states[1],) * 2, (states[2],) * 2]


def an_idea(status: ConceptStatus) -> Concept:
    labels = (Labels(language="en", preferred="Idea"),)
    return Concept(scheme=Scheme.TAG, key="idea", labels=labels, status=status, proposer="anna")


def test_the_vocabularies_of_only_so_many_people_are_kept(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kb.services.vocabulary.MOST_KEPT", 2)
    people = (office.anna, office.carla, office.dora)
    first = [office.vocabularies.of(person) for person in people]
    assert office.vocabularies.of(office.dora) is first[2]
    assert office.vocabularies.of(office.anna) is not first[0]
    assert office.vocabularies.of(office.anna).concepts == first[0].concepts


def test_one_whose_file_is_damaged_is_left_out_until_it_is_mended(office: Office) -> None:
    office.store.damage(RecordRef(kind=Kind.CONCEPT, id="tag.retention"), 1)
    assert office.vocabularies.of(office.anna).get(Scheme.TAG, "retention") is None
    office.store.mend()
    assert office.vocabularies.of(office.anna).get(Scheme.TAG, "retention") is not None


def test_one_that_was_purged_before_the_catalogue_heard_is_left_out(office: Office) -> None:
    office.store.bury(RecordRef(kind=Kind.CONCEPT, id="tag.retention"), 1, "purged")
    put(office.store, "other", a_case())
    assert office.vocabularies.of(office.anna).get(Scheme.TAG, "retention") is None


def test_it_is_for_officers(office: Office) -> None:
    with pytest.raises(Forbidden):
        office.vocabularies.of(office.otto)
