"""Persons' numbers in the registers of states, as one table of countries; python-stdnum proves their checksums.

States of the community that have no row have no such number with a checksum that the library knows, or write it as one
run of digits: that is long enough to be objected to as a reference.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from typing import NamedTuple, Protocol, cast

_ENDS = r"(?![\w/+-]|[.,]\d)"


class _Module(Protocol):
    """A module of python-stdnum."""

    def is_valid(self, number: str) -> bool:
        """Say whether it is one."""
        ...


class NationalId(NamedTuple):
    """How a state writes the number, and the library's module for it; none where the shape says enough."""

    country: str
    number: str
    look: str

    def length_in(self, text: str, start: int) -> int:
        """Give how long the number is that stands at `start`; 0 where none does or its checksum is wrong."""
        match = _looking(self.look).match(text, start)
        return len(match[0]) if match and self._holds(match[0]) else 0

    def _holds(self, number: str) -> bool:
        if not self.number:
            return True
        module = cast("_Module", import_module(f"stdnum.{self.country}.{self.number}"))
        return module.is_valid(number)


@cache
def _looking(look: str) -> re.Pattern[str]:
    return re.compile(f"(?:{look}){_ENDS}", re.IGNORECASE)


def is_somebodys(match: re.Match[str]) -> int:
    """Prove a number by the first row of the table that knows it; most candidates look like none."""
    if not _looking(LOOKS).match(match.string, match.start("it")):
        return 0
    lengths = (each.length_in(match.string, match.start("it")) for each in IDS)
    return next((length for length in lengths if length), 0)


IDS: tuple[NationalId, ...] = (
    NationalId("at", "vnr", r"\d{4} ?\d{6}"),
    NationalId("be", "nn", r"\d{2}[. ]?\d{2}[. ]?\d{2}[- ]?\d{3}[. -]?\d{2}"),
    NationalId("bg", "egn", r"\d{10}"),
    NationalId("by", "", r"[1-6]\d{6}[ABCEHKM]\d{3}(?:PB|BA|BI)\d"),
    NationalId("ca", "sin", r"\d{3}-\d{3}-\d{3}"),
    NationalId("ch", "ssn", r"756[. ]?\d{4}[. ]?\d{4}[. ]?\d{2}"),
    NationalId("cz", "rc", r"\d{6}/\d{3,4}|\d{10}"),
    NationalId("de", "idnr", r"\d{2} \d{3} \d{3} \d{3}|\d{11}"),
    NationalId("dk", "cpr", r"\d{6}-\d{4}"),
    NationalId("ee", "ik", r"[1-8]\d{10}"),
    NationalId("es", "dni", r"\d{8}-?[A-Z]"),
    NationalId("es", "nie", r"[XYZ]-?\d{7}-?[A-Z]"),
    NationalId("fi", "hetu", r"\d{6}[-+A-FU-Y]\d{3}[0-9A-Z]"),
    NationalId("fr", "nir", r"[12] ?\d{2} ?\d{2} ?\d[0-9AB] ?\d{3} ?\d{3} ?\d{2}"),
    NationalId("gb", "nhs", r"\d{3} \d{3} \d{4}"),
    NationalId("gb", "", r"[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]"),
    NationalId("gr", "amka", r"\d{11}"),
    NationalId("hr", "oib", r"\d{11}"),
    NationalId("ie", "pps", r"\d{7}[A-W][A-IW]?"),
    NationalId("is_", "kennitala", r"\d{6}-?\d{4}"),
    NationalId(
        "it", "codicefiscale", r"[A-Z]{6}[\dL-NP-V]{2}[A-EHLMPRST][\dL-NP-V]{2}[A-Z][\dL-NP-V]{3}[A-Z]"
    ),
    NationalId("lt", "asmens", r"\d{11}"),
    NationalId("lv", "pvn", r"\d{6}-\d{5}"),
    NationalId("nl", "bsn", r"\d{4}\.\d{2}\.\d{3}|\d{9}"),
    NationalId("no", "fodselsnummer", r"\d{6} ?\d{5}"),
    NationalId("pl", "pesel", r"\d{11}"),
    NationalId("pt", "cc", r"\d{8} ?\d ?[A-Z0-9]{2}\d"),
    NationalId("ro", "cnp", r"\d{13}"),
    NationalId("ru", "inn", r"\d{12}"),
    NationalId("ru", "", r"\d{3}-\d{3}-\d{3}[ -]\d{2}"),
    NationalId("se", "personnummer", r"(?:\d{2})?\d{6}[-+]\d{4}"),
    NationalId("si", "emso", r"\d{13}"),
    NationalId("sk", "rc", r"\d{6}/\d{3,4}"),
    NationalId("tr", "tckimlik", r"[1-9]\d{10}"),
    NationalId("ua", "rntrc", r"\d{10}"),
    NationalId("us", "ssn", r"\d{3}-\d{2}-\d{4}"),
)
"""`si` stands for all states that kept the number of Yugoslavia (BA, ME, MK, RS, SI, XK)."""
LOOKS = "|".join(each.look for each in IDS)
"""How any of them looks."""
