"""An answer follows from the home, the request, the clock and the chance that the application was given; from nothing else.

Without this, nobody could say that two homes which differ in something hidden answer byte for byte alike.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import FileSystemBytecodeCache

from kb.bootstrap import Outside, Services, services
from kb.config import Settings
from kb.domain.account import OPERATOR
from kb.domain.concept import Scheme
from kb.web.app import create_app
from tests.crawl.deep import DEEP
from tests.fakes.chores import ChoresWithoutMail, MemoryChores
from tests.fakes.clock import FakeClock
from tests.fakes.hasher import PlainHasher
from tests.fakes.randomness import SeededRandomness
from tests.web.hidden import hire, let_follow
from tests.web.hidden_records import fill
from tests.web.routes import Given, addresses
from tests.web.shelf import Shelf

READERS = ("viktor", *(("olga",) if DEEP else ()), None)
"""A coordinator, who is shown all that an officer is, and a visitor; an administrator who is an officer too with `KB_DEEP=1`."""
KNOWN: Given = {
    "identifier": (
        "clear",
        "red",
        "quiet",
        "draft",
        "submitted",
        "event",
        "resource",
        "practice",
        "register",
        "applied",
        "saved-vera",
        "missing",
    ),
    "case": ("clear", "missing"),
    "slug": ("another-slug",),
    "key": ("d1", "templates", "proposed"),
    "scheme": (Scheme.TAG.value,),
    "number": (1, 2, 9),
    "before": (1,),
    "after": (2,),
    "mark": ("none",),
    "token": ("none",),
    "session": ("none",),
    "post": ("p1",),
    "country": ("AT",),
    "start": ("AT",),
    "end": ("DE",),
    "filename": ("css/main.css", "none.css"),
}
"""What stands in the places of routes: of what exists, may be seen or not, and of what does not exist."""
QUESTIONS = ("?q=zz", "?q=zzclear+preserve&tag=templates", "?sort=newest&scope=solutions", "?q=prezerve")


class Office(NamedTuple):
    """One of two applications; nobody but the test tells its clock, and it draws from a seed."""

    app: Flask
    kb: Services


class Answer(NamedTuple):
    """All that a browser gets."""

    asked: str
    status: str
    headers: tuple[tuple[str, str], ...]
    body: bytes


def office(home: Path, compiled: FileSystemBytecodeCache) -> Office:
    settings = Settings.read({"KB_HOME": str(home), "KB_URL": "http://localhost"})
    outside = Outside(
        clock=FakeClock(),
        randomness=SeededRandomness(7),
        hasher=PlainHasher(),
        chores=lambda _: MemoryChores(),
    )
    kb = services(settings, outside)
    app = create_app(settings, kb)
    app.jinja_env.bytecode_cache = compiled
    app.add_url_rule("/fault", "fault", _fault)
    return Office(app, kb)


def _fault() -> str:
    raise RuntimeError


@pytest.fixture(scope="module")
def offices(
    new_home: Path, tmp_path_factory: pytest.TempPathFactory, compiled_templates: FileSystemBytecodeCache
) -> tuple[Office, Office]:
    """Two applications over copies of one home."""
    first, second = (tmp_path_factory.mktemp("homes") / name for name in ("first", "second"))
    settings = Settings.read({"KB_HOME": str(first), "KB_URL": "http://localhost"})
    shutil.copytree(new_home, first)
    hire(settings)
    shelf = Shelf(
        settings,
        services(settings, Outside(clock=FakeClock(), hasher=PlainHasher(), chores=ChoresWithoutMail)),
    )
    fill(shelf)
    let_follow(settings)
    shutil.copytree(first, second)
    return office(first, compiled_templates), office(second, compiled_templates)


def browser(office: Office, reader: str | None) -> FlaskClient:
    client = office.app.test_client()
    if reader is not None:
        account = next(each for each in office.kb.accounts.list(OPERATOR) if each.id == reader)
        with client.session_transaction() as session:
            session["_user_id"] = office.kb.sessions.open(account).token
    return client


def answers(office: Office, reader: str | None) -> Iterator[Answer]:
    """Give what a reader gets at every address, one after the other in one browser."""
    client = browser(office, reader)
    found = [address.path for address in addresses(office.app, "GET", KNOWN)]
    found += [f"/search{question}" for question in QUESTIONS] + [f"/feed?key=feed-{reader}", "/nowhere"]
    yield from (ask(client, "GET", path) for path in found)
    yield from (ask(client, "HEAD", path) for path in found[::7])
    yield from (ask(client, "POST", path) for path in ("/profile", "/sign-out", "/sign-in"))


def ask(client: FlaskClient, method: str, path: str) -> Answer:
    answer = client.open(path, method=method, buffered=True, headers={"Origin": "http://localhost"})
    return Answer(f"{method} {path}", answer.status, tuple(answer.headers), answer.data)


@pytest.mark.parametrize("reader", READERS)
def test_two_copies_of_a_home_answer_byte_for_byte_alike(
    offices: tuple[Office, Office], reader: str | None
) -> None:
    first, second = (tuple(answers(each, reader)) for each in offices)

    assert len(first) > 80
    for one, other in zip(first, second, strict=True):
        assert one == other, one.asked
