"""The inbox in the browser: told, counted, led on, read, and mailed as its owner wishes."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kb.bootstrap import Services
from kb.config import Settings
from kb.domain.account import OPERATOR, Account, Role
from kb.domain.notice import MailMode, Told, Wishes
from kb.services.letters import IN_VAIN, INBOX, SAVED, STILL_TRUE, WISHES
from tests.samples import a_case
from tests.web.conftest import SignIn, csrf_token
from tests.web.desk import publish

Accounts = dict[Role, Account]
BADGE = re.compile(r'href="/inbox">Inbox <span class="new-count">([^<]*)<')


@pytest.fixture
def submitted(kb_services: Services, accounts: Accounts) -> str:
    author = accounts[Role.PRESENTER]
    draft = kb_services.submissions.create(author, a_case())
    kb_services.submissions.submit(author, draft.id, draft.revision)
    return draft.id


def badge(client: FlaskClient) -> list[str]:
    return BADGE.findall(client.get("/").text)


def test_who_was_told_nothing_is_told_what_would_stand_here(client_as: SignIn) -> None:
    client = client_as(Role.INVESTIGATOR)

    assert "Nothing yet" in client.get("/inbox").text
    assert "Nothing unread" in client.get("/inbox?show=unread").text
    assert badge(client) == []


def test_a_notice_is_counted_on_every_page_leads_to_its_subject_and_is_read_by_a_click(
    client_as: SignIn, submitted: str
) -> None:
    client = client_as(Role.COORDINATOR)
    assert badge(client) == ["1"]

    page = client.get("/inbox").text
    assert f'href="/submissions/{submitted}">Seven days<' in page
    assert "Submitted for review" in page
    assert "waits for you" in page
    (key,) = re.findall(r'name="notice" value="([^"]+)"', page)
    sent = {"csrf_token": csrf_token(client, "/inbox"), "notice": key}

    assert client.post("/inbox/read", data=sent, follow_redirects=True).status_code == 200

    assert badge(client) == []
    assert "Seven days" in client.get("/inbox").text
    assert "Nothing unread" in client.get("/inbox?show=unread").text


def test_everything_is_read_at_once(client_as: SignIn, submitted: str) -> None:
    client = client_as(Role.COORDINATOR)
    page = client.get("/inbox").text
    until = re.findall(r'name="until"[^>]*value="(\d+)"', page)[0]

    answer = client.post(
        "/inbox/read-all",
        data={"csrf_token": csrf_token(client, "/inbox"), "until": until},
        follow_redirects=True,
    )

    assert "All of it counts as read." in answer.text
    assert badge(client) == []


def test_what_is_mailed_is_chosen_on_a_page(
    client_as: SignIn, kb_services: Services, accounts: Accounts
) -> None:
    client = client_as(Role.PRESENTER)
    page = client.get("/inbox/settings").text
    assert page.count("checked") == len(Told) + 1

    sent = {
        "csrf_token": csrf_token(client, "/inbox/settings"),
        "mail": "daily",
        "acts": ["taken", "published"],
    }
    answer = client.post("/inbox/settings", data=sent, follow_redirects=True)

    assert "Kept." in answer.text
    kept = kb_services.inbox.wishes(accounts[Role.PRESENTER])
    assert kept == Wishes(mail=MailMode.DAILY, unmailed=frozenset(Told) - {Told.TAKEN, Told.PUBLISHED})
    assert client.post("/inbox/settings", data={**sent, "mail": "by-pigeon"}).status_code == 422


def test_an_administrator_has_no_inbox_and_sees_whom_mail_does_not_reach(client_as: SignIn) -> None:
    client = client_as(Role.ADMINISTRATOR)

    assert "/inbox" not in client.get("/admin/accounts").text
    assert client.get("/inbox").status_code == 403
    assert "Nobody was missed" in client.get("/admin/mail").text
    assert client_as(Role.COORDINATOR).get("/admin/mail").status_code == 403


def test_whom_mail_does_not_reach_is_told_without_how_much_waits(
    client_as: SignIn, kb_services: Services, submitted: str, settings: Settings
) -> None:
    settings.outbox.write_text("no folder", encoding="ascii")
    kb_services.digests.run(OPERATOR)

    page = client_as(Role.ADMINISTRATOR).get("/admin/mail").text

    assert "coordinator@" in page
    assert "The outbox cannot be written" in page
    assert "Seven days" not in page


def test_every_place_that_a_letter_names_is_one_of_ours(app: Flask, client_as: SignIn) -> None:
    adapter = app.url_map.bind("localhost")
    endpoints = {adapter.match(path)[0] for path in (INBOX, WISHES, STILL_TRUE, SAVED, IN_VAIN)}
    assert endpoints == {
        "inbox.index",
        "inbox.settings",
        "still_true.index",
        "saved.index",
        "vain_searches.index",
    }


def test_the_link_in_a_mail_opens_what_it_is_about(
    client_as: SignIn, kb_services: Services, accounts: Accounts
) -> None:
    case = publish(kb_services, accounts)
    kb_services.discussions.ask(accounts[Role.INVESTIGATOR], case, "logs", "How long did it take?")

    letters = kb_services.digests.run(OPERATOR, dry_run=True).letters

    author = accounts[Role.PRESENTER]
    text = next(each.text for each in letters if each.to == author.email)
    paths = re.findall(r"http://localhost(/[^\s]+)", text)
    assert f"/cases/{case}/lessons/logs" in paths
    assert {client_as(Role.PRESENTER).get(path).status_code for path in paths} == {200}
    page = client_as(Role.PRESENTER).get("/inbox").text
    assert f'href="/cases/{case}/lessons/logs"' in page
