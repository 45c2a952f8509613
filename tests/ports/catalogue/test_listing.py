"""What every catalogue tells, and whom."""

from __future__ import annotations

import datetime as dt
import itertools
import random
from pathlib import Path

import pytest

from kb.adapters.catalogue.store import SqliteCatalogue
from kb.domain.case_study import CaseStatus
from kb.domain.entry import Entry, Listing, Order
from kb.domain.lesson import Difficulty
from kb.domain.marking import (
    OFFICERS_VIEWER,
    OPERATOR_VIEWER,
    PUBLIC_VIEWER,
    Audience,
    Marking,
    Viewer,
)
from kb.domain.ports import Catalogue
from kb.domain.record import Kind
from kb.domain.workflow import SubmissionStatus
from tests.fakes.catalogue import MemoryCatalogue
from tests.fakes.clock import NOON
from tests.ports.catalogue.entries import ANNA, BEN, CARLA, DAY, entry, ids, put
from tests.samples import BRUSSELS, VIENNA, a_case, a_submission, case_ref

TODAY = NOON.date()
AUDIENCES = {
    "clear": Audience(marking=Marking.CLEAR),
    "green": Audience(marking=Marking.GREEN),
    "amber": Audience(marking=Marking.AMBER, countries=("FR",)),
    "amber-belgium": Audience(marking=Marking.AMBER, countries=("BE",)),
    "strict": Audience(marking=Marking.AMBER_STRICT),
    "red": Audience(marking=Marking.RED, persons=("ben",)),
}


@pytest.mark.parametrize(
    ("viewer", "seen"),
    [
        (OPERATOR_VIEWER, set(AUDIENCES)),
        (ANNA, set(AUDIENCES) - {"red"}),
        (BEN, {"clear", "green", "amber-belgium", "red"}),
        (OFFICERS_VIEWER, {"clear", "green"}),
        (PUBLIC_VIEWER, {"clear"}),
        (Viewer(), set()),
    ],
)
def test_a_record_exists_for_those_who_have_one_of_its_tokens(
    catalogue: Catalogue, viewer: Viewer, seen: set[str]
) -> None:
    put(catalogue, *(entry(name, a_case(audience=audience)) for name, audience in AUDIENCES.items()))

    assert set(ids(catalogue.list(Listing(viewer=viewer)))) == seen
    assert catalogue.count(Listing(viewer=viewer)) == len(seen)
    assert {name for name in AUDIENCES if catalogue.get(viewer, case_ref(name))} == seen
    asked = [case_ref(name) for name in (*AUDIENCES, "missing")]
    assert catalogue.known(viewer, asked) == {
        case_ref(name): catalogue.get(viewer, case_ref(name)) for name in seen
    }
    assert {name for name in AUDIENCES if not catalogue.hides(viewer, case_ref(name), 1)} == seen


def test_what_the_catalogue_has_not_followed_is_hidden_by_the_file_alone(catalogue: Catalogue) -> None:
    put(catalogue, entry("seven", a_case(audience=Audience(marking=Marking.AMBER_STRICT))))

    assert catalogue.hides(CARLA, case_ref(), 1)
    assert not catalogue.hides(CARLA, case_ref(), 2)
    assert not catalogue.hides(CARLA, case_ref("missing"), 0)
    assert not catalogue.hides(OPERATOR_VIEWER, case_ref(), 1)


def test_a_withheld_origin_is_not_listed_and_cannot_be_asked_for(catalogue: Catalogue) -> None:
    audience = Audience(chatham_house=True)
    case = a_case(author="anna", source_key="row 7", event="vienna", session="border", audience=audience)
    put(catalogue, entry("seven", case))

    for viewer, told in ((ANNA, True), (OPERATOR_VIEWER, True), (BEN, False), (CARLA, False)):
        (shown,) = catalogue.list(Listing(viewer=viewer))
        assert (shown.owner == "vienna") == told
        assert shown == catalogue.get(viewer, case_ref())
        asked = [
            Listing(viewer=viewer, owner="vienna"),
            Listing(viewer=viewer, author="anna"),
            Listing(viewer=viewer, source_key="row 7"),
            Listing(viewer=viewer, event="vienna"),
        ]
        assert (shown.event, shown.session) == (("vienna", "border") if told else (None, None))
        assert [catalogue.count(listing) for listing in asked] == [int(told)] * 4


