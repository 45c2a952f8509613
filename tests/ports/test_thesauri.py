"""What every format of thesauri promises, asked of Turtle and of the fake; then what a stranger's Turtle is read as."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb.adapters.skos import reading, writing
from kb.adapters.skos.answer import Refusal
from kb.adapters.skos.turtle import Turtle
from kb.domain.concept import Concept, MatchKind, Scheme
from kb.domain.errors import Invalid
from kb.domain.ports import ThesaurusFormat
from kb.domain.skos import Described, Name, SkosDocument, Wording, described
from kb.domain.skos_reading import read_concepts
from tests.domain.thesauri import document, ours, tag
from tests.fakes.thesauri import PlainThesauri

PREFIX = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n@prefix : <http://thesaurus.example/> .\n"


@pytest.fixture(params=[PlainThesauri, Turtle])
def thesauri(request: pytest.FixtureRequest) -> ThesaurusFormat:
    made: ThesaurusFormat = request.param()
    return made


def test_what_was_written_is_read_again(thesauri: ThesaurusFormat) -> None:
    concepts = (ours("a"), ours("b", matches=((MatchKind.EXACT, "http://thesaurus.example/b"),)))
    assert thesauri.read(thesauri.write(reversed(concepts))) == document(*concepts)


def test_an_address_with_signs_that_no_address_should_hold_comes_back_word_for_word(
    thesauri: ThesaurusFormat,
) -> None:
    odd = ours("a", sources=(("A page", "https://example.org/`a`/{b}\\c", ""),))
    assert thesauri.read(thesauri.write([odd])) == document(odd)


@pytest.mark.parametrize("content", [b"no file of concepts", b"\xff\xfe", b" "])
def test_what_is_none_is_refused_at_its_field(thesauri: ThesaurusFormat, content: bytes) -> None:
    with pytest.raises(Invalid) as refused:
        thesauri.read(content)
    assert refused.value.problems[0][0] == "file"


# -- Turtle, without its child --

texts = st.text(
    st.characters(
        codec="utf-8", exclude_categories=("Cs", "Cc", "Zs", "Zl", "Zp"), exclude_characters="\ufeff"
    ),
    min_size=1,
    max_size=20,
) | st.sampled_from(
    ['quo"te', "back\\slash", "'''", '"""', "a\n\nb", "<urn:x>", "Хранение", "@en", "\\u0041"]
)
lines = texts.map(lambda text: " ".join(text.split()) or "x")
keys = st.sampled_from(["a", "b-c", "d1"])


@st.composite
def concepts(draw: st.DrawFn) -> Concept:
    """Give a tag that says everything a concept can say, in any words."""
    labels = [
        {"language": language, "preferred": f"P{draw(lines)}", "alternative": sorted({f"A{draw(lines)}"})}
        for language in ["en", *draw(st.lists(st.sampled_from(["de", "pt-BR", "zh-Hant"]), unique=True))]
    ]
    retired = draw(st.booleans())
    told: dict[str, object] = {
        "definition": draw(texts),
        "broader": draw(st.none() | keys),
        "related": sorted(draw(st.sets(keys))),
        "replaced_by": draw(st.none() | keys),
        "status": "retired" if retired else "adopted",
        "status_reason": draw(lines) if retired else "",
        "is_group": draw(st.booleans()),
        "in_force": draw(st.none() | st.booleans()),
        "as_of": draw(st.none() | st.dates()),
        "origin": draw(st.sampled_from(["reported", "published", "illustrative"])),
        "sources": [
            {"title": f"T{draw(lines)}", "url": draw(st.none() | st.just("https://law.example/?a=1&b"))}
        ],
        "matches": [
            {"kind": kind.value, "address": f"http://t.example/{kind.value}"}
            for kind in draw(st.sets(st.sampled_from(MatchKind)))
        ],
    }
    return Concept.model_validate({"scheme": Scheme.TAG, "key": draw(keys), "labels": labels, **told})


def read(text: str) -> SkosDocument:
    answer = reading.read((PREFIX + text).encode())
    assert answer.document, answer.refusal
    return answer.document


def refusal(text: bytes) -> Refusal | None:
    return reading.read(text).refusal


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(concepts())
def test_nothing_is_lost_on_the_way_out_and_in(concept: Concept) -> None:
    content = writing.turtle([described(concept)])
    answer = reading.read(content)
    assert answer.document
    beside = {each: tag(each.key) for each in map(_name, ("a", "b-c", "d1"))}
    found = read_concepts(answer.document, beside, None, "carla")
    assert (found.troubles, found.left) == ((), {})
    assert described(found.concepts[0]) == described(concept)
    assert writing.turtle(map(described, found.concepts)) == content


def _name(key: str) -> Name:
    return Name(Scheme.TAG, key)


def test_the_same_concepts_give_the_same_bytes_in_whatever_order_they_come() -> None:
    some = [ours("b"), ours("a"), ours("c", scheme=Scheme.STAGE)]
    assert writing.turtle(some) == writing.turtle(reversed(some))
    assert b"\r" not in writing.turtle(some)


def test_one_changed_concept_changes_its_own_lines_alone() -> None:
    before = writing.turtle([ours("a"), ours("b"), ours("c")]).splitlines()
    after = writing.turtle([ours("a"), ours("b", "Bee"), ours("c")]).splitlines()
    assert len([True for one, other in zip(before, after, strict=True) if one != other]) == 1


def test_narrower_and_top_concepts_are_understood() -> None:
    found = read(
        ":a a skos:Concept ; skos:prefLabel 'A'@en ; skos:narrower :b, :gone ; skos:topConceptOf :s ."
        ":b a skos:Concept ; skos:prefLabel 'B'@en ."
    )
    one, other = found.concepts
    assert (one.schemes, other.broader) == (
        ("http://thesaurus.example/s",),
        ("http://thesaurus.example/a",),
    )
    assert one.left == ()


def test_what_is_deprecated_is_retired() -> None:
    found = read(":a a skos:Concept ; <http://www.w3.org/2002/07/owl#deprecated> true .")
    assert found.concepts[0].status == ("http://purl.org/adms/status/Deprecated",)


def test_what_is_not_kept_is_counted_by_its_name() -> None:
    found = read(
        ":a a skos:Concept ; skos:prefLabel 'A'@en, 'A'@en-GB ; skos:scopeNote 'x', 'y' ; :odd :b ;"
        " <http://purl.org/dc/terms/source> 'a book', [ :page 3 ] ."
        ":s a skos:ConceptScheme ; skos:prefLabel 'S'@en . :b :c :d, :e ."
    )
    assert found.concepts[0].left == (
        "http://thesaurus.example/odd", "skos:scopeNote", "skos:scopeNote", "dcterms:source", "dcterms:source",
    )  # fmt: skip
    assert found.other_statements == 2
    assert found.concepts[0].preferred == (Wording("en", "A"), Wording("en-GB", "A"))


def test_a_concept_without_an_address_is_none() -> None:
    assert refusal((PREFIX + "[] a skos:Concept .").encode()) is Refusal.WORDLESS


def test_the_line_at_which_reading_ended_is_told() -> None:
    with pytest.raises(Invalid, match="from line 4 on"):
        Turtle().read((PREFIX + ":a a skos:Concept .\n:b a\n").encode())


def test_the_order_of_addresses_is_the_order_of_concepts() -> None:
    found = read(":b a skos:Concept . :a a skos:Concept .")
    assert [type(each) for each in found.concepts] == [Described, Described]
    assert [each.address[-1] for each in found.concepts] == ["a", "b"]
