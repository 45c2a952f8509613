"""How values read on a page: the filters and globals that every template may use."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import partial
from typing import NamedTuple

from flask import Flask, g, url_for
from flask_babel import LazyString, format_date, format_datetime, get_locale, gettext
from flask_babel import lazy_gettext as _l

from kb.domain.completeness import part_of
from kb.domain.concept import Scheme
from kb.domain.lexicon import BORNE
from kb.domain.period import Period
from kb.domain.record import Kind
from kb.domain.record_units import record_of
from kb.domain.unit import ANY_COUNTRY, NOT_STATED, Facet
from kb.services.vocabulary import Vocabulary
from kb.web.country import country_name
from kb.web.current import current_account, services
from kb.web.markup import render
from kb.web.words import FIELDS, word

SLUG_LENGTH = 60
DAY, MINUTE, MONTH = "d MMMM y", "d MMM y, HH:mm", "MMM y"
"""CLDR patterns: the day before the month, the month in words, so that no reader takes one for the other."""
PARTS = frozenset(
    {"add-lesson", "change", "history", "marking", "reinstate", "retire", "supersede", "tags", "unpublish"}
)
"""Pages of a case at addresses of their own, which no title may take."""
_KEYED_FIELD = re.compile(r"(?P<list>[a-z_]+)\.(?P<key>[^.]+)\.(?P<field>.+)")
_KEYED: Mapping[str, LazyString] = {
    "lessons": _l("Lesson %(key)s: %(field)s"),
    "questions": _l("Question %(key)s: %(field)s"),
    "programme": _l("Session %(key)s: %(field)s"),
    "sources": _l("Public source %(key)s: %(field)s"),
    "evaluations": _l("Evaluation %(key)s: %(field)s"),
    "requirements": _l("What a request must say, line %(key)s: %(field)s"),
    "time_limits": _l("Time limit %(key)s: %(field)s"),
    "participation": _l("%(key)s: %(field)s"),
    "answers": _l("%(key)s: %(field)s"),
    "desks": _l("Desk %(key)s: %(field)s"),
}
"""How a field of an item is called that has a key or a number of its own, by the name of the list."""
_YEAR_LENGTH = 4


def register(app: Flask) -> None:
    """Teach the templates of `app` these words."""
    app.jinja_env.filters.update(
        {
            "country": country_name,
            "language": language_name,
            "day": day,
            "moment": moment,
            "month": month,
            "period": period,
            "word": word,
            "slug": slug,
            "path": path,
            "about": about,
            "markdown": render,
        }
    )
    app.jinja_env.globals.update(
        {
            "concept": concept_label,
            "event_known": event_known,
            "session_known": session_known,
            "facet_label": facet_label,
            "part_of": part_of,
            "unit_address": unit_address,
            "place_url": place_url,
        }
    )


class Reader(NamedTuple):
    """What the labels on a page depend on, asked for once per request."""

    vocabulary: Vocabulary
    language: str


def reader() -> Reader:
    """Give who reads, once per request."""
    known: Reader | None = g.get("reader")
    if known is None:
        account = current_account()
        known = g.reader = Reader(services().concepts.vocabulary(account), account.language)
    return known


def vocabulary() -> Vocabulary:
    """Give the concepts that exist for the account."""
    return reader().vocabulary


def concept_label(scheme: str, key: str) -> str:
    """Give a concept's label in the language of the account."""
    known = reader()
    return known.vocabulary.label(Scheme(scheme), key, known.language)


def facet_label(facet: Facet, value: str) -> str:
    """Give the words for one value of a facet."""
    return facet_labels(facet)(value)


def facet_labels(facet: Facet) -> Callable[[str], str]:
    """Give what gives the words for the values of a facet, so that many of them ask but once who reads."""
    if facet in BORNE:
        vocabulary, language = reader()
        label: Callable[[str], str] = partial(vocabulary.label, BORNE[facet], language=language)
    else:
        label = _LABELS.get(facet, word)
    return lambda value: word(value) if value == NOT_STATED else label(value)


def language_name(code: str) -> str:
    """Give the language's name in the page's language; region and script are left to the code itself."""
    name = get_locale().languages.get(code.partition("-")[0])
    return f"{name[0].upper()}{name[1:]}" if name else code


def corridor_name(value: str) -> str:
    """Give a corridor, from one country to another, in words."""
    ends = (
        gettext("any country") if code == ANY_COUNTRY else country_name(code) for code in value.split("-")
    )
    return " → ".join(ends)