def test_an_author_knows_the_origin_of_their_own_record_wherever_they_work(catalogue: Catalogue) -> None:
    body = a_case(audience=Audience(chatham_house=True))
    put(catalogue, entry("draft", a_submission(author="dora", co_authors=("ben",), body=body)))

    (shown,) = catalogue.list(Listing(viewer=BEN, owner="vienna", author="dora"))

    assert shown.author == "dora"


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ({"kinds": {Kind.CASE_STUDY}}, ["seven"]),
        ({"kinds": {Kind.CASE_STUDY, Kind.SUBMISSION}}, ["seven", "draft", "other"]),
        ({"statuses": {"in-review"}}, ["other"]),
        ({"statuses": {"draft", "in-review"}}, ["draft", "other"]),
        ({"author": "anna"}, ["seven", "draft"]),
        ({"author": "dora"}, ["draft"]),
        ({"reviewer": "carla"}, ["other"]),
        ({"owner": "vienna"}, ["seven", "draft"]),
        ({"target": "seven"}, ["draft"]),
        ({"targets": {"seven", "eight"}}, ["draft", "other"]),
        ({"targets": {"seven", "nine"}}, ["draft"]),
        ({"source_key": "row 7"}, ["seven"]),
        ({"event": "vienna"}, ["seven", "draft"]),
        ({"event": "vienna", "kinds": {Kind.SUBMISSION}}, ["draft"]),
        ({"changed_since": NOON + DAY}, ["seven", "draft"]),
        ({"changed_since": NOON + 2 * DAY, "kinds": {Kind.SUBMISSION}}, []),
        ({"author": "anna", "kinds": {Kind.SUBMISSION}}, ["draft"]),
        ({"author": "nobody"}, []),
        ({"review_from": TODAY}, ["seven", "draft"]),
        ({"review_until": TODAY}, ["seven"]),
        ({"review_from": TODAY + DAY, "review_until": TODAY + DAY}, ["draft"]),
    ],
)
def test_a_listing_narrows_by_what_is_given(
    catalogue: Catalogue, asked: dict[str, object], answer: list[str]
) -> None:
    put(
        catalogue,
        entry(
            "seven",
            a_case(author="anna", source_key="row 7", review_by=TODAY, event="vienna"),
            saved_at=NOON + 2 * DAY,
        ),
        entry(
            "draft",
            a_submission(co_authors=("dora",), body=a_case(review_by=TODAY + DAY, event="vienna")),
            saved_at=NOON + DAY,
        ),
        entry(
            "other",
            a_submission(
                author="ben",
                target="eight",
                status=SubmissionStatus.IN_REVIEW,
                reviewer="carla",
                body=a_case(owner=BRUSSELS),
            ),
        ),
    )
    listing = Listing.model_validate({"viewer": OPERATOR_VIEWER, **asked})

    assert ids(catalogue.list(listing)) == answer
    assert catalogue.count(listing) == len(answer)


def test_a_listing_comes_in_the_order_asked_for(catalogue: Catalogue) -> None:
    east = dt.timezone(dt.timedelta(hours=9))
    put(
        catalogue,
        entry("a", a_case(title="élan"), saved_at=NOON, created_at=NOON - 9 * DAY),
        entry("b", a_case(title="Apfel"), saved_at=(NOON + DAY).astimezone(east)),
        entry("c", a_case(title="apfel", review_by=TODAY), saved_at=NOON - DAY),
        entry("d", a_case(title="Zug", review_by=TODAY - DAY), saved_at=NOON - DAY),
    )

    orders = {order: ids(catalogue.list(Listing(viewer=OPERATOR_VIEWER, order=order))) for order in Order}

    assert orders == {
        Order.NEWEST: ["b", "c", "d", "a"],
        Order.CHANGED: ["b", "a", "c", "d"],
        Order.OLDEST: ["c", "d", "a", "b"],
        Order.TITLE: ["b", "c", "d", "a"],
        Order.REVIEW: ["d", "c", "a", "b"],
    }


def test_when_records_were_saved_is_told_in_the_order_asked_for_and_of_no_hidden_one(
    catalogue: Catalogue,
) -> None:
    east = dt.timezone(dt.timedelta(hours=9))
    narrow = a_case(audience=Audience(marking=Marking.AMBER_STRICT))
    put(
        catalogue,
        entry("a", a_case(), saved_at=NOON),
        entry("b", a_case(), saved_at=(NOON + DAY).astimezone(east)),
        entry("hidden", narrow, saved_at=NOON + DAY),
        entry("old", a_case(), saved_at=NOON - dt.timedelta(seconds=1)),
    )

    since = Listing(viewer=BEN, changed_since=NOON.astimezone(east), order=Order.CHANGED)

    assert list(catalogue.saved_at(since).items()) == [
        (case_ref("b"), NOON + DAY),
        (case_ref("a"), NOON),
    ]
    assert list(catalogue.saved_at(since.model_copy(update={"limit": 1}))) == [case_ref("b")]


