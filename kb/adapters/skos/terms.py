"""The names that our files use, and what each says in the domain's words."""

from __future__ import annotations

from collections.abc import Mapping

from rdflib import DCTERMS, SKOS, Namespace, URIRef

from kb.domain.concept import MatchKind

ADMS = Namespace("http://www.w3.org/ns/adms#")
OWN = Namespace("https://casebook.example/terms#")
PREFIXES: Mapping[str, str] = {
    "adms": str(ADMS),
    "casebook": str(OWN),
    "dcterms": str(DCTERMS),
    "skos": str(SKOS),
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""In the order in which a file declares them."""
MATCHES: Mapping[MatchKind, URIRef] = {
    MatchKind.EXACT: SKOS.exactMatch,
    MatchKind.CLOSE: SKOS.closeMatch,
    MatchKind.BROAD: SKOS.broadMatch,
    MatchKind.NARROW: SKOS.narrowMatch,
    MatchKind.RELATED: SKOS.relatedMatch,
}
DATATYPES: Mapping[str, str] = {"asOf": "date", "inForce": "boolean", "isGroup": "boolean"}
"""Our own properties that are more than words."""
STATUS = ADMS.status
PAGE, AS_OF = OWN.page, OWN.asOf
