"""What the checks block comes in by no form of any page, and no file, database, index or log of the home holds it."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

from kb.bootstrap import Services
from kb.config import Settings
from kb.domain.account import Account, Role
from kb.domain.concept import Scheme
from kb.services.submission_view import SubmissionView
from tests.samples import a_case
from tests.web.conftest import SignIn
from tests.web.routes import Given, addresses

PLANTED, HARMLESS = "zqplanted@unit.example", "zqharmless of unit example"
TYPED = frozenset({"text", "search"})
"""Inputs that take words; those for addresses and passwords take what they are for."""
OWN = ("saved.",)
"""Endpoints of what belongs to one account and is read by nobody else."""
WORDS = "Some words for it."
ENOUGH = {Role.PRESENTER: 40, Role.COORDINATOR: 15, Role.ADMINISTRATOR: 3}
"""Fields at which the words must be refused; a page that loses its form would otherwise go unseen."""


class Sent(NamedTuple):
    """A form with the fields that take words, and those that stand in it already."""

    action: str
    words: tuple[str, ...]
    fields: MultiDict[str, str]


class Forms(HTMLParser):
    """Reads every form of a page that writes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[Sent] = []
        self._words: list[str] | None = None
        self._fields: MultiDict[str, str] = MultiDict()
        self._action = self._select = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form" and given.get("method", "").lower() == "post":
            self._words, self._fields, self._action = [], MultiDict(), given.get("action", "")
        if self._words is None:
            return
        kind, name = given.get("type", "text"), given.get("name", "")
        if name and (tag == "textarea" or (tag == "input" and kind in TYPED)):
            self._words.append(name)
            self._fields.setlistdefault(name, [given.get("value", "") or WORDS if tag == "textarea" else ""])
        elif tag == "input" and name and (kind not in {"checkbox", "radio"} or "checked" in given):
            self._fields.add(name, given.get("value", "on"))
        elif tag == "select":
            self._select = name
        elif tag == "option" and "selected" in given:
            self._fields.add(self._select, given.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form" and self._words is not None:
            self.found.append(Sent(self._action, tuple(dict.fromkeys(self._words)), self._fields))
            self._words = None


@pytest.fixture
def beginning(filled_home: Path) -> Path:
    return filled_home


@pytest.fixture
def given(kb_services: Services, accounts: dict[Role, Account]) -> Given:
    """A home with a published case, a draft, one in review and one that was sent back."""
    author, coordinator = accounts[Role.PRESENTER], accounts[Role.COORDINATOR]
    drafts = [kb_services.submissions.create(author, a_case()) for _ in range(3)]
    in_review, sent_back = (_reviewed(kb_services, author, coordinator, draft.id) for draft in drafts[1:])
    kb_services.reviews.request_changes(coordinator, sent_back.id, sent_back.revision, "Shorten it.")
    filled = {
        "identifier": ("seven", drafts[0].id, in_review.id, sent_back.id, author.id),
        "case": ("seven",),
        "slug": ("",),
        "scheme": (Scheme.TAG.value,),
        "key": ("templates", "logs"),
        "number": (1,),
        "before": (1,),
        "after": (1,),
    }
    return defaultdict(lambda: ("nothing",), filled)


def _reviewed(kb: Services, author: Account, coordinator: Account, draft: str) -> SubmissionView:
    sent = kb.submissions.submit(author, draft, kb.submissions.get(author, draft).revision)
    return kb.reviews.take(coordinator, draft, sent.revision)


def forms(app: Flask, browser: FlaskClient, given: Given, of: str = "") -> Iterator[tuple[str, Sent]]:
    """Give every form that this person meets, with the page on which it stands; or those of some endpoints."""
    for address in [*addresses(app, "GET", given)]:
        if address.endpoint.startswith(of) and not address.endpoint.startswith((*OWN, "static")):
            answer = browser.get(address.path, buffered=True)
            if answer.status_code == 200 and answer.mimetype == "text/html":
                yield from ((address.path, form) for form in Forms(answer.text).found)


def plant(browser: FlaskClient, page: str, form: Sent, name: str, words: str) -> int:
    fields = MultiDict(form.fields)
    fields.setlist(name, [words])
    fields.setdefault("op", "save")
    return browser.post(form.action or page, data=fields, buffered=True).status_code


def kept(settings: Settings, words: str) -> list[Path]:
    """Give the files of the home that hold these words, whatever kind of file they are."""
    wanted = words.split("@", maxsplit=1)[0].split(maxsplit=1)[0].encode()
    return [path for path in settings.home.rglob("*") if path.is_file() and wanted in path.read_bytes()]


@pytest.mark.parametrize("role", [*ENOUGH])
def test_what_is_typed_into_any_field_and_blocked_is_kept_nowhere(
    app: Flask,
    client_as: SignIn,
    settings: Settings,
    given: Given,
    *,
    role: Role,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """ASVS 5.0 V14.2 and V16.2: what must not be kept is neither stored nor logged."""
    caplog.set_level(logging.DEBUG)
    browser, tried = client_as(role), dict[tuple[str, str], int]()
    for page, form in [*forms(app, browser, given)]:
        for name in form.words:
            place = (form.action or page, name)
            if place not in tried:
                tried[place] = plant(browser, page, form, name, f"Write to {PLANTED}.")

    assert max(tried.values()) < 500
    assert [*tried.values()].count(422) >= ENOUGH[role]
    assert kept(settings, PLANTED) == []
    assert PLANTED.split("@", maxsplit=1)[0] not in caplog.text


def test_the_same_way_lets_other_words_in(
    app: Flask, client_as: SignIn, settings: Settings, given: Given
) -> None:
    browser = client_as(Role.PRESENTER)
    for page, form in [*forms(app, browser, given, "submissions.")]:
        if "summary" in form.words:
            plant(browser, page, form, "summary", HARMLESS)

    assert kept(settings, HARMLESS)
