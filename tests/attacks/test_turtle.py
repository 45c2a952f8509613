"""Turtle files that somebody made to harm whoever reads them: each is refused in time, and reaches nothing.

ASVS 5.0 V5.2 and V15.2: what is uploaded is bounded in size and cost, and what parses it resolves no reference to anywhere.
"""

from __future__ import annotations

import pytest

from kb.adapters.bounds import MEBIBYTE, Limits
from kb.adapters.skos.answer import SENTENCES, Refusal
from kb.adapters.skos.turtle import Turtle
from kb.domain.errors import Invalid
from kb.domain.skos import MOST_BYTES

PREFIX = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
CONCEPT = "<http://t.example/a> a skos:Concept ; skos:prefLabel 'A'@en"


def refused(content: str, limits: Limits | None = None) -> str:
    with pytest.raises(Invalid) as told:
        (Turtle(limits) if limits else Turtle()).read(content.encode())
    return told.value.problems[0][1]


@pytest.mark.parametrize("opening", ["[", "("])
def test_what_is_nested_without_end_is_refused(opening: str) -> None:
    assert refused(f"{PREFIX}{CONCEPT} ; skos:note {opening * 50_000}") == SENTENCES[Refusal.INTRICATE]


def test_what_is_too_large_is_not_even_looked_at() -> None:
    assert refused(" " * (MOST_BYTES + 1)) == SENTENCES[Refusal.TOO_LARGE]


def test_what_is_slow_is_given_up_in_time() -> None:
    many = "".join(
        f"<http://t.example/{n}> a skos:Concept ; skos:note {n}, 'b', 'c' .\n" for n in range(30_000)
    )
    assert refused(PREFIX + many, Limits(cpu=2)) == SENTENCES[Refusal.TOO_SLOW]


def test_what_wants_too_much_memory_or_answers_too_much_is_given_up() -> None:
    long = f'{PREFIX}{CONCEPT} ; skos:altLabel "{"x" * 300_000}"@en .'
    assert refused(long, Limits(output=100_000)) == SENTENCES[Refusal.INTRICATE]
    assert refused(long, Limits(memory=24 * MEBIBYTE)) == SENTENCES[Refusal.INTRICATE]


def test_entities_of_an_xml_literal_are_not_unfolded() -> None:
    """A literal of XML is parsed by rdflib to be compared; a bomb in one must burst in the child, if at all."""
    levels = "".join(f'<!ENTITY a{n + 1} \\"{f"&a{n};" * 20}\\">' for n in range(12))
    bomb = f'<!DOCTYPE x [<!ENTITY a0 \\"ha\\">{levels}]><x>&a12;</x>'
    literal = f'"{bomb}"^^<http://www.w3.org/1999/02/22-rdf-syntax-ns#XMLLiteral>'
    found = Turtle(Limits(cpu=10, clock=20.0)).read(f"{PREFIX}{CONCEPT} ; skos:note {literal} .".encode())
    assert found.concepts[0].left == ("skos:note",)


def test_nothing_is_fetched_and_no_file_is_opened() -> None:
    """What a base, an import or an address names is a name and no more."""
    found = Turtle().read(
        f"@base <file:///etc/> .\n{PREFIX}{CONCEPT} ; skos:broader <passwd> ;"
        " <http://www.w3.org/2002/07/owl#imports> <http://127.0.0.1:9/context.ttl> .".encode()
    )
    assert found.concepts[0].broader == ("file:///etc/passwd",)


@pytest.mark.parametrize(
    "content",
    ["{ <a:b> <a:c> <a:d> } => { <a:d> <a:c> <a:b> } .", "@forAll <a:x> . <a:x> <a:b> <a:c> .", '<?xml version="1.0"?><rdf/>', '{"@context": "http://127.0.0.1:9/"}'],
    ids=["rules", "quantifiers", "XML", "JSON-LD"],
)  # fmt: skip
def test_other_formats_are_no_turtle(content: str) -> None:
    assert "not Turtle" in refused(content)
