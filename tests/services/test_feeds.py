"""What a feed tells, to whom, and for how long."""

from __future__ import annotations

import pytest

from kb.domain.account import OPERATOR, Account
from kb.domain.errors import Forbidden, NotFound, SearchUnavailable
from kb.domain.lesson import Difficulty
from kb.domain.marking import Audience, Marking
from kb.domain.ports import AuditRow
from kb.domain.query import LARGEST_PAGE, Filter, IndexState
from kb.domain.record import Origin
from kb.domain.saved_search import SavedSearch
from kb.domain.unit import Facet
from kb.services.feeds import FEWER, MOST_ENTRIES, Feed
from kb.services.links import token_hash
from tests.fakes.clock import NOON
from tests.services.reading_desk import ReadingDesk


@pytest.fixture
def desk() -> ReadingDesk:
    return ReadingDesk()


def read(desk: ReadingDesk, saved: SavedSearch) -> Feed:
    return desk.feeds.answer(desk.feeds.make(desk.anna, saved.id))


def told(feed: Feed) -> list[str]:
    return [entry.id for entry in feed.entries]


def gone(desk: ReadingDesk, token: str) -> bool:
    with pytest.raises(NotFound):
        desk.feeds.answer(token)
    return True


def audited(desk: ReadingDesk) -> list[AuditRow]:
    return [row for row in desk.audit.rows if row.action.startswith("feed.")]


def test_a_feed_is_read_by_a_token_of_which_the_hash_alone_is_kept(desk: ReadingDesk) -> None:
    desk.publish("one")
    saved = desk.follow()

    token = desk.feeds.make(desk.anna, saved.id)

    assert told(desk.feeds.answer(token)) == ["one/preserve"]
    assert desk.saved.get(desk.anna, saved.id).feed == token_hash(token)
    assert gone(desk, token_hash(token))


def test_a_new_address_makes_the_old_one_worthless(desk: ReadingDesk) -> None:
    saved = desk.follow()
    old, new = (desk.feeds.make(desk.anna, saved.id) for _ in range(2))

    assert gone(desk, old)
    assert desk.feeds.answer(new).search == saved.id


def test_unknown_revoked_and_deleted_feeds_are_answered_alike(desk: ReadingDesk) -> None:
    revoked, deleted = desk.follow("logs"), desk.follow("forms")
    tokens = [desk.feeds.make(desk.anna, each.id) for each in (revoked, deleted)]

    desk.feeds.revoke(desk.anna, revoked.id)
    desk.saved.delete(desk.anna, deleted.id)

    assert all(gone(desk, token) for token in (*tokens, "unknown", ""))


@pytest.mark.parametrize("change", [{"active": False}, {"roles": frozenset({"administrator"})}])
def test_a_feed_ends_with_its_owners_right_to_read_and_comes_back_with_it(
    desk: ReadingDesk, change: dict[str, object]
) -> None:
    token = desk.feeds.make(desk.anna, desk.follow().id)

    desk.people.set_standing(Account.model_validate({**dict(desk.anna), **change}))
    assert gone(desk, token)

    desk.people.set_standing(desk.anna)
    assert desk.feeds.answer(token).name == "Followed"


def test_a_feed_of_an_account_that_is_no_more_is_gone(desk: ReadingDesk) -> None:
    orphan = desk.follow().model_copy(update={"account": "nobody", "feed": token_hash("token")})
    desk.saved_store.add(orphan, 1)

    assert gone(desk, "token")


def test_clear_and_green_alone_are_told_whatever_the_owner_may_read(desk: ReadingDesk) -> None:
    audiences = {
        "clear": Audience(marking=Marking.CLEAR),
        "green": Audience(marking=Marking.GREEN),
        "amber": Audience(marking=Marking.AMBER),
        "strict": Audience(marking=Marking.AMBER_STRICT),
        "red": Audience(marking=Marking.RED, persons=("anna", "cyril")),
    }
    for name, audience in audiences.items():
        desk.publish(name, audience=audience)
    saved = desk.follow()

    assert desk.searching.search(desk.anna, saved.request).total == len(audiences)
    assert sorted(told(read(desk, saved))) == ["clear/preserve", "green/preserve"]


def test_a_feed_is_the_same_with_and_without_records_that_it_may_not_tell(desk: ReadingDesk) -> None:
    desk.publish("open")
    saved = desk.follow()
    before = read(desk, saved)

    desk.publish("narrow", audience=Audience(marking=Marking.AMBER))

    assert read(desk, saved) == before


