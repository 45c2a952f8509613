"""The page of the audit log: who did what to which id, found by what is filled in, turned over by number."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from kb.adapters.accounts.accounts import SqlAccounts
from kb.adapters.accounts.database import open_database
from kb.bootstrap import Services
from kb.config import Settings
from kb.domain.account import OPERATOR, Account, Role
from kb.domain.audit import AuditLine
from kb.services.audit import PAGE, AuditQuestion
from kb.web.acts import ACTS
from tests.fakes.clock import FakeClock
from tests.noted_acts import noted
from tests.web.conftest import SignIn, csrf_token
from tests.web.desk import publish

Accounts = dict[Role, Account]


@pytest.fixture
def admin(client_as: SignIn) -> FlaskClient:
    return client_as(Role.ADMINISTRATOR)


@pytest.fixture
def kb(kb_services: Services) -> Services:
    return kb_services


def newest(kb: Services, action: str = "") -> AuditLine:
    return next(kb.audit.lines(OPERATOR, AuditQuestion(action=action), 1))


def shown(page: str) -> list[str]:
    """Give the lines of the table, each as its words."""
    rows = re.findall(r"<tr>(.*?)</tr>", page, re.DOTALL)[1:]
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in rows]


def test_the_page_says_who_did_what_to_whom(admin: FlaskClient, kb: Services, accounts: Accounts) -> None:
    other = accounts[Role.PRESENTER]
    kb.accounts.end_sessions(accounts[Role.ADMINISTRATOR], other.id)

    page = admin.get("/admin/audit").text

    assert "Signed out everywhere" in page
    assert "Demo administrator" in page
    assert f'href="/admin/audit?account={other.id}">Demo presenter</a>' in page


def test_a_filter_that_is_left_empty_is_in_order(admin: FlaskClient) -> None:
    assert "field__error" not in admin.get("/admin/audit").text
    assert "field__error" not in admin.get("/admin/audit?group=&result=&account=&subject=&since=&until=").text


def test_a_persons_lines_are_what_they_did_and_what_was_done_to_them(
    admin: FlaskClient, kb: Services, accounts: Accounts
) -> None:
    other = accounts[Role.PRESENTER]
    kb.accounts.disable(OPERATOR, other.id)

    by_id, by_address = (
        admin.get("/admin/audit", query_string={"account": text}).text
        for text in (other.id, f" {other.email} ")
    )

    assert "Account disabled" in by_id
    assert shown(by_id) == shown(by_address) != []


def test_records_stand_there_by_id_and_no_title_is_told(
    admin: FlaskClient, kb: Services, accounts: Accounts
) -> None:
    case = publish(kb, accounts, title="A title that nobody here may read")

    page = admin.get("/admin/audit?group=records").text

    assert f'href="/admin/audit?subject=case-study/{case}"><code>case-study/{case}</code>' in page
    assert "A title" not in page
    (line,) = shown(admin.get(f"/admin/audit?subject={case}").text)
    assert line.endswith(f"Published case-study/{case} revision 1")


def test_an_administrator_who_is_an_officer_too_is_told_that_lines_about_records_are_left_out(
    client_as: SignIn, settings: Settings, kb: Services, accounts: Accounts
) -> None:
    """Who acted on which id would tell them who wrote a case under Chatham House. OWASP ASVS 5.0 8.2.3."""
    case = publish(kb, accounts)
    both = accounts[Role.ADMINISTRATOR].model_copy(
        update={"roles": frozenset({Role.ADMINISTRATOR, Role.INVESTIGATOR})}
    )
    client = client_as(Role.ADMINISTRATOR)
    SqlAccounts(open_database(settings.accounts)).set_standing(both)

    page = client.get("/admin/audit").text

    assert "lines about records are left out" in page
    assert case not in page
    assert shown(client.get(f"/admin/audit?subject={case}").text) == []
    assert shown(client.get("/admin/audit?group=records").text) == []


def test_what_is_filled_in_stays_filled_in_and_narrows_the_lines(
    admin: FlaskClient, kb: Services, accounts: Accounts
) -> None:
    kb.accounts.disable(OPERATOR, accounts[Role.PRESENTER].id)

    page = admin.get("/admin/audit?group=accounts&result=done&since=2026-09-01&until=2026-09-01").text

    assert '<option selected value="accounts">' in page
    assert page.count('value="2026-09-01"') == 2
    assert "Account disabled" in page
    assert "Signed in" not in page
    assert shown(admin.get("/admin/audit?until=2026-08-31").text) == []
    assert shown(admin.get("/admin/audit?result=refused").text) == []


def test_a_filter_that_nothing_fits_says_so(admin: FlaskClient) -> None:
    page = admin.get("/admin/audit?subject=nothing-like-it").text

    assert "No line like that" in page
    assert "Show all" in page


@pytest.mark.parametrize(
    "query",
    ["group=nonsense", "result=nonsense", "before=x", "after=-1", "before=99999999999999999999", "page=7"],
)
def test_nonsense_in_the_address_asks_for_nothing(admin: FlaskClient, query: str) -> None:
    answer = admin.get(f"/admin/audit?{query}")

    assert answer.status_code == 200
    assert shown(answer.text) == shown(admin.get("/admin/audit").text)


def test_a_day_that_is_none_is_told_at_its_field(admin: FlaskClient) -> None:
    page = admin.get("/admin/audit?since=yesterday&group=entrance").text

    assert "Not a valid date value" in page
    assert shown(page)


def test_long_logs_are_turned_over_without_losing_what_is_filled_in(
    admin: FlaskClient, kb: Services, accounts: Accounts, clock: FakeClock
) -> None:
    for _ in range(PAGE + 5):
        clock.tick(seconds=1)
        kb.sessions.open(accounts[Role.PRESENTER])
    first = admin.get("/admin/audit?group=entrance").text
    older = re.search(r'href="(/admin/audit\?before=[^"]*)"[^>]*>Older', first)
    assert older

    second = admin.get(older[1].replace("&amp;", "&")).text
    newer = re.search(r'href="(/admin/audit\?after=[^"]*)"[^>]*>Newer', second)
    assert newer

    assert "group=entrance" in older[1]
    assert len(shown(first)) == PAGE
    assert max(shown(second)) < min(shown(first))
    assert shown(admin.get(newer[1].replace("&amp;", "&")).text) == shown(first)


def test_every_act_that_is_noted_has_words() -> None:
    assert noted() - ACTS.keys() == set()
    assert {"sign-in", "sign-out", "export", "import", "refused"} <= ACTS.keys()


# Refused writes


def test_a_write_that_a_role_does_not_allow_is_noted_with_endpoint_and_id(
    client_as: SignIn, kb: Services, accounts: Accounts
) -> None:
    """OWASP ASVS 5.0 16.3.2: failed attempts at what is not allowed are logged."""
    client, other = client_as(Role.INVESTIGATOR), accounts[Role.PRESENTER]
    token = csrf_token(client, "/profile")

    client.post(f"/admin/accounts/{other.id}/reset", data={"csrf_token": token})

    line = newest(kb)
    assert (line.actor, line.action, line.result) == (accounts[Role.INVESTIGATOR].id, "refused", "refused")
    assert (line.subject, line.detail) == (other.id, "accounts_admin.reset")


@pytest.mark.parametrize("identifier", ["missing", "Not An Id", "x" * 81])
def test_a_write_to_what_is_hidden_or_missing_is_noted_once_and_typed_text_is_not(
    client_as: SignIn, kb: Services, identifier: str
) -> None:
    client = client_as(Role.INVESTIGATOR)
    token, before = csrf_token(client, "/profile"), newest(kb).number

    client.post(f"/cases/{identifier}/tags", data={"csrf_token": token, "reason": "typed words"})

    line = newest(kb)
    assert line.number == before + 1
    assert (line.subject, line.detail) == ("missing" if identifier == "missing" else "", "case_acts.retag")


def test_a_write_without_the_sessions_token_or_from_another_site_is_noted(
    client_as: SignIn, kb: Services
) -> None:
    client = client_as(Role.INVESTIGATOR)

    client.post("/profile", data={"name": "Typed"})
    without_token = newest(kb)
    client.post("/profile", data={"name": "Typed"}, headers={"Sec-Fetch-Site": "cross-site"})
    foreign = newest(kb)

    assert foreign.number == without_token.number + 1
    assert {line.action for line in (without_token, foreign)} == {"refused"}
    assert {line.detail for line in (without_token, foreign)} == {"profile.index"}


def test_reading_what_is_not_ones_own_and_what_visitors_send_is_not_noted(
    client_as: SignIn, client: FlaskClient, kb: Services
) -> None:
    signed_in = client_as(Role.INVESTIGATOR)
    before = newest(kb).number

    signed_in.get("/cases/missing/")
    signed_in.get("/admin/audit")
    client.post("/cases/missing/tags")
    client.post("/sign-in", headers={"Sec-Fetch-Site": "cross-site"})

    assert newest(kb).number == before
