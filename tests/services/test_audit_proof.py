"""The audit log proved, taken out, and kept from being filled with what was refused."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from kb.domain.account import OPERATOR, Account
from kb.domain.audit import ALL, AuditFilter, AuditLine, AuditRow, Result
from kb.domain.audit_chain import Fault, Head
from kb.domain.errors import StoreFailure
from kb.services.audit import BATCH, MOST_REFUSALS, Audit, AuditQuestion
from tests.fakes.audit import CHAIN, MemoryAuditLog
from tests.fakes.clock import NOON
from tests.services.audited import actions, fill, silent, with_a_past
from tests.services.people import People

ANY = AuditQuestion()


@pytest.fixture
def people() -> People:
    return with_a_past()


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


def test_only_what_came_since_a_noted_head_can_be_looked_at(people: People) -> None:
    noted = people.audit.verify(OPERATOR, None, silent).head
    fill(people, 3)

    verdict = people.audit.verify(OPERATOR, noted, silent, from_noted=True)

    assert (verdict.rows, verdict.head.number, verdict.fault) == (4, 5, None)
    assert people.audit.verify(OPERATOR, None, silent, from_noted=True).rows == 5


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
