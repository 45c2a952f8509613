"""Every address that the application answers, made from its own map of routes, so that a new route is visited by itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from typing import Any, NamedTuple

from flask import Flask
from werkzeug.routing import AnyConverter, Rule

Given = Mapping[str, tuple[str | int, ...]]


PLACES = (
    "identifier", "case", "slug", "key", "scheme", "number", "before", "after", "mark", "token", "filename",
    "session", "post", "country", "start", "end",
)  # fmt: skip
"""Every name that a place of a route has. Who adds one says here, and to whoever fills places, what may stand there."""
NOTHING: Given = dict.fromkeys(PLACES, ("nothing",)) | dict.fromkeys(("number", "before", "after"), (9,))
"""What stands in the places of routes where nothing is."""


class Address(NamedTuple):
    """An address by its route; `named` is what was put into the places of the route."""

    endpoint: str
    path: str
    named: Mapping[str, str | int]


def rules(app: Flask, method: str) -> Iterator[Rule]:
    """Give the routes that answer a method."""
    return (rule for rule in app.url_map.iter_rules() if method in (rule.methods or ()))


def addresses(app: Flask, method: str, given: Given) -> Iterator[Address]:
    """Give every route of a method with all that is given for its places; raises KeyError where nothing is."""
    with app.test_request_context():
        for rule in rules(app, method):
            places = sorted(rule.arguments - set(rule.defaults or ()))
            for values in product(*(_values(rule, place, given) for place in places)):
                named: dict[str, Any] = dict(zip(places, values, strict=True))
                yield Address(rule.endpoint, app.url_for(rule.endpoint, **named), named)


def _values(rule: Rule, place: str, given: Given) -> Iterable[str | int]:
    """Give what stands at a place: of a list of words each of them, else what is given under the place's name."""
    converter = rule._converters[place]
    return sorted(converter.items) if isinstance(converter, AnyConverter) else given[place]
