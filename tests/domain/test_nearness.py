from __future__ import annotations

from kb.domain.concept import Concept, ConceptStatus, Labels, Scheme
from kb.domain.nearness import MOST_WORDS, LabelWords


def a_concept(key: str, *words: str, scheme: Scheme = Scheme.TAG, **fields: object) -> Concept:
    labels = (Labels(language="en", preferred=words[0], alternative=words[1:]),)
    return Concept.model_validate({"scheme": scheme, "key": key, "labels": labels} | fields)


CONCEPTS = (
    a_concept("retention", "Retention period expired", "logs deleted", scheme=Scheme.DIFFICULTY),
    a_concept("log", "Decision log"),
    a_concept("cards", "Payment cards"),
    a_concept("payment", "Payment tracing"),
    a_concept("partner", "Payment partner", scheme=Scheme.PARTNER),
    a_concept("law", "Law", scheme=Scheme.DIFFICULTY, is_group=True),
    a_concept("proposed", "Payment proposed", status=ConceptStatus.PROPOSED, proposer="anna"),
)
WORDS = LabelWords(CONCEPTS)


def near(text: str, most: int = 6) -> list[str]:
    return [each.key for each in WORDS.nearest(text, most)]


def test_who_has_most_of_the_words_comes_first() -> None:
    assert near("a payment card") == ["cards", "payment"]
    assert near("decision on logs") == ["log", "retention"]
    assert near("logs deleted", most=1) == ["retention"]


def test_a_word_spelt_much_alike_is_near_too() -> None:
    assert near("retntion") == ["retention"]
    assert near("paymnts") == ["cards", "payment"]
    assert near("lgo") == near("rat") == near("zzzz") == near("retentionally") == []


def test_only_adopted_concepts_that_units_bear_are_near() -> None:
    assert near("partner") == near("law") == near("proposed") == []
    assert LabelWords().nearest("payment", 6) == ()


def test_so_many_words_are_compared_and_no_more() -> None:
    assert near(" ".join(f"none{number}" for number in range(MOST_WORDS)) + " payment") == []
    assert near("") == near("? !") == []
