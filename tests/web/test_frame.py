"""What stands around every page: navigation for whoever may follow it, and nothing that a policy would refuse."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from kb.domain.account import Role
from kb.web.navigation import NAVIGATION
from tests.web.conftest import SignIn

EVERYDAY = {"/cases", "/practices", "/tags", "/across-borders", "/submit", "/inbox"}
READING = EVERYDAY | {"/search", "/saved"}
OWN = {"/saved", "/profile"}
LINKS: dict[Role, tuple[set[str], set[str], set[str]]] = {
    Role.INVESTIGATOR: (EVERYDAY, set(), OWN),
    Role.PRESENTER: (EVERYDAY, set(), OWN),
    Role.COORDINATOR: (EVERYDAY, {"/review", "/tags/hygiene", "/searches-in-vain"}, OWN),
    Role.ADMINISTRATOR: ({"/admin/accounts", "/admin/audit"}, set(), {"/profile"}),
}
"""What stands in the line, in the fold of those who manage, and in that of one's own."""


def plain_pages(app: Flask) -> list[str]:
    """Give the addresses that are shown without naming a record."""
    rules = [
        rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ()) and not rule.arguments
    ]
    return sorted(rule.rule for rule in rules if rule.endpoint not in {"health", "favicon", "feeds.show"})


def test_every_link_of_the_header_leads_to_a_page(app: Flask) -> None:
    assert {item.endpoint for item in NAVIGATION} <= set(app.view_functions)


@pytest.mark.parametrize("role", LINKS)
def test_the_header_holds_the_links_that_one_may_follow_and_no_other(client_as: SignIn, role: Role) -> None:
    client = client_as(role)
    header = client.get("/profile").text.partition('"header__nav"')[2].partition("</header>")[0]
    main, _, own = header.partition("header__account")
    line, _, managing = main.partition("<details")

    linked = tuple(set(re.findall(r'href="([^"]+)"', part)) for part in (line, managing, own))

    assert linked == LINKS[role]
    assert all(client.get(path).status_code == 200 for path in set().union(*linked))


@pytest.mark.parametrize("role", LINKS)
def test_the_search_box_is_for_readers(client_as: SignIn, role: Role) -> None:
    page = client_as(role).get("/profile").text

    assert ('role="search"' in page) == (role is not Role.ADMINISTRATOR)


@pytest.mark.parametrize("role", LINKS)
def test_every_plain_page_answers_every_role_and_holds_nothing_inline(
    app: Flask, client_as: SignIn, role: Role
) -> None:
    client = client_as(role)
    for path in plain_pages(app):
        answer = client.get(path)
        assert answer.status_code in {200, 302, 403}, path
        assert answer.headers["Cache-Control"] == "no-store", path
        page = answer.text if answer.mimetype == "text/html" else ""  # else a file to be kept
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", page), path


def test_an_administrator_alone_reads_no_record(client_as: SignIn) -> None:
    client = client_as(Role.ADMINISTRATOR)

    for path in READING:
        assert client.get(path).status_code == 403, path
    assert client.get("/").headers["Location"] == "/admin/accounts"


def test_every_page_says_what_the_knowledge_base_never_holds_and_lets_one_skip_to_the_content(
    client_as: SignIn,
) -> None:
    page = client_as(Role.INVESTIGATOR).get("/").text

    assert "never holds imagery" in page
    assert page.index('href="#content"') < page.index("<header")
    assert 'id="content"' in page


def test_where_one_is_is_told_to_everybody(client_as: SignIn) -> None:
    page = client_as(Role.INVESTIGATOR).get("/cases").text

    assert re.search(r'href="/cases"\s+aria-current="page"', page)
