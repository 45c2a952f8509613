"""The chain that shows whether the audit log was changed: each row is sealed together with the seal of the row before it.

A seal is an HMAC-SHA-256 under a key that lies outside the database, so who can only write the database cannot make
one. What no chain can tell is that its newest rows were cut off: for that, a head noted elsewhere is compared.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Self

from kb.domain.audit import AuditLine, AuditRow
from kb.domain.errors import Invalid
from kb.domain.text import Value

BEGINNING = "0" * 64
"""Stands for the seal before the first row's."""
_HEAD = re.compile(r"(\d{1,15}):([0-9a-f]{64})")


class Head(Value):
    """The newest row's number and seal; noted outside, it shows later whether the log still holds that row."""

    number: int = 0
    mac: str = BEGINNING

    @classmethod
    def read(cls, text: str) -> Self:
        """Read what `str` gave; raises Invalid."""
        found = _HEAD.fullmatch(text.strip())
        if found is None:
            raise Invalid(("head", "A head is NUMBER:MAC, as `kb audit verify` printed it."))
        return cls(number=int(found[1]), mac=found[2])

    def __str__(self) -> str:
        return f"{self.number}:{self.mac}"


class Fault(StrEnum):
    """What is wrong with a log; the value is a sentence about the row in which it shows first."""

    MISSING = "Rows before it are missing."
    CHANGED = "It was changed, or written without the key."
    LINK = "Its seal was replaced: neither it nor the row after it fits."
    KEY = (
        "No row from the first to this one fits the key: audit.key was exchanged, or belongs to another log."
    )
    CUT = "The log ends before the row that was noted: its newest rows are gone."
    REWRITTEN = (
        "The row that was noted had another seal: the log was written anew by somebody who has the key."
    )


class Verdict(Value):
    """What looking through a log gave: how many rows, the newest one's head, and what is wrong first, if anything."""

    rows: int
    head: Head
    fault: Fault | None = None
    number: int = 0
    """The row in which the fault shows."""


class AuditChain:
    """Seals rows, and judges those that were sealed."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def mac(self, previous: str, number: int, row: AuditRow) -> str:
        """Give the seal of a row that follows the one sealed with `previous`.

        The form can never change, or no row that stands could be verified any more.
        """
        parts = (number, int(row.at.timestamp()), row.actor, row.action, row.subject, row.result, row.detail)
        encoded = json.dumps([*parts, row.key], separators=(",", ":")).encode("ascii")
        return hmac.new(self._key, bytes.fromhex(previous) + encoded, hashlib.sha256).hexdigest()

    def sealed(self, after: Head, rows: Iterable[AuditRow]) -> Iterator[AuditLine]:
        """Give the lines that these rows become after that head."""
        for row in rows:
            number = after.number + 1
            mac = self.mac(after.mac, number, row)
            after = Head(number=number, mac=mac)
            yield AuditLine(**dict(row), number=number, mac=mac)

    def verdict(
        self, lines: Iterable[AuditLine], noted: Head | None = None, *, from_noted: bool = False
    ) -> Verdict:
        """Look through all lines, the oldest first, and compare the log with a head that was noted earlier.

        With `from_noted` the lines begin at the one that was noted, whose seal is compared and believed.
        """
        walk = _Walk(self, noted, from_noted=from_noted)
        for line in lines:
            walk.step(line)
        return walk.verdict()


class _Walk:
    """One look through a log; it keeps what it needs of two rows, however long the log is."""

    def __init__(self, chain: AuditChain, noted: Head | None, *, from_noted: bool) -> None:
        self._chain, self._noted = chain, noted
        self._believed = noted.number if noted and from_noted else 0
        self._before, self._rows = Head(), 0
        self._fault: tuple[Fault, int] | None = None
        self._leading_misfits = 0

    def step(self, line: AuditLine) -> None:
        if self._believed and not self._rows:
            self._before = Head(number=self._believed - 1)
        believed = line.number == self._believed
        fits = believed or line.mac == self._chain.mac(self._before.mac, line.number, line)
        if self._leading_misfits == self._rows and not fits:
            self._leading_misfits += 1
        self._look(line, fits=fits)
        self._before, self._rows = Head(number=line.number, mac=line.mac), self._rows + 1

    def _look(self, line: AuditLine, *, fits: bool) -> None:
        before, noted = self._before, self._noted
        if self._fault == (Fault.CHANGED, before.number) and not fits:
            self._fault = (Fault.LINK, before.number)
        if self._fault:
            return
        if line.number != before.number + 1:
            self._fault = (Fault.MISSING, line.number)
        elif not fits:
            self._fault = (Fault.CHANGED, line.number)
        elif noted and noted.number == line.number and noted.mac != line.mac:
            self._fault = (Fault.REWRITTEN, line.number)

    def verdict(self) -> Verdict:
        fault = self._fault
        if self._leading_misfits > 1:
            fault = (Fault.KEY, self._leading_misfits)
        elif fault is None and self._noted and self._noted.number > self._before.number:
            fault = (Fault.CUT, self._noted.number)
        return Verdict(
            rows=self._rows,
            head=self._before,
            fault=fault[0] if fault else None,
            number=fault[1] if fault else 0,
        )
