"""What the child answers: one of two."""

from __future__ import annotations

from kb.domain.document import Manuscript, Refusal
from kb.domain.text import Value


class Answer(Value):
    """What stands in a file, or why it was not read."""

    manuscript: Manuscript | None = None
    refusal: Refusal | None = None
