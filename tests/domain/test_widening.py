"""Which other words a query looks for, and where it means what it says to the letter."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.domain.concept import Concept, Labels, Scheme
from kb.domain.grammar import parse
from kb.domain.lexicon import lexicon_of
from kb.domain.reading_aloud import Notes, sentence
from kb.domain.syntax import About, AllOf, AnyOf, Node, Phrase, Prefix, Wider, Word
from kb.domain.unit import Facet
from kb.domain.widening import MOST_HINTS, MOST_LINKING, MOST_SENSES, Widened, widened
from tests.domain.test_lexicon import a_concept

LEXICON = lexicon_of(
    [
        a_concept(
            Scheme.CHANNEL, "mlat", "Mutual legal assistance request", "mutual legal assistance", "MLA"
        ),
        a_concept(Scheme.PHENOMENON, "grooming", "Grooming", "luring"),
        a_concept(Scheme.DIFFICULTY, "logs", "Logs deleted"),
        a_concept(Scheme.PARTNER, "alone", "Alone"),
    ],
    terminology=(),
)
MLA = Word(text="MLA")
ASSISTANCE = Phrase(words=("mutual", "legal", "assistance"))
ABOUT_MLA = About(facet=Facet.CHANNEL, value="mlat")
WIDER_MLA = Wider(said=MLA, also=(ASSISTANCE, ABOUT_MLA))
SLOW = Word(text="slow")


def words(*texts: str) -> AnyOf:
    return AnyOf(nodes=tuple(Word(text=text) for text in texts))


def wide(text: str) -> Widened:
    return widened(parse(text).node, LEXICON)


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("MLA", WIDER_MLA),
        ("slow MLA", AnyOf(nodes=(SLOW, WIDER_MLA))),
        ("slow OR MLA", AnyOf(nodes=(SLOW, WIDER_MLA))),
        (
            '(slow "a b") OR MLA',
            AnyOf(nodes=(AllOf(nodes=(SLOW, Phrase(words=("a", "b")))), WIDER_MLA)),
        ),
        ("MLA -slow", AllOf(nodes=(WIDER_MLA,), without=(SLOW,))),
        (
            "mutual legal assistance",
            Wider(
                said=words("mutual", "legal", "assistance"),
                also=(Word(text="MLA"), ABOUT_MLA),
            ),
        ),
        (
            "logs were deleted",
            Wider(
                said=words("logs", "were", "deleted"),
                also=(About(facet=Facet.DIFFICULTY, value="logs"),),
            ),
        ),
        (
            '"mutual legal assistance"',
            Wider(said=ASSISTANCE, also=(Word(text="MLA"), ABOUT_MLA)),
        ),
        ("mla*  luring", AnyOf(nodes=(Prefix(text="mla"), Wider(said=Word(text="luring"), also=(Word(text="Grooming"),))))),
    ],
)  # fmt: skip
def test_bare_words_and_phrases_that_mean_something_are_looked_for_by_its_other_words(
    text: str, node: Node
) -> None:
    assert wide(text).node == node


@pytest.mark.parametrize(
    "text",
    ["-MLA", '-"mutual legal assistance" x', "title:MLA", "tag:mla", "mla*", '"logs MLA"', "slow -legal", "deleted* x"],
)  # fmt: skip
def test_what_is_excluded_tied_cut_off_or_said_otherwise_is_meant_to_the_letter(text: str) -> None:
    assert wide(text) == Widened(parse(text).node)


@pytest.mark.parametrize("text", ["", "alone", "kryptonite", "requests"])
def test_nothing_is_added_where_there_is_nothing_else_to_look_for(text: str) -> None:
    assert wide(text) == Widened(parse(text).node)


def test_what_is_added_is_told_once_and_labels_that_hold_a_shorter_one_are_left_out() -> None:
    assert wide("MLA").also == ("channel: Mutual legal assistance request", "mutual legal assistance")
    assert wide('MLA "mla"').also == wide("MLA").also
    assert wide("luring").also == ("Grooming",)


def test_a_longer_label_comes_before_a_shorter_one_in_it() -> None:
    lexicon = lexicon_of(
        [a_concept(Scheme.TAG, "a", "child", "minor"), a_concept(Scheme.TAG, "b", "child first", "safe")],
        terminology=(),
    )
    assert widened(parse("child first").node, lexicon).also == ("tag: child first", "safe")
    assert widened(parse("child last").node, lexicon).also == ("tag: child", "minor", "tag: child first")


@pytest.mark.parametrize(
    "typed", ["Häuser durchsuchen", "haeuser durchsuchen", "Haeuser Durchsuchen", "hauser durchsuchen"]
)
def test_a_german_label_is_known_without_umlauts_and_is_not_added_to_itself(typed: str) -> None:
    labels = (
        Labels(language="en", preferred="Raid"),
        Labels(language="de", preferred="Häuser durchsuchen"),
    )
    lexicon = lexicon_of([Concept(scheme=Scheme.PARTNER, key="raid", labels=labels)], terminology=())
    assert widened(parse(typed).node, lexicon).also == ("Raid",)


def test_two_letters_for_an_umlaut_mean_no_label_without_one() -> None:
    lexicon = lexicon_of([a_concept(Scheme.TAG, "dos", "DoS", "flood")], terminology=())
    assert not widened(parse("does").node, lexicon).also


def test_more_linking_words_than_are_looked_past_part_a_label() -> None:
    longest = LEXICON.longest
    assert wide(f"logs {'are ' * 1} deleted").also
    parted = AnyOf(
        nodes=tuple(
            Word(text=text) for text in ("logs", *["the", "an", "be", "of", "to", "in", "was"], "deleted")
        )
    )
    assert longest + MOST_LINKING < len(parted.nodes)
    assert not any(isinstance(each, Wider) for each in wide_nodes(parted))


def wide_nodes(node: Node) -> tuple[Node, ...]:
    wider = widened(node, LEXICON).node
    return wider.nodes if isinstance(wider, AnyOf) else ()


@pytest.mark.parametrize(
    ("text", "nodes", "share"),
    [
        ("logs", (Word(text="logs"),), 0.5),
        ("logs were not kept", words("logs", "were", "not", "kept").nodes, 0.5),
        ("deleted -slow", (Word(text="deleted"),), 0.5),
    ],
)
def test_part_of_a_label_hints_at_its_concept_which_weighs_as_much_less(
    text: str, nodes: tuple[Node, ...], share: float
) -> None:
    wider = wide(text)
    hinted = wider.node.nodes[0] if isinstance(wider.node, AllOf) else wider.node
    assert hinted == AnyOf(nodes=(*nodes, About(facet=Facet.DIFFICULTY, value="logs", share=share)))
    assert wider.also == ("difficulty: Logs deleted",)


def test_what_is_meant_already_is_not_hinted_at_too() -> None:
    assert wide("legal MLA").also == wide("MLA").also
    assert wide("logs (deleted OR wiped)").also == ("difficulty: Logs deleted",)


def test_of_many_concepts_those_are_hinted_at_whose_labels_were_said_most() -> None:
    concepts = [
        a_concept(Scheme.TAG, f"t{number}", f"data word{number} other{number}") for number in range(9)
    ]
    lexicon = lexicon_of(concepts, terminology=())
    told = widened(parse("word5 word3 data other6 word6 word8 -word1").node, lexicon).also
    assert told[0] == "tag: data word6 other6"
    assert len(told) == MOST_HINTS


def test_of_many_meanings_the_first_few_are_taken_up() -> None:
    lexicon = lexicon_of(
        [a_concept(Scheme.TAG, f"t{number}", f"word{number}") for number in range(MOST_SENSES + 3)],
        terminology=(),
    )
    text = " ".join(f"word{number}" for number in range(MOST_SENSES + 3))
    assert len(widened(parse(text).node, lexicon).also) == MOST_SENSES


def test_a_wider_tree_is_read_aloud_as_it_was_said() -> None:
    assert sentence(WIDER_MLA, Notes(), blank=False) == "Looked for the word “MLA”."
    assert sentence(ABOUT_MLA, Notes(), blank=False) == "Looked for channel “mlat”."


SIGNS = st.sampled_from(
    ["MLA", "mutual", "legal", "assistance", "logs", "deleted", "OR", "-", "(", ")", '"', "title:", "luring", "*", " "]
)  # fmt: skip


def said(node: Node) -> Node:
    """Take away what widening added."""
    match node:
        case Wider():
            return node.said
        case AnyOf():
            flat: list[Node] = []
            for each in node.nodes:
                inner = said(each)
                flat += inner.nodes if isinstance(each, Wider) and isinstance(inner, AnyOf) else [inner]
            kept = tuple(dict.fromkeys(each for each in flat if not isinstance(each, About)))
            return kept[0] if len(kept) == 1 else AnyOf(nodes=kept)
        case AllOf():
            return AllOf(nodes=tuple(said(each) for each in node.nodes), without=node.without)
        case _:
            return node


@given(st.lists(SIGNS, max_size=30))
def test_widening_only_adds(signs: list[str]) -> None:
    node = parse(" ".join(signs)).node
    wider = widened(node, LEXICON)
    if node is None:
        assert wider == Widened(None)
    else:
        assert wider.node is not None
        assert said(wider.node) == node
        assert bool(wider.also) == (wider.node != node)
