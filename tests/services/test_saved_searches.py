"""What an officer follows: whose it is, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kb.domain.account import OPERATOR, Account
from kb.domain.errors import Forbidden, Invalid, NotFound, NotSignedIn
from kb.domain.query import SearchRequest, Sort
from kb.domain.saved_search import LONGEST_NAME, MOST_SAVED
from kb.services.saved_searches import SavedSearches
from tests.services.reading_desk import ReadingDesk

Act = Callable[[SavedSearches, Account | None, str], object]
ACTS: dict[str, Act] = {
    "get": SavedSearches.get,
    "rename": lambda saved, actor, identifier: saved.rename(actor, identifier, "Mine"),
    "delete": SavedSearches.delete,
    "show_new": SavedSearches.show_new,
    "see": SavedSearches.see,
}


@pytest.fixture
def desk() -> ReadingDesk:
    return ReadingDesk()


def test_a_search_is_kept_with_its_name_from_its_first_page(desk: ReadingDesk) -> None:
    saved = desk.saved.save(desk.anna, SearchRequest(text="logs", page=4), " Logs  gone ")

    assert (saved.name, saved.request.page, saved.account) == ("Logs gone", 1, "anna")
    assert desk.saved.get(desk.anna, saved.id) == saved
    assert [each.saved for each in desk.saved.list(desk.anna).searches] == [saved]


def test_a_search_without_a_name_is_called_by_its_words_and_one_without_words_needs_one(
    desk: ReadingDesk,
) -> None:
    assert desk.saved.save(desk.anna, SearchRequest(text="logs")).name == "logs"
    with pytest.raises(Invalid, match="Give this search a name"):
        desk.saved.save(desk.anna, SearchRequest(text=" ", exact=True))


def test_the_same_search_is_kept_once(desk: ReadingDesk) -> None:
    saved = desk.saved.save(desk.anna, SearchRequest(text="logs"), "Mine")

    again = desk.saved.save(desk.anna, SearchRequest(text="logs ", page=2), "Another name")
    other = desk.saved.save(desk.anna, SearchRequest(text="logs", sort=Sort.NEWEST))

    assert again == saved
    assert other != saved
    assert desk.saved.find(desk.anna, SearchRequest(text="logs")) == saved
    assert desk.saved.find(desk.bert, SearchRequest(text="logs")) is None


def test_one_search_too_many_is_refused_with_what_to_do(desk: ReadingDesk) -> None:
    for number in range(MOST_SAVED):
        desk.saved.save(desk.anna, SearchRequest(text=f"word{number}"))

    with pytest.raises(Invalid, match="Delete one"):
        desk.saved.save(desk.anna, SearchRequest(text="one more"))

    assert desk.saved.save(desk.anna, SearchRequest(text="word7")).name == "word7", "it needs no place more"
    assert desk.saved.save(desk.bert, SearchRequest(text="one more")).account == "bert"


def test_another_name_is_kept(desk: ReadingDesk) -> None:
    saved = desk.follow()

    renamed = desk.saved.rename(desk.anna, saved.id, " Preserve   first ")

    assert renamed == desk.saved.get(desk.anna, saved.id)
    assert renamed.name == "Preserve first"


@pytest.mark.parametrize("name", ["", " \n ", "x" * (LONGEST_NAME + 1)])
def test_a_name_that_says_nothing_or_too_much_is_refused(desk: ReadingDesk, name: str) -> None:
    saved = desk.follow()
    with pytest.raises(Invalid, match="characters"):
        desk.saved.rename(desk.anna, saved.id, name)


def test_a_deleted_search_is_gone(desk: ReadingDesk) -> None:
    saved = desk.follow()

    desk.saved.delete(desk.anna, saved.id)

    assert desk.saved.list(desk.anna).searches == ()


@pytest.mark.parametrize("act", ACTS)
def test_another_persons_search_is_as_unknown_as_a_missing_one(desk: ReadingDesk, act: str) -> None:
    saved = desk.follow()
    told = []
    for identifier in (saved.id, "missing"):
        with pytest.raises(NotFound) as refused:
            ACTS[act](desk.saved, desk.bert, identifier)
        told.append(str(refused.value))

    assert told[0] == told[1]
    assert desk.saved.get(desk.anna, saved.id) == saved


@pytest.mark.parametrize(
    "act",
    [
        *ACTS.values(),
        lambda saved, actor, _: saved.save(actor, SearchRequest(text="x")),
        lambda saved, actor, _: saved.find(actor, SearchRequest()),
        lambda saved, actor, _: saved.list(actor),
    ],
)
def test_who_is_no_officer_follows_nothing(desk: ReadingDesk, act: Act) -> None:
    saved = desk.follow()
    for actor in (desk.otto, OPERATOR):
        with pytest.raises(Forbidden, match="officer role"):
            act(desk.saved, actor, saved.id)
    for nobody in (None, desk.anna.model_copy(update={"active": False})):
        with pytest.raises(NotSignedIn):
            act(desk.saved, nobody, saved.id)