def event_known(identifier: str) -> str:
    """Give the title of an event; empty for one that does not exist for the reader. They are asked for once per request."""
    titles: dict[str, str] | None = g.get("event_titles")
    if titles is None:
        events = services().records.list(current_account(), Kind.EVENT)
        titles = g.event_titles = {each.id: each.title for each in events}
    return titles.get(identifier, "")


def session_known(event: str, key: str) -> str:
    """Give the title of a session; empty where the event does not exist for the reader, or has none with this key."""
    return services().events.sessions(current_account(), event).get(key, "")


def event_title(identifier: str) -> str:
    """Give the title of an event; of one that does not exist for the reader, what they typed."""
    return event_known(identifier) or identifier


_LABELS: dict[Facet, Callable[[str], str]] = {
    Facet.COUNTRY: country_name,
    Facet.REPORTER: country_name,
    Facet.LANGUAGE: language_name,
    Facet.MARKING: "TLP:{}".format,
    Facet.CORRIDOR: corridor_name,
    Facet.EVENT: event_title,
}
"""How the values of facets read that are neither concepts nor words of the domain."""


def day(date: dt.date | None) -> str:
    """Give a date in words."""
    return str(format_date(date, DAY)) if date else ""


def moment(time: dt.datetime) -> str:
    """Give a moment to the minute, in UTC, which all states share."""
    return f"{format_datetime(time.astimezone(dt.UTC), MINUTE, rebase=False)} UTC"


def month(time: dt.datetime) -> str:
    """Give the month of a moment alone, for what must not be told to the day."""
    return str(format_date(time.date(), MONTH))


def period(value: Period | str | None) -> str:
    """Give a period of years or months in words; a single year or month, or two with a dash."""
    start, _, end = str(value or "").partition(" to ")
    return "–".join(_year_or_month(each) for each in (start, end) if each)


def _year_or_month(text: str) -> str:
    if len(text) <= _YEAR_LENGTH:
        return text
    return str(format_date(dt.date.fromisoformat(f"{text}-01"), MONTH))


def slug(title: str) -> str:
    """Give a title as decoration of an address: plain letters, digits and hyphens. It never decides what is found."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = "-".join(re.findall(r"[a-z0-9]+", plain))[:SLUG_LENGTH].strip("-") or "case"
    return f"{words}-case" if words in PARTS else words


PAGES: dict[Kind, Callable[[str], str]] = {
    Kind.PRACTICE: lambda identifier: url_for("practices.show", identifier=identifier),
    Kind.RESOURCE: lambda identifier: url_for("resources.show", identifier=identifier),
    Kind.INSTRUMENT: lambda key: url_for("instruments.show", identifier=key),
}
"""The pages of what is found and is neither a case nor a lesson."""


def unit_address(unit: str, title: str = "") -> str:
    """Give where a search unit is read; the title decorates the address of a case."""
    group, _, key = unit.partition("/")
    ref = record_of(group)
    if key:
        return url_for("lessons.show", identifier=ref.id, key=key)
    if ref.kind is Kind.CASE_STUDY:
        return url_for("cases.show", identifier=ref.id, slug=slug(title))
    return PAGES[ref.kind](ref.id)


def place_url(record: str, lesson: str, title: str) -> str:
    """Give where a record is read, or one of its lessons: the record by the name that its units bear."""
    return unit_address(f"{record}/{lesson}" if lesson else record, title)


def path(value: str) -> str:
    """Give the name of a field in a difference: `lessons.d1.title` is the title of lesson d1."""
    found = _KEYED_FIELD.fullmatch(value)
    if found and found["list"] in _KEYED:
        key = _KEYS.get(found["list"], str)(found["key"])
        return str(_KEYED[found["list"]]) % {"key": key, "field": _field(found["field"])}
    return _field(value)


_KEYS: Mapping[str, Callable[[str], str]] = {
    "participation": country_name,
    "answers": partial(concept_label, Scheme.LEGISLATION),
}
"""How the key of an item reads, where it stands for something."""


def about(value: str) -> str:
    """Give what a comment is about, as it is called beside its lesson: `lessons.d1.title` is the title."""
    if not value:
        return str(gettext("The whole text"))
    head, *rest = value.split(".", 2)
    if head != "lessons":
        return _field(value)
    return _field(rest[1]) if len(rest) > 1 else str(gettext("The whole lesson"))


def _field(name: str) -> str:
    return str(FIELDS[name] if name in FIELDS else name.replace("_", " ").capitalize())
