"""Turtle as we write it: a block per concept, in the order of the addresses, each property and value in its place.

rdflib says how a term is written. Its own serialiser orders blocks by how often they are referred to, so that one new
link would move whole blocks in a difference of two files; ours never moves what has not changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from rdflib import DCTERMS, SKOS, XSD, Literal, URIRef

from kb.adapters.skos.terms import AS_OF, DATATYPES, MATCHES, OWN, PAGE, PREFIXES, STATUS
from kb.domain.concept import ADDRESS
from kb.domain.skos import Described, Wording

NEXT_PROPERTY, NEXT_VALUE = " ;\n    ", " ,\n        "
Property = tuple[str, list[str]]


def turtle(concepts: Iterable[Described]) -> bytes:
    """Give a file of these concepts and their schemes."""
    ordered = sorted(concepts, key=lambda each: each.address)
    schemes = sorted({scheme for each in ordered for scheme in each.schemes})
    prefixes = (f"@prefix {name}: <{address}> ." for name, address in PREFIXES.items())
    blocks = (
        "\n".join(prefixes),
        *(f"{_address(each)} a skos:ConceptScheme ." for each in schemes),
        *(_block(each) for each in ordered),
    )
    return ("\n\n".join(blocks) + "\n").encode()


def _block(concept: Described) -> str:
    properties = [("a", ["skos:Concept"])]
    properties += [(name, values) for name, values in _properties(concept) if values]
    lines = (f"{name} {NEXT_VALUE.join(values)}" for name, values in properties)
    return f"{_address(concept.address)} {NEXT_PROPERTY.join(lines)} ."


def _properties(concept: Described) -> Iterator[Property]:
    yield _short(SKOS.inScheme), [_address(each) for each in concept.schemes]
    yield _short(SKOS.prefLabel), _worded(concept.preferred)
    yield _short(SKOS.altLabel), _worded(concept.alternative)
    yield _short(SKOS.definition), _worded(concept.definitions)
    yield _short(SKOS.broader), [_address(each) for each in concept.broader]
    yield _short(SKOS.related), [_address(each) for each in concept.related]
    for kind, predicate in MATCHES.items():
        yield _short(predicate), [_address(address) for each, address in concept.matches if each is kind]
    yield _short(DCTERMS.isReplacedBy), [_address(each) for each in concept.replaced_by]
    yield _short(STATUS), [_address(each) for each in concept.status]
    for name, value in concept.own:
        yield _short(OWN[name]), [_typed(value, DATATYPES.get(name))]
    yield _short(DCTERMS.source), [_source(*each) for each in concept.sources]


def _source(title: str, page: str, day: str) -> str:
    facts = [f"{_short(DCTERMS.title)} {Literal(title).n3()}"]
    facts += [f"{_short(PAGE)} {_page(page)}"] if page else []
    facts += [f"{_short(AS_OF)} {_typed(day, 'date')}"] if day else []
    return f"[ {' ; '.join(facts)} ]"


def _worded(wordings: Iterable[Wording]) -> list[str]:
    return [Literal(each.text, lang=each.language).n3() for each in wordings]


def _typed(value: str, datatype: str | None) -> str:
    return f'"{value}"^^{_short(XSD[datatype])}' if datatype else Literal(value).n3()


def _page(address: str) -> str:
    """Give the address of a source; one with a sign that Turtle forbids in addresses stands word for word as a literal."""
    valid = re.fullmatch(ADDRESS, address)
    return _address(address) if valid else Literal(address, datatype=XSD.anyURI).n3()


def _address(address: str) -> str:
    return URIRef(address).n3()


def _short(term: URIRef) -> str:
    name, address = next(each for each in PREFIXES.items() if term.startswith(each[1]))
    return f"{name}:{term.removeprefix(address)}"
