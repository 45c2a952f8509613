"""Nobody meets a word that they may not read: every route, as every person, over records of every marking."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import FileSystemBytecodeCache

from kb.adapters.system import SystemRandomness
from kb.bootstrap import Outside, services
from kb.config import Settings
from kb.domain.unit import Facet
from kb.web.app import create_app
from tests.fakes.chores import ChoresWithoutMail
from tests.fakes.clock import FakeClock
from tests.fakes.hasher import PlainHasher
from tests.web.audience_table import (
    ABOUT_ACCOUNTS,
    FOR_WHO_HAS_THE_ADDRESS,
    FORM,
    GET,
    POST,
    POST_OF_ONES_OWN,
    POST_WITHOUT_RECORDS,
    WITHOUT_RECORDS,
    WORD_OF,
    Parameters,
)
from tests.web.hidden import CASES, MAY_READ, PEOPLE, PRACTICES, hire, let_follow
from tests.web.hidden_records import fill
from tests.web.reading import text_of
from tests.web.shelf import Shelf

SAYS_NOTHING = re.compile(
    r"<option.*?</option>|<datalist.*?</datalist>|<option[^>]*>|name=.csrf_token.[^>]*", re.DOTALL
)
"""Lists of all countries to choose from, and what differs from one answer to the next."""


@pytest.fixture(scope="module")
def app(
    new_home: Path, tmp_path_factory: pytest.TempPathFactory, compiled_templates: FileSystemBytecodeCache
) -> Flask:
    home: Path = tmp_path_factory.mktemp("audience") / "home"
    settings = Settings.read({"KB_HOME": str(home), "KB_URL": "http://localhost"})
    shutil.copytree(new_home, home)
    kb = services(
        settings,
        Outside(
            clock=FakeClock(), randomness=SystemRandomness(), hasher=PlainHasher(), chores=ChoresWithoutMail
        ),
    )
    application = create_app(settings, kb)
    application.jinja_env.bytecode_cache = compiled_templates
    application.testing = True
    application.config["WTF_CSRF_ENABLED"] = False
    accounts = hire(settings)
    fill(Shelf(settings, kb))
    let_follow(settings)
    application.extensions["browsers"] = {
        name: _signed_in(application, kb.sessions.open(account).token) for name, account in accounts.items()
    }
    return application


def _signed_in(application: Flask, token: str) -> FlaskClient:
    browser = application.test_client()
    with browser.session_transaction() as session:
        session["_user_id"] = token
        session["_fresh"] = True
    return browser


def browser_of(app: Flask, person: str) -> FlaskClient:
    found: FlaskClient = app.extensions["browsers"][person]
    return found


def addresses(app: Flask, endpoint: str, parameters: Parameters) -> Iterator[str]:
    with app.test_request_context():
        yield from (app.url_for(endpoint, **given) for given in parameters)


def shown(html: str) -> str:
    return SAYS_NOTHING.sub("", html)


BY_ROLE = ("tag_acts.", "tag_operations.split", "reference.")
"""Acts that a role alone allows: who lacks it is refused before anything is looked up, whatever there is."""


def test_every_page_is_in_the_table(app: Flask) -> None:
    by_method = {
        method: {rule.endpoint for rule in app.url_map.iter_rules() if method in (rule.methods or ())}
        for method in ("GET", "POST")
    }
    assert by_method["GET"] == set(GET) | WITHOUT_RECORDS | FOR_WHO_HAS_THE_ADDRESS
    assert by_method["POST"] == set(POST) | POST_OF_ONES_OWN | POST_WITHOUT_RECORDS


@pytest.mark.parametrize("person", PEOPLE)
def test_no_page_tells_a_person_what_they_may_not_read(app: Flask, person: str) -> None:
    browser = browser_of(app, person)
    forbidden = [word for word, readers in MAY_READ.items() if person not in readers]
    for endpoint in sorted(set(GET) - ABOUT_ACCOUNTS):
        for address in addresses(app, endpoint, GET[endpoint]):
            page = shown(text_of(browser.get(address).data))
            told = [word for word in forbidden if word in page]
            assert not told, f"{address} tells {person} {told}"


@pytest.mark.parametrize("person", PEOPLE)
def test_everything_that_a_person_may_read_is_somewhere(app: Flask, person: str) -> None:
    browser = browser_of(app, person)
    pages = [
        shown(browser.get(address).text)
        for endpoint in (
            "cases.show",
            "cases.revision",
            "lessons.show",
            "submissions.show",
            "tags.show",
            "events.show",
            "workshops.show",
            "resources.show",
            "practices.show",
            "lessons.show",
            "applications.index",
            "applications.correct",
        )
        for address in addresses(app, endpoint, GET[endpoint])
    ]
    missing = [
        word
        for word, readers in MAY_READ.items()
        if person in readers and not any(word in page for page in pages)
    ]
    assert not missing


@pytest.mark.parametrize("person", sorted(set(PEOPLE) - {"otto"}))
def test_what_is_hidden_cannot_be_changed_and_is_answered_like_what_is_missing(
    app: Flask, person: str
) -> None:
    browser = browser_of(app, person)
    missing = shown(browser.get("/cases/missing/").text)
    for endpoint, parameters in POST.items():
        hidden = tuple(
            each
            for each in parameters
            if person
            not in MAY_READ[WORD_OF.get(str(each.get("identifier", each.get("case"))), "zzproposed")]
        )
        for address in addresses(app, endpoint, hidden):
            answer = browser.post(address, data=FORM)
            assert answer.status_code in {403, 404}, f"{endpoint} answers {person} {answer.status_code}"
            assert answer.status_code == 404 or endpoint.startswith(BY_ROLE), (
                f"{endpoint} tells {person} of {address}"
            )
            if answer.status_code == 404:
                assert shown(answer.text) == missing


@pytest.mark.parametrize("person", sorted(set(PEOPLE) - {"otto"}))
def test_counts_hold_nothing_that_the_person_cannot_open(app: Flask, person: str) -> None:
    """A facet's count equals the number of results that the person can turn the pages through."""
    browser = browser_of(app, person)
    seen = {case for case in CASES if browser.get(f"/cases/{case}/").status_code == 200}
    live = seen - {"retired", "away", "closed"}
    total = sum(3 + (case == "quiet") for case in live)
    by_themselves = (*(f"/practices/{each}" for each in PRACTICES), "/resources/resource")
    alone = [each for each in by_themselves if browser.get(each).status_code == 200]
    told = f">{total + len(alone)} results, {total} of them in {len(live)} cases<"
    assert told in browser.get("/search").text
    for facet, code in product([Facet.COUNTRY], ("IS", "MT", "BT")):
        found = browser.get("/search", query_string={facet.value: code}).text
        assert (">0 results<" in found) is (person != "isla")


def test_a_visitor_is_told_nothing_by_any_page(app: Flask) -> None:
    visitor = app.test_client()
    for endpoint, parameters in GET.items():
        for address in addresses(app, endpoint, parameters):
            answer = visitor.get(address)
            assert endpoint in {"account.sign_in", "account.link"} or answer.status_code == 302
            assert not [word for word in MAY_READ if word in shown(answer.text)]
