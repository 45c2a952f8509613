"""A sign-in never leads to another site, however its address is written."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import quote, urljoin, urlsplit

import pytest
from flask import Flask

from kb.domain.account import Role
from kb.services.demo import DemoAccount
from kb.web.security import local_path
from tests.web.conftest import SignIn, csrf_token

EVIL = "evil.example"
NEXT = (
    f"http://{EVIL}", f"https://{EVIL}/", f"HTTPS://{EVIL}", f"//{EVIL}", f"///{EVIL}", f"////{EVIL}", f"/\\{EVIL}",
    f"\\\\{EVIL}", f"\\/{EVIL}", f"/\\/{EVIL}", f"//\\{EVIL}", f"\\{EVIL}", f"/\t/{EVIL}", f"\t//{EVIL}", f"/\n/{EVIL}",
    f"\r\n//{EVIL}", f" //{EVIL}", f"\x00//{EVIL}", f"/\x00/{EVIL}", f"\u00a0//{EVIL}", f"/\u2028/{EVIL}", f"/\u200b/{EVIL}",
    f"http:{EVIL}", f"http:/{EVIL}", f"http:///{EVIL}", f"https:\\\\{EVIL}", f"javascript:alert(1)//{EVIL}", "javascript:alert(1)",
    "JaVaScRiPt:alert(1)", "java\nscript:alert(1)", "data:text/html,<script>alert(1)</script>", "vbscript:x", "file:///etc/passwd",
    f"//user@{EVIL}", f"//localhost@{EVIL}", f"http://localhost@{EVIL}", f"http://localhost.{EVIL}", f"http://localhost%2f@{EVIL}",
    f"//{EVIL}%2f..", f"/%2f/{EVIL}", f"/%5c{EVIL}", f"%2f%2f{EVIL}", f"/%09/{EVIL}", f"/.//{EVIL}", f"/..//{EVIL}", f"/./\\{EVIL}",
    f"{EVIL}", f".{EVIL}", f"@{EVIL}", f":@{EVIL}", f"?next=//{EVIL}", f"#//{EVIL}", f"//[::1]@{EVIL}", "//[", "http://[", f"//{EVIL}:80",
    f"／／{EVIL}", f"/／{EVIL}", f"。{EVIL}", f"//{EVIL}\\@localhost", f"/\\\t{EVIL}", f"/;//{EVIL}", f"/\x7f/{EVIL}", f"http://localhost:80//{EVIL}/",
    "/sign-out", "x" * 5000, "/" + "x" * 5000,
)  # fmt: skip
"""Ways of naming another site, as browsers, proxies and parsers have been fooled by; and of breaking the parser."""


def lands_on(location: str) -> tuple[str, str]:
    """Give scheme and host where a browser goes: it drops tabs and line breaks, and reads backslashes as slashes."""
    seen = re.sub("[\t\r\n]", "", location.strip("\x00\x01\x1f ")).replace("\\", "/")
    parts = urlsplit(urljoin("http://localhost/sign-in", seen))
    return parts.scheme, parts.netloc


def test_there_are_at_least_forty_forms() -> None:
    assert len(set(NEXT)) >= 40


@pytest.mark.parametrize("wanted", NEXT)
def test_a_path_is_local_or_the_first_page(wanted: str) -> None:
    assert lands_on(local_path(wanted)) == ("http", "localhost")


def test_whoever_is_signed_in_goes_on_within_this_site(client_as: SignIn) -> None:
    """ASVS 5.0 V3.7 and V14.2: no redirect to a site that the address names."""
    client = client_as(Role.INVESTIGATOR)

    for wanted in NEXT:
        answer = client.get(f"/sign-in?next={quote(wanted)}")
        assert answer.status_code == 302
        assert lands_on(answer.headers["Location"]) == ("http", "localhost"), wanted
    assert client.get("/cases").status_code == 200


def test_a_sign_in_leads_on_within_this_site(app: Flask, people: dict[Role, DemoAccount]) -> None:
    demo = people[Role.INVESTIGATOR]
    words = {"email": demo.account.email, "password": demo.password}

    for wanted in NEXT:
        browser = app.test_client()
        token = csrf_token(browser, f"/sign-in?next={quote(wanted)}")
        answer = browser.post("/sign-in", data=words | {"next": wanted, "csrf_token": token})
        assert answer.status_code == 302, wanted
        assert lands_on(answer.headers["Location"]) == ("http", "localhost"), wanted


def test_what_was_being_written_is_sent_on_within_this_site(
    app: Flask, people: dict[Role, DemoAccount]
) -> None:
    demo = people[Role.INVESTIGATOR]
    words = {"email": demo.account.email, "password": demo.password, "kept.name": "typed"}

    for wanted in NEXT:
        browser = app.test_client()
        token = csrf_token(browser, "/sign-in")
        page = browser.post(
            "/sign-in/again", data=words | {"action": wanted, "csrf_token": token}, follow_redirects=True
        ).text
        main = page.partition("<main")[2]
        actions = re.findall(r'<form[^>]* action="([^"]*)"', main)
        assert actions, wanted
        assert {lands_on(unescape(action)) for action in actions} == {("http", "localhost")}, wanted
