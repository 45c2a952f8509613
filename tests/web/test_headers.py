"""What browsers are told with every answer, and which cookies they get."""

from __future__ import annotations

import re

import pytest
from flask import Flask, request
from flask.testing import FlaskClient

from kb.bootstrap import Outside, Services, make_home, services
from kb.config import Settings
from kb.domain.account import Role
from kb.web.app import create_app
from tests.fakes.clock import FakeClock
from tests.fakes.hasher import PlainHasher
from tests.web.conftest import SignIn

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


@pytest.mark.parametrize("path", ["/sign-in", "/profile", "/healthz", "/favicon.ico", "/link/none"])
def test_every_answer_carries_the_policy(client: FlaskClient, path: str) -> None:
    headers = client.get(path, buffered=True).headers

    assert headers["Content-Security-Policy"] == POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


def test_pages_are_kept_by_nobody(client: FlaskClient, client_as: SignIn) -> None:
    for answer in (client.get("/sign-in"), client_as(Role.PRESENTER).get("/profile"), client.get("/nothing")):
        assert answer.headers["Cache-Control"] == "no-store"


def test_static_files_are_kept_for_good_under_an_address_that_changes_with_them(client: FlaskClient) -> None:
    path = re.search(r'href="(/static/[0-9a-f]{12}/css/main.css)"', client.get("/sign-in").text)
    assert path

    first = client.get(path[1], buffered=True)
    again = client.get(path[1], buffered=True, headers={"If-None-Match": first.headers["ETag"]})

    assert first.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert again.status_code == 304


def test_an_address_of_static_files_that_is_not_todays_is_not_kept(client: FlaskClient) -> None:
    answer = client.get("/static/000000000000/css/main.css")

    assert answer.status_code == 302
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_favicon_exists_where_browsers_look_first(client: FlaskClient) -> None:
    answer = client.get("/favicon.ico", buffered=True)

    assert (answer.status_code, answer.mimetype) == (200, "image/svg+xml")


@pytest.mark.parametrize(
    "path",
    ["/profile", "/profile/password", "/admin/accounts", "/admin/accounts/invite", "/admin/audit", "/none"],
)
def test_no_page_has_anything_inline_or_from_elsewhere(client_as: SignIn, path: str) -> None:
    page = client_as(Role.ADMINISTRATOR).get(path).text

    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", page)
    assert all(re.search(r'\ssrc="/', tag) for tag in re.findall(r"<script[^>]*>", page))
    assert not re.search(r'(src|href)="(https?:)?//', page)


def test_what_a_page_links_exists(client: FlaskClient) -> None:
    page = client.get("/sign-in").text

    linked = re.findall(r'<(?:link|script)[^>]*(?:href|src)="([^"]+)"', page)
    assert len(linked) >= 4
    for path in linked:
        assert client.get(path, buffered=True).status_code == 200, path


@pytest.fixture
def behind_tls(settings: Settings, clock: FakeClock) -> Flask:
    make_home(settings)
    secure = Settings.read(
        {"KB_HOME": str(settings.home), "KB_URL": "https://casebook.example.org", "KB_TRUSTED_PROXIES": "1"}
    )
    made: Services = services(secure, Outside(clock=clock, hasher=PlainHasher()))
    return create_app(secure, made)


def test_behind_tls_cookies_are_bound_to_the_host_and_browsers_stay_on_tls(behind_tls: Flask) -> None:
    answer = behind_tls.test_client().get("/sign-in", base_url="https://casebook.example.org")

    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-casebook=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= {part.strip() for part in cookie.split(";")}
    assert "Domain" not in cookie
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"


def test_on_this_machine_alone_no_browser_is_bound_to_tls(client: FlaskClient) -> None:
    answer = client.get("/sign-in")

    assert "Strict-Transport-Security" not in answer.headers
    assert answer.headers["Set-Cookie"].startswith("casebook=")
    assert "Secure" not in answer.headers["Set-Cookie"]


def test_exactly_as_many_proxies_are_believed_as_there_are(behind_tls: Flask) -> None:
    seen: list[str | None] = []
    behind_tls.before_request_funcs[None].insert(0, lambda: seen.append(request.remote_addr))
    headers = {"X-Forwarded-For": "6.6.6.6, 10.0.0.7", "X-Forwarded-Proto": "https"}

    behind_tls.test_client().get("/healthz", base_url="http://casebook.example.org", headers=headers)

    assert seen == ["10.0.0.7"]


def test_without_proxies_no_forwarded_header_is_believed(app: Flask) -> None:
    answer = app.test_client().get("/sign-in", headers={"X-Forwarded-Host": "evil.example"})

    assert answer.status_code == 200
