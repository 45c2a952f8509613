"""Concepts as a file of somebody else's describes them, and as ours does."""

from __future__ import annotations

from kb.domain.concept import Concept, Labels, Scheme
from kb.domain.skos import Described, Name, SkosDocument, Wording, address_of, scheme_address
from kb.domain.thesaurus_plan import Known

THEIRS = "http://thesaurus.example/"


def theirs(last: str, label: str = "", **more: object) -> Described:
    """Give a concept of another thesaurus."""
    words = (Wording("en", label or last.title()),)
    return Described.model_validate({"address": f"{THEIRS}{last}", "preferred": words, **more})


def ours(key: str, label: str = "", scheme: Scheme = Scheme.TAG, **more: object) -> Described:
    """Give a concept under an address of ours."""
    words = (Wording("en", label or key.title()),)
    given = {"address": address_of(scheme, key), "schemes": (scheme_address(scheme),), "preferred": words}
    return Described.model_validate({**given, **more})


def document(*concepts: Described, other: int = 0) -> SkosDocument:
    return SkosDocument(concepts=concepts, other_statements=other)


def tag(key: str, label: str = "", *synonyms: str, **more: object) -> Concept:
    labels = (Labels(language="en", preferred=label or key.title(), alternative=synonyms),)
    return Concept.model_validate({"scheme": Scheme.TAG, "key": key, "labels": labels, **more})


def known(*concepts: Concept, revision: int = 3) -> Known:
    return {Name(each.scheme, each.key): (revision, each) for each in concepts}
