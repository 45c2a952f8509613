from __future__ import annotations

import datetime as dt

from kb.bootstrap import Services
from kb.domain.account import Account, Role
from kb.domain.event import Call, Event, Question, Session, Workshop
from kb.domain.marking import Audience, Marking
from kb.domain.record import Origin, Source
from tests.samples import a_case
from tests.web.conftest import SignIn, csrf_token
from tests.web.counted import promises
from tests.web.page_form import form_at
from tests.web.reading import Page
from tests.web.shelf import Shelf

HERE = {"Origin": "http://localhost"}
CONFERENCE = Event(
    title="A conference in Vienna",
    audience=Audience(marking=Marking.CLEAR),
    origin=Origin.PUBLISHED,
    sources=(
        Source(title="Press release", url="https://example.org/release", as_of=dt.date(2026, 8, 1)),
        Source(title="Minutes"),
    ),
    organiser="The unit",
    place="Vienna",
    start=dt.date(2007, 9, 20),
    end=dt.date(2007, 9, 21),
    summary="What it was *for*.",
    questions=(Question(key="q1", text="Which difficulties?"),),
    participants="Police of many states.",
    programme=(
        Session(key="talk", title="A talk", text="What was said is not known.", countries=("AT", "BE")),
    ),
)


def test_without_events_the_list_says_where_they_come_from(client_as: SignIn) -> None:
    assert "No events yet" in client_as(Role.INVESTIGATOR).get("/events").text


def test_an_event_is_read_with_programme_and_sources(client_as: SignIn, shelf: Shelf) -> None:
    shelf.put("vienna", CONFERENCE)
    shelf.follow()
    client = client_as(Role.INVESTIGATOR)
    page = Page(client.get(Page(client.get("/events").text).address("A conference in Vienna")).text)
    for words in (
        "20 September 2007 – 21 September 2007",
        "Which difficulties?",
        "A talk Austria, Belgium",
        "From a public source",
        "Press release (as of 1 August 2026)",
        "Minutes",
    ):
        assert words in page.text
    assert page.address("Press release") == "https://example.org/release"
    assert "It holds no case study yet" in client.get(page.address("Print its reader")).text


def test_what_changed_in_an_event_is_told_in_words(client_as: SignIn, shelf: Shelf) -> None:
    shelf.put("vienna", CONFERENCE)
    talk = CONFERENCE.programme[0].model_copy(update={"countries": ("AT", "RU")})
    shelf.put("vienna", CONFERENCE.model_copy(update={"place": "Prague", "programme": (talk,)}))
    shelf.follow()
    client = client_as(Role.INVESTIGATOR)
    address = Page(client.get("/events/vienna/history").text).address("What changed in revision 2")
    page = client.get(address).text
    assert address == "/events/vienna/differences/1/2"
    for words in (
        "Place",
        "<del>Vienna</del><ins>Prague</ins>",
        "Session talk: Countries",
        "<ins>Russia</ins>",
    ):
        assert words in page


def test_an_event_without_days_says_when_in_words(client_as: SignIn, shelf: Shelf) -> None:
    shelf.put("vague", CONFERENCE.model_copy(update={"start": None, "end": None, "held": "autumn 2008"}))
    assert "autumn 2008" in client_as(Role.INVESTIGATOR).get("/events/vague").text


def test_every_number_that_its_cases_have_in_common_is_what_its_link_finds(
    client_as: SignIn, shelf: Shelf
) -> None:
    shelf.put("vienna", CONFERENCE)
    shelf.concepts()
    for identifier, country in (("one", "AT"), ("two", "DE")):
        shelf.case(identifier, event="vienna", lead_country=country)
    shelf.follow()
    client = client_as(Role.INVESTIGATOR)
    page = client.get("/events/vienna/in-common").text
    table = page[page.index('<table class="table matrix"') : page.index("</table>")]
    assert "Retention period expired" in table
    assert "No difficulty is reported by units of three or more countries" in page
    promised = promises(table)
    assert {each.number for each in promised} == {1, 2}
    for each in promised:
        assert f"{each.number} result" in Page(client.get(each.address).text).text


def test_an_event_that_does_not_exist_leads_nowhere(client_as: SignIn) -> None:
    assert client_as(Role.INVESTIGATOR).get("/events/none").status_code == 404


