"""One suite over the catalogue on SQLite and the one in memory, then what only a file can suffer."""

from __future__ import annotations

import datetime as dt
import itertools
import os
import random
import sqlite3
import threading
from pathlib import Path

import pytest

from kb.adapters.catalogue.connections import Connections
from kb.adapters.catalogue.store import SqliteCatalogue
from kb.domain.account import Account, Role
from kb.domain.case_study import CaseStatus
from kb.domain.entry import Entry, Listing, Order, entry_of
from kb.domain.errors import StoreFailure
from kb.domain.marking import (
    OFFICERS_VIEWER,
    OPERATOR_VIEWER,
    PUBLIC_VIEWER,
    Audience,
    Marking,
    Organisation,
    Viewer,
)
from kb.domain.ports import Catalogue, Change
from kb.domain.record import Kind
from kb.domain.revision import KIND_OF, Body, Header, RecordRef, Revision
from kb.domain.unit import units_of
from kb.domain.workflow import Action, SubmissionStatus
from tests.fakes.catalogue import MemoryCatalogue
from tests.fakes.clock import NOON
from tests.samples import BRUSSELS, VIENNA, a_case, a_submission, case_ref, submission_ref

DAY = dt.timedelta(days=1)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "search_index" / "catalogue.sqlite"


@pytest.fixture(params=["memory", "sqlite"])
def catalogue(request: pytest.FixtureRequest, path: Path) -> Catalogue:
    return MemoryCatalogue() if request.param == "memory" else SqliteCatalogue(path)


def entry(
    identifier: str,
    body: Body,
    *,
    revision: int = 1,
    saved_at: dt.datetime = NOON,
    created_at: dt.datetime = NOON,
) -> Entry:
    header = Header(
        kind=KIND_OF[type(body)],
        id=identifier,
        revision=revision,
        previous=None,
        digest=f"{revision:064x}",
        saved_at=saved_at,
        saved_by="anna",
        action=Action.EDIT,
    )
    made = entry_of(Revision(header=header, body=body), created_at)
    assert made
    return made


def put(catalogue: Catalogue, *entries: Entry) -> None:
    catalogue.apply([Change(ref=each.ref, entry=each) for each in entries])


def officer(identifier: str, organisation: Organisation, *roles: Role) -> Viewer:
    return Account(
        id=identifier,
        email="",
        name=identifier,
        organisation=organisation,
        roles=frozenset(roles or {Role.INVESTIGATOR}),
    ).viewer


ANNA = officer("anna", VIENNA)
BEN = officer("ben", BRUSSELS)
CARLA = officer("carla", BRUSSELS, Role.COORDINATOR)


def ids(entries: tuple[Entry, ...]) -> list[str]:
    return [each.id for each in entries]


# -- putting and dropping ----------------------------------------------------------------------------------------------


def test_an_empty_catalogue_knows_nothing(catalogue: Catalogue) -> None:
    assert catalogue.get(OPERATOR_VIEWER, case_ref()) is None
    assert catalogue.list(Listing(viewer=OPERATOR_VIEWER)) == ()
    assert catalogue.count(Listing(viewer=OPERATOR_VIEWER)) == 0
    assert catalogue.created_at(case_ref()) is None
    assert dict(catalogue.manifest()) == {}
    assert list(catalogue.units()) == []
    assert dict(catalogue.units_manifest()) == {}


def test_an_entry_comes_back_whole_without_its_units(catalogue: Catalogue) -> None:
    made = entry("seven", a_case(author="anna", source_key="row 7"), created_at=NOON - DAY)

    put(catalogue, made)

    assert catalogue.get(OPERATOR_VIEWER, case_ref()) == made.model_copy(update={"units": ()})
    assert catalogue.created_at(case_ref()) == NOON - DAY


def test_the_units_of_all_entries_come_back_in_order(catalogue: Catalogue) -> None:
    case = a_case()
    put(catalogue, entry("seven", case), entry("eight", case, revision=2), entry("draft", a_submission()))

    assert list(catalogue.units()) == [*units_of("eight", 2, case), *units_of("seven", 1, case)]
    assert dict(catalogue.units_manifest()) == {"eight": 2, "seven": 1}