def test_a_search_for_a_narrow_marking_has_an_empty_feed(desk: ReadingDesk) -> None:
    desk.publish("amber", audience=Audience(marking=Marking.AMBER))
    marking = Filter(facet=Facet.MARKING, values=frozenset({"AMBER"}))
    saved = desk.follow(filters=(marking,))

    feed = read(desk, saved)

    assert (feed.entries, feed.updated) == ((), saved.created_at)


def test_a_withheld_country_is_not_told_by_a_search_for_it(desk: ReadingDesk) -> None:
    """Anna's own unit withheld where the case comes from: she finds it by country, her feed does not."""
    desk.publish("quiet", audience=Audience(chatham_house=True))
    country = Filter(facet=Facet.COUNTRY, values=frozenset({"AT"}))
    by_country, by_words = desk.follow(filters=(country,)), desk.follow()

    assert desk.searching.search(desk.anna, by_country.request).total == 1
    assert told(read(desk, by_country)) == []
    assert told(read(desk, by_words)) == ["quiet/preserve"]


def test_the_last_changed_comes_first_with_its_time(desk: ReadingDesk) -> None:
    desk.publish("a")
    desk.publish("b")
    saved = desk.follow()
    changed = desk.clock.tick()
    desk.publish("a", title="Changed")

    feed = read(desk, saved)

    assert told(feed) == ["a/preserve", "b/preserve"]
    assert feed.updated == feed.entries[0].updated > changed > feed.entries[1].updated


def test_an_entry_tells_its_title_its_place_and_whether_it_is_made_up(desk: ReadingDesk) -> None:
    desk.publish("example", origin=Origin.ILLUSTRATIVE)
    at = desk.clock.now()

    (entry,) = read(desk, desk.follow()).entries

    assert entry.model_dump() == {
        "id": "example/preserve",
        "title": "Ask for preservation first",
        "illustrative": True,
        "updated": at,
    }


def test_a_feed_stays_among_the_cases_of_its_search(desk: ReadingDesk) -> None:
    desk.publish("one")
    desk.publish("two")

    assert told(read(desk, desk.follow(cases={"two"}))) == ["two/preserve"]
    assert told(read(desk, desk.follow(cases={"three"}))) == []


def test_of_many_the_newest_are_told_exactly(desk: ReadingDesk) -> None:
    """More results than one page of search holds: fewer cases are asked for, so that none of the newest is missed."""
    lessons = tuple(Difficulty(key=f"d{n}", title="T", text="preservation") for n in range(30))
    cases = LARGEST_PAGE // len(lessons) + FEWER
    for number in range(cases):
        desk.publish(f"c{number:02}", lessons=lessons, summary="No word of it")
    saved = desk.follow("preservation")

    ids = told(read(desk, saved))

    assert len(ids) == MOST_ENTRIES
    newest = f"c{cases - 1:02}"
    assert ids[: len(lessons)] == sorted(f"{newest}/d{n}" for n in range(30))
    assert {each.partition("/")[0] for each in ids} == {newest, f"c{cases - 2:02}"}


def test_a_feed_waits_while_search_is_rebuilt(desk: ReadingDesk) -> None:
    desk.publish("one")
    token = desk.feeds.make(desk.anna, desk.follow().id)
    desk.engine.state = IndexState.REBUILDING

    with pytest.raises(SearchUnavailable):
        desk.feeds.answer(token)


def test_making_renewing_and_revoking_are_audited_without_words_or_tokens(desk: ReadingDesk) -> None:
    saved = desk.follow("secret words")
    tokens = [desk.feeds.make(desk.anna, saved.id) for _ in range(2)]
    desk.feeds.revoke(desk.anna, saved.id)
    desk.feeds.revoke(desk.anna, saved.id)
    tokens.append(desk.feeds.make(desk.anna, saved.id))
    desk.saved.delete(desk.anna, saved.id)

    rows = audited(desk)

    assert [row.action for row in rows] == [
        "feed.made",
        "feed.renewed",
        "feed.revoked",
        "feed.made",
        "feed.revoked",
    ]
    assert {(row.actor, row.subject, row.detail) for row in rows} == {("anna", "anna", saved.id)}
    assert rows[0].at > NOON
    assert not any(word in str(row) for row in rows for word in (*tokens, "secret"))


def test_another_persons_feed_can_neither_be_made_nor_revoked(desk: ReadingDesk) -> None:
    saved = desk.follow()
    token = desk.feeds.make(desk.anna, saved.id)
    for act in (desk.feeds.make, desk.feeds.revoke):
        for identifier in (saved.id, "missing"):
            with pytest.raises(NotFound):
                act(desk.bert, identifier)
        for actor in (desk.otto, OPERATOR):
            with pytest.raises(Forbidden):
                act(actor, saved.id)

    assert desk.feeds.answer(token).name == "Followed"
