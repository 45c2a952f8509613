"""The words of searching: facets, what is searched, and in which order results come."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from kb.domain.query import Scope, Sort
from kb.domain.unit import Facet

SEARCHED: dict[type[StrEnum], Mapping[str, LazyString]] = {
    Facet: {
        Facet.KIND: _l("Kind"),
        Facet.COUNTRY: _l("Country"),
        Facet.DIFFICULTY: _l("Difficulty"),
        Facet.STAGE: _l("Stage"),
        Facet.CHANNEL: _l("Channel"),
        Facet.OUTCOME: _l("Outcome"),
        Facet.TAG: _l("Tag"),
        Facet.YEAR: _l("Year"),
        Facet.LANGUAGE: _l("Language"),
        Facet.MARKING: _l("Marking"),
        Facet.ORIGIN: _l("Origin"),
        Facet.PHENOMENON: _l("Phenomenon"),
        Facet.EVENT: _l("Event"),
        Facet.CORRIDOR: _l("Corridor"),
        Facet.PARTNER: _l("Partner"),
        Facet.HELPED: _l("Partner that helped"),
        Facet.HINDERED: _l("Partner that hindered"),
        Facet.REPORTER: _l("Reported by"),
    },
    Scope: {
        Scope.ALL: _l("Everything"),
        Scope.CASES: _l("Case studies"),
        Scope.DIFFICULTIES: _l("Difficulties"),
        Scope.SOLUTIONS: _l("Solutions"),
        Scope.PRACTICES: _l("Good practices"),
        Scope.CROSS_BORDER: _l("Cross-border issues"),
        Scope.REGISTER: _l("Good practices of the register"),
        Scope.RESOURCES: _l("Resources"),
        Scope.INSTRUMENTS: _l("Channels and instruments"),
    },
    Sort: {
        Sort.RELEVANCE: _l("Best match"),
        Sort.NEWEST: _l("Newest"),
        Sort.OLDEST: _l("Oldest"),
    },
}
"""One table per kind of value, as `words.WORDS` has them."""
