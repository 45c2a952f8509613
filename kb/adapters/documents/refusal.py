"""How the child says that it will not read something, before the parent puts it into words."""

from __future__ import annotations

from kb.domain.document import Refusal


class Refused(Exception):
    """Reading ends here, for this reason; nothing of the file is in it."""

    def __init__(self, refusal: Refusal) -> None:
        self.refusal = refusal
        super().__init__(refusal.value)
