"""What a button asks beside the form in which it stands: nothing of that form is saved by it, and every word in it stays."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from flask import flash, request
from flask_babel import gettext as _

from kb.domain.concept import Concept, Scheme
from kb.domain.errors import NotFound
from kb.web.current import current_account, services
from kb.web.forms.concept import FIND

PROPOSE = "propose"
"""How a button's `op` begins that proposes a concept: `propose:SCHEME:FIELD`, its label standing in `propose-FIELD`."""


class Asking(Protocol):
    """A form that can tell what was refused."""

    def tried(self, call: Callable[[], Concept]) -> Concept | None:
        """Call, and hold the sentences where that is refused."""


def asked_aside(form: Asking) -> bool:
    """Do what such a button asks, and say whether one was pressed: then the form is shown again.

    A proposal is a record of its own. It is told neither the text that it was thought of for, nor anything of this form.
    """
    name, _colon, argument = request.form.get("op", "").partition(":")
    if name == PROPOSE:
        _propose(form, *argument.partition(":")[::2])
    return name in {FIND, PROPOSE}


def _propose(form: Asking, scheme: str, field: str) -> None:
    known = next((each for each in Scheme if each == scheme), None)
    if known is None:
        raise NotFound
    label = request.form.get(f"{PROPOSE}-{field}", "")
    proposed = form.tried(lambda: services().concept_acts.propose(current_account(), known, label))
    if proposed:
        said = _(
            "“%(label)s” is proposed. A coordinator decides about it; then it can be chosen. Nothing of this form is saved yet.",
            label=proposed.label(),
        )
        flash(said, "success")
