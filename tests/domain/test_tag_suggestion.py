from __future__ import annotations

from kb.domain.concept import Concept, ConceptStatus, Labels, Scheme
from kb.domain.lesson import CLASS_OF, CrossBorderIssue, Difficulty, Lesson, LessonKind, Solution
from kb.domain.lexicon import FACETS
from kb.domain.tag_suggestion import (
    FIELDS,
    LEAST,
    Neighbour,
    SaidLabels,
    TagSuggestion,
    borne_by,
    fits,
    suggested,
)
from kb.domain.unit import Facet

TAGS = frozenset({Facet.TAG})
PAIR = (Facet.TAG, "preservation")


def tag(key: str, *labels: Labels, **fields: object) -> Concept:
    return Concept.model_validate({"scheme": Scheme.TAG, "key": key, "labels": labels, **fields})


def words(language: str, preferred: str, *alternative: str) -> Labels:
    return Labels(language=language, preferred=preferred, alternative=alternative)


PRESERVATION = tag(
    "preservation",
    words("en", "Expedited preservation (article 29)", "quick freeze"),
    words("de", "Umgehende Sicherung"),
)


def test_a_text_says_a_concept_by_its_label_or_a_synonym_in_its_own_language_or_in_english() -> None:
    said = SaidLabels([PRESERVATION])
    for text, language, label in (
        ("An expedited  preservation was asked for.", "en", "Expedited preservation"),
        ("We asked for a Quick-Freeze.", "fr", "quick freeze"),
        ("Eine umgehende Sicherung half.", "de-AT", "Umgehende Sicherung"),
    ):
        assert said.found_in(["Title", text], language) == {PAIR: label}


def test_a_label_of_a_language_that_is_not_the_texts_says_nothing() -> None:
    assert SaidLabels([PRESERVATION]).found_in(["Eine umgehende Sicherung half."], "it") == {}
    assert SaidLabels().found_in(["An expedited preservation."], "en") == {}


def test_of_labels_that_lie_in_one_another_the_longest_counts() -> None:
    custody = tag("custody", words("en", "Custody"))
    chain = tag("chain", words("en", "Chain of custody"))
    said = SaidLabels([custody, chain])
    assert said.found_in(["The chain of custody broke."], "en") == {(Facet.TAG, "chain"): "Chain of custody"}
    both = said.found_in(["Custody, and the chain of custody."], "en")
    assert set(both) == {(Facet.TAG, "custody"), (Facet.TAG, "chain")}


def test_what_is_not_adopted_or_only_a_heading_or_borne_by_no_lesson_is_never_said() -> None:
    concepts = (
        tag("a", words("en", "Alpha"), status=ConceptStatus.RETIRED),
        tag("b", words("en", "Beta"), status=ConceptStatus.PROPOSED, proposer="anna"),
        tag("c", words("en", "Gamma"), is_group=True),
        Concept(scheme=Scheme.PARTNER, key="d", labels=(words("en", "Delta"),)),
        tag("e", words("en", "The")),
    )
    assert SaidLabels(concepts).found_in(["Alpha beta gamma delta, the end"], "en") == {}


def test_what_is_said_comes_before_what_only_similar_lessons_bear() -> None:
    neighbours = [
        Neighbour(2.0, frozenset({(Facet.TAG, "often"), PAIR})),
        Neighbour(2.0, frozenset({(Facet.TAG, "often")})),
    ]
    assert suggested({PAIR: "quick freeze"}, neighbours, TAGS) == (
        TagSuggestion(facet=Facet.TAG, key="preservation", said="quick freeze", neighbours=1),
        TagSuggestion(facet=Facet.TAG, key="often", neighbours=2),
    )


def test_what_a_small_part_of_the_similar_lessons_bears_is_not_suggested() -> None:
    rare, common = (Facet.TAG, "rare"), (Facet.TAG, "common")
    neighbours = [Neighbour(1.0, frozenset({common})) for _ in range(9)]
    neighbours.append(Neighbour(0.9, frozenset({rare})))
    assert sum(rare in each.bears for each in neighbours) / 10 < LEAST
    assert [each.key for each in suggested({}, neighbours, TAGS)] == ["common"]


def test_a_lesson_that_is_more_alike_counts_more() -> None:
    neighbours = [
        Neighbour(3.0, frozenset({(Facet.TAG, "near")})),
        Neighbour(2.0, frozenset({(Facet.TAG, "far")})),
    ]
    assert [each.key for each in suggested({}, neighbours, TAGS)] == ["near", "far"]


def test_nothing_is_suggested_of_facets_that_are_not_wanted_nor_of_nothing() -> None:
    neighbours = [Neighbour(1.0, frozenset({(Facet.STAGE, "triage")}))]
    assert suggested({(Facet.CHANNEL, "eio"): "EIO"}, neighbours, TAGS) == ()
    assert suggested({}, [], TAGS) == ()


def test_every_kind_of_lesson_bears_what_its_fields_hold() -> None:
    lessons: dict[LessonKind, Lesson] = {
        LessonKind.DIFFICULTY: Difficulty(key="d1", tags=("t",), categories=("c",), stage="s"),
        LessonKind.SOLUTION: Solution(key="s1", tags=("t",)),
        LessonKind.CROSS_BORDER_ISSUE: CrossBorderIssue(
            key="b1", tags=("t",), obstacles=("c",), channels=("s",)
        ),
    }
    for kind, lesson in lessons.items():
        assert {facet for facet, _ in borne_by(lesson)} == set(FIELDS[kind])
    for kind, fields in FIELDS.items():
        assert set(fields.values()) <= CLASS_OF[kind].model_fields.keys()
        assert set(fields) <= set(FACETS.values())


def test_a_lesson_is_not_told_to_bear_what_it_bears_nor_a_second_stage() -> None:
    lesson = Difficulty(key="d1", tags=("known",), stage="triage")
    for facet, key, wanted in (
        (Facet.TAG, "known", False),
        (Facet.TAG, "other", True),
        (Facet.STAGE, "attribution", False),
        (Facet.DIFFICULTY, "staff", True),
    ):
        assert fits(TagSuggestion(facet=facet, key=key), lesson) is wanted
    assert fits(TagSuggestion(facet=Facet.STAGE, key="triage"), Difficulty(key="d1"))


def test_a_lesson_that_bears_nothing_of_a_facet_says_nothing_of_which_fits() -> None:
    bearing = Neighbour(1.0, frozenset({(Facet.TAG, "fits")}))
    bare = [Neighbour(1.0, frozenset({(Facet.STAGE, "triage")})) for _ in range(9)]
    assert [each.key for each in suggested({}, [bearing, *bare], TAGS)] == ["fits"]
