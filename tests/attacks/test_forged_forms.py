"""A form of another site does nothing, with or without a right token; and a form of this one does nothing without it."""

from __future__ import annotations

from itertools import product

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kb.bootstrap import Services
from kb.domain.account import OPERATOR, Account, Role
from tests.attacks.conftest import StillAnswers
from tests.web.conftest import SignIn, csrf_token
from tests.web.routes import NOTHING, addresses

SITES = (None, "same-origin", "none", "same-site", "cross-site", "")
ORIGINS = (
    None, "http://localhost", "http://127.0.0.1", "null", "https://localhost", "http://localhost:81",
    "http://localhost.evil.example", "http://localhost@evil.example", "http://LOCALHOST",
)  # fmt: skip
TOKENS = ("right", "missing", "of another session", "twice")
BELIEVED_SITES = {None, "same-origin", "none"}
BELIEVED_ORIGINS = {None, "http://localhost", "http://127.0.0.1"}
"""Both names of this machine; the tests are served on loopback."""
NAME = "Forged Name"


def headers_of(site: str | None, origin: str | None) -> dict[str, str]:
    given = {"Sec-Fetch-Site": site, "Origin": origin}
    return {name: value for name, value in given.items() if value is not None}


def tokens_of(client: FlaskClient, other: FlaskClient) -> dict[str, list[str]]:
    right = csrf_token(client, "/profile")
    return {
        "right": [right],
        "missing": [],
        "of another session": [csrf_token(other, "/profile")],
        "twice": ["wrong", right],
    }


def test_only_a_form_of_this_site_and_of_this_session_does_anything(
    client_as: SignIn, kb_services: Services, accounts: dict[Role, Account], still_answers: StillAnswers
) -> None:
    """ASVS 5.0 3.5.1 and 3.5.2, as a table: what the browser says of the site, the origin, and the token."""
    client = client_as(Role.PRESENTER)
    tokens = tokens_of(client, client_as(Role.PRESENTER))

    for place, (site, origin, token) in enumerate(product(SITES, ORIGINS, TOKENS)):
        data = {"name": f"Forged {place}", "language": "en", "csrf_token": tokens[token]}
        answer = client.post("/profile", data=data, headers=headers_of(site, origin))

        own = site in BELIEVED_SITES and origin in BELIEVED_ORIGINS
        expected = 403 if not own else 302 if token == "right" else 400
        known = kb_services.accounts.get(OPERATOR, accounts[Role.PRESENTER].id)
        assert answer.status_code == expected, (site, origin, token)
        assert (known.name == data["name"]) is (expected == 302), (site, origin, token)
    still_answers()


def test_every_route_that_changes_anything_asks_for_the_token(
    app: Flask, client: FlaskClient, client_as: SignIn
) -> None:
    """Walked, so that no new route forgets it; visitors' routes too."""
    browsers = {
        "visitor": client,
        "coordinator": client_as(Role.COORDINATOR),
        "administrator": client_as(Role.ADMINISTRATOR),
    }
    visitors = {"account.sign_in", "account.sign_in_again", "account.link"}

    for who, browser in browsers.items():
        for address in addresses(app, "POST", NOTHING):
            refused = {400} if who != "visitor" or address.endpoint in visitors else {400, 401}
            forged = browser.post(address.path, headers={"Origin": "http://evil.example"})
            bare = browser.post(address.path)
            assert (forged.status_code, bare.status_code in refused) == (403, True), (who, address.path)


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_nothing_is_changed_by_a_link(app: Flask, client_as: SignIn, method: str) -> None:
    """ASVS 5.0 3.5.3: routes that change something answer no safe method with the change; signing out is a form."""
    client = client_as(Role.PRESENTER)
    only_forms = {address.path for address in addresses(app, "POST", NOTHING)} - {
        address.path for address in addresses(app, "GET", NOTHING)
    }

    for path in sorted(only_forms):
        status = client.open(path, method=method).status_code
        assert status in ({200} if method == "OPTIONS" else {404, 405}), path
    assert client.get("/profile").status_code == 200


@pytest.mark.parametrize(
    "kind", ["application/json", "text/plain", "application/x-www-form-urlencoded; charset=utf-7"]
)
def test_a_body_of_another_kind_is_no_form(client_as: SignIn, kind: str) -> None:
    client = client_as(Role.PRESENTER)
    token = csrf_token(client, "/profile")
    body = f'{{"name": "{NAME}", "language": "en", "csrf_token": "{token}"}}'

    assert client.post("/profile", data=body, content_type=kind).status_code == 400
    assert NAME not in client.get("/profile").text