def test_a_retired_case_is_in_the_manifest_and_not_in_that_of_the_units(catalogue: Catalogue) -> None:
    put(catalogue, entry("seven", a_case(status=CaseStatus.RETIRED)))

    assert dict(catalogue.manifest()) == {case_ref(): 1}
    assert dict(catalogue.units_manifest()) == {}


def test_a_newer_revision_replaces_an_older_one_with_everything_that_hangs_on_it(
    catalogue: Catalogue,
) -> None:
    red = Audience(marking=Marking.RED, persons=("ben",))
    put(catalogue, entry("seven", a_case(author="anna")))
    put(catalogue, entry("seven", a_case(author="ben", title="Narrowed", audience=red), revision=2))

    assert catalogue.get(ANNA, case_ref()) is None
    assert catalogue.list(Listing(viewer=OPERATOR_VIEWER, author="anna")) == ()
    assert [unit.revision for unit in catalogue.units()] == [2] * 5


def test_an_older_revision_never_replaces_a_newer_one(catalogue: Catalogue) -> None:
    put(catalogue, entry("seven", a_case(title="Newer"), revision=2))
    put(catalogue, entry("seven", a_case(title="Older")))

    assert dict(catalogue.manifest()) == {case_ref(): 2}


def test_the_same_revision_may_be_put_again(catalogue: Catalogue) -> None:
    put(catalogue, entry("seven", a_case()))
    put(catalogue, entry("seven", a_case()))

    assert catalogue.count(Listing(viewer=OPERATOR_VIEWER)) == 1


def test_a_dropped_entry_is_gone_with_its_units_and_may_come_back_older(catalogue: Catalogue) -> None:
    put(catalogue, entry("seven", a_case(), revision=2), entry("eight", a_case()))
    catalogue.apply([Change(ref=case_ref(), entry=None), Change(ref=case_ref("nothing"), entry=None)])

    assert dict(catalogue.manifest()) == {case_ref("eight"): 1}
    assert {unit.case for unit in catalogue.units()} == {"eight"}
    put(catalogue, entry("seven", a_case()))
    assert dict(catalogue.manifest())[case_ref()] == 1


def test_records_of_two_kinds_may_share_an_id(catalogue: Catalogue) -> None:
    put(catalogue, entry("seven", a_case()), entry("seven", a_submission(), revision=3))

    assert dict(catalogue.manifest()) == {case_ref(): 1, submission_ref("seven"): 3}


def test_clearing_forgets_everything(catalogue: Catalogue) -> None:
    put(catalogue, entry("seven", a_case()))

    catalogue.clear()

    assert dict(catalogue.manifest()) == {}
    assert list(catalogue.units()) == []


def test_the_checksum_tells_what_is_held_and_not_how_it_came(catalogue: Catalogue) -> None:
    empty = catalogue.digest()
    put(catalogue, entry("seven", a_case()), entry("eight", a_case()))
    held = catalogue.digest()
    catalogue.clear()
    put(catalogue, entry("eight", a_case()))
    put(catalogue, entry("seven", a_case()))

    assert catalogue.digest() == held != empty
    put(catalogue, entry("seven", a_case(), revision=2))
    assert catalogue.digest() != held


# -- who sees what -----------------------------------------------------------------------------------------------------

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


def test_a_withheld_origin_is_not_listed_and_cannot_be_asked_for(catalogue: Catalogue) -> None:
    audience = Audience(chatham_house=True)
    put(catalogue, entry("seven", a_case(author="anna", source_key="row 7", audience=audience)))

    for viewer, told in ((ANNA, True), (OPERATOR_VIEWER, True), (BEN, False), (CARLA, False)):
        (shown,) = catalogue.list(Listing(viewer=viewer))
        assert (shown.owner == "vienna") == told
        assert shown == catalogue.get(viewer, case_ref())
        asked = [
            Listing(viewer=viewer, owner="vienna"),
            Listing(viewer=viewer, author="anna"),
            Listing(viewer=viewer, source_key="row 7"),
        ]
        assert [catalogue.count(listing) for listing in asked] == [int(told)] * 3


def test_an_author_knows_the_origin_of_their_own_record_wherever_they_work(catalogue: Catalogue) -> None:
    body = a_case(audience=Audience(chatham_house=True))
    put(catalogue, entry("draft", a_submission(author="dora", co_authors=("ben",), body=body)))

    (shown,) = catalogue.list(Listing(viewer=BEN, owner="vienna", author="dora"))

    assert shown.author == "dora"


