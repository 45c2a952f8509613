from __future__ import annotations

import pytest

from kb.domain.concept import Concept, ConceptStatus, Labels, Scheme
from kb.domain.thesaurus import Conflict, ConflictKind, Thesaurus


def concept(key: str, label: str = "", *synonyms: str, **fields: object) -> Concept:
    labels = fields.pop(
        "labels", (Labels(language="en", preferred=label or f"Label {key}", alternative=synonyms),)
    )
    return Concept.model_validate({"scheme": Scheme.TAG, "key": key, "labels": labels, **fields})


def kinds(*concepts: Concept) -> list[tuple[ConflictKind, tuple[str, str]]]:
    return sorted((each.kind, each.keys) for each in Thesaurus(concepts).conflicts)


class TestLabels:
    def test_two_concepts_of_a_scheme_have_not_the_same_preferred_label(self) -> None:
        assert kinds(concept("a", "Forms"), concept("b", "fORMS")) == [(ConflictKind.LABEL, ("a", "b"))]

    def test_nor_is_one_preferred_label_a_synonym_of_another(self) -> None:
        assert kinds(concept("a", "Forms"), concept("b", "Blanks", "forms")) == [
            (ConflictKind.LABEL, ("a", "b"))
        ]

    def test_two_may_share_a_synonym(self) -> None:
        assert kinds(concept("a", "Forms", "papers"), concept("b", "Blanks", "papers")) == []

    def test_a_word_that_a_change_newly_shares_is_named_and_all_of_a_proposal(self) -> None:
        before, other = concept("a", "Forms", "papers"), concept("b", "Blanks", "papers", "sheets")
        known = Thesaurus([before, other])
        after = concept("a", "Forms", "papers", "Sheets")
        assert known.newly_shared(before, after) == (("Sheets", other),)
        assert known.newly_shared(before, after, "b") == ()
        assert len(Thesaurus([other]).newly_shared(before, after)) == 2

    def test_another_language_or_scheme_says_nothing(self) -> None:
        german = (Labels(language="en", preferred="B"), Labels(language="de", preferred="Forms"))
        assert (
            kinds(concept("a", "Forms"), concept("b", labels=german), concept("a", "Forms", scheme="stage"))
            == []
        )

    def test_what_was_merged_and_what_stands_for_it_may_bear_the_same_label(self) -> None:
        assert (
            kinds(concept("a", "Forms", replaced_by="b", status="retired"), concept("b", "Blanks", "Forms"))
            == []
        )
        assert kinds(
            concept("a", "Forms", replaced_by="b", status="retired"), concept("b"), concept("c", "Forms")
        ) == [(ConflictKind.LABEL, ("a", "c"))]

    def test_a_proposal_takes_no_label(self) -> None:
        proposal = concept("b", "Forms", status=ConceptStatus.PROPOSED, proposer="anna")
        assert kinds(concept("a", "Forms"), proposal) == []
        assert Thesaurus([proposal]).get(Scheme.TAG, "b") is None


class TestHierarchy:
    def test_nothing_is_broader_than_itself(self) -> None:
        circle = [concept("a", broader="b"), concept("b", broader="a")]
        assert kinds(*circle) == [(ConflictKind.BROADER, ("a", "a")), (ConflictKind.BROADER, ("a", "b"))]
        assert Thesaurus(circle).ancestors(Scheme.TAG, "a") == ("b", "a")

    def test_a_merge_can_close_a_circle(self) -> None:
        parent = concept("a", replaced_by="b", status="retired")
        assert (ConflictKind.BROADER, ("b", "b")) in kinds(parent, concept("b", broader="a"))

    def test_a_related_one_is_not_broader(self) -> None:
        assert kinds(concept("a", broader="b"), concept("b", related=("a",))) == [
            (ConflictKind.RELATED, ("a", "b"))
        ]
        assert kinds(concept("a", broader="b", related=("b",)), concept("b")) == [
            (ConflictKind.RELATED, ("a", "b"))
        ]
        assert kinds(concept("a", related=("b", "missing")), concept("b")) == []

    def test_nothing_is_replaced_by_itself(self) -> None:
        circle = (
            concept("a", replaced_by="b"),
            concept("b", replaced_by="c"),
            concept("c", replaced_by="b"),
        )
        assert {each for each, _ in kinds(*circle)} == {ConflictKind.REPLACED}


class TestChanges:
    def test_a_change_is_held_against_what_it_breaks_newly(self) -> None:
        wrong = [concept("a", "Forms"), concept("b", "Forms"), concept("c", "Papers")]
        thesaurus = Thesaurus(wrong)
        assert thesaurus.conflicts_after(concept("c", "Sheets")) == frozenset()
        (conflict,) = thesaurus.conflicts_after(concept("c", "Papers", broader="c"))
        assert conflict == Conflict(kind=ConflictKind.BROADER, scheme=Scheme.TAG, keys=("c", "c"))

    def test_a_conflict_names_the_other_one(self) -> None:
        conflict = Conflict(kind=ConflictKind.LABEL, scheme=Scheme.TAG, keys=("a", "b"))
        assert (conflict.other_than("a"), conflict.other_than("b")) == ("b", "a")


class TestStanding:
    def test_the_labels_of_what_was_merged_are_synonyms_and_narrower_ones_follow(self) -> None:
        german = Labels(language="de", preferred="Vordrucke", alternative=("Formulare",))
        merged = concept(
            "a",
            labels=(Labels(language="en", preferred="Forms", alternative=("blanks",)), german),
            status="retired",
            replaced_by="b",
        )
        below = concept("c", broader="a")
        thesaurus = Thesaurus([merged, concept("b", "Templates", "Blanks"), below, concept("d")])
        standing = {each.key: each for each in thesaurus.standing}
        assert set(standing) == {"b", "c", "d"}
        english, other = standing["b"].labels
        assert (english.preferred, english.alternative) == ("Templates", ("Blanks", "Forms"))
        assert other == german
        assert standing["c"].broader == "b"
        assert thesaurus.merged_into(Scheme.TAG, "b") == (merged,)
        assert thesaurus.merged_into(Scheme.TAG, "a") == ()


@pytest.mark.parametrize("key", ["a", "missing"])
def test_what_stands_under_nothing_has_nothing_above_it(key: str) -> None:
    assert Thesaurus([concept("a")]).ancestors(Scheme.TAG, key) == ()
