"""Who reads the audit log, what they see, and what is noted of what was refused."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import pytest

from kb.domain.account import OPERATOR, Account, Role
from kb.domain.audit import ALL, ActionGroup, AuditFilter, AuditLine, AuditRow, Result
from kb.domain.audit_chain import Fault, Head
from kb.domain.errors import Forbidden, NotSignedIn, StoreFailure
from kb.services.audit import BATCH, MOST_REFUSALS, PAGE, Audit, AuditQuestion
from tests.fakes.audit import CHAIN, MemoryAuditLog
from tests.fakes.clock import NOON
from tests.services.people import People

ANY = AuditQuestion()
DAY = dt.timedelta(days=1)
SAVE = AuditRow(at=NOON, actor="anna", action="submit", subject="submission/abc", key="submission/abc/2")


@pytest.fixture
def people() -> People:
    people = People()
    people.add("anna", Role.INVESTIGATOR)
    people.accounts.end_sessions(OPERATOR, "anna")
    people.accounts.disable(OPERATOR, "anna")
    return people


@pytest.fixture
def admin(people: People) -> Account:
    return people.add("admin", Role.ADMINISTRATOR)


def actions(lines: Iterable[AuditRow]) -> list[str]:
    return [line.action for line in lines]


def fill(people: People, count: int) -> None:
    people.log.append(AuditRow(at=NOON, actor="boris", action="sign-in") for _ in range(count))


def silent(_done: int, _total: int) -> None:
    pass


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


def test_a_sound_log_of_several_batches_is_verified_and_its_head_given(people: People) -> None:
    fill(people, BATCH)
    told: list[tuple[int, int]] = []

    verdict = people.audit.verify(OPERATOR, None, lambda done, total: told.append((done, total)))

    last = people.log.lines[-1]
    assert (verdict.rows, verdict.fault) == (BATCH + 2, None)
    assert verdict.head == Head(number=last.number, mac=last.mac)
    assert told[-1] == (BATCH + 2, BATCH + 2)


class WatchedLog(MemoryAuditLog):
    """A log that remembers how many lines were asked for at once."""

    def __init__(self) -> None:
        super().__init__()
        self.limits: list[int] = []

    def older(
        self, asked: AuditFilter = ALL, *, before: int | None = None, limit: int = 200
    ) -> tuple[AuditLine, ...]:
        self.limits.append(limit)
        return super().older(asked, before=before, limit=limit)

    def newer(
        self, asked: AuditFilter = ALL, *, after: int = 0, skip: int = 0, limit: int = 200
    ) -> tuple[AuditLine, ...]:
        self.limits.append(limit)
        return super().newer(asked, after=after, skip=skip, limit=limit)


def test_however_long_the_log_is_no_more_than_a_batch_of_it_is_held_at_once() -> None:
    log, people = WatchedLog(), People()
    log.append(AuditRow(at=NOON, actor="boris", action="sign-in") for _ in range(3 * BATCH))
    audit = Audit(log, people.store, CHAIN, people.clock)

    verdict = audit.verify(OPERATOR, None, silent)
    shown = sum(1 for _ in audit.lines(OPERATOR, ANY, 3 * BATCH))
    exported = sum(1 for _ in audit.export(OPERATOR, "csv"))

    assert (verdict.rows, shown, exported) == (3 * BATCH, 3 * BATCH, 3 * BATCH + 1)
    assert max(log.limits) == BATCH


def test_an_empty_log_is_sound() -> None:
    people = People()

    assert people.audit.verify(OPERATOR, None, silent).rows == 0
    assert people.audit.page(OPERATOR, ANY).lines == ()


def test_rows_that_are_gone_since_a_head_was_noted_are_missed(people: People) -> None:
    noted = people.audit.verify(OPERATOR, None, silent).head
    people.log.rows.pop()

    assert people.audit.verify(OPERATOR, None, silent).fault is None
    assert people.audit.verify(OPERATOR, noted, silent).fault is Fault.CUT


class ChangedLog(MemoryAuditLog):
    """A log of which somebody took rows away and kept the numbers of the others."""

    @property
    def lines(self) -> tuple[AuditLine, ...]:
        return tuple(line for line in super().lines if line.number not in {1, 2})


def test_a_log_that_lost_rows_is_looked_through_to_its_end() -> None:
    log = ChangedLog()
    log.append(AuditRow(at=NOON, actor="boris", action="sign-in") for _ in range(5))
    audit = Audit(log, People().store, CHAIN, People().clock)

    verdict = audit.verify(OPERATOR, None, silent)

    assert (verdict.rows, verdict.head.number, verdict.fault) == (3, 5, Fault.MISSING)


def test_an_export_is_the_whole_log_and_tells_of_itself(people: People) -> None:
    """OWASP ASVS 5.0 16.2.1: who took the log out, and when, is in the log."""
    lines = list(people.audit.export(OPERATOR, "csv"))

    assert lines == list(people.log.lines)
    assert (lines[-1].actor, lines[-1].action, lines[-1].detail) == ("operator", "audit.exported", "csv")


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


def test_a_refused_write_is_noted_with_who_what_and_on_which_id(people: People, admin: Account) -> None:
    """OWASP ASVS 5.0 16.3.2: failed attempts at what is not allowed are logged."""
    people.audit.refuse(admin, "cases.retire", "abc")

    row = people.log.rows[-1]
    assert (row.actor, row.action, row.subject, row.detail) == ("admin", "refused", "abc", "cases.retire")
    assert row.result is Result.REFUSED


def test_what_was_refused_to_a_visitor_is_not_noted(people: People) -> None:
    before = len(people.log.rows)

    people.audit.refuse(None, "cases.retire")

    assert len(people.log.rows) == before


def test_one_account_does_not_fill_the_log_with_refusals_and_the_last_line_says_so(
    people: People, admin: Account
) -> None:
    anna = people.store.get("anna")
    for _ in range(2 * MOST_REFUSALS):
        people.audit.refuse(anna, "cases.retire")
    people.audit.refuse(admin, "cases.retire")

    refused = [row for row in people.log.rows if row.action == "refused"]
    assert [row.actor for row in refused] == ["anna"] * MOST_REFUSALS + ["admin"]
    assert [row.detail for row in refused[-3:]] == [
        "cases.retire",
        "cases.retire; more within the hour are not noted",
        "cases.retire",
    ]

    people.clock.tick(hours=1, seconds=1)
    people.audit.refuse(anna, "cases.retire")
    assert people.log.rows[-1].actor == "anna"


class FullLog(MemoryAuditLog):
    def append(self, rows: Iterable[AuditRow]) -> None:
        raise StoreFailure("The disk is full.")


def test_a_log_that_cannot_be_written_does_not_stand_in_the_way_of_the_refusal(
    people: People, admin: Account
) -> None:
    Audit(FullLog(), people.store, CHAIN, people.clock).refuse(admin, "cases.retire")

    assert "refused" not in actions(people.log.rows)
