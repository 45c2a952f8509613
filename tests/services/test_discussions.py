"""Questions and answers about a published case: for its readers of the moment, and nobody else."""

from __future__ import annotations

import pytest

from kb.domain.account import OPERATOR
from kb.domain.case_study import CaseStatus
from kb.domain.discussion import MOST_LETTERS, Discussion, PostStatus
from kb.domain.errors import Blocked, Forbidden, Invalid, NotFound, NotSignedIn, StaleRevision, WrongState
from kb.domain.marking import Audience, Marking
from kb.domain.record import Kind
from kb.domain.revision import RecordRef, Save
from kb.domain.workflow import Action
from kb.services.discussions import TRIES, Discussions, DiscussionView
from kb.services.purging import PurgeTarget, Purging
from tests.fakes.entry_store import MemoryEntryStore
from tests.samples import BRUSSELS, a_case, put
from tests.services.office import Office

STRICT = Audience(marking=Marking.AMBER_STRICT)
QUIET = Audience(chatham_house=True)
TALK = RecordRef(kind=Kind.DISCUSSION, id="seven")


@pytest.fixture
def office() -> Office:
    office = Office()
    office.publish()
    return office


@pytest.fixture
def talk(office: Office) -> Discussions:
    return Discussions(
        office.records, office.saving, office.store, accounts=office.people, clock=office.clock
    )


def texts(view: DiscussionView) -> list[tuple[str, list[str]]]:
    return [(each.question.post.text, [one.post.text for one in each.answers]) for each in view.threads]


def test_an_officer_asks_and_the_owners_desk_and_others_answer(office: Office, talk: Discussions) -> None:
    asked = talk.ask(office.dora, "seven", "logs", "How long\n\nwere they kept?")
    talk.answer(office.anna, "seven", asked.key, "A week.")
    talk.answer(office.carla, "seven", asked.key, "Here too.")
    (thread,) = talk.of(office.nora, "seven").threads
    assert thread.title == "Logs were gone"
    assert [(each.who, each.post.from_desk) for each in (thread.question, *thread.answers)] == [
        ("Dora", False),
        ("Anna", True),
        ("Carla", False),
    ]
    assert thread.question.post.organisation == BRUSSELS
    headers = [each.header for each in office.store.revisions(TALK)]
    assert [each.action for each in headers] == [Action.QUESTION, Action.ANSWER, Action.ANSWER]


def test_threads_are_told_lesson_by_lesson(office: Office, talk: Discussions) -> None:
    talk.ask(office.dora, "seven", "logs", "One")
    talk.ask(office.dora, "seven", "border", "Two")
    view = talk.of(office.anna, "seven")
    assert [each.question.post.text for each in view.about("border")] == ["Two"]
    assert view.about("template") == ()
    assert view.is_open


def test_a_question_about_a_lesson_that_the_case_tells_no_more_keeps_its_place_without_a_title(
    office: Office, talk: Discussions
) -> None:
    talk.ask(office.dora, "seven", "border", "Two")
    put(office.store, "seven", a_case(lessons=a_case().lessons[:3]))
    (thread,) = talk.of(office.anna, "seven").threads
    assert (thread.title, thread.question.post.text) == ("", "Two")


@pytest.mark.parametrize("text", ["", "  \n ", "x" * (MOST_LETTERS + 1)])
def test_nothing_and_too_much_are_no_question(office: Office, talk: Discussions, text: str) -> None:
    with pytest.raises(Invalid):
        talk.ask(office.dora, "seven", "logs", text)
    assert talk.of(office.dora, "seven").threads == ()


def test_a_text_that_leads_to_a_person_is_kept_nowhere(office: Office, talk: Discussions) -> None:
    with pytest.raises(Blocked):
        talk.ask(office.dora, "seven", "logs", "Write to dora.other@police.example.com")
    asked = talk.ask(office.dora, "seven", "logs", "How long?")
    with pytest.raises(Blocked):
        talk.answer(office.anna, "seven", asked.key, "Ask anna.other@police.example.com")
    with pytest.raises(Blocked):
        talk.hide(office.carla, "seven", asked.key, "See carla.other@police.example.com")
    assert len(office.store.revisions(TALK)) == 1


def test_what_is_not_there_is_not_asked_about_nor_answered(office: Office, talk: Discussions) -> None:
    with pytest.raises(NotFound):
        talk.ask(office.dora, "seven", "nothing", "Where?")
    with pytest.raises(NotFound):
        talk.ask(office.dora, "nothing", "logs", "Where?")
    with pytest.raises(NotFound):
        talk.answer(office.dora, "seven", "p1", "Here.")
    asked = talk.ask(office.dora, "seven", "logs", "Where?")
    answered = talk.answer(office.anna, "seven", asked.key, "Here.")
    with pytest.raises(WrongState):
        talk.answer(office.dora, "seven", answered.key, "An answer to an answer")


