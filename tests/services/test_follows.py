"""Following: what somebody may follow, and what reaches their inbox, mail and feed of it."""

from __future__ import annotations

import pytest

from kb.domain.account import Account
from kb.domain.concept import ConceptStatus, Scheme
from kb.domain.errors import Forbidden, Invalid, NotFound
from kb.domain.follow import MOST_FOLLOWS, Follow, Followed, Target
from kb.domain.marking import Audience, Marking
from kb.domain.notice import Told
from kb.domain.workflow import Action
from kb.services.follows import Follows
from kb.services.inbox import InboxLine
from tests.samples import LESSONS, a_case, case_ref, put
from tests.services.post_office import PostOffice
from tests.services.register import endorsed, told, words

AUSTRIA = Target(Followed.COUNTRY, "AT")
TEMPLATES, MODELS = Target(Followed.CONCEPT, "tag.templates"), Target(Followed.CONCEPT, "tag.models")
STRICT = Audience(marking=Marking.AMBER_STRICT)


class Desk(PostOffice):
    """Dora of Brussels follows; Anna of Vienna writes."""

    def __init__(self) -> None:
        super().__init__()
        self.following = Follows(
            self.follows,
            self.records,
            self.vocabularies,
            accounts=self.people,
            audit=self.audit,
            clock=self.clock,
            randomness=self.randomness,
        )
        self.concept(Scheme.TAG, "templates", "Templates")

    def publish_by_review(self, identifier: str = "seven", **fields: object) -> None:
        put(self.store, identifier, a_case(**fields), action=Action.PUBLISH, at=self.clock.tick())
        self.drain.run()

    def lines(self, account: Account | None = None) -> list[InboxLine]:
        return list(self.inbox.show(account or self.dora).lines)

    def acts(self, account: Account | None = None) -> list[Told]:
        return [each.notice.act for each in self.lines(account)]


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_new_lessons_of_what_one_follows_come_into_the_inbox_and_nobody_elses(desk: Desk) -> None:
    desk.following.follow(desk.dora, AUSTRIA)
    desk.publish_by_review()
    (line,) = desk.lines()
    assert (line.notice.act, line.entry.title, line.by) == (Told.FOLLOWED, "Seven days", "")
    assert desk.acts(desk.bert) == []
    desk.drain.run()
    assert desk.acts() == [Told.FOLLOWED]


def test_an_import_tells_nobody(desk: Desk) -> None:
    desk.following.follow(desk.dora, AUSTRIA)
    desk.publish()
    assert desk.acts() == []


def test_what_was_told_goes_when_it_is_taken_from_the_reader(desk: Desk) -> None:
    desk.following.follow(desk.dora, TEMPLATES)
    desk.publish_by_review()
    desk.case_acts.remark(desk.anna, "seven", STRICT, "Careful")
    assert desk.acts() == []


def test_who_follows_a_concept_follows_what_it_is_merged_into(desk: Desk) -> None:
    desk.concept(Scheme.TAG, "models", "Models")
    desk.following.follow(desk.dora, MODELS)
    assert not desk.following.follows(desk.dora, TEMPLATES)
    desk.concept(Scheme.TAG, "models", "Models", status=ConceptStatus.RETIRED, replaced_by="templates")
    desk.publish_by_review()
    assert desk.acts() == [Told.FOLLOWED]
    (thing,) = desk.following.list(desk.dora)
    assert (thing.target, thing.concept and thing.concept.key) == (TEMPLATES, "templates")
    assert desk.following.follows(desk.dora, TEMPLATES)
    desk.following.follow(desk.dora, TEMPLATES)
    assert len(desk.follows.of("dora")) == 1
    desk.following.stop(desk.dora, TEMPLATES)
    assert desk.following.list(desk.dora) == ()
    assert desk.follows.of("dora") == ()


def test_a_practice_tells_its_new_words_and_who_applied_it(desk: Desk) -> None:
    desk.publish()
    view = endorsed(desk)
    target = Target(Followed.PRACTICE, view.id)
    thing = desk.following.follow(desk.dora, target)
    assert thing.practice
    assert thing.practice.title == view.practice.title
    edited = desk.practice_acts.edit(desk.cyril, view.id, view.revision, words(effect="More."))
    subject = desk.applications.subject(desk.anna, practice=view.id)
    desk.applications.apply(desk.anna, subject, told())
    assert desk.acts() == [Told.APPLIED, Told.PRACTICE_CHANGED]
    assert {each.entry.id for each in desk.lines()} == {view.id}
    desk.practice_acts.remark(desk.anna, view.id, edited.revision, STRICT, "Careful")
    assert desk.acts() == []
    assert desk.following.list(desk.dora) == ()


