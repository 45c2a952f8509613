"""What a text must never hold when it is kept for others: addresses, numbers and keys that lead to one person or one file.

Law: pure rules over text. `table` says what is looked for, `shapes` how it looks, the other modules what proves it:
a checksum, a valid range, a numbering plan. phonenumbers and python-stdnum are known to this package alone, are loaded
when the first candidate is met, and are the only libraries beside pydantic that the domain knows (docs/adr/0012).
An objection tells where something stands, never what: values are neither kept nor logged.
"""

from __future__ import annotations

from kb.domain.checks.check import Check, Objection, Severity
from kb.domain.checks.names import Names
from kb.domain.checks.parts import Part, parts
from kb.domain.checks.remarks import remarks
from kb.domain.checks.table import objections

__all__ = ["Check", "Names", "Objection", "Part", "Severity", "objections", "parts", "remarks"]
