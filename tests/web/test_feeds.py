"""Feeds as a feed reader meets them: valid Atom, no session, and nothing but titles that every officer may read."""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple
from xml.etree.ElementTree import Element, fromstring

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kb.bootstrap import Services
from kb.config import Settings
from kb.domain.account import OPERATOR, Account, Role
from kb.domain.errors import SearchUnavailable
from kb.domain.query import SearchPage, SearchQuery, SearchRequest
from kb.domain.record import Origin
from kb.domain.saved_search import SavedSearch
from kb.services.feeds import Feed, FeedEntry
from kb.web.atom import atom
from tests.fakes.clock import NOON, FakeClock
from tests.samples import LESSONS, a_case
from tests.web.conftest import SignIn, csrf_token
from tests.web.desk import Accounts, publish
from tests.web.hidden import EVERY_OFFICER, MAY_READ, PEOPLE, hire, let_follow
from tests.web.hidden_records import fill
from tests.web.reading import Page
from tests.web.shelf import Shelf

ATOM = {"a": "http://www.w3.org/2005/Atom"}
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
HOSTILE = "]]> <script>alert(1)</script> & \"quotes\" 'single' &lt; \u202e <![CDATA[ <?php ?> -- \U0001f600"


class Read(NamedTuple):
    """A feed as a reader takes it apart."""

    root: Element

    def text(self, path: str) -> str:
        return self.root.findtext(path, "", ATOM)

    def texts(self, path: str) -> list[str]:
        return [each.text or "" for each in self.root.findall(path, ATOM)]

    def links(self, path: str) -> list[str]:
        return [each.attrib["href"] for each in self.root.findall(path, ATOM)]


UNSEARCHED = {"zzaskedquiet", "zzreused"}
"""Of a question and an application: search, and so a feed, tells of neither."""


@pytest.fixture
def account(accounts: Accounts) -> Account:
    return accounts[Role.INVESTIGATOR]


@pytest.fixture
def saved(kb_services: Services, account: Account, clock: FakeClock) -> SavedSearch:
    kept = kb_services.saved_searches.save(account, SearchRequest(text="logs", exact=True))
    clock.tick()
    return kept


@pytest.fixture
def address(kb_services: Services, account: Account, saved: SavedSearch) -> str:
    return f"/feed?key={kb_services.feeds.make(account, saved.id)}"


def read(client: FlaskClient, address: str) -> Read:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    return Read(fromstring(answer.data))


def test_a_feed_is_valid_atom(
    client: FlaskClient, address: str, shelf: Shelf, kb_services: Services, accounts: Accounts
) -> None:
    shelf.fill()
    case = publish(kb_services, accounts, title="Late logs", lessons=LESSONS[:1])

    feed = read(client, address)

    assert feed.root.tag == f"{{{ATOM['a']}}}feed"
    assert feed.root.attrib[LANGUAGE] == "en"
    assert feed.text("a:title") == "Casebook: logs"
    assert feed.text("a:author/a:name") == "Casebook"
    assert feed.links("a:link[@rel='self']") == [f"http://localhost{address}"]
    assert feed.links("a:entry/a:link[@rel='alternate']") == [
        f"http://localhost/cases/{case}/late-logs",
        f"http://localhost/cases/{case}/lessons/logs",
        "http://localhost/cases/seven/lessons/logs",
    ]
    assert feed.texts("a:entry/a:title") == ["Late logs", *["Logs were gone"] * 2]
    assert feed.texts("a:entry/a:updated") == [*["2026-09-01T12:01:00Z"] * 2, "2026-09-01T12:00:00Z"]
    assert feed.text("a:updated") == "2026-09-01T12:01:00Z"


def test_every_element_that_atom_requires_stands_once_and_no_content_does(
    client: FlaskClient, address: str, shelf: Shelf
) -> None:
    shelf.fill()
    root = read(client, address).root
    entries = root.findall("a:entry", ATOM)
    assert entries
    for element in (root, *entries):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"a:{name}", ATOM)) == 1, name
    known = {"id", "title", "updated", "author", "name", "link", "entry", "feed"}
    assert {each.tag.rpartition("}")[2] for each in root.iter()} == known


