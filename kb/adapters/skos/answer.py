"""What the child answers: what stands in the file, or why it was not read."""

from __future__ import annotations

from enum import StrEnum

from kb.domain.skos import SkosDocument
from kb.domain.text import Value


class Refusal(StrEnum):
    """Why a file is not read."""

    SYNTAX = "syntax"
    BROKEN = "broken"
    WORDLESS = "wordless"
    TOO_MANY = "too-many"
    TOO_LARGE = "too-large"
    TOO_SLOW = "too-slow"
    INTRICATE = "intricate"


SENTENCES: dict[Refusal, str] = {
    Refusal.SYNTAX: "This file is not Turtle: it cannot be read from line {line} on. Mend it there, or export it anew.",
    Refusal.BROKEN: "This file is not Turtle in UTF-8. Export it as Turtle (.ttl) where it comes from.",
    Refusal.WORDLESS: "This file names no skos:Concept. Choose a thesaurus in SKOS.",
    Refusal.TOO_MANY: "This file has more than 20,000 concepts. Take it in parts.",
    Refusal.TOO_LARGE: "This file is larger than 8 MB. Take it in parts.",
    Refusal.TOO_SLOW: "Reading this file took too long, so it was given up. Take it in parts.",
    Refusal.INTRICATE: "This file is nested too deeply, or too large, to be read. Take it in parts.",
}


class Answer(Value):
    """One of two."""

    document: SkosDocument | None = None
    refusal: Refusal | None = None
    line: int = 0
