"""Nobody meets a word that they may not read: every route, as every person, over records of every marking."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kb.adapters.system import SystemRandomness
from kb.bootstrap import Outside, make_home, services
from kb.config import Settings
from kb.domain.completeness import Part
from kb.domain.concept import Scheme
from kb.domain.query import Scope
from kb.domain.unit import Facet
from kb.web.app import create_app
from tests.fakes.chores import ChoresWithoutMail
from tests.fakes.clock import FakeClock
from tests.fakes.hasher import PlainHasher
from tests.web.hidden import (
    APPLICATIONS,
    CASES,
    MAY_READ,
    PEOPLE,
    PRACTICES,
    SUBMISSIONS,
    fill,
    hire,
    let_follow,
)
from tests.web.reading import text_of
from tests.web.shelf import Shelf

Parameters = tuple[Mapping[str, Any], ...]
NONE: Parameters = ({},)
EACH_CASE: Parameters = tuple({"identifier": case} for case in CASES)
EACH_POST: Parameters = tuple({"identifier": case, "post": "p1"} for case in CASES)
EACH_CASE_TO_WRITE: Parameters = tuple({"case": case} for case in CASES)
EACH_SUBMISSION: Parameters = tuple({"identifier": each} for each in SUBMISSIONS)
EACH_PART: Parameters = tuple(
    {"identifier": each, "part": part.value} for each, part in product(SUBMISSIONS, Part)
)
EACH_COMMENT: Parameters = tuple({"identifier": each, "key": "c1"} for each in SUBMISSIONS)
EACH_PRACTICE: Parameters = tuple({"identifier": each} for each in PRACTICES)
EACH_APPLICATION: Parameters = tuple({"identifier": each} for each in APPLICATIONS)
EACH_SOLUTION: Parameters = tuple({"identifier": case, "key": "s1"} for case in CASES)
TAG_ACTS = tuple(
    f"tag_acts.{act}" for act in ("rename", "retire", "reinstate", "merge", "place", "adopt", "refuse")
)
EACH_TAG: Parameters = (
    {"scheme": "tag", "key": "proposed"},
    {"scheme": "tag", "key": "templates"},
    {"scheme": "difficulty", "key": "retention-expired"},
)
EACH_SAVED: Parameters = tuple({"identifier": f"saved-{person}"} for person in PEOPLE)
SEARCHES: Parameters = (
    *({"scope": scope.value} for scope in Scope),
    *({"q": word[:-1]} for word in MAY_READ),
    *({"q": f"{word[:4]}*"} for word in MAY_READ),
    *({"sort": sort} for sort in ("newest", "oldest")),
    {"tag": "templates"},
    {"tag": "proposed"},
    {"country": "not-stated"},
)

GET: dict[str, Parameters] = {
    "home.index": NONE,
    "search.index": SEARCHES,
    "saved.index": NONE,
    "saved.show": EACH_SAVED,
    "saved.rename": EACH_SAVED,
    "cases.index": ({}, {"status": "retired"}, {"status": "superseded"}, {"status": "unpublished"}),
    "cases.show": EACH_CASE,
    "cases.history": EACH_CASE,
    "cases.revision": tuple({"identifier": case, "number": number} for case in CASES for number in (1, 2)),
    "cases.difference": tuple(
        {"identifier": case, "before": 1, "after": number} for case in CASES for number in (1, 2)
    ),
    "case_acts.retire": EACH_CASE,
    "case_acts.supersede": EACH_CASE,
    "case_acts.unpublish": EACH_CASE,
    "case_acts.reinstate": EACH_CASE,
    "case_acts.remark": EACH_CASE,
    "discussions.hide": EACH_POST,
    "lessons.show": tuple({"identifier": case, "key": key} for case in CASES for key in ("d1", "s1", "b1")),
    "tags.index": tuple({"scheme": scheme.value} for scheme in Scheme),
    "tags.show": EACH_TAG,
    "tags.history": EACH_TAG,
    "tags.propose": ({"scheme": "tag"},),
    "tag_acts.create": ({"scheme": "tag"},),
    **dict.fromkeys(TAG_ACTS, EACH_TAG),
    "tag_acts.take_back": tuple({**each, "number": 2} for each in EACH_TAG),
    "events.index": NONE,
    "events.show": ({"identifier": "event"},),
    "resources.index": NONE,
    "resources.show": ({"identifier": "resource"},),
    "documents.choose": NONE,
    "documents.template": NONE,
    "practices.index": ({}, {"status": "retired"}, {"strength": "single-case"}),
    "practices.show": EACH_PRACTICE,
    "practices.history": EACH_PRACTICE,
    "practices.revision": tuple({**each, "number": 1} for each in EACH_PRACTICE),
    "practices.create": tuple({"from": f"{case}/s1"} for case in CASES),
    "practices.edit": EACH_PRACTICE,
    "practices.retire": EACH_PRACTICE,
    "practices.reinstate": EACH_PRACTICE,
    "practices.remark": EACH_PRACTICE,
    "applications.index": NONE,
    "applications.of_practice": EACH_PRACTICE,
    "applications.of_solution": EACH_SOLUTION,
    "applications.correct": EACH_APPLICATION,
    "submissions.new": NONE,
    "submissions.begin": NONE,
    "submissions.show": EACH_SUBMISSION,
    "submissions.edit": EACH_SUBMISSION,
    "submissions.receipt": EACH_SUBMISSION,
    "writing.index": EACH_SUBMISSION,
    "writing.show": EACH_PART,
    "writing.check": EACH_SUBMISSION,
    "writing.bring_up": EACH_SUBMISSION,
    "changes.change": EACH_CASE_TO_WRITE,
    "changes.add_lesson": EACH_CASE_TO_WRITE,
    "review.index": ({}, {"for": "unclaimed"}),
    "vain_searches.index": NONE,
    "vain_searches.deal_with": ({"mark": "none"},),
    "inbox.index": ({}, {"show": "unread"}),
    "inbox.settings": NONE,
    "still_true.index": NONE,
    "still_true.confirm": EACH_CASE,
    "mail.index": NONE,
    "help.index": NONE,
    "account.sign_in": NONE,
    "account.code": NONE,
    "account.set_up": NONE,
    "account.link": ({"token": "none"},),
    "accounts_admin.index": NONE,
    "accounts_admin.invite": NONE,
    "accounts_admin.show": ({"identifier": "vera"},),
    "organisations.index": NONE,
    "organisations.rename": ({"identifier": "none"},),
    "audit.index": ({}, {"subject": "case-study/red"}),
    "profile.index": NONE,
    "profile.password": NONE,
    "second_factor.set_up": NONE,
    "second_factor.renew_codes": NONE,
    "second_factor.remove": NONE,
}
"""Every page, with the addresses under which it is asked for."""
FOR_WHO_HAS_THE_ADDRESS = frozenset({"feeds.show"})
"""What is told to anybody with an address that nobody guesses: `test_feeds` says what."""
WITHOUT_RECORDS = frozenset({"static", "bootstrap.static", "health", "favicon"})
ABOUT_ACCOUNTS = frozenset(
    {
        "accounts_admin.index", "accounts_admin.invite", "accounts_admin.show", "audit.index", "organisations.index",
        "organisations.rename", "profile.index", "mail.index", "inbox.settings",
    }
)  # fmt: skip
"""Pages that name accounts and organisations by their purpose; they show no record."""
POST: dict[str, Parameters] = {
    "case_acts.retag": EACH_CASE,
    "case_acts.retire": EACH_CASE,
    "case_acts.supersede": EACH_CASE,
    "case_acts.unpublish": EACH_CASE,
    "case_acts.reinstate": EACH_CASE,
    "case_acts.remark": EACH_CASE,
    "discussions.ask": tuple({"identifier": case, "key": "d1"} for case in CASES),
    "discussions.answer": EACH_POST,
    "discussions.withdraw": EACH_POST,
    "discussions.hide": EACH_POST,
    "still_true.confirm": EACH_CASE,
    "writing.save": EACH_PART,
    "writing.bring_up": EACH_SUBMISSION,
    "submissions.submit": EACH_SUBMISSION,
    "submissions.withdraw": EACH_SUBMISSION,
    "changes.begin": EACH_CASE_TO_WRITE,
    "changes.create_lesson": EACH_CASE_TO_WRITE,
    "changes.restore": tuple({"case": case, "number": 1} for case in CASES),
    "review.take": EACH_SUBMISSION,
    "review.give_back": EACH_SUBMISSION,
    "review.hand_over": EACH_SUBMISSION,
    "review.ask": EACH_SUBMISSION,
    "review.override": EACH_SUBMISSION,
    "review_comments.add": EACH_SUBMISSION,
    "review_comments.answer": EACH_COMMENT,
    "review_comments.resolve": EACH_COMMENT,
    "review_comments.reopen": EACH_COMMENT,
    "review_comments.add_author": EACH_SUBMISSION,
    "review_comments.remove_author": EACH_SUBMISSION,
    "review.publish": EACH_SUBMISSION,
    "review.request_changes": EACH_SUBMISSION,
    "review.decline": EACH_SUBMISSION,
    "practices.edit": EACH_PRACTICE,
    "practices.endorse": EACH_PRACTICE,
    "practices.retire": EACH_PRACTICE,
    "practices.reinstate": EACH_PRACTICE,
    "practices.remark": EACH_PRACTICE,
    "applications.of_practice": EACH_PRACTICE,
    "applications.of_solution": EACH_SOLUTION,
    "applications.correct": EACH_APPLICATION[::2],
    "applications.withdraw": EACH_APPLICATION[::2],
    **dict.fromkeys(TAG_ACTS, EACH_TAG[:1]),
    "tag_acts.take_back": tuple({**each, "number": 2} for each in EACH_TAG[:1]),
}
"""Everything that changes a record; sent by who may not see it."""
POST_OF_ONES_OWN = frozenset(
    {
        "saved.see", "saved.rename", "saved.make_feed", "saved.act", "inbox.read", "inbox.read_all", "inbox.settings",
    }
)  # fmt: skip
"""Everything that changes what an account keeps for itself."""
POST_WITHOUT_RECORDS = frozenset(
    {
        "documents.draft", "documents.read", "tags.propose", "tag_acts.create", "practices.create", "submissions.create", "submissions.look_through", "saved.create",
        "account.sign_in", "account.code", "account.set_up", "account.sign_out",
        "account.link", "accounts_admin.invite", "accounts_admin.reset", "accounts_admin.act", "accounts_admin.show",
        "accounts_admin.reset_second_factor", "accounts_admin.end_session", "organisations.rename", "profile.index",
        "profile.password", "profile.end_session", "profile.end_other_sessions", "second_factor.set_up",
        "second_factor.renew_codes", "second_factor.remove", "vain_searches.deal_with", "vain_searches.forget",
    }
)  # fmt: skip
WORD_OF = {"opened": "zzafterwards"} | {
    name: f"zz{name}" for name in (*CASES, *SUBMISSIONS, *PRACTICES, *APPLICATIONS) if name != "opened"
}
"""The word that stands for being allowed to see each record at all."""
FORM = {
    "lesson": "d1",
    "add": "preserve-first",
    "reason": "x",
    "by": "green",
    "marking": "CLEAR",
    "comment": "x",
    "revision": "1",
    "to": "carla",
    "text": "x",
}
SAYS_NOTHING = re.compile(
    r"<option.*?</option>|<datalist.*?</datalist>|<option[^>]*>|name=.csrf_token.[^>]*", re.DOTALL
)
"""Lists of all countries to choose from, and what differs from one answer to the next."""


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    home: Path = tmp_path_factory.mktemp("audience")
    settings = Settings.read({"KB_HOME": str(home), "KB_URL": "http://localhost"})
    make_home(settings)
    kb = services(
        settings,
        Outside(
            clock=FakeClock(), randomness=SystemRandomness(), hasher=PlainHasher(), chores=ChoresWithoutMail
        ),
    )
    application = create_app(settings, kb)
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
            assert answer.status_code == 404 or endpoint.startswith("tag_acts."), (
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
    assert f">{total} results in {len(live)} cases<" in browser.get("/search").text
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
