"""What somebody was writing when they were asked who they are: carried by the pages of signing in, and never lost."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

from kb.bootstrap import Services
from kb.domain.account import Role
from kb.domain.completeness import Part
from kb.services.demo import DemoAccount
from tests.fakes.clock import FakeClock
from tests.samples import a_case
from tests.web.conftest import SignIn
from tests.web.page_form import form_at
from tests.web.telephone import Telephone, enrol, send

TYPED = {
    Part.ABOUT: ("summary", "Typed about the case."),
    Part.DIFFICULTIES: ("lessons-0-text", "Typed about a difficulty."),
    Part.SOLUTIONS: ("lessons-1-text", "Typed about a solution."),
    Part.PRACTICES: ("lessons-2-text", "Typed about a practice."),
    Part.BORDERS: ("lessons-3-text", "Typed about a border."),
    Part.AUDIENCE: ("marking", "CLEAR"),
}
"""Something to be typed on each page of the form."""


@pytest.fixture
def demo(people: dict[Role, DemoAccount]) -> DemoAccount:
    return people[Role.PRESENTER]


@pytest.fixture
def telephone(kb_services: Services, demo: DemoAccount, clock: FakeClock) -> Telephone:
    """What tells the presenter's codes."""
    return enrol(kb_services, demo.account, clock)[0]


def give_code(client: FlaskClient, page: str, code: str) -> tuple[int, str]:
    return send(client, "/sign-in/code", page, one_time_code=code)


def test_what_was_typed_survives_the_password_and_a_wrong_code_and_the_right_one(
    client_as: SignIn, demo: DemoAccount, telephone: Telephone, clock: FakeClock
) -> None:
    client = client_as(Role.PRESENTER)
    clock.tick(hours=1)
    typed = {"name": 'A <b>name</b> & "quotes"\n\nin lines', "language": "de", "password": "secret words"}
    interrupted = client.post("/profile?tab=1", data=typed, headers={"Origin": "http://localhost"}).text

    credentials = {"email": demo.account.email, "password": demo.password}
    status, asking = send(client, "/sign-in", interrupted, **credentials)
    assert (status, "still kept in this page" in asking) == (200, True)
    status, refused = give_code(client, asking, telephone.wrong_code)
    assert status == 422
    status, resend = give_code(client, refused, telephone.code)

    assert status == 200
    assert "Send it now" in resend
    assert 'action="/profile?tab=1"' in resend
    assert "secret words" not in interrupted + asking + refused + resend
    assert send(client, "/profile?tab=1", resend, name="Typed with care") == (302, "/profile")
    assert "Typed with care" in client.get("/profile").text


def test_a_button_pressed_too_late_can_be_pressed_again_after_signing_in(
    client_as: SignIn, people: dict[Role, DemoAccount], clock: FakeClock
) -> None:
    client = client_as(Role.INVESTIGATOR)
    clock.tick(hours=1)
    path = "/profile/sessions/end-others"
    interrupted = client.post(path, headers={"Origin": "http://localhost"}).text
    demo = people[Role.INVESTIGATOR]

    status, resend = send(client, "/sign-in", interrupted, email=demo.account.email, password=demo.password)

    assert (status, f'action="{path}"' in resend) == (200, True)
    assert send(client, path, resend) == (302, "/profile")


def test_what_was_typed_survives_a_browser_that_forgot_its_cookies_meanwhile(
    client_as: SignIn, people: dict[Role, DemoAccount], clock: FakeClock
) -> None:
    client, demo = client_as(Role.INVESTIGATOR), people[Role.INVESTIGATOR]
    clock.tick(hours=1)
    typed = {"name": "Typed with care", "language": "en"}
    interrupted = client.post("/profile", data=typed, headers={"Origin": "http://localhost"}).text
    client.delete_cookie("casebook")
    credentials = {"email": demo.account.email, "password": demo.password}

    status, asked_anew = send(client, "/sign-in", interrupted, **credentials)
    assert status == 400
    assert demo.password not in asked_anew
    status, resend = send(client, "/sign-in", asked_anew, **credentials)

    assert (status, 'action="/profile"' in resend) == (200, True)
    assert send(client, "/profile", resend) == (302, "/profile")
    assert 'value="Typed with care"' in client.get("/profile").text


@pytest.mark.parametrize("part", list(Part))
def test_what_was_typed_into_any_part_of_a_case_survives_and_is_saved_after_signing_in(
    client_as: SignIn, kb_services: Services, demo: DemoAccount, clock: FakeClock, part: Part
) -> None:
    client = client_as(Role.PRESENTER)
    view = kb_services.submissions.create(demo.account, a_case())
    path = f"/submissions/{view.id}/write/{part.value}"
    form = form_at(client, path)
    name, words = TYPED[part]
    fields = MultiDict(form.fields)
    fields[name], fields["op"] = words, "finish"
    clock.tick(hours=1)
    interrupted = client.post(path, data=fields, headers={"Origin": "http://localhost"}).text
    assert kb_services.submissions.get(demo.account, view.id).revision == 1

    credentials = {"email": demo.account.email, "password": demo.password}
    status, resend = send(client, "/sign-in", interrupted, **credentials)
    assert (status, f'action="{path}"' in resend) == (200, True)
    assert send(client, path, resend) == (302, path.removesuffix(f"/{part.value}"))
    saved = kb_services.submissions.get(demo.account, view.id)
    assert saved.revision == 2
    assert words in saved.submission.body.model_dump_json()


def test_what_was_typed_into_a_new_case_survives_and_makes_its_draft_after_signing_in(
    client_as: SignIn, kb_services: Services, demo: DemoAccount, clock: FakeClock
) -> None:
    client, path = client_as(Role.PRESENTER), "/submit/write"
    fields = form_at(client, path).fields
    fields["summary"], fields["op"] = "Typed with care.", "finish"
    clock.tick(hours=1)
    interrupted = client.post(path, data=fields, headers={"Origin": "http://localhost"}).text
    credentials = {"email": demo.account.email, "password": demo.password}
    _, resend = send(client, "/sign-in", interrupted, **credentials)
    assert send(client, path, resend)[0] == 302
    [entry] = kb_services.submissions.mine(demo.account)
    assert kb_services.submissions.get(demo.account, entry.id).submission.body.summary == "Typed with care."


def test_words_that_no_page_of_ours_sent_are_not_carried_through_signing_in(
    client: FlaskClient, people: dict[Role, DemoAccount]
) -> None:
    demo = people[Role.INVESTIGATOR]
    forged = {"action": "/profile", "kept.name": "Words of somebody else"}

    answer = client.post("/sign-in", data=forged | {"email": demo.account.email, "password": demo.password})

    assert answer.status_code == 400
    assert "Words of somebody else" not in answer.text