# -- what is asked -----------------------------------------------------------------------------------------------------


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
        ({"source_key": "row 7"}, ["seven"]),
        ({"author": "anna", "kinds": {Kind.SUBMISSION}}, ["draft"]),
        ({"author": "nobody"}, []),
    ],
)
def test_a_listing_narrows_by_what_is_given(
    catalogue: Catalogue, asked: dict[str, object], answer: list[str]
) -> None:
    put(
        catalogue,
        entry("seven", a_case(author="anna", source_key="row 7"), saved_at=NOON + 2 * DAY),
        entry("draft", a_submission(co_authors=("dora",)), saved_at=NOON + DAY),
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
        entry("c", a_case(title="apfel"), saved_at=NOON - DAY),
        entry("d", a_case(title="Zug"), saved_at=NOON - DAY),
    )

    orders = {order: ids(catalogue.list(Listing(viewer=OPERATOR_VIEWER, order=order))) for order in Order}

    assert orders == {
        Order.NEWEST: ["b", "c", "d", "a"],
        Order.CHANGED: ["b", "a", "c", "d"],
        Order.OLDEST: ["c", "d", "a", "b"],
        Order.TITLE: ["b", "c", "d", "a"],
    }


def test_a_listing_comes_in_pages_that_counting_ignores(catalogue: Catalogue) -> None:
    put(catalogue, *(entry(f"c{number}", a_case(), saved_at=NOON + number * DAY) for number in range(5)))

    page = Listing(viewer=OPERATOR_VIEWER, order=Order.OLDEST, offset=1, limit=2)

    assert ids(catalogue.list(page)) == ["c1", "c2"]
    assert ids(catalogue.list(page.model_copy(update={"limit": None}))) == ["c1", "c2", "c3", "c4"]
    assert catalogue.count(page) == 5


def test_purging_changes_nothing_that_is_held(catalogue: Catalogue) -> None:
    put(catalogue, entry("seven", a_case()))
    held = catalogue.digest()

    catalogue.purge()

    assert catalogue.digest() == held


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
        {"target": "c1"},
        {"kinds": {Kind.SUBMISSION}, "order": Order.TITLE, "offset": 2, "limit": 5},
    )

    for viewer, narrowing in itertools.product(viewers, narrowings):
        listing = Listing.model_validate({"viewer": viewer, **narrowing})
        assert file.list(listing) == memory.list(listing)
        assert file.count(listing) == memory.count(listing)
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


# -- what only a file can suffer ---------------------------------------------------------------------------------------


def held(path: Path) -> dict[RecordRef, int]:
    return dict(SqliteCatalogue(path).manifest())


def test_what_was_applied_is_there_when_the_file_is_opened_again(path: Path) -> None:
    put(SqliteCatalogue(path), entry("seven", a_case()))

    assert held(path) == {case_ref(): 1}


def test_many_units_come_in_several_batches_and_none_twice(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kb.adapters.catalogue.store.BATCH", 2)
    catalogue = SqliteCatalogue(path)
    put(catalogue, *(entry(name, a_case()) for name in ("a", "b", "c", "d", "e")))

    assert [unit.id for unit in catalogue.units() if unit.id == unit.case] == ["a", "b", "c", "d", "e"]


def test_changes_go_in_together_or_not_at_all(path: Path) -> None:
    catalogue = SqliteCatalogue(path)
    broken = entry("eight", a_case()).model_copy(update={"digest": None})

    with pytest.raises(StoreFailure, match="cannot be read or written"):
        put(catalogue, entry("seven", a_case()), broken)
    assert held(path) == {}
    put(catalogue, entry("seven", a_case()))
    assert held(path) == {case_ref(): 1}


def test_a_file_with_other_tables_is_emptied(path: Path) -> None:
    put(SqliteCatalogue(path), entry("seven", a_case()))
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 1")
    connection.close()

    assert held(path) == {}


@pytest.mark.parametrize("rest", [b"this is no database" * 100, b"SQLite format 3\x00" + b"\xff" * 5000])
def test_a_file_that_is_no_database_is_replaced_by_an_empty_one(path: Path, rest: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(rest)
    catalogue = SqliteCatalogue(path)

    assert dict(catalogue.manifest()) == {}
    put(catalogue, entry("seven", a_case()))
    assert held(path) == {case_ref(): 1}


def test_a_file_that_is_spoilt_while_it_is_open_is_replaced_too(path: Path) -> None:
    catalogue = SqliteCatalogue(path)
    put(catalogue, *(entry(f"c{number}", a_case()) for number in range(50)))
    catalogue.purge()
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (path.stat().st_size - 4096))

    assert len(SqliteCatalogue(path).manifest()) == 0
    assert len(catalogue.manifest()) == 0


def test_a_file_that_was_deleted_while_it_is_open_is_made_anew(path: Path) -> None:
    catalogue = SqliteCatalogue(path)
    put(catalogue, entry("seven", a_case()))
    for each in path.parent.iterdir():
        each.unlink()
    path.parent.rmdir()

    put(catalogue, entry("eight", a_case()))

    assert held(path) == {case_ref("eight"): 1}


def test_a_place_that_can_hold_no_file_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "catalogue.sqlite").mkdir()

    with pytest.raises(StoreFailure, match="cannot be read or written"):
        SqliteCatalogue(tmp_path / "catalogue.sqlite").manifest()


