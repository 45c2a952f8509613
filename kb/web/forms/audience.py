"""Who may read a case, as it is typed: persons by tick or by address, and names that count under their marking alone."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from flask_babel import gettext as _

from kb.domain.marking import Marking
from kb.web.forms.typed import Group

Persons = Callable[[Collection[str]], Mapping[str, str]]
"""Gives the account id for each of some e-mail addresses that belongs to an officer."""
SEPARATORS = str.maketrans(",;<>", "    ")


def audience_of(
    audience: object, fields: Group, persons: Persons
) -> tuple[dict[str, object], tuple[str, ...]]:
    """Give the audience in its plain form, and a sentence for each address that is nobody's.

    Countries and persons count only under the marking that names them.
    """
    if not isinstance(audience, dict):
        return {}, ()
    typed = fields.one("audience_addresses").translate(SEPARATORS).split()
    known = persons(typed)
    named = {
        Marking.AMBER.value: {"countries": audience.get("countries", ())},
        Marking.RED.value: {"persons": (*audience.get("persons", ()), *known.values())},
    }
    kept = {name: audience[name] for name in ("marking", "chatham_house") if name in audience}
    unknown = tuple(_nobody(address) for address in typed if address not in known)
    return {"audience": {**kept, **named.get(str(audience.get("marking")), {})}}, unknown


def _nobody(address: str) -> str:
    return str(
        _(
            "“%(address)s” cannot be named here. Write the address with which an officer signs in.",
            address=address,
        )
    )