def test_ids_stay_the_same_for_good_and_tell_nothing(
    client: FlaskClient, shelf: Shelf, kb_services: Services, account: Account, saved: SavedSearch
) -> None:
    shelf.fill()
    ids = []
    for name in ("One name", "Another name"):
        kb_services.saved_searches.rename(account, saved.id, name)
        renewed = f"/feed?key={kb_services.feeds.make(account, saved.id)}"
        ids.append(read(client, renewed).texts(".//a:id"))

    before, after = ids
    assert after == before
    assert len(set(after)) == len(after) > 1
    assert all(re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", each) for each in after)


def test_a_hostile_title_stays_text(
    client: FlaskClient, shelf: Shelf, saved: SavedSearch, address: str
) -> None:
    shelf.put("hostile", a_case(title=HOSTILE, summary="logs", lessons=()))
    shelf.follow()

    feed = read(client, address)

    assert feed.texts("a:entry/a:title") == [HOSTILE]
    assert feed.links("a:entry/a:link")[0].startswith("http://localhost/cases/hostile/")


@pytest.mark.parametrize("sign", ["\x00", "\x0b", "\x1f", "\ufffe", "\uffff", "\ud800"])
def test_what_no_xml_may_hold_is_replaced(app: Flask, sign: str) -> None:
    entry = FeedEntry(id="seven", title=f"a{sign}b", illustrative=False, updated=NOON)
    east = NOON.astimezone(dt.timezone(dt.timedelta(hours=9)))
    feed = Feed(search="one", name=f"x{sign}y", entries=(entry,), updated=east)
    with app.test_request_context():
        document = atom(feed, address="http://localhost/feed", address_of=lambda _: "/", language="en")

    told = Read(fromstring(document))

    assert told.texts(".//a:title") == ["Casebook: x\ufffdy", "a\ufffdb"]
    assert told.text("a:updated") == "2026-09-01T12:00:00Z"


def test_an_example_says_so_in_its_title(client: FlaskClient, shelf: Shelf, address: str) -> None:
    shelf.put("example", a_case(origin=Origin.ILLUSTRATIVE, lessons=LESSONS[:1]))
    shelf.follow()

    assert read(client, address).texts("a:entry/a:title") == ["[Example] Logs were gone"]


def test_an_empty_feed_is_valid_too(client: FlaskClient, address: str) -> None:
    feed = read(client, address)

    assert feed.texts("a:entry/a:id") == []
    assert feed.text("a:updated") == "2026-09-01T12:00:00Z"


def test_a_reader_that_knows_the_feed_is_told_that_nothing_changed(
    client: FlaskClient, address: str, kb_services: Services, accounts: Accounts
) -> None:
    first = client.get(address)
    known = {"If-None-Match": first.headers["ETag"]}

    again = client.get(address, headers=known)
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["Cache-Control"] == first.headers["Cache-Control"] == "private, no-cache"
    assert again.headers["ETag"] == first.headers["ETag"]

    publish(kb_services, accounts)
    changed = client.get(address, headers=known)
    assert changed.status_code == 200
    assert changed.headers["ETag"] != first.headers["ETag"]


def test_no_session_is_looked_at_or_made(
    client: FlaskClient, client_as: SignIn, address: str, clock: FakeClock
) -> None:
    """Neither by a feed nor by its errors; and a reader inside a signed-in browser keeps no session alive."""
    for asked in (address, "/feed?key=none", "/feed"):
        answer = client.get(asked)
        assert "Set-Cookie" not in answer.headers
    browser = client_as(Role.INVESTIGATOR)
    for _ in range(3):
        clock.tick(minutes=15)
        assert "Set-Cookie" not in browser.get(address).headers
    assert browser.get("/saved").status_code == 302


def test_feeds_carry_the_headers_of_every_answer(client: FlaskClient, address: str) -> None:
    headers = client.get(address).headers

    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_the_address_is_shown_once_and_can_be_renewed_and_revoked(
    client: FlaskClient, client_as: SignIn, saved: SavedSearch
) -> None:
    reader = client_as(Role.INVESTIGATOR)

    def press(step: str) -> str:
        answer = reader.post(f"/saved/{saved.id}/{step}", data={"csrf_token": csrf_token(reader, "/saved")})
        assert answer.status_code in {200, 302}
        return answer.text

    def shown(page: str) -> str:
        (found,) = re.findall(r"http://localhost(/feed\?key=[\w-]{43})<", page)
        return str(found)

    first = shown(press("feed"))
    assert client.get(first).status_code == 200
    assert first not in reader.get("/saved").text
    assert "Revoke the feed" in Page(reader.get("/saved").text).text

    second = shown(press("feed"))
    assert [client.get(each).status_code for each in (first, second)] == [404, 200]

    press("revoke")
    assert client.get(second).status_code == 404
    assert "Revoke the feed" not in Page(reader.get("/saved").text).text


def test_unknown_revoked_deleted_and_disabled_are_one_answer(
    client: FlaskClient, kb_services: Services, account: Account, saved: SavedSearch
) -> None:
    saved_searches, feeds = kb_services.saved_searches, kb_services.feeds
    deleted = saved_searches.save(account, SearchRequest(text="deleted"))
    revoked = saved_searches.save(account, SearchRequest(text="revoked"))
    keys = [feeds.make(account, each.id) for each in (deleted, revoked, saved)]
    saved_searches.delete(account, deleted.id)
    feeds.revoke(account, revoked.id)
    kb_services.accounts.disable(OPERATOR, account.id)

    answers = [client.get("/feed", query_string={"key": key}) for key in (*keys, "unknown", "")]
    answers.append(client.get("/feed"))

    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.data for answer in answers}) == 1
    assert len({str(answer.headers) for answer in answers}) == 1


