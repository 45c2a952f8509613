"""What browsers are told with every answer, and which cookies they get."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from flask import Flask, request
from flask.testing import FlaskClient
from jinja2 import FileSystemBytecodeCache
from werkzeug.test import TestResponse

from kb.bootstrap import Outside, Services, services
from kb.config import Settings
from kb.domain.account import Role
from kb.web.app import create_app
from kb.web.headers import MOST_BYTES
from tests.fakes.chores import ChoresWithoutMail
from tests.fakes.clock import FakeClock
from tests.fakes.hasher import PlainHasher
from tests.web.conftest import SignIn
from tests.web.routes import NOTHING, addresses

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


METHODS = ("GET", "OPTIONS", "POST", "DELETE", "PROPFIND")
EXPECTED = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
UNWANTED = ("Access-Control-Allow-Origin", "Server", "X-Powered-By", "Date")
"""No other site reads us; what the server is, and when it answered, the server says by itself or not at all."""


@pytest.fixture
def app(own_app: Flask) -> Flask:
    """One adds a page that fails."""
    return own_app


def lacking(answer: TestResponse) -> list[str]:
    """Give what the headers of an answer lack or have too much."""
    headers = answer.headers
    wrong = [name for name, value in EXPECTED.items() if headers.getlist(name) != [value]]
    wrong += [name for name in UNWANTED if name in headers]
    wrong += [] if "camera=()" in headers.get("Permissions-Policy", "") else ["Permissions-Policy"]
    wrong += [] if headers.getlist("Cache-Control") in KEEPING else ["Cache-Control"]
    typed = (answer.mimetype or "").startswith("text/") and "charset=utf-8" not in headers.get(
        "Content-Type", ""
    ).lower()
    return [*wrong, "Content-Type"] if typed else wrong


KEEPING = [["no-store"], ["no-cache"], ["private, no-cache"], ["public, max-age=31536000, immutable"]]


@pytest.mark.parametrize("role", [None, Role.COORDINATOR, Role.ADMINISTRATOR])
def test_every_route_carries_the_headers_whatever_the_method(
    app: Flask, client: FlaskClient, client_as: SignIn, role: Role | None
) -> None:
    """ASVS 5.0 V3.4 (headers) and 4.1.1 (types): every rule of the map, every method, errors too."""
    browser = client_as(role) if role else client
    paths = {address.path for method in ("GET", "POST") for address in addresses(app, method, NOTHING)}
    paths -= {"/sign-out"}

    wrong = {
        f"{method} {path}": found
        for path in sorted(paths)
        for method in METHODS
        if (found := lacking(browser.open(path, method=method, buffered=True)))
    }

    assert len(paths) > 50
    assert not wrong


def test_errors_carry_the_headers_too(app: Flask, client_as: SignIn) -> None:
    def fault() -> str:
        raise RuntimeError

    app.add_url_rule("/fault", "fault", fault)
    app.testing = False
    client = client_as(Role.INVESTIGATOR)
    answers = {
        200: client.get("/search"),
        308: client.get("/cases/nothing"),
        400: client.get("/sign-in", headers={"Host": "evil.example"}),
        403: client.post("/profile", headers={"Origin": "https://evil.example"}),
        404: client.get("/nothing"),
        405: client.get("/sign-out"),
        413: client.post("/profile", data={"x": "x" * MOST_BYTES}),
        500: client.get("/fault"),
    }

    for status, answer in answers.items():
        assert (answer.status_code, lacking(answer)) == (status, [])


def test_no_page_that_was_for_one_account_is_kept_by_anybody(app: Flask, client_as: SignIn) -> None:
    """ASVS 5.0 14.3.2: but for static files and feeds, which say so, nothing is stored."""
    client = client_as(Role.COORDINATOR)
    kept = {"static", "bootstrap.static", "favicon", "feeds.show"}

    for address in addresses(app, "GET", NOTHING):
        if address.endpoint not in kept:
            assert client.get(address.path, buffered=True).headers["Cache-Control"] == "no-store", (
                address.path
            )


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
def behind_tls(
    settings: Settings, clock: FakeClock, new_home: Path, compiled_templates: FileSystemBytecodeCache
) -> Flask:
    shutil.copytree(new_home, settings.home)
    secure = Settings.read(
        {"KB_HOME": str(settings.home), "KB_URL": "https://casebook.example.org", "KB_TRUSTED_PROXIES": "1"}
    )
    made: Services = services(secure, Outside(clock=clock, hasher=PlainHasher(), chores=ChoresWithoutMail))
    application = create_app(secure, made)
    application.jinja_env.bytecode_cache = compiled_templates
    return application


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


@pytest.mark.parametrize(
    "claimed",
    [
        "10.0.0.7",
        "6.6.6.6, 10.0.0.7",
        "127.0.0.1, 6.6.6.6, 10.0.0.7",
        "10.0.0.7, 10.0.0.7",
        "unknown, 10.0.0.7",
        ", 10.0.0.7",
    ],
)
def test_exactly_as_many_proxies_are_believed_as_there_are(behind_tls: Flask, claimed: str) -> None:
    """Whatever a client wrote before the last entry, which the proxy made itself, is nobody's address."""
    seen: list[str | None] = []
    behind_tls.before_request_funcs[None].insert(0, lambda: seen.append(request.remote_addr))
    headers = {"X-Forwarded-For": claimed, "X-Forwarded-Proto": "https"}

    behind_tls.test_client().get("/healthz", base_url="http://casebook.example.org", headers=headers)

    assert seen == ["10.0.0.7"]


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Forwarded-Host": "evil.example"},
        {"X-Forwarded-Host": "casebook.example.org, evil.example"},
        {"Host": "evil.example"},
    ],
)
def test_behind_a_proxy_too_the_server_goes_by_its_own_name_only(
    behind_tls: Flask, headers: dict[str, str]
) -> None:
    answer = behind_tls.test_client().get(
        "/sign-in", base_url="https://casebook.example.org", headers=headers
    )

    assert answer.status_code == 400
    assert "evil.example" not in answer.text


@pytest.mark.parametrize(
    "header",
    ["X-Forwarded-Prefix", "X-Forwarded-Port", "Forwarded", "X-Original-URL", "X-HTTP-Method-Override"],
)
def test_no_other_header_changes_what_is_asked(behind_tls: Flask, header: str) -> None:
    browser = behind_tls.test_client()
    plain, changed = (
        browser.get("/sign-in", base_url="https://casebook.example.org", headers=headers)
        for headers in ({}, {header: "/evil"})
    )

    assert (changed.status_code, "/evil" in changed.text) == (plain.status_code, False)


def test_without_proxies_no_forwarded_header_is_believed(app: Flask) -> None:
    answer = app.test_client().get("/sign-in", headers={"X-Forwarded-Host": "evil.example"})

    assert answer.status_code == 200
