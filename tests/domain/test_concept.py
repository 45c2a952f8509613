from __future__ import annotations

import pytest
from pydantic import ValidationError

from kb.domain.concept import WITHHELD, Concept, ConceptStatus, Labels, Scheme, concept_id
from kb.domain.marking import COORDINATOR, OFFICER, OPERATOR_VIEWER, PUBLIC, Viewer, of_account

ENGLISH = Labels(language="en", preferred="Retention expired", alternative=("Logs gone",))
GERMAN = Labels(language="de", preferred="Speicherfrist abgelaufen")


def concept(*labels: Labels, **fields: object) -> Concept:
    sound: dict[str, object] = {"scheme": Scheme.DIFFICULTY, "key": "retention-expired"}
    return Concept.model_validate({**sound, "labels": labels or (ENGLISH, GERMAN), **fields})


def test_the_id_tells_the_scheme_and_the_key() -> None:
    assert (
        concept().id == concept_id(Scheme.DIFFICULTY, "retention-expired") == "difficulty.retention-expired"
    )


def test_a_label_is_given_in_the_language_asked_for_else_in_english() -> None:
    assert concept().label("de") == "Speicherfrist abgelaufen"
    assert concept().label("fr") == concept().title == "Retention expired"


@pytest.mark.parametrize(
    ("labels", "sentence"),
    [
        ((GERMAN,), "needs a preferred label in English"),
        ((ENGLISH, Labels(language="de", preferred=" ")), "in every language that it lists"),
        ((ENGLISH, ENGLISH), "one set of labels per language"),
    ],
)
def test_labels_that_leave_a_language_without_one_word_are_refused(
    labels: tuple[Labels, ...], sentence: str
) -> None:
    with pytest.raises(ValidationError, match=sentence):
        concept(*labels)


@pytest.mark.parametrize("status", [ConceptStatus.ADOPTED, ConceptStatus.RETIRED])
def test_adopted_and_retired_concepts_are_clear(status: ConceptStatus) -> None:
    assert concept(status=status).readers == {PUBLIC, OFFICER}


def test_a_proposal_is_seen_by_its_proposer_and_coordinators_alone() -> None:
    proposal = concept(status=ConceptStatus.PROPOSED, proposer="anna")

    assert proposal.readers == {"account:anna", COORDINATOR}


def test_a_proposal_names_its_proposer() -> None:
    with pytest.raises(ValidationError, match="names its proposer"):
        concept(status=ConceptStatus.PROPOSED)


def test_who_proposed_it_is_shown_to_nobody_else() -> None:
    proposal = concept(status=ConceptStatus.PROPOSED, proposer="anna")
    anna, carla = (Viewer(tokens=frozenset({of_account(name), COORDINATOR})) for name in ("anna", "carla"))

    assert proposal.shown_to(anna) is proposal
    assert proposal.shown_to(OPERATOR_VIEWER) is proposal
    assert proposal.shown_to(carla).proposer == WITHHELD
    assert concept().shown_to(carla) == concept()
