"""Resources, instruments and legislation as readers meet them, and as coordinators keep them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from kb.domain.account import Role
from kb.domain.concept import Concept, Labels, Scheme
from kb.domain.instrument import Force, Need, Participation, Requirement, Standing, Users
from kb.domain.jurisdiction import Answer, Reply
from kb.domain.marking import Audience, Marking
from kb.domain.workflow import Action
from tests.services.library import SOURCE, a_law, a_resource, an_instrument
from tests.web.conftest import SignIn, csrf_token
from tests.web.reading import Page
from tests.web.shelf import Shelf

CLEAR = Audience(marking=Marking.CLEAR)
LINE = "Criminal code https://law.example/207 2026-11-20"
WORDS = {"title": "A course", "language": "en", "sources": LINE, "as_of": "2026-11-20", "note": "Looked up."}
YES = Answer(question="csam-law", reply=Reply.YES, note="§ 1", source=SOURCE)


@pytest.fixture
def beginning(filled_home: Path) -> Path:
    return filled_home


@pytest.fixture(autouse=True)
def filled(shelf: Shelf) -> None:
    for key, label in (("csam-law", "A law of its own"), ("data-retention", "Data are retained")):
        labels = (Labels(language="en", preferred=label),)
        shelf.put(f"legislation.{key}", Concept(scheme=Scheme.LEGISLATION, key=key, labels=labels))
    shelf.put(
        "budapest-29",
        an_instrument(
            audience=CLEAR,
            force=Force.NOT_IN_FORCE,
            needs=(Need.PRESERVE,),
            users=(Users.POLICE,),
            requirements=(Requirement(text="The authority that asks", provision="Article 29(2)(a)"),),
            participation=(Participation(country="AT", source=SOURCE),),
            difficulties=("retention-expired",),
        ),
    )
    shelf.put("at", a_law(audience=CLEAR, answers=(YES,), review_by=dt.date(2020, 1, 1)))
    shelf.put("tool", a_resource(audience=CLEAR, difficulties=("retention-expired",), languages=("de",)))
    shelf.follow()


def send(client: FlaskClient, address: str, **data: str) -> TestResponse:
    return client.post(address, data={"csrf_token": csrf_token(client, address), **data})


def test_an_instrument_is_found_by_need_and_tells_what_a_request_must_say(client_as: SignIn) -> None:
    client = client_as(Role.INVESTIGATOR)
    listed = Page(client.get("/instruments?user=police").text)
    page = Page(client.get(listed.address("Expedited preservation")).text)

    assert "Preserve data" in listed.headings
    for words in (
        "Not in force",
        "The authority that asks Article 29(2)(a)",
        "1 country looked up so far",
        "1 cross-border issue of 1 case used it",
        "Time it took not told",
    ):
        assert words in page.text
    found = Page(client.get(page.address("1 cross-border issue")).text)
    assert "1 result" in found.text
    assert client.get("/instruments/none").status_code == 404
    assert client.get("/instruments?user=courts").text.count("No instrument here") == 1


def test_a_long_table_of_countries_is_folded_under_its_number(client_as: SignIn, shelf: Shelf) -> None:
    client = client_as(Role.INVESTIGATOR)
    assert "<summary>1 country" not in client.get("/instruments/budapest-29").text
    many = ("AT", "BE", "BG", "CY", "CZ", "DE", "EE", "ES", "FI", "FR", "GR", "HR", "HU")
    told = tuple(Participation(country=code, source=SOURCE) for code in many)
    shelf.put("budapest-29", an_instrument(audience=CLEAR, participation=told))
    page = client.get("/instruments/budapest-29").text
    assert "<summary>13 countries looked up so far, by name</summary>" in page
    assert '<details class="reference-fold prints-open">' in page
    assert Page(page).address("Hungary") == "/legislation/HU"


def test_what_nobody_looked_up_is_unknown_and_countries_stand_by_name(client_as: SignIn) -> None:
    client = client_as(Role.INVESTIGATOR)
    known, other = Page(client.get("/legislation/AT").text), Page(client.get("/legislation/be").text)
    beside = Page(client.get("/legislation/compare?country=BE&country=AT&country=XX").text).text

    assert "Not looked at in time" in known.text
    assert "A law of its own Yes § 1" in known.text
    assert "Data are retained Unknown" in known.text
    assert "Nobody has looked this country up yet" in other.text
    assert beside.index("Austria") < beside.index("Belgium")
    assert "A law of its own Yes" in beside
    assert client.get("/legislation/XX").status_code == 404
    assert client.get("/legislation").status_code == 200
    assert "Choose two countries" in client.get("/legislation/compare").text


def test_beyond_what_fits_side_by_side_countries_are_named_as_left_out_and_a_retired_one_says_so(
    client_as: SignIn, shelf: Shelf
) -> None:
    shelf.put("at", a_law(audience=CLEAR, answers=(YES,), status="retired", status_reason="Wrong."))
    asked = "&".join(f"country={code}" for code in ("IT", "HU", "DE", "BE", "AT", "FR", "ES", "XX", "PL"))
    page = Page(client_as(Role.INVESTIGATOR).get(f"/legislation/compare?{asked}").text)

    assert "At most 6 stand side by side. Left out: Spain, Poland." in page.text
    assert "Austria as of 22 November 2026 retired: do not rely on it" in page.text


def test_what_changed_is_told_in_words_by_country_and_by_question(client_as: SignIn, shelf: Shelf) -> None:
    signed = Participation(country="AT", source=SOURCE, standing=Standing.SIGNED)
    changed = an_instrument(audience=CLEAR, needs=(Need.SEARCH,), participation=(signed,))
    shelf.put("budapest-29", changed, action=Action.EDIT)
    shelf.put("at", a_law(audience=CLEAR, answers=(Answer(question="csam-law", note="§ 2"),)))
    client = client_as(Role.INVESTIGATOR)
    instrument = Page(client.get("/instruments/budapest-29/differences/1/2").text).text
    law = Page(client.get("/legislation/AT/differences/1/2").text).text

    assert "What need it serves Preserve dataSearch a place or a device" in instrument
    assert "Austria: How it stands Bound, or takes partSigned, not bound yet" in instrument
    assert "What a request must say, line 1: Where that is written Article 29(2)(a)" in instrument
    assert "A law of its own: Answer YesUnknown" in law
    assert "Public source 1" not in law


def test_what_is_due_stands_before_coordinators_alone_with_the_way_to_answer(client_as: SignIn) -> None:
    kept, others = (
        Page(client_as(role).get("/still-true").text) for role in (Role.COORDINATOR, Role.INVESTIGATOR)
    )

    assert "Resources, instruments and legislation" in kept.headings
    assert kept.address("Answer: AT") == "/legislation/AT/confirm"
    assert "Nothing to look at" not in kept.text
    assert others.headings == ["Still true?", "Nothing to look at"]


def test_resources_are_filtered_by_the_address(client_as: SignIn) -> None:
    client = client_as(Role.INVESTIGATOR)

    assert "Triage tool" in client.get("/resources?difficulty=retention-expired&language=de").text
    for query in ("type=training", "cost=free-for-police", "language=fr", "status=retired"):
        assert "No resource fits" in client.get(f"/resources?{query}").text


def test_only_coordinators_are_offered_to_keep_them(client_as: SignIn) -> None:
    """ASVS 5.0 8.2.1: who may not keep them is refused at the address, too."""
    reader = client_as(Role.INVESTIGATOR)
    assert "Change it" not in reader.get("/resources/tool").text
    for address in ("/resources/new", "/resources/tool/edit", "/legislation/AT/retire"):
        assert reader.get(address).status_code == 403


def test_a_coordinator_adds_changes_confirms_retires_and_brings_back(client_as: SignIn) -> None:
    client = client_as(Role.COORDINATOR)
    given = {"type": "training", "cost": "unknown", "summary": "For analysts."}
    added = send(client, "/resources/new", **WORDS, **given)
    address = added.location
    assert (added.status_code, "Every officer" in client.get(address).text) == (302, False)

    changed = send(client, f"{address}/edit", **WORDS, **given, revision="1", eligible="Police")
    assert changed.status_code == 302
    stale = send(client, f"{address}/edit", **WORDS, **given, revision="1", eligible="Prosecutors")
    assert stale.status_code == 409
    assert "What somebody saved meanwhile" in stale.text
    between = Page(client.get(Page(stale.text).address("What they changed")).text)
    assert "From revision 1 to 2" in between.text
    assert "Who may have it Police" in between.text
    assert "Prosecutors" in stale.text
    assert send(client, f"{address}/confirm", revision="2").status_code == 302
    assert send(client, f"{address}/retire", revision="3").status_code == 422
    assert send(client, f"{address}/retire", revision="3", reason="It ended.").status_code == 302
    assert "It ended." in client.get(address).text
    assert client.get(f"{address}/edit").status_code == 409
    assert send(client, f"{address}/reinstate", revision="4", reason="Back.").status_code == 302

    history = Page(client.get(f"{address}/history").text)
    assert "5 revisions" in history.text
    assert "Police" in client.get(f"{address}/differences/1/2").text
    assert "This is revision 1" in client.get(f"{address}/revisions/1").text


def test_the_first_words_about_a_country_and_a_channel_come_from_forms(
    client_as: SignIn, shelf: Shelf
) -> None:
    labels = (Labels(language="en", preferred="Investigation order"),)
    shelf.put("channel.eio", Concept(scheme=Scheme.CHANNEL, key="eio", labels=labels))
    shelf.follow()
    client = client_as(Role.COORDINATOR)
    answers = {
        "answers-0-question": "csam-law",
        "answers-0-reply": "yes",
        "answers-0-source": LINE,
        "answers-1-question": "data-retention",
        "answers-1-reply": "unknown",
    }
    desk = f"central-authority | Ministry of Justice | Requests | {LINE}"
    sent = send(client, "/legislation/BE/edit", **WORDS, **answers, desks=desk, revision="0")
    assert sent.location == "/legislation/BE"
    page = Page(client.get(sent.location).text).text
    assert "A law of its own Yes" in page
    assert "Ministry of Justice" in page

    lines = {
        "force": "in-force",
        "needs": "search",
        "users": "courts",
        "gives": "An order is carried out.",
        "requirements": "The order | Article 5",
        "time_limits": "Deciding | 30 days | Article 12",
        "participation": f"Austria | party | 2018-07-01 | | {LINE}",
    }
    sent = send(client, "/instruments/eio/edit", **WORDS, **lines, revision="0")
    assert sent.location == "/instruments/eio"
    assert "1 July 2018" in client.get(sent.location).text
    assert "Search a place or a device" in client.get("/instruments").text
    shown = client.get("/instruments/eio/edit").text
    assert f"AT | party | 2018-07-01 |  | {LINE}" in shown
    for address in ("/instruments/eio", "/legislation/BE"):
        assert client.get(f"{address}/revisions/1").status_code == 200


REFUSED = (
    ("/instruments/budapest-29", {"participation": "Nowhere | party"}, "Nowhere” is no country"),
    ("/instruments/budapest-29", {"participation": f"AT | friend | | | {LINE}"}, "none of these"),
    ("/instruments/budapest-29", {"participation": f"AT | party | then | | {LINE}"}, "is no day"),
    ("/instruments/budapest-29", {"participation": "AT | party"}, "Write the title, then"),
    ("/instruments/budapest-29", {"participation": "\n".join([f"AT|party|||{LINE}"] * 2)}, "twice"),
    ("/instruments/budapest-29", {"participation": "\n".join([f"AT|party|||{LINE}"] * 251)}, "250 lines"),
    ("/instruments/budapest-29", {"time_limits": "Deciding"}, "Write what is limited"),
    ("/instruments/budapest-29", {"requirements": "x" * 400}, "too long"),
    ("/legislation/AT", {"desks": f"hotline | | | {LINE}"}, "Write the name of the desk"),
    ("/legislation/AT", {"desks": f"hotline | +43 1 514 0070 | | {LINE}"}, "phone"),
    (
        "/legislation/AT",
        {"answers-0-question": "csam-law", "answers-0-reply": "yes", "answers-0-source": ""},
        "Name the public",
    ),
    ("/legislation/AT", {"sources": ""}, "at least one public source"),
)


def test_a_refused_form_keeps_every_word_and_says_where_it_is_wrong(client_as: SignIn) -> None:
    client = client_as(Role.COORDINATOR)
    token = csrf_token(client, "/legislation/AT/edit")
    for address, typed, told in REFUSED:
        words = {**WORDS, "revision": "1", "gives": "Data are kept.", "force": "in-force", **typed}
        answer = client.post(f"{address}/edit", data={"csrf_token": token, **words})

        assert answer.status_code == 422, typed
        assert told in Page(answer.text).text
        assert 'role="alert"' in answer.text
        for value in typed.values():
            assert all(part.strip() in answer.text for part in value.split("\n"))
