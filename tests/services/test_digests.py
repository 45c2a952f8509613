"""Mails at once and digests: each notice leaves once, tells no more than its reader may know, and is tried until it has left."""

from __future__ import annotations

import datetime as dt

import pytest

from kb.domain.account import OPERATOR, Role
from kb.domain.concept import Scheme
from kb.domain.discussion import Discussion, Post
from kb.domain.errors import Forbidden
from kb.domain.marking import Audience, Marking
from kb.domain.notice import MailMode, MailState, Told, Wishes
from kb.domain.ports import Chore, Outstanding
from kb.domain.query import SearchRequest
from kb.domain.record import Kind
from kb.domain.revision import RecordRef
from kb.domain.workflow import Action
from kb.services.digests import KEPT, KEPT_FOR, WAITS, Failure
from tests.samples import put
from tests.services.post_office import PostOffice

ANNA, CARLA, CYRIL = (f"{name}@example.org" for name in ("anna", "carla", "cyril"))
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def office() -> PostOffice:
    return PostOffice()


def test_a_mail_at_once_says_what_happened_to_what_and_where_to_read_on(office: PostOffice) -> None:
    view = office.in_review()

    run = office.send(at_once=True)

    assert (len(run.letters), run.notices, run.failed) == (2, 2, 0)
    letter = next(each for each in office.mailer.letters if each.to == ANNA)
    assert letter.subject == "Casebook: taken into review"
    assert "Taken into review: Seven days" in letter.text
    assert f"https://casebook.example.org/submissions/{view.id}\n" in letter.text
    assert "https://casebook.example.org/inbox/settings" in letter.text
    assert not {CARLA, "Carla", "telephone", "Vienna"} & {*letter.text.replace(":", " ").split()}
    assert {each.mail for each in office.notices.of("anna")} == {MailState.SENT}


def test_what_was_sent_is_not_sent_again(office: PostOffice) -> None:
    office.submitted()
    office.send()

    assert office.send().letters == ()
    assert len(office.mailer.letters) == 2


@pytest.mark.parametrize("marking", [Marking.AMBER_STRICT, Marking.RED])
def test_no_title_of_a_narrow_record_travels_by_mail(office: PostOffice, marking: Marking) -> None:
    persons = ("anna", "cyril") if marking is Marking.RED else ()
    office.submitted(audience=Audience(marking=marking, persons=persons))

    office.send()

    assert "Submitted for review: a submission\n" in office.mailer.told[CYRIL]
    assert "Seven days" not in office.mailer.told[CYRIL]


def test_what_somebody_may_no_longer_see_is_not_mailed_to_them(office: PostOffice) -> None:
    view = office.submitted()
    office.submissions.withdraw(office.anna, view.id, view.revision)

    run = office.send()

    assert (run.letters, run.dropped) == ((), 2)
    assert office.notices.outstanding() == Outstanding()


def test_what_was_read_or_is_not_wished_for_is_not_mailed(office: PostOffice) -> None:
    office.submitted()
    office.inbox.read_all(office.carla)
    office.inbox.wish(office.cyril, Wishes(unmailed=frozenset({Told.SUBMITTED})))

    assert (office.send().letters, office.send().dropped) == ((), 0)


def test_who_left_is_mailed_nothing(office: PostOffice) -> None:
    office.submitted()
    office.people.set_standing(office.carla.model_copy(update={"active": False}))
    office.people.set_standing(office.cyril.model_copy(update={"roles": frozenset({Role.ADMINISTRATOR})}))

    assert (office.send().letters, office.mailer.letters) == ((), [])


def test_a_digest_comes_once_a_day_all_together_and_only_by_the_timer(office: PostOffice) -> None:
    office.wish(office.carla, MailMode.DAILY)
    office.wish(office.cyril, MailMode.NEVER)
    office.submitted()
    second = office.submitted(title="Nine days")
    assert office.send(at_once=True).letters == ()

    (letter,) = office.send().letters

    assert (letter.to, letter.subject) == (CARLA, "Casebook: 2 notices")
    assert letter.text.index("WAITS FOR YOU") < letter.text.index("Nine days")
    office.reviews.take(office.cyril, second.id, second.revision)
    office.submitted(title="Ten days")
    assert [each.to for each in office.send().letters] == [ANNA]
    office.clock.tick(days=1)
    assert [each.to for each in office.send().letters] == [CARLA]


def test_a_digest_says_besides_what_waits_elsewhere(office: PostOffice) -> None:
    for each in (office.carla, office.dora):
        office.saved.save(each, SearchRequest(text="preservation"), "Preservation")
    office.clock.tick()
    office.publish()
    office.wish(office.carla, MailMode.DAILY)
    for each in (office.anna, office.bert):
        if pending := office.vain_searches.note(each, None, "nothing of the kind", found=False):
            office.vain_searches.settle(each, pending)
    office.submitted()

    office.send()

    text = office.mailer.told[CARLA]
    assert "New results in the searches that you follow: 1\n  https://casebook.example.org/saved" in text
    assert "Searches in vain that several had in common: 1" in text
    assert "Preservation" not in text


