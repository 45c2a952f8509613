"""Letters say what happened and where to read on, and nothing that their way or their reader's desk should not know."""

from __future__ import annotations

import pytest

from kb.domain.letter import WORDS, Digest, Item, letter_to
from kb.domain.marking import Marking
from kb.domain.notice import Told
from kb.domain.record import Kind
from tests.fakes.clock import NOON

PLACES = {"inbox": "https://kb.test/inbox", "settings": "https://kb.test/inbox/settings"}


def item(key: str = "k1", **fields: object) -> Item:
    sound: dict[str, object] = {
        "key": key,
        "act": Told.PUBLISHED,
        "kind": Kind.SUBMISSION,
        "title": "Seven days",
        "marking": Marking.GREEN,
        "address": "https://kb.test/submissions/abc",
    }
    return Item.model_validate(sound | fields)


def text(*items: Item, besides: tuple[tuple[str, str], ...] = ()) -> str:
    digest = Digest(items=items, besides=besides)
    return letter_to("anna@example.org", digest, at=NOON, **PLACES).text


def test_a_letter_says_what_happened_where_to_read_on_and_how_to_have_no_more() -> None:
    assert text(item(), besides=(("New results: 2", "https://kb.test/saved"),)) == (
        "What is new for you in Casebook, as of 2026-09-01 12:00 UTC.\n\n"
        "Published: Seven days\n  https://kb.test/submissions/abc\n\n"
        "New results: 2\n  https://kb.test/saved\n\n"
        "All of it: https://kb.test/inbox\n\n"
        "This was sent to you alone. Choose what is mailed, or nothing: https://kb.test/inbox/settings\n"
    )


def test_what_waits_for_its_reader_stands_first() -> None:
    told = text(item(), item("k2", act=Told.CHANGES_REQUESTED))

    assert told.index("WAITS FOR YOU") < told.index("Changes requested") < told.index("GOOD TO KNOW")
    assert told.index("GOOD TO KNOW") < told.index("Published")


@pytest.mark.parametrize(
    ("marking", "kind", "told"),
    [
        (Marking.CLEAR, Kind.SUBMISSION, "Published: Seven days"),
        (Marking.AMBER, Kind.CASE_STUDY, "Published: Seven days"),
        (Marking.AMBER_STRICT, Kind.SUBMISSION, "Published: a submission"),
        (Marking.RED, Kind.CASE_STUDY, "Published: a case study"),
    ],
)
def test_the_title_of_a_narrow_record_is_not_told(marking: Marking, kind: Kind, told: str) -> None:
    assert item(marking=marking, kind=kind).line == told


def test_a_record_without_a_title_is_told_all_the_same() -> None:
    assert item(title="").line == "Published: without a title"


def test_the_subject_holds_no_title() -> None:
    one, two = (
        letter_to("anna@example.org", Digest(items=items), at=NOON, **PLACES)
        for items in ((item(),), (item(), item("k2")))
    )

    assert (one.subject, two.subject) == ("Casebook: published", "Casebook: 2 notices")


def test_the_same_notices_to_the_same_person_make_the_same_letter() -> None:
    def made(address: str, *keys: str) -> str:
        return letter_to(address, Digest(items=tuple(map(item, keys))), at=NOON, **PLACES).id

    assert made("a@example.org", "k1", "k2") == made("a@example.org", "k2", "k1")
    assert len({made("a@example.org", "k1"), made("b@example.org", "k1"), made("a@example.org", "k2")}) == 3


def test_a_long_list_is_cut_and_the_rest_is_counted() -> None:
    told = text(*(item(f"k{number}") for number in range(40)))

    assert told.count("Published: Seven days") == 30
    assert "and 10 more in your inbox" in told


def test_everything_that_is_told_has_words() -> None:
    assert set(WORDS) == set(Told)
