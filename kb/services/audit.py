"""Reading the audit log, proving that it was not changed, and noting in it what was refused."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import suppress
from itertools import islice

from kb.domain.account import Account
from kb.domain.audit import (
    ACTIONS,
    REFUSED,
    ActionGroup,
    AuditFilter,
    AuditLine,
    AuditRow,
    Result,
    subjects_named,
)
from kb.domain.audit_chain import AuditChain, Head, Verdict
from kb.domain.errors import StoreFailure
from kb.domain.permission import Permission, demand
from kb.domain.ports import AccountStore, AuditLog, Clock, Progress
from kb.domain.text import Value

PAGE = 100
BATCH = 1_000
"""Lines held in memory at once, however long the log is."""
MOST_REFUSALS = 60
"""Refused writes of one account noted within an hour; more would be a way to fill the disk."""
HOUR = dt.timedelta(hours=1)
LAST_NOTED = "more within the hour are not noted"


class AuditQuestion(Value):
    """What somebody asks of the log. An account is named by id or by e-mail address, a record by id or kind/id."""

    group: ActionGroup | None = None
    account: str = ""
    """What it did, and what was done to it."""
    actor: str = ""
    subject: str = ""
    action: str = ""
    result: Result | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    """The last day that is meant."""
    before: int | None = None
    after: int | None = None
    """Which lines of those that fit, counted from the oldest: a line's own number would tell how many were left out."""


class AuditPage(Value):
    """Some lines, the newest first, with the names of those accounts in them that exist, and where to go on."""

    lines: tuple[AuditLine, ...]
    names: Mapping[str, str]
    older: int | None = None
    """`before`, for the lines that come next."""
    newer: int | None = None
    """`after`, for the lines that came later."""
    without_records: bool
    """True where lines about records are left out, because the reader is an officer as well."""


class Audit:
    """What administrators and operators see of who did what; the log itself is written by whoever acts.

    An administrator who is an officer as well is shown no line that tells who acted on which record: with it, the id in
    a case's address would tell them who wrote a case under Chatham House. Nor one that tells how many records there are.
    """

    def __init__(self, log: AuditLog, accounts: AccountStore, chain: AuditChain, clock: Clock) -> None:
        self._log, self._accounts, self._chain, self._clock = log, accounts, chain, clock

    def page(self, actor: Account | None, question: AuditQuestion) -> AuditPage:
        """Give a page of lines, the newest ones or those next to a number; raises Forbidden."""
        account = demand(actor, Permission.READ_AUDIT)
        asked = self._asked(account, question)
        start, end, total = self._span(asked, question)
        lines = self._log.newer(asked, skip=start, limit=end - start)[::-1]
        known = self._accounts.named({line.actor for line in lines} | {line.subject for line in lines})
        return AuditPage(
            lines=lines,
            names={identifier: each.name for identifier, each in known.items()},
            older=start + 1 if start else None,
            newer=end if end < total else None,
            without_records=asked.without_records,
        )

    def lines(self, actor: Account | None, question: AuditQuestion, limit: int) -> Iterator[AuditLine]:
        """Give as many of the newest lines, a batch at a time; raises Forbidden."""
        account = demand(actor, Permission.READ_AUDIT)
        return islice(self._all_older(self._asked(account, question)), limit)

    def verify(
        self,
        actor: Account | None,
        noted: Head | None,
        advance: Progress,
        *,
        from_noted: bool = False,
    ) -> Verdict:
        """Look through the log as it stands now, a batch at a time: all of it, or from a noted row on; raises Forbidden."""
        demand(actor, Permission.READ_AUDIT)
        last, first = self._last(), noted.number if noted and from_noted else 1

        def told() -> Iterator[AuditLine]:
            for line in self._up_to(last, first - 1):
                yield line
                advance(line.number, last)

        return self._chain.verdict(told(), noted, from_noted=from_noted)

    def export(self, actor: Account | None, form: str) -> Iterator[AuditLine]:
        """Give the whole log, the oldest line first; one of the last says that it was exported. Raises Forbidden."""
        account = demand(actor, Permission.OPERATE)
        self._log.append(
            [AuditRow(at=self._clock.now(), actor=account.id, action="audit.exported", detail=form)]
        )
        return self._up_to(self._last())

    def refuse(self, actor: Account | None, what: str, subject: str = "") -> None:
        """Note that a write was refused to an account: which one, and on which id.

        A visitor's are not noted, and an account's no more than MOST_REFUSALS an hour (a few more where they come at the
        same moment), so that nobody fills the disk. A log that cannot be written does not hide the refusal itself.
        """
        if actor is None:
            return
        now = self._clock.now()
        recent = AuditFilter(actor=actor.id, actions=frozenset({REFUSED}), since=now - HOUR)
        noted = self._log.count(recent)
        if noted >= MOST_REFUSALS:
            return
        detail = f"{what}; {LAST_NOTED}" if noted == MOST_REFUSALS - 1 else what
        row = AuditRow(at=now, actor=actor.id, action=REFUSED, subject=subject, detail=detail)
        with suppress(StoreFailure):
            self._log.append([row])

    def _asked(self, account: Account, question: AuditQuestion) -> AuditFilter:
        actions = ACTIONS[question.group] if question.group else frozenset[str]()
        return AuditFilter(
            person=self._identifier(question.account),
            actor=self._identifier(question.actor),
            subjects=subjects_named(self._identifier(question.subject)) if question.subject else frozenset(),
            actions=frozenset({question.action}) if question.action else actions,
            result=question.result,
            since=_midnight(question.since) if question.since else None,
            until=_midnight(question.until) + dt.timedelta(days=1) if question.until else None,
            without_records=account.is_officer,
        )

    def _identifier(self, text: str) -> str:
        account = self._accounts.by_email(text) if "@" in text else None
        return account.id if account else text

    def _span(self, asked: AuditFilter, question: AuditQuestion) -> tuple[int, int, int]:
        """Give from where to where a page goes, and how many lines fit; a log only grows, so a page stays where it is."""
        total = wanted = self._log.count(asked)
        if question.after is not None:
            wanted = question.after + PAGE
        elif question.before is not None:
            wanted = question.before - 1
        end = min(max(wanted, 0), total)
        return max(end - PAGE, 0), end, total

    def _all_older(self, asked: AuditFilter) -> Iterator[AuditLine]:
        lines = self._log.older(asked, limit=BATCH)
        while lines:
            yield from lines
            lines = self._log.older(asked, before=lines[-1].number, limit=BATCH)

    def _last(self) -> int:
        newest = self._log.older(limit=1)
        return newest[0].number if newest else 0

    def _up_to(self, last: int, number: int = 0) -> Iterator[AuditLine]:
        while lines := self._log.newer(after=number, limit=max(0, min(BATCH, last - number))):
            yield from lines
            number = lines[-1].number


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), dt.UTC)
