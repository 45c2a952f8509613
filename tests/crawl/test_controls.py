"""The crawl would notice: a predicate that lets somebody see too much, by whatever one token more, is caught each time.

The predicate is wired in, where an account is found by its session; nothing of ours is patched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice
from typing import cast

import pytest
from flask import Flask
from jinja2 import FileSystemBytecodeCache

from kb.domain.account import Account
from kb.domain.marking import (
    COORDINATOR,
    Viewer,
    of_account,
    of_country,
    of_named_coordinator,
    of_organisation,
)
from kb.services.sessions import Sessions
from kb.web.app import create_app
from tests.crawl.canaries import Canaries
from tests.crawl.changes import hidden
from tests.crawl.furnished import furnish
from tests.crawl.home import CrawledHome
from tests.crawl.known import Known, known_of
from tests.crawl.people import AUTHOR, REVIEWER, STAFF, STRANGER, VIENNA
from tests.crawl.telling import Telling
from tests.crawl.visits import Answer, Answers, Round
from tests.crawl.withheld import HERE, records_from

Leak = Callable[[Viewer], Viewer]
Read = Callable[[Leak | None], Iterator[tuple[str, Answer]]]


def _also(*tokens: str) -> Leak:
    return lambda viewer: viewer.model_copy(update={"tokens": viewer.tokens | set(tokens)})


LEAKS: dict[str, Leak] = {
    "everything": lambda _: Viewer(unrestricted=True),
    "AMBER of another country": _also(of_country("AT")),
    "AMBER+STRICT of another organisation": _also(of_organisation(VIENNA.id)),
    "RED and drafts of another person": _also(of_account(AUTHOR.id)),
    "submissions and proposals": _also(COORDINATOR),
    "RED submissions of another coordinator": _also(of_named_coordinator(REVIEWER.id)),
    "where a record comes from": lambda viewer: viewer.model_copy(update={"organisation": VIENNA.id}),
}
"""What somebody may see too much, and how."""
AT_ONCE = 100
"""Pages that are read before it is asked whether that was enough."""


class Nosy(Account):
    """An account that sees too much."""

    leak: Leak

    @property
    def viewer(self) -> Viewer:
        return self.leak(super().viewer)


class NosySessions:
    """Finds by its session an account that sees too much."""

    def __init__(self, sessions: Sessions, leak: Leak) -> None:
        self._sessions, self._leak = sessions, leak

    def __getattr__(self, name: str) -> object:
        return getattr(self._sessions, name)

    def resolve(self, token: str) -> Account | None:
        account = self._sessions.resolve(token)
        return Nosy(**dict(account), leak=self._leak) if account else None


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> CrawledHome:
    """A home with hidden records of every kind and marking, and with some that do not tell where they come from."""
    made = CrawledHome(tmp_path_factory.mktemp("controls") / "home", STAFF)
    furnish(made)
    made.restore([*hidden(Canaries("hidden"), waiting=True), *records_from(HERE)], by=AUTHOR.key)
    return made


def _app(home: CrawledHome, leak: Leak | None, compiled: FileSystemBytecodeCache) -> Flask:
    if leak is None:
        return home.app(compiled)
    sessions = cast("Sessions", NosySessions(home.kb.sessions, leak))
    application = create_app(home.settings, replace(home.kb, sessions=sessions))
    application.jinja_env.bytecode_cache = compiled
    return application


@pytest.fixture(scope="module")
def known(home: CrawledHome) -> Known:
    return known_of({name: (1, body) for name, chain in home.chains().items() if (body := chain[-1].body)})


@pytest.fixture(scope="module")
def read(home: CrawledHome, known: Known, compiled_templates: FileSystemBytecodeCache) -> Read:
    """Read one page after the other as somebody who sees what they may, or too much."""

    def reading(leak: Leak | None) -> Iterator[tuple[str, Answer]]:
        app = _app(home, leak, compiled_templates)
        return Round(home, app, STRANGER.key, home.tokens[STRANGER.key]).reading(known)

    return reading


@pytest.fixture(scope="module")
def telling(home: CrawledHome) -> Telling:
    return Telling(home.chains(), home.people)


@pytest.fixture(scope="module")
def sound(read: Read, telling: Telling) -> Answers:
    """What somebody is answered who sees what they may."""
    answers = dict(read(None))
    assert not telling.leaks(STRANGER, answers)
    return answers


@pytest.mark.parametrize("name", LEAKS)
def test_whoever_sees_too_much_is_caught(name: str, read: Read, telling: Telling, sound: Answers) -> None:
    told, different, nosy = False, False, read(LEAKS[name])
    while not (told and different) and (some := dict(islice(nosy, AT_ONCE))):
        told = told or bool(telling.leaks(STRANGER, some))
        different = different or any(sound[asked] != answer for asked, answer in some.items())
    assert told
    assert different
