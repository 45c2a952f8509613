"""Homes over which pages count, and the numbers on these pages: each is a link, and promises what its search finds."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterable
from html import unescape
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qsl, urlsplit

from flask import Flask
from flask.testing import FlaskClient
from jinja2 import FileSystemBytecodeCache
from werkzeug.datastructures import MultiDict

from kb.bootstrap import Outside, Services, services
from kb.config import Settings
from kb.domain.account import OPERATOR, Account, Role
from kb.web.app import create_app
from kb.web.searching import request_from
from tests.fakes.chores import ChoresWithoutMail
from tests.fakes.clock import FakeClock
from tests.fakes.hasher import PlainHasher
from tests.web.reading import Page
from tests.web.shelf import Shelf

LINK = re.compile(
    r'<a[^>]*href="(?P<address>/search\?[^"]+)"[^>]*>(?P<text>[^<]*(?:<span class="number">\d+</span>)?)</a>'
)
NUMBER = re.compile(r"\d+")
MARKUP = re.compile(r"<[^>]*>")


class Promise(NamedTuple):
    """A link that leads to a search, with the number that it tells."""

    address: str
    number: int


class World(NamedTuple):
    """A home with the demo accounts, opened once for all tests of a file: none of them changes it."""

    app: Flask
    kb: Services
    accounts: dict[Role, Account]

    def browser(self, role: Role) -> FlaskClient:
        """Give a browser in which the account of a role is signed in."""
        browser = self.app.test_client()
        with browser.session_transaction() as session:
            session["_user_id"] = self.kb.sessions.open(self.accounts[role]).token
        return browser

    def read(self, address: str, role: Role = Role.COORDINATOR) -> Page:
        """Give the page at an address as the account of a role reads it."""
        answer = self.browser(role).get(address)
        assert answer.status_code == 200, address
        return Page(answer.text)

    def promised(self, address: str, role: Role = Role.COORDINATOR) -> list[Promise]:
        """Give what the links of that page promise."""
        return promises(self.browser(role).get(address).text)

    def found(self, role: Role, promises: Iterable[Promise]) -> list[int]:
        """Give how many results the search of each link has for the account of a role."""
        queries = (MultiDict(parse_qsl(urlsplit(each.address).query)) for each in promises)
        return list(self.kb.search.counts(self.accounts[role], [request_from(query) for query in queries]))


def world_of(
    beginning: Path, home: Path, fill: Callable[[Shelf], None], compiled: FileSystemBytecodeCache
) -> World:
    """Make a home that begins as a copy of another, and holds what `fill` puts on its shelf too."""
    settings = Settings.read({"KB_HOME": str(home), "KB_URL": "http://localhost"})
    shutil.copytree(beginning, home)
    kb = services(settings, Outside(clock=FakeClock(), hasher=PlainHasher(), chores=ChoresWithoutMail))
    shelf = Shelf(settings, kb)
    fill(shelf)
    shelf.follow()
    people = kb.demo.create(OPERATOR)
    app = create_app(settings, kb)
    app.jinja_env.bytecode_cache = compiled
    app.testing = True
    return World(app, kb, {next(iter(each.account.roles)): each.account for each in people})


def promises(page: str) -> list[Promise]:
    """Give the links of a page that lead to a search, each with the number that it promises."""
    told = ((link["address"], NUMBER.search(MARKUP.sub("", link["text"]))) for link in LINK.finditer(page))
    return [Promise(unescape(address), int(number[0])) for address, number in told if number]
