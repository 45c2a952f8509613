from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.domain import concept_change
from kb.domain.concept import Concept, ConceptStatus, Labels, Scheme
from kb.domain.concept_change import WordChange, taken_back, word_changes, worded
from kb.domain.errors import Invalid, WrongState
from kb.domain.thesaurus import Thesaurus


def concept(key: str = "a", **fields: object) -> Concept:
    labels = fields.pop("labels", (english(f"Label {key}"),))
    return Concept.model_validate({"scheme": Scheme.TAG, "key": key, "labels": labels, **fields})


def english(preferred: str, *alternative: str) -> Labels:
    return Labels(language="en", preferred=preferred, alternative=alternative)


def german(preferred: str, *alternative: str) -> Labels:
    return Labels(language="de", preferred=preferred, alternative=alternative)


class TestWords:
    def test_the_old_label_stays_as_a_synonym_and_no_word_stands_twice(self) -> None:
        now = worded(
            concept(labels=(english("Forms", "Papers"),)),
            [english(" Templates ", "papers", "Papers", "")],
            "New.",
        )
        assert now.labels == (english("Templates", "Papers", "Forms"),)
        assert now.definition == "New."

    def test_other_languages_stay_and_new_ones_are_added_and_emptied_ones_go(self) -> None:
        before = concept(labels=(english("Forms"), german("Formulare")))
        assert worded(before, [english("Sheets")], "").label("de") == "Formulare"
        french = Labels(language="fr", preferred="Formulaires")
        assert worded(before, [french], "").labels == (*before.labels, french)
        assert worded(before, [german("", "")], "").labels == (english("Forms"),)

    @pytest.mark.parametrize(
        ("labels", "field"), [(english(" "), "label"), (german("", "Blatt"), "preferred_de")]
    )
    def test_a_language_has_a_preferred_label_and_english_is_there(self, labels: Labels, field: str) -> None:
        with pytest.raises(Invalid) as raised:
            worded(concept(), [labels], "")
        assert raised.value.problems[0][0] == field

    def test_who_looks_is_told_what_becomes_of_the_words_in_each_language(self) -> None:
        before = concept(labels=(english("Forms", "Papers"), german("Formulare")))
        french = Labels(language="fr", preferred="Formulaires", alternative=("Papiers",))
        after = worded(before, [english("Sheets", "Blanks"), german(""), french], "")
        assert list(word_changes(before, after)) == [
            WordChange("en", "Forms", "Sheets", ("Blanks", "Forms"), ("Papers",)),
            WordChange("de", "Formulare", ""),
            WordChange("fr", "", "Formulaires", ("Papiers",)),
        ]
        assert list(word_changes(before, worded(before, [], "Other."))) == []


class TestStanding:
    def test_a_merge_is_one_revision_of_the_one_that_goes(self) -> None:
        merged = concept_change.merged(concept("a"), concept("b"), "They are one.")
        assert (merged.replaced_by, merged.status, merged.status_reason) == ("b", "retired", "They are one.")
        back = concept_change.reinstated(merged)
        assert (back.replaced_by, back.status, back.status_reason) == (None, "adopted", "")

    @pytest.mark.parametrize(
        "into",
        [
            concept("a"),
            concept("b", scheme=Scheme.STAGE),
            concept("b", status=ConceptStatus.RETIRED),
            concept("b", is_group=True),
        ],
    )
    def test_it_is_merged_into_another_one_that_is_in_use(self, into: Concept) -> None:
        with pytest.raises(Invalid) as raised:
            concept_change.merged(concept("a"), into, "One.")
        assert raised.value.problems[0][0] == "into"

    def test_what_is_merged_is_merged_once_and_for_a_reason(self) -> None:
        with pytest.raises(WrongState):
            concept_change.merged(concept("a", replaced_by="c", status="retired"), concept("b"), "One.")
        with pytest.raises(Invalid):
            concept_change.merged(concept("a"), concept("b"), " ")

    def test_a_retired_one_can_still_be_merged(self) -> None:
        merged = concept_change.merged(concept("a", status="retired"), concept("b"), "One.")
        assert merged.replaced_by == "b"

    def test_a_place_is_under_one_of_the_same_scheme_that_is_in_use(self) -> None:
        below = concept_change.placed(concept("a"), concept("b", is_group=True))
        assert below.broader == "b"
        assert concept_change.placed(below, None).broader is None
        with pytest.raises(WrongState):
            concept_change.placed(concept("a"), None)
        for broader in (concept("b", scheme=Scheme.STAGE), concept("b", status="retired")):
            with pytest.raises(Invalid):
                concept_change.placed(concept("a"), broader)