def test_a_listing_comes_in_pages_that_counting_ignores(catalogue: Catalogue) -> None:
    put(catalogue, *(entry(f"c{number}", a_case(), saved_at=NOON + number * DAY) for number in range(5)))

    page = Listing(viewer=OPERATOR_VIEWER, order=Order.OLDEST, offset=1, limit=2)

    assert ids(catalogue.list(page)) == ["c1", "c2"]
    assert ids(catalogue.list(page.model_copy(update={"limit": None}))) == ["c1", "c2", "c3", "c4"]
    assert catalogue.count(page) == 5


def test_the_file_answers_every_question_as_memory_does(path: Path) -> None:
    chance = random.Random(2007)
    entries = [random_entry(chance, number) for number in range(60)]
    memory, file = MemoryCatalogue(), SqliteCatalogue(path)
    for catalogue in (memory, file):
        put(catalogue, *entries)
    viewers = (OPERATOR_VIEWER, ANNA, BEN, CARLA, OFFICERS_VIEWER, PUBLIC_VIEWER)
    narrowings: tuple[dict[str, object], ...] = (
        {},
        {"author": "anna"},
        {"owner": "brussels"},
        {"source_key": "row 1"},
        {"event": "vienna"},
        {"target": "c1"},
        {"targets": {"c1", "c2"}},
        {"review_until": TODAY, "order": Order.REVIEW},
        {"changed_since": NOON + 3 * DAY, "order": Order.CHANGED},
        {"kinds": {Kind.SUBMISSION}, "order": Order.TITLE, "offset": 2, "limit": 5},
    )

    for viewer, narrowing in itertools.product(viewers, narrowings):
        listing = Listing.model_validate({"viewer": viewer, **narrowing})
        assert file.list(listing) == memory.list(listing)
        assert file.count(listing) == memory.count(listing)
        assert file.saved_at(listing) == memory.saved_at(listing)
    assert file.digest() == memory.digest()
    assert list(file.units()) == list(memory.units())


def random_entry(chance: random.Random, number: int) -> Entry:
    marking = chance.choice(list(Marking))
    audience = Audience(
        marking=marking,
        countries=("BE",) if marking is Marking.AMBER and chance.random() < 0.5 else (),
        persons=("ben",) if marking is Marking.RED else (),
        chatham_house=chance.random() < 0.5,
    )
    case = a_case(
        title=f"{chance.choice(['Ä', 'b', 'C'])} {number}",
        owner=chance.choice([VIENNA, BRUSSELS, None]),
        author=chance.choice(["anna", "ben", None]),
        source_key=chance.choice(["", "row 1", "row 2"]),
        event=chance.choice([None, "vienna", "brussels"]),
        review_by=chance.choice([None, TODAY - DAY, TODAY, TODAY + DAY]),
        audience=audience,
    )
    saved_at = NOON + chance.randrange(5) * DAY
    if chance.random() < 0.5:
        return entry(f"c{number}", case, saved_at=saved_at)
    submission = a_submission(
        target=f"c{chance.randrange(3)}",
        author=chance.choice(["anna", "ben"]),
        status=chance.choice(list(SubmissionStatus)),
        body=case,
    )
    return entry(f"s{number}", submission, saved_at=saved_at)


def test_cases_that_name_a_case_are_found_by_those_who_may_see_them_and_nobody_is_told_what_an_entry_names(
    catalogue: Catalogue,
) -> None:
    same = Difficulty(key="d1", title="Logs", same_as=("told/d1", "told/d2"))
    for name in ("clear", "strict"):
        put(catalogue, entry(name, a_case(audience=AUDIENCES[name], lessons=(same,))))
    better = {"status": CaseStatus.SUPERSEDED, "superseded_by": "told"}
    put(catalogue, entry("old", a_case(**better)), entry("other", a_case()), entry("told", a_case()))
    asked = Listing(viewer=ANNA, naming="told", order=Order.TITLE)
    assert ids(catalogue.list(asked)) == ["clear", "old", "strict"]
    assert catalogue.count(asked) == 3
    assert ids(catalogue.list(asked.model_copy(update={"viewer": BEN}))) == ["clear", "old"]
    assert ids(catalogue.list(asked.model_copy(update={"naming": "nothing"}))) == []
    assert {each.names for each in catalogue.list(Listing(viewer=OPERATOR_VIEWER))} == {frozenset()}
    shown = catalogue.get(ANNA, case_ref("clear"))
    assert shown is not None
    assert shown.names == frozenset()
    put(catalogue, entry("clear", a_case(), revision=2))
    assert ids(catalogue.list(asked)) == ["old", "strict"]
