"""Choosing and proposing concepts from within forms of something else, none of which costs a word."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from kb.bootstrap import Services
from kb.domain.account import OPERATOR, Account, Role
from kb.domain.concept import Scheme
from kb.services.audit import AuditQuestion
from tests.web.conftest import SignIn
from tests.web.test_tags import send

ASIDE = {"op": "propose:tag:tags", "propose-tags": "Night desk"}


@pytest.fixture
def beginning(filled_home: Path) -> Path:
    return filled_home


def proposals(kb_services: Services) -> list[str]:
    return [each.label() for each in kb_services.concepts.list(OPERATOR, Scheme.TAG).proposals]


def test_a_tag_proposed_while_a_case_is_written_keeps_every_word_and_saves_nothing(
    writer: FlaskClient, kb_services: Services
) -> None:
    words = {"title": "Half a title", "summary": "Half a summary", "tags": "templates"}
    page = writer.get("/submit/write").text
    assert "Coordinators of all countries will read this label, whatever the marking" in page
    shown = send(writer, "/submit/write", **words, **ASIDE)
    assert "“Night desk” is proposed." in shown.text
    assert "Half a title" in shown.text
    assert "Half a summary" in shown.text
    assert 'value="templates" checked' in shown.text
    assert proposals(kb_services) == ["Night desk"]
    assert shown.request.path == "/submit/write"
    clash = send(writer, "/submit/write", **words, **(ASIDE | {"propose-tags": "Templates at hand"}))
    assert "There is already “Templates at hand”" in clash.text
    assert "Half a title" in clash.text
    blocked = send(writer, "/submit/write", **words, **(ASIDE | {"propose-tags": "ask a.b@example.org"}))
    assert blocked.status_code == 422
    assert send(writer, "/submit/write", **(ASIDE | {"op": "propose:nothing:tags"})).status_code == 404
    assert proposals(kb_services) == ["Night desk"]


def test_a_label_that_was_typed_and_not_proposed_is_shown_again_instead_of_lost_by_saving(
    writer: FlaskClient, kb_services: Services, accounts: dict[Role, Account]
) -> None:
    words = {"title": "Half a title", "propose-tags": "Night <desk>", "propose-phenomena": "", "op": "save"}
    held = send(writer, "/submit/write", **words)
    assert (held.status_code, held.request.path) == (422, "/submit/write")
    assert "“Night &lt;desk&gt;” is typed and not proposed yet: press “Propose” beside it" in held.text
    assert 'name="propose-tags" value="Night &lt;desk&gt;"' in held.text
    assert held.text.count("Not proposed yet: press “Propose”, or empty the box.") == 1
    assert "Half a title" in held.text
    pressed = send(writer, "/submit/write", **(words | {"op": "propose:phenomenon:phenomena"}))
    assert 'name="propose-tags" value="Night &lt;desk&gt;"' in pressed.text
    assert (proposals(kb_services), kb_services.submissions.mine(accounts[Role.PRESENTER])) == ([], ())
    proposed = send(writer, "/submit/write", **(words | ASIDE))
    assert 'name="propose-tags" value=""' in proposed.text
    saved = send(writer, "/submit/write", **(words | {"propose-tags": " "}))
    assert "Saved. It is not submitted yet." in saved.text


@pytest.mark.parametrize("marking", ["RED", "AMBER"])
def test_a_tag_proposed_inside_a_hidden_submission_never_shows_its_source(
    writer: FlaskClient,
    client_as: SignIn,
    kb_services: Services,
    accounts: dict[Role, Account],
    marking: str,
) -> None:
    saved = send(writer, "/submit/write", title="A hidden matter", language="en")
    identifier = saved.request.path.split("/")[2]
    part = f"/submissions/{identifier}/write"
    reach = {"marking": marking, "audience_persons": [accounts[Role.COORDINATOR].id], "revision": 1}
    send(writer, f"{part}/audience", **reach)
    send(writer, f"{part}/about", revision=2, title="A hidden matter", **ASIDE)
    kept = kb_services.submissions.get(accounts[Role.PRESENTER], identifier)
    assert (kept.submission.body.audience.marking, kept.revision) == (marking, 2)
    (proposal,) = kb_services.concepts.list(OPERATOR, Scheme.TAG).proposals
    coordinator = client_as(Role.COORDINATOR)
    page = f"/tags/tag/{proposal.key}"
    pages = [coordinator.get(f"{page}{rest}").text for rest in ("", "/history", "/adopt", "/refuse")]
    told = "".join([*pages, coordinator.get("/tags").text, proposal.model_dump_json(exclude={"proposer"})])
    assert "Night desk" in told
    for source in (identifier, "A hidden matter", accounts[Role.PRESENTER].name, marking):
        assert source not in told
    noted = [row for row in kb_services.audit.lines(OPERATOR, AuditQuestion(), 99) if row.action == "propose"]
    assert {(row.subject, row.detail) for row in noted} == {(f"concept/tag.{proposal.key}", "revision 1")}


def test_a_practice_chooses_by_pickers_and_proposes_without_losing_a_word(
    client_as: SignIn, kb_services: Services
) -> None:
    client = client_as(Role.COORDINATOR)
    words = {"title": "Keep a template", "how_to": "Half of it", "tags": "templates"}
    found = send(client, "/practices/new", **words, op="find", **{"find-tags": "preserve"})
    assert 'value="preserve-first"' in found.text
    assert 'value="templates" checked' in found.text
    shown = send(client, "/practices/new", **words, **ASIDE)
    assert "“Night desk” is proposed." in shown.text
    assert "Half of it" in shown.text
    held = send(client, "/practices/new", **words, **{"propose-difficulties": "Too late"})
    assert "“Too late” is typed and not proposed yet" in held.text
    assert 'name="propose-difficulties" value="Too late"' in held.text
    assert proposals(kb_services) == ["Night desk"]
