"""The audit log: who did what to which record or account, when, and whether it was done. Ids alone, never a text."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from pydantic import Field

from kb.domain.record import Kind
from kb.domain.text import Value
from kb.domain.workflow import Action

REFUSED = "refused"
"""The action of a row that tells of a write that was not allowed."""
ABOUT_RECORDS = frozenset({REFUSED, "import", "export", "handout"})
"""Actions whose rows name a record or tell how many there are, beside the rows of saves, which have a key."""


class Result(StrEnum):
    """What came of an act."""

    DONE = "done"
    REFUSED = "refused"


class AuditRow(Value):
    """What is to be noted. `subject` names a record or account; no text of a record stands in it.

    Where no result is given, the action tells it: what was refused ends in `refused`.
    """

    at: dt.datetime
    actor: str
    action: str
    subject: str = ""
    result: Result = Field(default_factory=lambda known: _result_of(known["action"]))
    detail: str = ""
    key: str | None = None
    """For saves: `kind/id/revision`, unique, so that a drain that runs twice writes one row."""


def _result_of(action: str) -> Result:
    return Result.REFUSED if action.endswith(REFUSED) else Result.DONE


class AuditLine(AuditRow):
    """A row as it stands in the log: numbered from 1 without a gap, and sealed (see `audit_chain`)."""

    number: int
    mac: str


class ActionGroup(StrEnum):
    """What belongs together for somebody who looks into the log."""

    RECORDS = "records"
    """Saves of records, purges among them."""
    ENTRANCE = "entrance"
    """Signing in and out, and what somebody does with their own password, second factor and sessions."""
    ACCOUNTS = "accounts"
    """What administrators and operators do with accounts and organisations."""
    COPIES = "copies"
    """What comes in and goes out in bulk, or by an address: imports, exports, handouts, feeds."""
    SEARCHES = "searches"
    """Searches in vain, dealt with."""
    REFUSALS = "refusals"
    """Writes that were not allowed."""
    LOG = "log"
    """The log itself."""


ACTIONS: dict[ActionGroup, frozenset[str]] = {
    ActionGroup.RECORDS: frozenset(action.value for action in Action),
    ActionGroup.ENTRANCE: frozenset({"sign-in", "sign-out", "session", "password", "second-factor"}),
    ActionGroup.ACCOUNTS: frozenset({"account", "organisation"}),
    ActionGroup.COPIES: frozenset({"import", "export", "handout", "feed"}),
    ActionGroup.SEARCHES: frozenset({"search-in-vain"}),
    ActionGroup.REFUSALS: frozenset({REFUSED}),
    ActionGroup.LOG: frozenset({"audit"}),
}
"""The actions of each group by the first word of their names: `account` stands for `account.disabled` too."""


class AuditFilter(Value):
    """Which rows are asked for: those to which everything applies that is given."""

    person: str = ""
    """An account's id: what it did, and what was done to it."""
    actor: str = ""
    subjects: frozenset[str] = frozenset()
    """Any of these."""
    actions: frozenset[str] = frozenset()
    """Any of these, whole or by the word before the dot: `account` stands for `account.disabled` too."""
    result: Result | None = None
    since: dt.datetime | None = None
    until: dt.datetime | None = None
    """Not at or after this moment."""
    without_records: bool = False
    """True leaves out what tells who acted on which record, or how many there are."""

    def fits(self, row: AuditRow) -> bool:
        """Say whether a row is asked for."""
        return all(
            (
                not self.person or self.person in {row.actor, row.subject},
                not self.actor or self.actor == row.actor,
                not self.subjects or row.subject in self.subjects,
                not self.actions or not self.actions.isdisjoint({row.action, row.action.partition(".")[0]}),
                self.result is None or self.result is row.result,
                self.since is None or row.at >= self.since,
                self.until is None or row.at < self.until,
                not (self.without_records and tells_of_a_record(row)),
            )
        )


def tells_of_a_record(row: AuditRow) -> bool:
    """Say whether a row tells who acted on which record, or how many there are."""
    return row.key is not None or row.action in ABOUT_RECORDS


def subjects_named(text: str) -> frozenset[str]:
    """Give what a subject may be called in the log: a record's id stands there with its kind, or alone in a refusal."""
    identifier = text.rpartition("/")[2]
    if identifier != text:
        return frozenset({text, identifier})
    return frozenset({text, *(f"{kind.value}/{text}" for kind in Kind)})


ALL = AuditFilter()
