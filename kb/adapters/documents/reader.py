"""The port over children: each file is read by a process of its own, which can be given up at any moment."""

from __future__ import annotations

from pydantic import ValidationError

from kb.adapters.apart import Ending, Turns, ask
from kb.adapters.bounds import Limits
from kb.adapters.documents.answer import Answer
from kb.domain.document import DocumentFormat, Manuscript, Refusal, refused

AT_ONCE = 2
"""Files read at the same time, in one process of the server."""
PATIENCE = 10.0
"""Seconds that a reading waits for one of the others to end."""
FULL = "Other papers are being read at this moment. Choose the file again in a few seconds."

_CHILD = "kb.adapters.documents.child"
_WITHOUT_ANSWER = {Ending.TOO_SLOW: Refusal.TOO_SLOW, Ending.DIED: Refusal.INTRICATE}


class DocumentsInChildren:
    """Reads documents, each in a child; `from_html` names the function that makes Markdown, as `module:function`."""

    def __init__(self, from_html: str, limits: Limits | None = None, patience: float = PATIENCE) -> None:
        self._from_html = from_html
        self._limits = limits or Limits()
        self._turns = Turns(AT_ONCE, patience, FULL)

    def read(self, content: bytes, claimed: DocumentFormat) -> Manuscript:
        """Give what stands in a document; raises Invalid at `file`, and Busy."""
        with self._turns.turn():
            ending, said = ask(_CHILD, (claimed.value, self._from_html), content, self._limits)
        refusal = _WITHOUT_ANSWER.get(ending)
        heard = Answer(refusal=refusal) if refusal else _heard(said)
        if heard.manuscript is None:
            raise refused(heard.refusal or Refusal.BROKEN)
        return heard.manuscript


def _heard(said: bytes) -> Answer:
    """Give the answer; it was made over a stranger's file, so it is believed only in the form that we know."""
    try:
        return Answer.model_validate_json(said)
    except ValidationError:
        return Answer(refusal=Refusal.BROKEN)