def test_a_feed_comes_back_when_its_owner_does(
    client: FlaskClient, kb_services: Services, account: Account, address: str
) -> None:
    kb_services.accounts.disable(OPERATOR, account.id)
    assert client.get(address).status_code == 404

    kb_services.accounts.enable(OPERATOR, account.id)
    assert client.get(address).status_code == 200


def test_while_search_is_rebuilt_a_reader_is_told_to_come_again(
    client: FlaskClient, address: str, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.fill()

    def gone(_self: object, _query: SearchQuery) -> SearchPage:
        raise SearchUnavailable

    for question in ("search", "count"):
        monkeypatch.setattr(f"kb.adapters.search.engine.WhooshSearchEngine.{question}", gone)
    answer = client.get(address)

    assert answer.status_code == 503
    assert "Set-Cookie" not in answer.headers


def test_a_feed_tells_titles_of_what_every_officer_may_read_and_nothing_else(
    client: FlaskClient, settings: Settings, shelf: Shelf
) -> None:
    """Everybody follows everything: what each of them may read besides is not told, not even by a number."""
    hire(settings)
    fill(shelf)
    let_follow(settings)
    open_words = {word for word, readers in MAY_READ.items() if readers == EVERY_OFFICER} - UNSEARCHED
    feeds = {person: client.get("/feed", query_string={"key": f"feed-{person}"}) for person in sorted(PEOPLE)}

    assert {person for person, answer in feeds.items() if answer.status_code == 200} == EVERY_OFFICER
    assert not any(word in feeds["otto"].text for word in MAY_READ)
    told = [Read(fromstring(feeds[person].data)).texts("a:entry/a:title") for person in EVERY_OFFICER]
    assert len({tuple(titles) for titles in told}) == 1
    for person in EVERY_OFFICER:
        assert {word for word in MAY_READ if word in feeds[person].text} == open_words
        assert not re.search(r"zz\w+ (text|summary)", feeds[person].text)
