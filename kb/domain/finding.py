"""Findings of the checks in the texts of a record, and the answers that a second person gave to them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from enum import Enum
from typing import Protocol

from pydantic import BaseModel

from kb.domain.checks import Objection, Severity
from kb.domain.text import Value

DIGEST_LENGTH = 16
WITHOUT_A_STEP = frozenset({"body"})
"""A submission's paths are those of the case that it holds."""
DRAWN = frozenset({"digest", "receipt"})
"""Fields that hold what we made: no person's words."""


class TextFinding(Value):
    """What a check found in the text at `path`, which is written as in `CaseStudy.problems`."""

    path: str
    objection: Objection
    digest: str = ""
    """For a warning, a mark of the words that it is about: an answer is about these words and no others."""


class Answered(Protocol):
    """A second person's answer to a warning."""

    @property
    def path(self) -> str:
        """Give the path of the text."""
        ...

    @property
    def check(self) -> str:
        """Give the check that warned."""
        ...

    @property
    def digest(self) -> str:
        """Give the mark of the words."""
        ...


def digest_of(text: str, objection: Objection) -> str:
    """Give the mark of the words that an objection is about: the first letters of their SHA-256.

    It is no secret: it stands in the record that holds the words themselves.
    """
    words = text[objection.start : objection.end]
    return hashlib.sha256(words.encode()).hexdigest()[:DIGEST_LENGTH]


def finding(path: str, text: str, objection: Objection) -> TextFinding:
    """Give the finding of an objection to the text at `path`; only what can be answered gets a mark of its words."""
    digest = digest_of(text, objection) if objection.severity is Severity.WARN else ""
    return TextFinding(path=path, objection=objection, digest=digest)


def unanswered(findings: Iterable[TextFinding], overrides: Iterable[Answered]) -> tuple[TextFinding, ...]:
    """Give what stands between a text and its publishing: what blocks it, and warnings that nobody has answered."""
    answered = {(each.path, each.check, each.digest) for each in overrides}
    return tuple(
        each
        for each in findings
        if each.objection.severity is Severity.BLOCK
        or (
            each.objection.severity is Severity.WARN
            and (each.path, each.objection.check.value, each.digest) not in answered
        )
    )


def texts_of(value: BaseModel) -> Iterator[tuple[str, str]]:
    """Give every string that a value holds, with its path: whoever adds a field has it looked at without a thought."""
    for name in type(value).model_fields:
        if name not in DRAWN:
            yield from _texts("" if name in WITHOUT_A_STEP else name, getattr(value, name))


def _texts(path: str, value: object) -> Iterator[tuple[str, str]]:
    match value:
        case Enum():
            return
        case str():
            yield path, value
        case BaseModel():
            yield from ((_joined(path, inner), text) for inner, text in texts_of(value))
        case tuple() | list() | frozenset():
            for place, each in enumerate(value):
                yield from _texts(_joined(path, str(getattr(each, "key", "") or place)), each)
        case dict():
            for key, each in value.items():
                yield from _texts(_joined(path, str(key)), each)


def _joined(path: str, step: str) -> str:
    return f"{path}.{step}" if path and step else path or step
