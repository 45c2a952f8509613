"""Every address under which something could be asked for: each rule of the application with every id that there is.

A rule is known by its page and by what its path names. For one that names something new the table has no line, which
fails a test: whoever adds it says here with what it is to be visited.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain, product
from urllib.parse import urlencode

from flask import Flask
from werkzeug.routing import Rule

from kb.domain.case_study import CaseStatus
from kb.domain.completeness import Part
from kb.domain.concept import Scheme
from kb.domain.evidence import Strength
from kb.domain.lesson import LessonKind
from kb.domain.practice import PracticeStatus
from kb.domain.query import Scope, Sort
from kb.domain.unit import NOT_STATED, Facet
from kb.services.review_queue import WaitsFor
from tests.crawl.known import NOWHERE, Known

Named = Mapping[str, object]
"""What the path of one address names."""


def _each(name: str, values: Iterable[object]) -> Iterator[Named]:
    return ({name: value} for value in values)


def _revisions(known: Known, name: str = "identifier") -> Iterator[Named]:
    return (
        {name: case, "number": number} for case, last in known.cases.items() for number in range(1, last + 2)
    )


def _differences(known: Known) -> Iterator[Named]:
    return (
        {"identifier": case, "before": before, "after": after}
        for case, last in known.cases.items()
        for before, after in {(1, last), (last, last + 1)}
    )


def _concepts(known: Known) -> Iterator[Named]:
    return ({"scheme": scheme, "key": key} for scheme, key in known.concepts)


Builder = Callable[[Known], Iterable[Named]]
ADDRESSES: dict[tuple[str, str], Builder] = {
    ("cases", "identifier"): lambda known: _each("identifier", known.cases),
    ("cases", "identifier slug"): lambda known: (
        {"identifier": each, "slug": "guess"} for each in known.cases
    ),
    ("cases", "identifier number"): _revisions,
    ("cases", "after before identifier"): _differences,
    ("case_acts", "identifier"): lambda known: _each("identifier", known.cases),
    ("still_true", "identifier"): lambda known: _each("identifier", known.cases),
    ("lessons", "identifier key"): lambda known: (
        {"identifier": case, "key": key} for case, key in known.lessons
    ),
    ("discussions", "identifier key"): lambda known: (
        {"identifier": case, "key": key} for case, key in known.lessons
    ),
    ("discussions", "identifier post"): lambda known: (
        {"identifier": case, "post": post} for case, post in product(known.cases, ("p1", "p2"))
    ),
    ("tags", "scheme"): lambda _: _each("scheme", [*(each.value for each in Scheme), "nosuchscheme"]),
    ("tags", "key scheme"): _concepts,
    ("difficulties", "key"): lambda known: _each(
        "key", [key for scheme, key in known.concepts if scheme == Scheme.DIFFICULTY.value] + [NOWHERE]
    ),
    ("tag_acts", "scheme"): lambda _: _each("scheme", [*(each.value for each in Scheme), "nosuchscheme"]),
    ("tag_acts", "key scheme"): _concepts,
    ("tag_acts", "key number scheme"): lambda known: ({**each, "number": 2} for each in _concepts(known)),
    ("tag_operations", "identifier"): lambda known: _each("identifier", known.operations),
    ("tag_operations", "key scheme"): lambda known: (
        {"scheme": scheme, "key": key} for scheme, key in known.concepts if scheme == Scheme.TAG
    ),
    ("events", "identifier"): lambda known: _each("identifier", known.events),
    ("events", "identifier number"): lambda known: (
        {"identifier": each, "number": number} for each, number in product(known.events, (1, 2))
    ),
    ("events", "after before identifier"): lambda known: (
        {"identifier": each, "before": 1, "after": 2} for each in known.events
    ),
    ("workshops", "identifier"): lambda known: _each("identifier", known.events),
    ("workshops", "identifier key"): lambda known: (
        {"identifier": each, "key": "q1"} for each in known.events
    ),
    ("workshops", "identifier post"): lambda known: (
        {"identifier": each, "post": "p1"} for each in known.events
    ),
    ("resources", "identifier"): lambda known: _each("identifier", known.resources),
    ("instruments", "identifier"): lambda known: _each(
        "identifier", (name for shelf, name in known.kept if shelf == "instruments")
    ),
    ("legislation", "country"): lambda known: _each(
        "country", (name for shelf, name in known.kept if shelf == "legislation")
    ),
    ("reference", "identifier shelf"): lambda known: (
        {"shelf": shelf, "identifier": name} for shelf, name in known.kept
    ),
    ("reference", "identifier number shelf"): lambda known: (
        {"shelf": shelf, "identifier": name, "number": 1} for shelf, name in known.kept
    ),
    ("reference", "after before identifier shelf"): lambda known: (
        {"shelf": shelf, "identifier": name, "before": 1, "after": 1} for shelf, name in known.kept
    ),
    ("corridors", "end start"): lambda _: (
        {"start": start, "end": end} for start, end in (("AT", "DE"), ("MT", "BT"), ("AT", NOWHERE))
    ),
    ("partners", "key"): lambda known: _each("key", {key for _, key in known.concepts}),
    ("practices", "identifier"): lambda known: _each("identifier", known.practices),
    ("practices", "after before identifier"): lambda known: (
        {"identifier": each, "before": 1, "after": 2} for each in known.practices
    ),
    ("practices", "identifier number"): lambda known: (
        {"identifier": each, "number": number} for each, number in product(known.practices, (1, 2, 3))
    ),
    ("applications", "identifier"): lambda known: _each(
        "identifier", (*known.practices, *known.applications)
    ),
    ("applications", "identifier key"): lambda known: (
        {"identifier": case, "key": key} for case, key in known.lessons
    ),
    ("submissions", "identifier"): lambda known: _each("identifier", known.submissions),
    ("writing", "identifier"): lambda known: _each("identifier", known.submissions),
    ("writing", "identifier part"): lambda known: (
        {"identifier": each, "part": part.value} for each, part in product(known.submissions, Part)
    ),
    ("changes", "case"): lambda known: _each("case", known.cases),
    ("changes", "case number"): lambda known: _revisions(known, "case"),
    ("review", "identifier"): lambda known: _each("identifier", known.submissions),
    ("review_comments", "identifier"): lambda known: _each("identifier", known.submissions),
    ("review_comments", "identifier key"): lambda known: (
        {"identifier": each, "key": key} for each, key in product(known.submissions, ("c1", NOWHERE))
    ),
    ("saved", "identifier"): lambda known: _each("identifier", known.saved),
    ("saved", "identifier step"): lambda known: (
        {"identifier": each, "step": step} for each, step in product(known.saved, ("delete", "revoke"))
    ),
    ("vain_searches", "mark"): lambda known: _each("mark", known.marks),
    ("accounts_admin", "identifier session"): lambda known: (
        {"identifier": each, "session": NOWHERE} for each in known.accounts
    ),
    ("organisations", "identifier"): lambda _: _each("identifier", [NOWHERE]),
    ("profile", "session"): lambda _: _each("session", [NOWHERE]),
    ("account", "token"): lambda _: _each("token", ["nosuchtoken"]),
    ("accounts_admin", "identifier"): lambda known: _each("identifier", known.accounts),
    ("accounts_admin", "identifier step"): lambda known: (
        {"identifier": each, "step": step}
        for each, step in product(known.accounts, ("disable", "enable", "end-sessions"))
    ),
}
"""By page and by what the path names: with what it is visited."""
FILES = frozenset({"static", "bootstrap.static"})
"""Files of the installation, the same for everybody."""


def _searches(known: Known) -> Iterator[Named]:
    typed = chain.from_iterable((word, word[:-1], f"{word[:5]}*", f'"{word}"') for word in known.words)
    facets = {
        Facet.TAG: [key for scheme, key in known.concepts if scheme == Scheme.TAG.value],
        Facet.COUNTRY: ["AT", NOT_STATED],
        Facet.MARKING: ["RED", "AMBER"],
    }
    yield from _each("q", typed)
    yield from _each("scope", (scope.value for scope in Scope))
    yield from _each("sort", (sort.value for sort in Sort))
    yield from _each("case", known.cases)
    yield from ({facet.value: value} for facet, values in facets.items() for value in values)


QUERIES: dict[str, Builder] = {
    "search.index": _searches,
    "difficulties.index": lambda _: [{"sort": "AT"}, {"from": 2000}, {"phenomenon": "grooming"}],
    "corridors.index": lambda _: [{"year": "2025"}, {"channel": "budapest-29"}],
    "corridors.ask": lambda _: [
        {"from": start, "to": end, "need": "preserve"} for start, end in (("AT", "DE"), ("MT", "BT"))
    ],
    "review.index": lambda _: _each("for", (whom.value for whom in WaitsFor)),
    "cases.index": lambda _: [*_each("status", (status.value for status in CaseStatus)), {"page": 2}],
    "tags.show": lambda _: [{"page": 2}],
    "thesaurus.export": lambda _: [{"audience": "public"}],
    "inbox.index": lambda _: [{"show": "unread"}, {"page": 2}],
    "practices.index": lambda _: [
        *_each("status", (status.value for status in PracticeStatus)),
        *_each("strength", (strength.value for strength in Strength)),
        {"label": "worked"},
        {"page": 2},
    ],
    "resources.index": lambda _: [{"status": "retired"}, {"difficulty": NOWHERE}, {"language": "en"}],
    "instruments.index": lambda _: [{"status": "retired"}, {"user": "police"}],
    "legislation.compare": lambda _: [{"country": "AT"}],
    "practices.create": lambda known: (
        {"from": f"{case}/{key}"} for case, key in dict(reversed(known.lessons)).items()
    ),
    "saved.show": lambda _: [{"page": 2}],
    "events.reader": lambda _: [{"discussion": "yes"}],
    "submissions.begin": lambda known: _each("event", known.events),
    "submissions.new": lambda known: _each("event", known.events),
    "feeds.show": lambda known: _each("key", known.feeds),
    "changes.add_lesson": lambda _: _each("kind", (kind.value for kind in LessonKind)),
    "audit.index": lambda known: _each("subject", (f"case-study/{case}" for case in known.cases)),
    "account.sign_in": lambda _: _each("next", ["/cases"]),
}
"""By endpoint: what else may be asked at the first of its addresses, one thing at a time."""


def _no_query(_: Known) -> Iterable[Named]:
    return ()


def unknown(app: Flask) -> list[str]:
    """Give the rules that nobody has said how to visit."""
    return [f"{rule.endpoint} {rule.rule}" for rule in app.url_map.iter_rules() if _builder(rule) is None]


def addresses(app: Flask, known: Known, method: str = "GET") -> tuple[tuple[str, str], ...]:
    """Give every address that answers a method, with its endpoint, each once."""
    found: dict[str, str] = {}
    adapter = app.url_map.bind("")
    for rule in sorted(app.url_map.iter_rules(), key=lambda each: each.rule):
        builder = _builder(rule)
        if method in (rule.methods or ()) and rule.endpoint not in FILES and builder:
            paths = [adapter.build(rule.endpoint, dict(named), method=method) for named in builder(known)]
            asked = [*_asked(rule, paths[0], known)] if method == "GET" and paths else []
            found |= {address: rule.endpoint for address in (*paths, *asked) if address not in found}
    return tuple((endpoint, address) for address, endpoint in found.items())


def _builder(rule: Rule) -> Builder | None:
    if not rule.arguments or rule.endpoint in FILES:
        return lambda _: [{}]
    page = rule.endpoint.partition(".")[0]
    return ADDRESSES.get((page, " ".join(sorted(rule.arguments))))


def _asked(rule: Rule, path: str, known: Known) -> Iterator[str]:
    builder = QUERIES.get(rule.endpoint, _no_query)
    return (f"{path}?{urlencode(query)}" for query in builder(known))
