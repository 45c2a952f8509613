"""The port over rdflib: writing here, reading in a process of its own, which can be given up at any moment."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import ValidationError

from kb.adapters.apart import Ending, Turns, ask
from kb.adapters.bounds import MEBIBYTE, Limits
from kb.adapters.skos.answer import SENTENCES, Answer, Refusal
from kb.domain.errors import Invalid
from kb.domain.skos import MOST_BYTES, Described, SkosDocument

LIMITS = Limits(cpu=60, clock=120.0, output=32 * MEBIBYTE)
"""Ten times what five thousand concepts in six languages take on a slow machine."""
PATIENCE = 10.0
FULL = "Another file is being read at this moment. Send yours again in a minute."

_CHILD = "kb.adapters.skos.child"
_WITHOUT_ANSWER = {Ending.TOO_SLOW: Refusal.TOO_SLOW, Ending.DIED: Refusal.INTRICATE}


class Turtle:
    """SKOS in Turtle, and no other format: none that would fetch a context or a schema from somewhere."""

    def __init__(self, limits: Limits = LIMITS, patience: float = PATIENCE) -> None:
        self._limits = limits
        self._turns = Turns(1, patience, FULL)

    def read(self, content: bytes) -> SkosDocument:
        """Give what a file says; raises Invalid at `file`, and Busy."""
        if len(content) > MOST_BYTES:
            raise _refused(Answer(refusal=Refusal.TOO_LARGE))
        with self._turns.turn():
            ending, said = ask(_CHILD, (), content, self._limits)
        refusal = _WITHOUT_ANSWER.get(ending)
        heard = Answer(refusal=refusal) if refusal else _heard(said)
        if heard.document is None:
            raise _refused(heard)
        return heard.document

    def write(self, concepts: Iterable[Described]) -> bytes:
        """Give the concepts as a file: the same bytes for the same concepts."""
        from kb.adapters.skos.writing import turtle

        return turtle(concepts)


def _heard(said: bytes) -> Answer:
    """Give the answer; it was made over a stranger's file, so it is believed only in the form that we know."""
    try:
        return Answer.model_validate_json(said)
    except ValidationError:
        return Answer(refusal=Refusal.BROKEN)


def _refused(answer: Answer) -> Invalid:
    return Invalid(("file", SENTENCES[answer.refusal or Refusal.BROKEN].format(line=answer.line)))