def test_who_may_not_read_the_case_does_nothing_with_its_discussion(
    office: Office, talk: Discussions
) -> None:
    asked = talk.ask(office.dora, "seven", "logs", "How long?")
    office.case_acts.remark(office.anna, "seven", STRICT, "Too telling")
    for account in (office.dora, office.carla):
        for act in (
            lambda who: talk.of(who, "seven"),
            lambda who: talk.ask(who, "seven", "logs", "And now?"),
            lambda who: talk.answer(who, "seven", asked.key, "And now?"),
            lambda who: talk.withdraw(who, "seven", asked.key),
        ):
            with pytest.raises(NotFound):
                act(account)
    with pytest.raises(NotFound):
        talk.hide(office.carla, "seven", asked.key, "Why not")
    assert texts(talk.of(office.bert, "seven")) == [("How long?", [])]


def test_who_is_no_officer_neither_reads_nor_writes(office: Office, talk: Discussions) -> None:
    with pytest.raises(Forbidden):
        talk.of(office.otto, "seven")
    with pytest.raises(Forbidden):
        talk.ask(office.otto, "seven", "logs", "How long?")
    with pytest.raises(NotSignedIn):
        talk.ask(None, "seven", "logs", "How long?")


@pytest.mark.parametrize("status", [CaseStatus.RETIRED, CaseStatus.SUPERSEDED])
def test_about_a_case_that_is_no_longer_current_nothing_new_is_said(
    office: Office, talk: Discussions, status: CaseStatus
) -> None:
    asked = talk.ask(office.dora, "seven", "logs", "How long?")
    put(office.store, "seven", a_case(status=status))
    view = talk.of(office.dora, "seven")
    assert (texts(view), view.is_open) == ([("How long?", [])], False)
    with pytest.raises(WrongState):
        talk.ask(office.dora, "seven", "logs", "And now?")
    with pytest.raises(WrongState):
        talk.answer(office.anna, "seven", asked.key, "A week.")


def test_under_chatham_house_outsiders_learn_neither_who_nor_when(office: Office, talk: Discussions) -> None:
    put(office.store, "seven", a_case(audience=QUIET))
    asked = talk.ask(office.dora, "seven", "logs", "How long?")
    talk.answer(office.anna, "seven", asked.key, "A week.")
    (thread,) = talk.of(office.nora, "seven").threads
    assert [(each.who, each.is_withheld) for each in (thread.question, *thread.answers)] == [("", True)] * 2
    assert thread.answers[0].post.from_desk
    (own,) = talk.of(office.dora, "seven").threads
    assert [(each.who, each.is_own) for each in (own.question, *own.answers)] == [("Dora", True), ("", False)]
    (desk,) = talk.of(office.bert, "seven").threads
    assert [each.who for each in (desk.question, *desk.answers)] == ["Dora", "Anna"]


def test_who_wrote_it_takes_it_back_and_nobody_else(office: Office, talk: Discussions) -> None:
    asked = talk.ask(office.dora, "seven", "logs", "How long?")
    answer = talk.answer(office.anna, "seven", asked.key, "A week.")
    with pytest.raises(Forbidden):
        talk.withdraw(office.anna, "seven", asked.key)
    talk.withdraw(office.dora, "seven", asked.key)
    assert texts(talk.of(office.nora, "seven")) == [("", ["A week."])]
    with pytest.raises(WrongState):
        talk.withdraw(office.dora, "seven", asked.key)
    with pytest.raises(WrongState):
        talk.answer(office.anna, "seven", asked.key, "Still there?")
    talk.withdraw(office.anna, "seven", answer.key)
    assert talk.of(office.nora, "seven").threads == ()


def test_words_are_shown_to_be_hidden_to_who_may_hide_them_and_are_there(
    office: Office, talk: Discussions
) -> None:
    asked = talk.ask(office.dora, "seven", "logs", "How long?")
    answered = talk.answer(office.anna, "seven", asked.key, "A week.")
    assert talk.to_hide(office.carla, "seven", answered.key).post.text == "A week."
    with pytest.raises(Forbidden):
        talk.to_hide(office.anna, "seven", answered.key)
    with pytest.raises(NotFound):
        talk.to_hide(office.carla, "seven", "p9")


