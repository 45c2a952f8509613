"""What a button asks beside the form in which it stands: nothing of that form is saved by it, and every word in it stays."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from flask import flash, g, request
from flask_babel import gettext as _

from kb.domain.concept import Scheme
from kb.domain.errors import Invalid, NotFound
from kb.services.concept_acts import Words
from kb.web.current import current_account, services
from kb.web.forms.curation import FIND

PROPOSE = "propose"
"""How a button's `op` begins that proposes a concept: `propose:SCHEME:FIELD`, its label standing in `propose-FIELD`."""


Result = TypeVar("Result")


class Asking(Protocol):
    """A form that can tell what was refused."""

    def tried(self, call: Callable[[], Result]) -> Result | None:
        """Call, and hold the sentences where that is refused."""


def asked_aside(form: Asking) -> bool:
    """Do what such a button asks, and say whether the form is to be shown again instead of being saved.

    A proposal is a record of its own. It is told neither the text that it was thought of for, nor anything of this form.
    A label that was typed and not proposed holds every other button back: the Enter key presses one of them.
    """
    name, _colon, argument = request.form.get("op", "").partition(":")
    if name == PROPOSE:
        _propose(form, *argument.partition(":")[::2])
    elif name != FIND and all_unproposed():
        form.tried(_hold_back)
    return name in {FIND, PROPOSE} or bool(all_unproposed())


def unproposed(field: str) -> str:
    """Give the label that stands in the box of a field and is not proposed yet, so that the box keeps it."""
    return "" if g.get("proposed") == field else request.form.get(f"{PROPOSE}-{field}", "").strip()


def all_unproposed() -> tuple[str, ...]:
    """Give every label that was typed into a box and not proposed."""
    fields = (name.removeprefix(f"{PROPOSE}-") for name in request.form if name.startswith(f"{PROPOSE}-"))
    return tuple(label for field in fields if (label := unproposed(field)))


def _hold_back() -> None:
    said = _("“%(label)s” is typed and not proposed yet: press “Propose” beside it, or empty its box.")
    raise Invalid(*(("", said % {"label": label}) for label in all_unproposed()))


def _propose(form: Asking, scheme: str, field: str) -> None:
    known = next((each for each in Scheme if each == scheme), None)
    if known is None:
        raise NotFound
    label = request.form.get(f"{PROPOSE}-{field}", "")
    proposed = form.tried(
        lambda: services().concept_acts.propose(current_account(), known, Words(label=label))
    )
    if proposed:
        g.proposed = field
        said = _(
            "“%(label)s” is proposed. A coordinator decides about it; then it can be chosen. Nothing of this form is saved yet.",
            label=proposed.label(),
        )
        flash(said, "success")
