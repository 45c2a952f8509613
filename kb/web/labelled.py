"""How keys read in differences and notes: as the words of what they name, which is all that a person can compare."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import partial

from flask import Flask
from flask_babel import gettext as _

from kb.domain.concept import Scheme
from kb.domain.difference import Change, FieldDifference, Run, text_difference
from kb.domain.instrument import Force, Need, Standing, Users
from kb.domain.jurisdiction import DeskRole, Reply
from kb.domain.resource import Cost, ResourceType
from kb.web.country import country_name
from kb.web.presenting import concept_label, day, event_known, language_name, session_known
from kb.web.words import word, word_in

_KINDS: Mapping[str, type[StrEnum]] = {
    "type": ResourceType,
    "cost": Cost,
    "force": Force,
    "needs": Need,
    "users": Users,
    "standing": Standing,
    "reply": Reply,
    "role": DeskRole,
}


def _event(identifier: str) -> str:
    return event_known(identifier) or _("an event")


def _session(name: str) -> str:
    """Give the session's title; one of an event that does not exist for the reader is told as that alone."""
    event, _slash, key = name.rpartition("/")
    return session_known(event, key) or _("a session")


def _day(date: str) -> str:
    return day(dt.date.fromisoformat(date))


_READ: Mapping[str, Callable[[str], str]] = {
    **dict.fromkeys(("categories", "obstacles"), partial(concept_label, Scheme.DIFFICULTY)),
    **dict.fromkeys(("stage", "stages"), partial(concept_label, Scheme.STAGE)),
    **dict.fromkeys(("partners_helped", "partners_hindered"), partial(concept_label, Scheme.PARTNER)),
    **dict.fromkeys(("lead_country", "other_countries", "from_country", "to_countries"), country_name),
    **dict.fromkeys(("audience.countries", "owner.country", "countries"), country_name),
    **dict.fromkeys(("kind", "form", "outcome", "effort", "status", "origin", "label"), word),
    "channels": partial(concept_label, Scheme.CHANNEL),
    "phenomena": partial(concept_label, Scheme.PHENOMENON),
    "tags": partial(concept_label, Scheme.TAG),
    **dict.fromkeys(("language", "languages"), language_name),
    "difficulties": partial(concept_label, Scheme.DIFFICULTY),
    "provider_type": partial(concept_label, Scheme.PARTNER),
    **dict.fromkeys(
        ("start", "end", "call.deadline", "workshop.opens", "workshop.closes", "review_by", "as_of"), _day
    ),
    "event": _event,
    "session": _session,
    **{name: partial(word_in, kind) for name, kind in _KINDS.items()},
}
"""The fields of records and of what they list that hold keys or days, and how one reads."""
_ITEM = re.compile(r"^(lessons|programme|participation|answers|desks)\.[^.]+\.")
_TAGGED = re.compile(r"(?<=[ ][+-])\S+")


def register(app: Flask) -> None:
    """Teach the templates of `app` these words."""
    app.jinja_env.filters.update({"labelled": labelled, "tags_changed": tags_changed})


def labelled(field: FieldDifference) -> tuple[Run, ...]:
    """Give the runs of a field with words for keys; those of a text as they are.

    Two keys that read the same are told as two: of an event that is hidden no more is known than that it is another one.
    """
    read = _READ.get(_ITEM.sub("", field.path))
    if read is None:
        return field.runs
    before, after = _words(field.before, read), _words(field.after, read)
    if before == after:
        return (Run(change=Change.REMOVED, text=before), Run(change=Change.ADDED, text=after))
    return text_difference(before, after)


def tags_changed(note: str) -> str:
    """Give the note of a change of tags, such as `case: +preserve-first`, with the tags' labels."""
    return _TAGGED.sub(lambda key: concept_label(Scheme.TAG, key.group()), note)


def _words(keys: str, read: Callable[[str], str]) -> str:
    return ", ".join(read(key) for key in keys.split(", ") if key)