def test_a_coordinator_takes_words_out_of_view_and_the_reason_stands_in_their_place(
    office: Office, talk: Discussions
) -> None:
    asked = talk.ask(office.dora, "seven", "logs", "How long?")
    talk.answer(office.anna, "seven", asked.key, "A week.")
    with pytest.raises(Forbidden):
        talk.hide(office.anna, "seven", asked.key, "Not mine to do")
    with pytest.raises(Invalid):
        talk.hide(office.carla, "seven", asked.key, "  ")
    talk.hide(office.carla, "seven", asked.key, "Names a person")
    (thread,) = talk.of(office.dora, "seven").threads
    post = thread.question.post
    assert (post.status, post.text, post.reason) == (PostStatus.HIDDEN, "", "Names a person")
    assert office.store.current(TALK).header.action is Action.HIDE


def test_each_is_shown_what_they_may_do(office: Office, talk: Discussions) -> None:
    talk.ask(office.dora, "seven", "logs", "How long?")
    for account, may in (
        (office.dora, (True, False)),
        (office.carla, (False, True)),
        (office.anna, (False, False)),
    ):
        (thread,) = talk.of(account, "seven").threads
        assert (thread.question.may_withdraw, thread.question.may_hide) == may


def test_two_who_write_at_once_are_both_read(office: Office, talk: Discussions) -> None:
    office.store.before_save = lambda _save: talk.ask(office.carla, "seven", "logs", "Second")
    talk.ask(office.dora, "seven", "logs", "First")
    assert sorted(text for text, _ in texts(talk.of(office.anna, "seven"))) == ["First", "Second"]


def test_who_is_always_too_late_is_told_so(office: Office, talk: Discussions) -> None:
    def quicker(save: Save) -> None:
        MemoryEntryStore.save(office.store, save)
        office.store.before_save = quicker

    office.store.before_save = quicker
    with pytest.raises(StaleRevision):
        talk.ask(office.dora, "seven", "logs", "First")
    assert len(office.store.revisions(TALK)) == TRIES


def test_a_discussion_that_is_full_takes_no_more(office: Office, talk: Discussions) -> None:
    first = talk.ask(office.dora, "seven", "logs", "x" * MOST_LETTERS)
    posts = [first.model_copy(update={"key": f"p{number}"}) for number in range(1, 46)]
    put(office.store, "seven", Discussion(case="seven", posts=tuple(posts)))
    with pytest.raises(WrongState, match="no room"):
        talk.ask(office.dora, "seven", "logs", "One more")


def test_a_discussion_that_cannot_be_read_leaves_the_case_readable(office: Office, talk: Discussions) -> None:
    talk.ask(office.dora, "seven", "logs", "How long?")
    office.store.damage(TALK, 1)
    view = talk.of(office.dora, "seven")
    assert (view.threads, view.is_open) == ((), False)


def test_it_is_in_nobodys_lists_and_is_no_record_that_anybody_opens(
    office: Office, talk: Discussions
) -> None:
    talk.ask(office.dora, "seven", "logs", "How long?")
    for account in (office.dora, office.anna, office.carla):
        assert office.records.list(account, Kind.DISCUSSION) == ()
        with pytest.raises(NotFound):
            office.records.current(account, TALK)
    assert office.found("How long") == []


class TestPurge:
    """What is purged is gone from discussions too."""

    def purge(self, office: Office, target: PurgeTarget) -> None:
        purging = Purging(office.store, office.drain, office.clock, office.randomness)
        purging.carry_out(OPERATOR, target, "Somebody asked.")

    def test_a_purged_case_takes_its_discussion_with_it(self, office: Office, talk: Discussions) -> None:
        talk.ask(office.dora, "seven", "logs", "How long?")
        case = RecordRef(kind=Kind.CASE_STUDY, id="seven")
        self.purge(office, PurgeTarget(records=(case,)))
        assert {each.body for each in office.store.revisions(TALK)} == {None}
        with pytest.raises(NotFound):
            talk.of(office.dora, "seven")

    def test_a_text_that_was_taken_back_is_purged_from_older_revisions_and_the_rest_stays(
        self, office: Office, talk: Discussions
    ) -> None:
        asked = talk.ask(office.dora, "seven", "logs", "How long is it unspeakable?")
        talk.ask(office.dora, "seven", "logs", "And then?")
        talk.withdraw(office.dora, "seven", asked.key)
        self.purge(office, PurgeTarget(containing="unspeakable"))
        assert [each.body is None for each in office.store.revisions(TALK)] == [True, True, False]
        assert texts(talk.of(office.anna, "seven")) == [("And then?", [])]

    def test_after_a_purge_of_what_stands_the_discussion_begins_anew(
        self, office: Office, talk: Discussions
    ) -> None:
        talk.ask(office.dora, "seven", "logs", "How long is it unspeakable?")
        self.purge(office, PurgeTarget(containing="unspeakable"))
        assert talk.of(office.anna, "seven").threads == ()
        talk.ask(office.dora, "seven", "logs", "Again?")
        assert texts(talk.of(office.anna, "seven")) == [("Again?", [])]