def test_a_recipient_who_is_refused_keeps_nobody_else_waiting_and_is_tried_again_ever_later(
    office: PostOffice,
) -> None:
    office.mailer.refusing[CARLA] = "The mail server refuses the address (550)."
    office.submitted()

    run = office.send()

    assert ([each.to for each in run.letters], run.failed) == ([CYRIL], 1)
    status = office.digests.status(OPERATOR)
    assert status.failures == (Failure(email=CARLA, sentence="The mail server refuses the address (550)."),)
    assert (status.waiting, status.place) == (1, "memory")
    for wait in (*WAITS, WAITS[-1]):
        assert office.send().failed == 0
        office.clock.tick(seconds=int(wait.total_seconds()) - 1)
        assert office.send().failed == 0
        office.clock.tick(seconds=1)
        assert office.send().failed == 1
    office.mailer.refusing.clear()
    office.clock.tick(days=1)
    assert [each.to for each in office.send().letters] == [CARLA]
    assert office.digests.status(OPERATOR).failures == ()


def test_a_server_that_is_down_is_asked_once_and_everything_leaves_when_it_is_back(
    office: PostOffice,
) -> None:
    office.mailer.down = "No mail server listens there."
    office.submitted()

    assert office.send().failed == 1
    office.mailer.down = ""
    office.clock.tick(minutes=2)

    assert {each.to for each in office.send().letters} == {CARLA, CYRIL}


def test_a_dry_run_changes_nothing(office: PostOffice) -> None:
    office.submitted()
    office.publish("old", review_by=office.clock.now().date(), author="anna")

    run = office.digests.run(OPERATOR, dry_run=True)

    assert ({each.to for each in run.letters}, run.reminders) == ({CARLA, CYRIL}, 1)
    assert office.mailer.letters == []
    assert office.notices.of("anna") == ()
    assert {each.tries for each in office.notices.of("carla")} == {0}


def test_owners_are_reminded_before_the_mails_are_written(office: PostOffice) -> None:
    office.publish("old", review_by=office.clock.now().date(), author="anna")

    office.send()

    assert "Is it still true? To be looked at again soon: Seven days" in office.mailer.told[ANNA]
    assert "https://casebook.example.org/still-true" in office.mailer.told[ANNA]
    assert office.send().letters == ()


def test_a_mail_about_a_question_leads_to_its_lesson(office: PostOffice) -> None:
    office.publish(author="anna")
    question = Post(key="p1", lesson="logs", at=office.clock.now(), by="dora", text="How?")
    put(office.store, "seven", Discussion(case="seven", posts=(question,)), action=Action.QUESTION, by="dora")
    office.drain.run()

    office.send()

    told = (
        "New in a discussion of yours: Seven days\n  https://casebook.example.org/cases/seven/lessons/logs\n"
    )
    assert told in office.mailer.told[ANNA]
    assert "How?" not in office.mailer.told[ANNA]


def test_a_notice_about_another_kind_of_record_is_not_mailed(office: PostOffice) -> None:
    office.concept(Scheme.TAG, "known", "Known")
    office.submitted()
    (notice,) = office.notices.of("carla")
    subject = RecordRef(kind=Kind.CONCEPT, id="tag.known")
    office.notices.add([notice.model_copy(update={"account": "bert", "subject": subject})])

    assert "bert@example.org" not in {each.to for each in office.send().letters}


def test_old_notices_go_and_do_not_come_back(office: PostOffice) -> None:
    office.submitted()
    office.send()
    (notice,) = office.notices.of("carla")
    many = [notice.model_copy(update={"key": f"k{number}"}) for number in range(KEPT + 5)]
    office.notices.add(many)
    office.notices.dropped("carla", [each.key for each in many])
    office.clock.tick(seconds=int(KEPT_FOR.total_seconds()) + 1)

    office.send()

    assert len(office.notices.of("carla")) == KEPT


def test_a_server_that_starts_has_sent_what_waits(office: PostOffice) -> None:
    office.digests.begin(OPERATOR)
    assert office.chores.asked == []
    office.submitted()
    office.chores.asked.clear()

    office.digests.begin(OPERATOR)

    assert office.chores.asked == [Chore.MAIL]


def test_who_keeps_the_machine_sends_and_who_keeps_accounts_sees_what_waits(office: PostOffice) -> None:
    with pytest.raises(Forbidden):
        office.digests.run(office.otto)
    with pytest.raises(Forbidden):
        office.digests.begin(office.carla)
    with pytest.raises(Forbidden):
        office.digests.status(office.carla)
    assert office.digests.status(office.otto).waiting == 0
