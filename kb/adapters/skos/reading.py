"""One Turtle file read from its first byte to its last statement, inside the child."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

import rdflib
from rdflib import DCTERMS, OWL, RDF, SKOS, Graph, Literal, URIRef
from rdflib.plugins.parsers.notation3 import BadSyntax
from rdflib.term import Node

from kb.adapters.skos.answer import Answer, Refusal
from kb.adapters.skos.terms import AS_OF, MATCHES, OWN, PAGE, PREFIXES, STATUS
from kb.domain.concept import ConceptStatus, MatchKind
from kb.domain.skos import STATUS_ADDRESS, STATUS_NAMES, Described, SkosDocument, Wording

BASE = "https://relative.invalid/"
"""What an address without a host is relative to: a name that exists nowhere, and says so."""
MOST_CONCEPTS = 20_000
KINDS: Mapping[Node, MatchKind] = {predicate: kind for kind, predicate in MATCHES.items()}
UNDERSTOOD = frozenset({
    RDF.type, SKOS.inScheme, SKOS.topConceptOf, SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel, SKOS.definition,
    SKOS.broader, SKOS.narrower, SKOS.related, DCTERMS.isReplacedBy, DCTERMS.source, STATUS, OWL.deprecated, *KINDS,
})  # fmt: skip
"""What is told of a concept and kept; the rest is counted by its name."""
DEPRECATED = f"{STATUS_ADDRESS}{STATUS_NAMES[ConceptStatus.RETIRED]}"

Told = Mapping[Node, list[Node]]


def read(content: bytes) -> Answer:
    """Give what stands in a file, or why it is not read."""
    rdflib.NORMALIZE_LITERALS = False
    try:
        text = content.decode()
        graph = Graph(bind_namespaces="none")
        graph.parse(data=text, format="turtle", publicID=BASE)
        return _answer(graph)
    except BadSyntax as wrong:
        return Answer(refusal=Refusal.SYNTAX, line=_line(wrong))
    except (MemoryError, RecursionError):
        return Answer(refusal=Refusal.INTRICATE)
    except Exception:  # noqa: BLE001 - what a parser raises over a stranger's file is no list anybody could write
        return Answer(refusal=Refusal.BROKEN)


def _line(wrong: BadSyntax) -> int:
    """Give the line at which reading ended; the parser's own count takes a line for two where it had to try again."""
    return wrong._str.decode()[: wrong._i].count("\n") + 1


def _answer(graph: Graph) -> Answer:
    told: defaultdict[Node, defaultdict[Node, list[Node]]] = defaultdict(lambda: defaultdict(list))
    for subject, predicate, value in graph:
        told[subject][predicate].append(value)
    concepts = {
        each
        for each, about in told.items()
        if isinstance(each, URIRef) and SKOS.Concept in about.get(RDF.type, ())
    }
    if not concepts:
        return Answer(refusal=Refusal.WORDLESS)
    if len(concepts) > MOST_CONCEPTS:
        return Answer(refusal=Refusal.TOO_MANY)
    for each in concepts:
        for other in told[each].get(SKOS.narrower, ()):
            if other in concepts:
                told[other][SKOS.broader].append(each)
    within = {node for each in concepts for node in told[each].get(DCTERMS.source, ())}
    others = (
        about for each, about in told.items() if not (each in concepts or each in within or _is_scheme(about))
    )
    return Answer(
        document=SkosDocument(
            concepts=tuple(_described(each, told[each], told) for each in sorted(concepts)),
            other_statements=sum(len(values) for about in others for values in about.values()),
        )
    )


def _is_scheme(about: Told) -> bool:
    return SKOS.ConceptScheme in about.get(RDF.type, ())


def _described(subject: Node, about: Told, all_told: Mapping[Node, Told]) -> Described:
    deprecated = any(str(each) in {"true", "1"} for each in about.get(OWL.deprecated, ()))
    status = _addresses(about, STATUS) or ((DEPRECATED,) if deprecated else ())
    return Described(
        address=str(subject),
        is_scheme=_is_scheme(about),
        schemes=tuple(sorted({*_addresses(about, SKOS.inScheme), *_addresses(about, SKOS.topConceptOf)})),
        preferred=_wordings(about, SKOS.prefLabel),
        alternative=_wordings(about, SKOS.altLabel),
        hidden=_wordings(about, SKOS.hiddenLabel),
        definitions=_wordings(about, SKOS.definition),
        broader=_addresses(about, SKOS.broader),
        related=_addresses(about, SKOS.related),
        matches=tuple(
            sorted(
                (kind, address)
                for predicate, kind in KINDS.items()
                for address in _addresses(about, predicate)
            )
        ),
        replaced_by=_addresses(about, DCTERMS.isReplacedBy),
        status=status,
        own=tuple(sorted(_own(about))),
        sources=tuple(sorted(_sources(about, all_told))),
        left=tuple(_left(about, all_told)),
    )


def _wordings(about: Told, predicate: Node) -> tuple[Wording, ...]:
    found = (each for each in about.get(predicate, ()) if isinstance(each, Literal))
    return tuple(sorted({Wording(each.language or "", str(each)) for each in found}))


def _addresses(about: Told, predicate: Node) -> tuple[str, ...]:
    return tuple(sorted({str(each) for each in about.get(predicate, ()) if isinstance(each, URIRef)}))


def _own(about: Told) -> Iterator[tuple[str, str]]:
    for predicate, values in about.items():
        if predicate.startswith(OWN):  # type: ignore[attr-defined]  # a predicate is an address
            yield from ((str(predicate).removeprefix(str(OWN)), str(each)) for each in values)


def _sources(about: Told, all_told: Mapping[Node, Told]) -> Iterator[tuple[str, str, str]]:
    for each in about.get(DCTERMS.source, ()):
        source = all_told.get(each, {}) if not isinstance(each, URIRef | Literal) else {}
        if title := _first(source, DCTERMS.title):
            yield title, _first(source, PAGE), _first(source, AS_OF)


def _first(about: Told, predicate: Node) -> str:
    return min((str(each) for each in about.get(predicate, ())), default="")


def _left(about: Told, all_told: Mapping[Node, Told]) -> Iterator[str]:
    for predicate, values in sorted(about.items()):
        if predicate not in UNDERSTOOD and not str(predicate).startswith(str(OWN)):
            yield from [_named(str(predicate))] * len(values)
    if lost := len(about.get(DCTERMS.source, ())) - len([*_sources(about, all_told)]):
        yield from [_named(str(DCTERMS.source))] * lost


def _named(address: str) -> str:
    found = next((each for each in PREFIXES.items() if address.startswith(each[1])), None)
    return f"{found[0]}:{address.removeprefix(found[1])}" if found else address