class TestProposals:
    PROPOSAL = concept("a", status=ConceptStatus.PROPOSED, proposer="anna")

    def test_an_adopted_one_forgets_who_proposed_it(self) -> None:
        adopted = concept_change.adopted(self.PROPOSAL)
        assert (adopted.status, adopted.proposer) == (ConceptStatus.ADOPTED, None)

    def test_a_refused_one_keeps_the_reason_for_its_proposer(self) -> None:
        refused = concept_change.refused(self.PROPOSAL, "Use another.")
        assert (refused.status, refused.status_reason, refused.proposer) == (
            ConceptStatus.REFUSED,
            "Use another.",
            "anna",
        )
        with pytest.raises(Invalid):
            concept_change.refused(self.PROPOSAL, "")

    @pytest.mark.parametrize(
        "act",
        [
            concept_change.adopted,
            partial(concept_change.refused, reason="No."),
        ],
    )
    def test_only_what_waits_is_decided(self, act: Callable[[Concept], Concept]) -> None:
        with pytest.raises(WrongState):
            act(concept("a"))

    def test_a_proposal_is_decided_before_anything_else_is_done_with_it(self) -> None:
        acts: tuple[Callable[[], Concept], ...] = (
            lambda: concept_change.retired(self.PROPOSAL, "Old."),
            lambda: concept_change.merged(self.PROPOSAL, concept("b"), "One."),
            lambda: concept_change.placed(self.PROPOSAL, concept("b")),
        )
        for act in acts:
            with pytest.raises(WrongState):
                act()


class TestTakingBack:
    def test_it_takes_back_what_was_changed_and_keeps_what_came_since(self) -> None:
        before = concept(labels=(english("Forms", "Papers"),), related=("x",))
        after = worded(before, [english("Templates", "Papers", "Blanks")], "Defined.")
        since = worded(after, [german("Vorlagen")], "Defined.").model_copy(update={"related": ("x", "y")})
        back = taken_back(before, after, since)
        assert back.labels == (english("Forms", "Papers"), german("Vorlagen"))
        assert (back.definition, back.related) == ("", ("x", "y"))

    def test_what_was_changed_again_is_named_and_nothing_is_done(self) -> None:
        before = concept()
        after = concept_change.placed(
            worded(before, [english("Templates")], "Defined."), concept("b")
        ).model_copy(update={"in_force": True, "related": ("x",)})
        since = concept(labels=(english("Other"),), definition="Better.", in_force=False)
        with pytest.raises(Invalid) as raised:
            taken_back(before, after, since)
        assert dict.fromkeys(field for field, _ in raised.value.problems) == {"undo": None}
        sentences = [sentence for _, sentence in raised.value.problems]
        families = ("broader", "definition", "other", "labels", "related")
        assert sorted(set(sentences)) == sorted(concept_change.CHANGED_SINCE[each] for each in families)

    def test_whether_it_is_offered_is_one_question(self) -> None:
        after = concept_change.retired(concept(), "Old.")
        with pytest.raises(Invalid) as raised:
            taken_back(concept(), after, after.model_copy(update={"status_reason": "Older."}))
        assert raised.value.problems == (("undo", concept_change.CHANGED_SINCE["status"]),)

    def test_a_language_that_has_synonyms_since_does_not_lose_its_preferred_label(self) -> None:
        after = worded(concept(), [german("Vorlagen")], "")
        since = worded(after, [german("Vorlagen", "Muster")], "")
        with pytest.raises(Invalid) as raised:
            taken_back(concept(), after, since)
        assert raised.value.problems == (("undo", concept_change.CHANGED_SINCE["labels"]),)


KEYS = "abcd"
WORDS = st.sampled_from(["Forms", "Blanks", "Papers", "Sheets", "Label a"])
ACTS: st.SearchStrategy[tuple[str, str, str, str]] = st.tuples(
    st.sampled_from(["word", "merge", "place", "free", "retire", "reinstate"]),
    st.sampled_from(KEYS),
    st.sampled_from(KEYS),
    WORDS,
)


def done(thesaurus: Thesaurus, act: tuple[str, str, str, str]) -> Concept:
    name, key, other, word = act
    one, two = thesaurus.get(Scheme.TAG, key), thesaurus.get(Scheme.TAG, other)
    assert one is not None
    assert two is not None
    return {
        "word": lambda: worded(one, [english(word)], one.definition),
        "merge": lambda: concept_change.merged(one, two, "One."),
        "place": lambda: concept_change.placed(one, two),
        "free": lambda: concept_change.placed(one, None),
        "retire": lambda: concept_change.retired(one, "Old."),
        "reinstate": lambda: concept_change.reinstated(one),
    }[name]()


@given(st.lists(ACTS, max_size=12))
def test_any_sequence_of_acts_keeps_the_conditions_and_the_last_one_can_be_taken_back(
    acts: list[tuple[str, str, str, str]],
) -> None:
    thesaurus = Thesaurus([concept(key) for key in KEYS])
    for act in acts:
        before = thesaurus.get(Scheme.TAG, act[1])
        assert before is not None
        try:
            after = done(thesaurus, act)
        except (Invalid, WrongState):
            continue
        if thesaurus.conflicts_after(after):
            continue
        thesaurus = thesaurus.after(after)
        assert not thesaurus.conflicts
        assert taken_back(before, after, after) == before
        redone = thesaurus.after(taken_back(before, after, after))
        assert not redone.conflicts
        for key in KEYS:
            end = thesaurus.replacements.of(Scheme.TAG, key)
            assert thesaurus.replacements.of(Scheme.TAG, end) == end
