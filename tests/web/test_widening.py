"""Letting more people read a case: whoever sits there shows first that it is them, and types nothing twice."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from kb.bootstrap import Services
from kb.domain.account import Role
from kb.domain.marking import Audience, Marking
from kb.services.demo import DemoAccount
from tests.fakes.clock import FakeClock
from tests.web.conftest import SignIn
from tests.web.page_form import PageForm
from tests.web.shelf import Shelf
from tests.web.telephone import enrol, send

PATH = "/cases/seven/marking"
REASON = 'The trial is over; "everybody" may know <now>.'
OWN = {"Origin": "http://localhost"}


@pytest.fixture(autouse=True)
def case(shelf: Shelf) -> None:
    shelf.case("seven", title="Seven days", audience=Audience(marking=Marking.AMBER, countries=("CH",)))
    shelf.follow()


def widen(client: FlaskClient) -> str:
    """Widen the case to three countries, a while after signing in; gives the page that asks who it is."""
    form = PageForm(client.get(PATH).text, PATH)
    form.fields.setlist("countries", ["BE", "CH", "FR"])
    form.fields["reason"] = REASON
    answer = client.post(PATH, data=form.fields, headers=OWN)
    assert answer.status_code == 401
    assert "Show that it is you" in answer.text
    return answer.text


def test_widening_a_while_after_signing_in_asks_for_the_password_and_keeps_every_word(
    client_as: SignIn, people: dict[Role, DemoAccount], clock: FakeClock
) -> None:
    """ASVS 5.0 V7.5: signing in again before what cannot be taken back."""
    owner, reader, demo = client_as(Role.INVESTIGATOR), client_as(Role.COORDINATOR), people[Role.INVESTIGATOR]
    clock.tick(minutes=6)

    asked = widen(owner)
    assert reader.get("/cases/seven/").status_code == 404
    assert owner.get("/profile").status_code == 200
    status, resend = send(owner, "/sign-in", asked, email=demo.account.email, password=demo.password)

    assert status == 200
    form = PageForm(resend, PATH)
    assert form.fields["reason"] == REASON
    assert form.fields.getlist("countries") == ["BE", "CH", "FR"]
    assert owner.post(PATH, data=form.fields, headers=OWN).status_code == 302
    assert reader.get("/cases/seven/").status_code == 200


def test_it_asks_for_the_code_too_and_still_keeps_every_word(
    client_as: SignIn, kb_services: Services, people: dict[Role, DemoAccount], clock: FakeClock
) -> None:
    demo = people[Role.INVESTIGATOR]
    telephone, _ = enrol(kb_services, demo.account, clock)
    owner = client_as(Role.INVESTIGATOR)
    clock.tick(minutes=6)

    asked = widen(owner)
    status, asking = send(owner, "/sign-in", asked, email=demo.account.email, password=demo.password)
    assert (status, "What you typed before is still kept" in asking) == (200, True)
    status, resend = send(owner, "/sign-in/code", asking, one_time_code=telephone.code)

    form = PageForm(resend, PATH)
    assert (status, form.fields["reason"]) == (200, REASON)
    assert owner.post(PATH, data=form.fields, headers=OWN).status_code == 302


def test_a_mistyped_password_changes_nothing_and_loses_nothing(
    client_as: SignIn, people: dict[Role, DemoAccount], clock: FakeClock
) -> None:
    owner, demo = client_as(Role.INVESTIGATOR), people[Role.INVESTIGATOR]
    clock.tick(minutes=6)

    status, again = send(owner, "/sign-in", widen(owner), email=demo.account.email, password="wrong words")

    assert (status, "Show that it is you" in again) == (422, True)
    assert owner.get("/profile").status_code == 200
    resend = send(owner, "/sign-in", again, email=demo.account.email, password=demo.password)[1]
    assert PageForm(resend, PATH).fields["reason"] == REASON


def test_who_has_just_signed_in_is_asked_nothing_more(client_as: SignIn) -> None:
    owner = client_as(Role.INVESTIGATOR)
    form = PageForm(owner.get(PATH).text, PATH)
    form.fields.setlist("countries", ["BE", "CH"])
    form.fields["reason"] = REASON

    assert owner.post(PATH, data=form.fields, headers=OWN).status_code == 302
