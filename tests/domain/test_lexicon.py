"""By which words a concept is known, and what bears it."""

from __future__ import annotations

import pytest

from kb.domain.concept import Concept, ConceptStatus, Labels, Scheme
from kb.domain.lexicon import Lexicon, Sense, lexicon_of, run_of
from kb.domain.syntax import About
from kb.domain.terminology import TERMINOLOGY
from kb.domain.unit import Facet


def a_concept(scheme: Scheme, key: str, *words: str, **fields: object) -> Concept:
    labels = (Labels(language="en", preferred=words[0], alternative=words[1:]),)
    return Concept.model_validate({"scheme": scheme, "key": key, "labels": labels} | fields)


def senses(lexicon: Lexicon, text: str) -> tuple[Sense, ...]:
    return lexicon.senses(run_of(text.split()))


def names(lexicon: Lexicon, text: str) -> list[str]:
    return [sense.name for sense in senses(lexicon, text)]


RETENTION = a_concept(
    Scheme.DIFFICULTY, "retention", "Retention period expired", "data retention expired", "logs deleted"
)


@pytest.mark.parametrize(
    "typed", ["retention period expired", "LOGS DELETED", "log deleted", "logs were deleted", "Lógs deleted"]
)
def test_a_concept_is_known_by_each_label_whatever_its_case_accents_number_and_linking_words(
    typed: str,
) -> None:
    assert names(lexicon_of([RETENTION]), typed) == ["difficulty: Retention period expired"]


@pytest.mark.parametrize("typed", ["retention expired", "data retention", "retention period"])
def test_a_longer_label_is_known_without_its_first_or_last_word(typed: str) -> None:
    assert names(lexicon_of([RETENTION]), typed) == ["difficulty: Retention period expired"]


@pytest.mark.parametrize("typed", ["logs", "expired", "data expired", "period"])
def test_less_than_that_is_no_concept(typed: str) -> None:
    assert names(lexicon_of([RETENTION]), typed) == []


def test_what_is_left_of_labels_of_several_concepts_means_none_of_them() -> None:
    other = a_concept(Scheme.TAG, "law", "Wrong data retention")
    third = a_concept(Scheme.TAG, "more", "Data retention abroad")
    assert names(lexicon_of([RETENTION, other, third]), "data retention") == []
    assert names(lexicon_of([RETENTION, other]), "retention expired") == [
        "difficulty: Retention period expired"
    ]


def test_abbreviations_and_numbers_alone_do_not_end_a_shortened_label() -> None:
    orders = a_concept(Scheme.CHANNEL, "order", "EU 2023 order")
    assert names(lexicon_of([orders]), "EU 2023") == []
    assert names(lexicon_of([orders]), "2023 order") == ["channel: EU 2023 order"]


def test_a_whole_label_of_one_concept_comes_before_a_shortened_one_of_another() -> None:
    tag = a_concept(Scheme.TAG, "kept", "Data retention")
    assert names(lexicon_of([RETENTION, tag]), "data retention") == ["tag: Data retention"]


def test_concepts_that_share_a_label_are_both_meant() -> None:
    tag = a_concept(Scheme.TAG, "logs", "Logs deleted")
    assert names(lexicon_of([RETENTION, tag]), "logs deleted") == [
        "difficulty: Retention period expired",
        "tag: Logs deleted",
    ]


def test_labels_in_english_come_first_and_what_stands_in_parentheses_is_left_out() -> None:
    concept = a_concept(
        Scheme.CHANNEL,
        "mla",
        "ignored",
        labels=(
            Labels(language="de", preferred="Rechtshilfe"),
            Labels(
                language="en", preferred="Mutual legal assistance (MLA)", alternative=("MLA", "mla", "to the")
            ),
        ),
    )
    (sense,) = senses(lexicon_of([concept]), "MLA")
    assert [label.text for label in sense.labels] == ["Mutual legal assistance", "MLA", "Rechtshilfe"]


def test_a_concept_stands_for_those_narrower_than_it_and_a_group_for_them_alone() -> None:
    group = a_concept(Scheme.DIFFICULTY, "data", "Data trouble", is_group=True)
    middle = a_concept(Scheme.DIFFICULTY, "logs", "Missing logs", broader="data")
    leaf = a_concept(Scheme.DIFFICULTY, "cgnat", "Carrier NAT", broader="logs")
    lexicon = lexicon_of([group, middle, leaf, a_concept(Scheme.TAG, "tag", "Tagged", broader="data")])

    def keys(text: str) -> list[str]:
        (sense,) = senses(lexicon, text)
        return [about.value for about in sense.abouts]

    assert keys("data trouble") == ["logs", "cgnat"]
    assert keys("missing logs") == ["logs", "cgnat"]
    assert senses(lexicon, "carrier nat")[0].abouts == (About(facet=Facet.DIFFICULTY, value="cgnat"),)


def test_a_circle_of_concepts_ends_where_it_began() -> None:
    circle = [
        a_concept(Scheme.TAG, "a", "Alpha", broader="b"),
        a_concept(Scheme.TAG, "b", "Beta", broader="a"),
    ]
    (sense,) = senses(lexicon_of(circle), "alpha")
    assert [about.value for about in sense.abouts] == ["a", "b"]


def test_concepts_that_no_unit_bears_are_known_by_their_words_alone() -> None:
    (sense,) = senses(lexicon_of([a_concept(Scheme.PHENOMENON, "g", "Grooming", "luring")]), "luring")
    assert (sense.name, sense.abouts) == ("", ())


@pytest.mark.parametrize("status", [ConceptStatus.PROPOSED, ConceptStatus.RETIRED])
def test_concepts_that_are_not_adopted_are_left_out(status: ConceptStatus) -> None:
    concept = a_concept(Scheme.TAG, "new", "Brand new", status=status, proposer="anna")
    assert names(lexicon_of([concept]), "brand new") == []


def test_current_and_former_terms_lead_to_each_other() -> None:
    lexicon = lexicon_of([])
    for terms in TERMINOLOGY:
        every = {*terms.current, *terms.former}
        for text in every:
            words = text.replace("-", " ").split()
            assert any(
                {label.text for label in sense.labels} == every for sense in lexicon.senses(run_of(words))
            )


def test_without_any_words_nothing_is_known() -> None:
    lexicon = lexicon_of([], terminology=())
    assert (lexicon, lexicon.senses(("logs",))) == (Lexicon(), ())
