"""Who reads the audit log, and what they see."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import pytest

from kb.domain.account import OPERATOR, Account, Role
from kb.domain.audit import ActionGroup, AuditLine, AuditRow, Result
from kb.domain.errors import Forbidden, NotSignedIn
from kb.services.audit import BATCH, PAGE, AuditQuestion
from tests.fakes.clock import NOON
from tests.services.audited import actions, fill, silent, with_a_past
from tests.services.people import People

ANY = AuditQuestion()
DAY = dt.timedelta(days=1)
SAVE = AuditRow(at=NOON, actor="anna", action="submit", subject="submission/abc", key="submission/abc/2")


@pytest.fixture
def people() -> People:
    return with_a_past()


def test_administrators_and_operators_read_the_newest_first_with_names(
    people: People, admin: Account
) -> None:
    page = people.audit.page(admin, ANY)

    assert actions(page.lines) == ["account.disabled", "account.sessions-ended"]
    assert page.names == {"anna": "Anna"}
    assert people.audit.page(OPERATOR, ANY) == page


@pytest.mark.parametrize(
    ("question", "found"),
    [
        (AuditQuestion(account="anna"), ["submit", "account.disabled", "account.sessions-ended"]),
        (AuditQuestion(account="anna@example.org"), ["submit", "account.disabled", "account.sessions-ended"]),
        (AuditQuestion(account="nobody@example.org"), []),
        (AuditQuestion(actor="anna@example.org"), ["submit"]),
        (AuditQuestion(subject="anna@example.org"), ["account.disabled", "account.sessions-ended"]),
        (AuditQuestion(subject="abc"), ["submit"]),
        (AuditQuestion(subject="submission/abc"), ["submit"]),
        (AuditQuestion(subject="case-study/abc"), []),
        (AuditQuestion(group=ActionGroup.RECORDS), ["submit"]),
        (AuditQuestion(group=ActionGroup.ACCOUNTS), ["account.disabled", "account.sessions-ended"]),
        (AuditQuestion(action="account.disabled"), ["account.disabled"]),
        (AuditQuestion(result=Result.REFUSED), []),
        (AuditQuestion(since=NOON.date(), until=NOON.date(), action="submit"), ["submit"]),
        (AuditQuestion(since=NOON.date() + DAY), []),
        (AuditQuestion(until=NOON.date() - DAY), []),
    ],
)
def test_lines_are_asked_for_by_account_subject_action_result_and_day(
    people: People, question: AuditQuestion, found: list[str]
) -> None:
    people.log.append([SAVE])

    assert actions(people.audit.page(OPERATOR, question).lines) == found


def test_a_long_log_is_turned_over_and_stays_put_while_it_grows(people: People) -> None:
    fill(people, 2 * PAGE)
    newest = people.audit.page(OPERATOR, ANY)

    fill(people, 10)
    second = people.audit.page(OPERATOR, AuditQuestion(before=newest.older))
    last = people.audit.page(OPERATOR, AuditQuestion(before=second.older))

    assert numbers(newest.lines) == list(range(2 * PAGE + 2, PAGE + 2, -1))
    assert (newest.newer, newest.older) == (None, PAGE + 3)
    assert numbers(second.lines) == list(range(PAGE + 2, 2, -1))
    assert numbers(last.lines) == [2, 1]
    assert (last.newer, last.older) == (2, None)
    assert people.audit.page(OPERATOR, AuditQuestion(after=last.newer)).lines == second.lines
    assert people.audit.page(OPERATOR, AuditQuestion(after=second.newer)).lines == newest.lines


def test_turning_towards_the_newest_ends_with_a_whole_page(people: People) -> None:
    fill(people, 2 * PAGE)

    for beyond in (2 * PAGE, 9 * PAGE):
        page = people.audit.page(OPERATOR, AuditQuestion(after=beyond))
        assert numbers(page.lines) == list(range(2 * PAGE + 2, PAGE + 2, -1))


def test_before_the_oldest_there_is_nothing_but_a_way_back(people: People) -> None:
    for before in (0, 1):
        page = people.audit.page(OPERATOR, AuditQuestion(before=before))
        assert (page.lines, page.older, page.newer) == ((), None, 0)


def numbers(lines: Iterable[AuditLine]) -> list[int]:
    return [line.number for line in lines]


def test_an_administrator_who_is_an_officer_too_is_not_told_who_acted_on_which_record(people: People) -> None:
    """Else the id in a case's address would lead to who wrote it under Chatham House. OWASP ASVS 5.0 8.2.3."""
    people.log.append([SAVE])
    both = people.add("carla", Role.ADMINISTRATOR, Role.COORDINATOR)
    people.audit.refuse(people.store.get("anna"), "submissions.save", "abc")

    page = people.audit.page(both, ANY)

    assert page.without_records
    assert actions(page.lines) == ["account.disabled", "account.sessions-ended"]
    for question in (
        AuditQuestion(subject="abc"),
        AuditQuestion(actor="anna"),
        AuditQuestion(group=ActionGroup.RECORDS),
    ):
        assert people.audit.page(both, question).lines == ()
        assert list(people.audit.lines(both, question, 10)) == []


