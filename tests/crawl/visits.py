"""One round: everything that one person can ask for, and what they are answered."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from flask import Flask
from werkzeug.test import TestResponse

from tests.crawl.addresses import addresses
from tests.crawl.commands import asked_by, said
from tests.crawl.deep import DEEP
from tests.crawl.home import CrawledHome, browser
from tests.crawl.known import Known
from tests.web.reading import text_of

SEED = "a round"
"""From which chance begins anew for every round: whoever asks gets the same draws, whatever others did before."""
FORM = {
    "lesson": "d1",
    "add": "preserve-first",
    "reason": "x",
    "by": "green",
    "marking": "CLEAR",
    "comment": "x",
    "to": "carla",
    "text": "x",
    "revision": "1",
    "name": "x",
}
"""Something for every form that changes a record."""
ABOUT_ACCOUNTS = frozenset({"account", "accounts_admin", "organisations", "profile", "second_factor"})
"""Pages whose forms are about accounts, not about records."""
BEGINNINGS = frozenset(
    {
        "documents.draft",
        "documents.read",
        "follows.make_feed",
        "follows.revoke_feed",
        "retag.index",
        "follows.create",
        "follows.stop",
        "saved.create",
        "submissions.create",
        "submissions.look_through",
        "tag_acts.create",
        "tags.propose",
    }
)
"""Forms by which something of one's own begins or ends, so that they name no record."""
HEADS = 7
"""Headers are those of the page, which is read: of every so many alone they are asked for apart, of all with `KB_DEEP=1`."""
AUDIT_LOG = "audit"
"""The one page by which who only keeps accounts is told of every record, though by its id alone: that is its purpose."""


class Answer(NamedTuple):
    """A whole answer; nothing of it is taken away."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def text(self) -> str:
        return "\n".join([*(f"{name}: {value}" for name, value in self.headers), text_of(self.body)])


Answers = dict[str, Answer]
"""By what was asked, in the order in which it was."""


class Round:
    """A person's way through everything."""

    def __init__(self, home: CrawledHome, app: Flask, key: str, token: str) -> None:
        self._home, self._app = home, app
        self._person = home.people[key]
        self._token = token

    def read_everything(self, known: Known) -> Answers:
        """Read all there is by pages, feeds and commands."""
        return self.read(known) | self.read_by_commands(known)

    def try_everything(self, hidden: Known) -> Answers:
        """Send every form about what is hidden, and ask for the headers alone."""
        return self.write(hidden) | self.heads(hidden)

    def heads(self, known: Known) -> Answers:
        """Ask for the headers of every page alone."""
        self._home.chance.begin(SEED)
        client = browser(self._app, self._token)
        pages = [*self._pages(known)][:: 1 if DEEP else HEADS]
        return {f"HEAD {address}": _answer(client.head(address)) for address in pages}

    def read(self, known: Known, *, log: bool = False) -> Answers:
        """Ask for every page and feed; with `log` also for the audit log of who is no officer."""
        return dict(self.reading(known, log=log))

    def reading(self, known: Known, *, log: bool = False) -> Iterator[tuple[str, Answer]]:
        """Ask for one page and feed after the other, for whoever wants to stop before the last."""
        self._home.chance.begin(SEED)
        client = browser(self._app, self._token)
        for address in self._pages(known, log=log):
            yield f"GET {address}", _answer(client.get(address))
        assert client.get("/help").status_code == (200 if self._person.active else 302), (
            "the session has ended"
        )

    def _pages(self, known: Known, *, log: bool = False) -> Iterator[str]:
        log = log or self._person.is_officer
        return (
            address
            for endpoint, address in addresses(self._app, known)
            if log or not endpoint.startswith(f"{AUDIT_LOG}.")
        )

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
