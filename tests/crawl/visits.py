"""One round: everything that one person can ask for, and what they are answered."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from flask import Flask
from werkzeug.test import TestResponse

from kb.domain.account import Role
from tests.crawl.addresses import Known, addresses
from tests.crawl.commands import asked_by, said
from tests.crawl.home import CrawledHome, browser

SEED = "a round"
"""From which chance begins anew for every round: whoever asks gets the same draws, whatever others did before."""
FORM = {
    "lesson": "d1",
    "add": "preserve-first",
    "reason": "x",
    "by": "green",
    "marking": "CLEAR",
    "comment": "x",
    "revision": "1",
    "name": "x",
}
"""Something for every form that changes a record."""
ABOUT_ACCOUNTS = frozenset({"account", "accounts_admin", "organisations", "profile", "second_factor"})
"""Pages whose forms are about accounts, not about records."""
BEGINNINGS = frozenset({"saved.create", "submissions.create", "tags.create"})
"""Forms by which something new begins, so that they name no record."""
AUDIT_LOG = "audit"
"""The one page that administrators are told of every record by, though by its id alone: that is its purpose."""


class Answer(NamedTuple):
    """A whole answer; nothing of it is taken away."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def text(self) -> str:
        return "\n".join([*(f"{name}: {value}" for name, value in self.headers), self.body.decode()])


Answers = dict[str, Answer]
"""By what was asked, in the order in which it was."""


class Round:
    """A person's way through everything."""

    def __init__(self, home: CrawledHome, app: Flask, key: str, token: str) -> None:
        self._home, self._app = home, app
        self._person = home.people[key]
        self._token = token

    def everything(self, known: Known, hidden: Known) -> Answers:
        """Read all there is by pages and commands, then send every form about what is hidden."""
        return self.read(known) | self.read_by_commands(known) | self.write(hidden)

    def read(self, known: Known, *, head: bool = False, log: bool = False) -> Answers:
        """Ask for every page and feed; with `head` also for the headers alone, with `log` also for an administrator's log."""
        self._home.chance.begin(SEED)
        client = browser(self._app, self._token)
        answers: Answers = {}
        for endpoint, address in addresses(self._app, known):
            if not log and endpoint.startswith(f"{AUDIT_LOG}.") and self._person.has(Role.ADMINISTRATOR):
                continue
            answers[f"GET {address}"] = _answer(client.get(address))
            if head:
                answers[f"HEAD {address}"] = _answer(client.head(address))
        assert client.get("/help").status_code == (200 if self._person.active else 302), (
            "the session has ended"
        )
        return answers

    def read_by_commands(self, known: Known) -> Answers:
        """Ask every command on the person's behalf."""
        answers: Answers = {}
        for words in asked_by(self._person.email, known):
            status, out, errors = said(self._home, words)
            answers[f"kb {' '.join(words)}"] = Answer(status, (("stderr", errors),), out.encode())
        return answers

    def write(self, hidden: Known) -> Answers:
        """Send every form about a record that the person may not see."""
        self._home.chance.begin(SEED)
        client = browser(self._app, self._token)
        token = _token_in(client.get("/help").text)
        answers: Answers = {}
        for endpoint, address in addresses(self._app, hidden, "POST"):
            if endpoint.partition(".")[0] not in ABOUT_ACCOUNTS and endpoint not in BEGINNINGS:
                answers[f"POST {address}"] = _answer(client.post(address, data=FORM | token))
        return answers


def differences(before: Mapping[str, Answer], after: Mapping[str, Answer]) -> Iterator[str]:
    """Say in which answers two rounds differ, and where."""
    for asked in [*before, *(each for each in after if each not in before)]:
        one, other = before.get(asked), after.get(asked)
        if one is None or other is None:
            yield f"{asked}: asked once only"
        elif one != other:
            yield f"{asked}: {one.status} {other.status}: {_first_difference(one.text, other.text)}"


def _first_difference(one: str, other: str) -> str:
    at = next(
        (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    start = max(0, at - 60)
    return f"{one[start : at + 60]!r} became {other[start : at + 60]!r}"


def _answer(response: TestResponse) -> Answer:
    with response:
        return Answer(response.status_code, tuple(response.headers), response.data)


def _token_in(page: str) -> dict[str, str]:
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    return {"csrf_token": found[1]} if found else {}
