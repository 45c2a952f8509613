"""What the cases of an event have in common."""

from __future__ import annotations

from kb.domain.lesson import GoodPractice
from kb.domain.marking import Audience, Marking
from kb.domain.practice import Practice, PracticeStatus
from tests.samples import VIENNA, put
from tests.services.hall import QUIET, Hall


def test_what_an_events_cases_have_in_common_is_counted_as_the_reader_may_know(hall: Hall) -> None:
    office = hall.office
    hall.hold()
    for identifier, country in (("one", "AT"), ("two", "FR"), ("three", "ES"), ("four", "IT")):
        office.publish(
            identifier,
            event="weeks" if country != "IT" else None,
            lead_country=country,
            owner=VIENNA.model_copy(update={"country": country}),
            audience=QUIET if country == "ES" else Audience(),
        )
    practice = Practice(
        title="Preserve first", rests_on=("one/preserve",), status=PracticeStatus.ENDORSED, released=True
    )
    against = practice.model_copy(
        update={"title": "Wait", "rests_on": ("four/preserve",), "contradicted_by": ("one/preserve",)}
    )
    put(office.store, "first", practice)
    put(office.store, "wait", against)
    office.drain.run()

    common, quiet = hall.in_common.get(office.anna, "weeks"), hall.in_common.get(office.dora, "weeks")

    assert common.table.rows["retention-expired"] == 3
    assert quiet.table.rows["retention-expired"] == 2
    assert common.shared == ("request-rejected-on-form", "retention-expired")
    assert common.reported_by["retention-expired"] == {"AT", "ES", "FR"}
    assert quiet.shared == ()
    assert "ES" not in quiet.countries
    assert {hit.case for hit in common.lessons.hits} == {"one", "two", "three"}
    assert [entry.title for entry in common.practices] == ["Preserve first"]


def test_of_many_lessons_the_first_are_shown_and_all_are_counted(hall: Hall) -> None:
    office = hall.office
    hall.hold()
    for case in ("one", "two"):
        many = tuple(
            GoodPractice(key=f"p{number}", title=f"Practice {number}", text="Always.") for number in range(26)
        )
        office.publish(case, event="weeks", lessons=many)

    lessons = hall.in_common.get(office.anna, "weeks").lessons

    assert (lessons.total, len(lessons.hits)) == (52, 50)


def test_the_page_bears_the_narrowest_marking_of_what_its_reader_is_shown(hall: Hall) -> None:
    office = hall.office
    hall.hold()
    office.publish("one", event="weeks", owner=VIENNA, audience=Audience(marking=Marking.AMBER))

    assert hall.in_common.get(office.anna, "weeks").marking is Marking.AMBER
    assert hall.in_common.get(office.dora, "weeks").marking is Marking.GREEN
