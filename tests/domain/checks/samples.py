"""What each check finds, and what only looks like it, as one table.

None leads anywhere: the numbers are the examples of standards and libraries, or were drawn and given a right checksum. In
what is found, angle brackets «» stand around what is objected to.
"""

from __future__ import annotations

from kb.domain.checks import Check
from tests.domain.checks.addresses import ADDRESSES
from tests.domain.checks.numbers import NUMBERS
from tests.domain.checks.sample import Samples

SAMPLES: dict[Check, Samples] = ADDRESSES | NUMBERS