def test_to_an_administrator_who_is_an_officer_too_the_log_is_the_same_whatever_is_done_to_records(
    people: People,
) -> None:
    """Neither a number nor a way to another page tells how many lines were left out, or how many records there are."""
    both = people.add("carla", Role.ADMINISTRATOR, Role.COORDINATOR)
    fill(people, PAGE)
    pages = [people.audit.page(both, question) for question in (ANY, AuditQuestion(before=3))]
    shown = [(actions(page.lines), page.names, page.older, page.newer) for page in pages]

    busy = People()
    busy.add("anna", Role.INVESTIGATOR)
    busy.log.append([SAVE])
    busy.accounts.end_sessions(OPERATOR, "anna")
    busy.log.append(
        [AuditRow(at=NOON, actor="operator", action="export", subject="everything", detail="7 records")]
    )
    busy.accounts.disable(OPERATOR, "anna")
    busy.log.append([AuditRow(at=NOON, actor="operator", action="import", detail="restored: 7 imported")])
    fill(busy, PAGE)
    busy.audit.refuse(busy.store.get("anna"), "submissions.save", "abc")

    pages = [busy.audit.page(both, question) for question in (ANY, AuditQuestion(before=3))]
    assert [(actions(page.lines), page.names, page.older, page.newer) for page in pages] == shown


def test_an_administrator_who_reads_no_record_and_the_operator_see_the_ids(
    people: People, admin: Account
) -> None:
    people.log.append([SAVE])

    for actor in (admin, OPERATOR):
        page = people.audit.page(actor, ANY)
        assert page.lines[0].subject == "submission/abc"
        assert not page.without_records


def test_as_many_lines_as_wanted_come_a_batch_at_a_time(people: People) -> None:
    fill(people, BATCH + 5)

    assert numbers(people.audit.lines(OPERATOR, ANY, BATCH + 6)) == list(range(BATCH + 7, 1, -1))
    assert numbers(people.audit.lines(OPERATOR, AuditQuestion(actor="boris"), 2)) == [BATCH + 7, BATCH + 6]
    assert len(list(people.audit.lines(OPERATOR, ANY, 2 * BATCH))) == BATCH + 7


@pytest.mark.parametrize("role", [Role.INVESTIGATOR, Role.PRESENTER, Role.COORDINATOR])
def test_officers_do_not_read_it(people: People, role: Role) -> None:
    officer = people.add("boris", role)

    for attempt in (
        lambda: people.audit.page(officer, ANY),
        lambda: people.audit.lines(officer, ANY, 1),
        lambda: people.audit.verify(officer, None, silent),
        lambda: people.audit.export(officer, "csv"),
    ):
        with pytest.raises(Forbidden):
            attempt()


def test_only_the_operator_takes_it_out_as_a_whole(people: People, admin: Account) -> None:
    with pytest.raises(Forbidden):
        people.audit.export(admin, "csv")
    assert "audit.exported" not in actions(people.log.rows)


def test_visitors_do_not_read_it(people: People) -> None:
    with pytest.raises(NotSignedIn):
        people.audit.page(None, ANY)