def test_a_coordinator_announces_an_event_and_a_presenter_follows_its_call(
    client_as: SignIn, shelf: Shelf
) -> None:
    desk = client_as(Role.COORDINATOR)
    sent = {
        "title": "Two weeks",
        "form": "online-workshop",
        "language": "en",
        "marking": "GREEN",
        "call_text": "One case each",
        "call_deadline": "2999-01-01",
        "workshop_opens": "2999-01-01",
        "questions-0-text": "Which difficulties?",
        "programme-0-title": "At the border",
        "programme-0-countries": "Austria, Atlantis",
    }

    refused = desk.post(
        "/events/new", data=sent | {"csrf_token": csrf_token(desk, "/events/new")}, headers=HERE
    )
    assert refused.status_code == 422
    assert "Say after which day the workshop closes." in refused.text
    assert "“Atlantis” is no country that we know." in refused.text
    mended = {"workshop_closes": "2999-02-01", "programme-0-countries": "Austria"}
    made = desk.post(
        "/events/new", data=sent | mended | {"csrf_token": csrf_token(desk, "/events/new")}, headers=HERE
    )
    shelf.follow()
    page = Page(desk.get(made.location).text)
    assert "Call open until 1 January 2999" in page.text
    presenter = client_as(Role.PRESENTER)
    offered = Page(presenter.get("/submit").text)
    assert "Two weeks until 1 January 2999" in offered.text
    assert "You follow a call" in presenter.get(offered.address("Two weeks")).text
    form = desk.get(page.address("Submit a case to this session: At the border")).text
    assert "You follow a call for case studies" in form
    written = desk.get(Page(form).address("Write it here")).text
    assert '<option value="s1" selected>At the border</option>' in written
    assert f'name="session_of" value="{made.location.rpartition("/")[2]}"' in written


def test_the_workshop_shows_again_what_it_refuses_and_keeps_the_rest(client_as: SignIn, shelf: Shelf) -> None:
    today = dt.datetime.now(dt.UTC).date()
    held = {"workshop": Workshop(opens=dt.date(2000, 1, 1), closes=today.replace(year=today.year + 900))}
    shelf.put("weeks", CONFERENCE.model_copy(update=held))
    shelf.case(event="weeks", session="talk")
    shelf.follow()
    desk, place = client_as(Role.COORDINATOR), "/events/weeks/workshop"

    refused = desk.post(
        f"{place}/q1",
        data={"csrf_token": csrf_token(desk, place), "text": "Ask anna@unit.example"},
        headers=HERE,
    )
    assert refused.status_code == 422
    assert "Ask anna@unit.example</textarea>" in refused.text
    desk.post(
        f"{place}/q1", data={"csrf_token": csrf_token(desk, place), "text": "Logs were gone."}, headers=HERE
    )
    desk.post(
        f"{place}/posts/p1/answers",
        data={"csrf_token": csrf_token(desk, place), "text": "Here too."},
        headers=HERE,
    )
    assert "Here too." in desk.get("/events/weeks/reader?discussion=yes").text
    hidden = {"csrf_token": csrf_token(desk, place), "reason": "Said twice"}
    assert desk.get(f"{place}/posts/p2/hide").status_code == 200
    desk.post(f"{place}/posts/p2/hide", data=hidden, headers=HERE)
    page = Page(desk.get(place).text)
    assert "Which difficulties? (1)" in page.text
    assert page.address("Seven days").startswith("/cases/seven")
    assert "Logs were gone." in page.text
    assert "Here too." not in page.text


def test_a_presenter_reads_on_each_page_for_which_call_and_session_the_case_is(
    client_as: SignIn, shelf: Shelf, kb_services: Services, accounts: dict[Role, Account]
) -> None:
    call = Call(text="A case each", deadline=dt.date(2999, 1, 1))
    shelf.put("weeks", CONFERENCE.model_copy(update={"call": call}))
    shelf.follow()
    author, client = accounts[Role.PRESENTER], client_as(Role.PRESENTER)
    draft = kb_services.submissions.create(author, a_case(event="weeks", session="talk"))
    place = f"/submissions/{draft.id}"

    assert "open until 1 January 2999" in Page(client.get(f"{place}/write").text).text
    kb_services.submissions.submit(author, draft.id, draft.revision)
    for path in (place, f"{place}/receipt"):
        page = Page(client.get(path).text)
        assert page.address("A conference in Vienna") == "/events/weeks"
        assert page.address("A talk") == "/events/weeks#talk"


def test_the_second_of_two_who_save_is_shown_all_that_the_first_one_changed(
    client_as: SignIn, shelf: Shelf
) -> None:
    shelf.put("vienna", CONFERENCE)
    desk, place = client_as(Role.COORDINATOR), "/events/vienna/edit"
    form = form_at(desk, place)
    call = Call(text="A case each", deadline=dt.date(2999, 1, 1))
    moved = {"place": "Prague", "organiser": "Another unit", "start": None, "end": None, "call": call}
    shelf.put("vienna", CONFERENCE.model_copy(update=moved))

    refused = form.send(desk, participants="Officers")
    assert refused.status_code == 409
    page = Page(refused.text).text
    assert "Conference, Prague, Another unit, English" in page
    assert "Call for case studies, until 1 January 2999" in page
    assert form_at(desk, place).fields["place"] == "Prague"
