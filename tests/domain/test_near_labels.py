from __future__ import annotations

import pytest

from kb.domain.concept import Concept, Labels, Scheme
from kb.domain.near_labels import near_labels
from tests.domain.thesauri import tag


def pairs(*concepts: Concept) -> list[tuple[str, str]]:
    return [each.keys for each in near_labels(concepts)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Case debrief", "Case debriefs"),
        ("Case debrief", "Case-debrief"),
        ("Résumé", "resume"),
        ("Preservation", "Perservation"),
        ("Preservation", "Preservatoin"),
        ("Preservation", "Preservations"),
        ("Preservation", "Preserwation"),
        ("Preservation", "reservation"),
    ],
)
def test_labels_that_differ_in_a_slip_are_near(one: str, other: str) -> None:
    assert pairs(tag("a", one), tag("b", other)) == [("a", "b")]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Preservation", "Presentation"),
        ("Article 30 request", "Article 31 request"),
        ("Staff", "Stuff"),
        ("abcdefgh", "bcdefghi"),
    ],
)
def test_what_differs_more_or_is_short_or_counts_is_not(one: str, other: str) -> None:
    assert pairs(tag("a", one), tag("b", other)) == []


def test_a_synonym_is_near_a_preferred_label_and_not_another_synonym() -> None:
    assert pairs(tag("a", "Debriefing"), tag("b", "Other", "Debriefings")) == [("a", "b")]
    assert pairs(tag("a", "One", "Debriefing"), tag("b", "Two", "Debriefings")) == []


def test_a_concept_is_not_near_itself() -> None:
    assert pairs(tag("a", "Debriefing", "Debriefings")) == []


def test_each_language_and_vocabulary_is_compared_by_itself() -> None:
    elsewhere = tag("b", "Debriefings").model_copy(update={"scheme": Scheme.STAGE})
    assert pairs(tag("a", "Debriefing"), elsewhere) == []
    words = (Labels(language="en", preferred="Other"), Labels(language="de", preferred="Debriefing"))
    german = tag("b").model_copy(update={"labels": words})
    assert pairs(tag("a", "Debriefing"), german) == []


def test_a_pair_is_told_once_and_in_english_first() -> None:
    words = (Labels(language="de", preferred="Vermerke"), Labels(language="en", preferred="Remarks"))
    one = tag("b").model_copy(update={"labels": words})
    other = tag("a", "Remark").model_copy(
        update={
            "labels": (Labels(language="en", preferred="Remark"), Labels(language="de", preferred="Vermerk"))
        }
    )
    (near,) = near_labels([one, other])
    assert (near.keys, near.labels, near.language) == (("a", "b"), ("Remark", "Remarks"), "en")