def test_threads_read_and_write_at_once(path: Path) -> None:
    catalogue = SqliteCatalogue(path)
    failures: list[Exception] = []

    def work(name: str) -> None:
        try:
            for number in range(1, 11):
                put(catalogue, entry(name, a_case(), revision=number))
                catalogue.list(Listing(viewer=OPERATOR_VIEWER))
        except Exception as error:  # noqa: BLE001 - told by the assertion below
            failures.append(error)

    threads = [threading.Thread(target=work, args=(f"t{number}",)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    assert set(catalogue.manifest().values()) == {10}


def test_a_child_process_opens_the_file_for_itself(path: Path) -> None:
    catalogue = SqliteCatalogue(path)
    put(catalogue, entry("seven", a_case()))

    child = os.fork()
    if child == 0:
        status = 1
        try:
            put(catalogue, entry("eight", a_case()))
            status = 0 if len(catalogue.manifest()) == 2 else 2
        finally:
            os._exit(status)
    _, status = os.waitpid(child, 0)

    assert os.waitstatus_to_exitcode(status) == 0
    assert set(catalogue.manifest()) == {case_ref(), case_ref("eight")}


def test_processes_that_open_a_new_file_together_all_get_its_tables(path: Path) -> None:
    children = []
    for number in range(4):
        child = os.fork()
        if child == 0:
            status = 1
            try:
                put(SqliteCatalogue(path), entry(f"p{number}", a_case()))
                status = 0
            finally:
                os._exit(status)
        children.append(child)

    statuses = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]

    assert statuses == [0] * 4
    assert len(held(path)) == 4


def test_after_a_purge_no_file_holds_a_word_of_what_was_dropped(path: Path) -> None:
    catalogue = SqliteCatalogue(path)
    secret = "Ivan Horvat was known"
    put(catalogue, entry("seven", a_case(summary=secret)), entry("eight", a_case()))
    assert secret.encode() in stored(path)
    catalogue.apply([Change(ref=case_ref(), entry=None)])

    catalogue.purge()

    assert secret.encode() not in stored(path)
    assert held(path) == {case_ref("eight"): 1}


def stored(path: Path) -> bytes:
    return b"".join(file.read_bytes() for file in path.parent.iterdir())


def test_a_purge_is_no_success_while_somebody_reads_what_was_dropped(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kb.adapters.catalogue.connections.BUSY_TIMEOUT", 0.05)
    catalogue = SqliteCatalogue(path)
    put(catalogue, entry("seven", a_case()))
    reader = Connections(path).get()
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM entry").fetchall()
    catalogue.clear()

    with pytest.raises(StoreFailure, match="Purge again"):
        catalogue.purge()
    reader.execute("ROLLBACK")
    catalogue.purge()


def test_a_writer_that_never_ends_is_told_in_a_sentence(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kb.adapters.catalogue.connections.BUSY_TIMEOUT", 0.05)
    catalogue = SqliteCatalogue(path)
    put(catalogue, entry("seven", a_case()))
    writer = Connections(path).get()
    writer.execute("BEGIN IMMEDIATE")

    with pytest.raises(StoreFailure, match="locked"):
        put(catalogue, entry("eight", a_case()))
    assert catalogue.count(Listing(viewer=OPERATOR_VIEWER)) == 1
    writer.execute("ROLLBACK")