def test_a_mail_tells_the_titles_and_leads_to_lesson_and_practice(desk: Desk) -> None:
    desk.publish_by_review(lessons=LESSONS[:2])
    view = endorsed(desk)
    desk.following.follow(desk.dora, TEMPLATES)
    desk.following.follow(desk.dora, Target(Followed.PRACTICE, view.id))
    desk.publish_by_review()
    subject = desk.applications.subject(desk.anna, practice=view.id)
    desk.applications.apply(desk.anna, subject, told())
    run = desk.send()
    (letter,) = [each for each in run.letters if each.to == "dora@example.org"]
    assert "New in what you follow: Seven days" in letter.text
    assert "/cases/seven/lessons/template" in letter.text
    assert f"Somebody applied a practice that you follow: {view.practice.title}" in letter.text
    assert f"https://casebook.example.org/practices/{view.id}" in letter.text


def test_a_mail_tells_nothing_of_a_practice_that_was_taken_from_its_reader(desk: Desk) -> None:
    desk.publish()
    view = endorsed(desk)
    desk.following.follow(desk.dora, Target(Followed.PRACTICE, view.id))
    subject = desk.applications.subject(desk.anna, practice=view.id)
    desk.applications.apply(desk.anna, subject, told())
    desk.practice_acts.remark(desk.anna, view.id, view.revision, STRICT, "Careful")
    assert [each for each in desk.send().letters if each.to == "dora@example.org"] == []


def test_a_text_of_before_that_cannot_be_read_makes_all_of_it_new(desk: Desk) -> None:
    desk.publish_by_review()
    desk.following.follow(desk.dora, AUSTRIA)
    desk.store.damage(case_ref(), 1)
    desk.publish_by_review(title="Eight days")
    assert desk.acts() == [Told.FOLLOWED]


def test_an_application_that_is_narrowed_or_taken_back_is_told_no_more(desk: Desk) -> None:
    desk.publish()
    view = endorsed(desk)
    desk.following.follow(desk.dora, Target(Followed.PRACTICE, view.id))
    subject = desk.applications.subject(desk.anna, practice=view.id)
    applied = desk.applications.apply(desk.anna, subject, told())
    assert desk.acts() == [Told.APPLIED]
    desk.applications.withdraw(desk.anna, applied.id, applied.revision)
    assert desk.acts() == []


@pytest.mark.parametrize(
    "target",
    [
        Target(Followed.COUNTRY, "ZZ"),
        Target(Followed.CONCEPT, "tag.absent"),
        Target(Followed.CONCEPT, "legislation.csam-law"),
        Target(Followed.CONCEPT, "templates"),
        Target(Followed.PRACTICE, "absent"),
        Target(Followed.PRACTICE, "../seven"),
    ],
)
def test_what_does_not_exist_cannot_be_followed(desk: Desk, target: Target) -> None:
    with pytest.raises(NotFound):
        desk.following.follow(desk.dora, target)
    assert not desk.following.follows(desk.dora, target)


def test_a_hidden_practice_is_as_unknown_as_a_missing_one(desk: Desk) -> None:
    desk.publish()
    view = desk.practice_acts.propose(desk.anna, words())
    with pytest.raises(NotFound):
        desk.following.follow(desk.dora, Target(Followed.PRACTICE, view.id))


def test_there_is_a_most_that_can_be_followed(desk: Desk) -> None:
    for number in range(MOST_FOLLOWS):
        target = Target(Followed.COUNTRY, f"{number}")
        desk.follows.add(Follow(account="dora", target=target, since=desk.clock.now()), MOST_FOLLOWS)
    with pytest.raises(Invalid):
        desk.following.follow(desk.dora, AUSTRIA)
    assert desk.following.list(desk.dora) == ()


def test_who_is_no_officer_follows_nothing_and_is_told_nothing_any_more(desk: Desk) -> None:
    with pytest.raises(Forbidden):
        desk.following.follow(desk.otto, AUSTRIA)
    desk.follows.add(Follow(account="otto", target=AUSTRIA, since=desk.clock.now()), 1)
    desk.publish_by_review()
    assert desk.notices.of("otto") == ()


def test_the_feed_tells_all_that_is_followed_of_what_every_officer_may_read(desk: Desk) -> None:
    desk.publish_by_review()
    desk.publish_by_review("quiet", title="Quiet", audience=Audience(chatham_house=True), lessons=())
    desk.publish_by_review("strict", title="Strict", audience=STRICT)
    view = endorsed(desk, tags=("templates",))
    key = desk.following.make_feed(desk.anna)
    assert desk.feeds.answer(key).entries == ()
    desk.following.follow(desk.anna, AUSTRIA)
    desk.following.follow(desk.anna, Target(Followed.PRACTICE, view.id))
    fed = {each.id for each in desk.feeds.answer(key).entries}
    assert fed == {
        "seven",
        "seven/logs",
        "seven/preserve",
        "seven/template",
        "seven/border",
        f"practice:{view.id}",
    }
    newer = desk.following.make_feed(desk.anna)
    assert desk.following.has_feed(desk.anna)
    with pytest.raises(NotFound):
        desk.feeds.answer(key)
    desk.following.revoke_feed(desk.anna)
    desk.following.revoke_feed(desk.anna)
    with pytest.raises(NotFound):
        desk.feeds.answer(newer)
    assert [each.action for each in desk.audit.rows if each.action.startswith("feed.")] == [
        "feed.made",
        "feed.renewed",
        "feed.revoked",
    ]
