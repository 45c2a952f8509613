"""Proofs of co-ordinates."""

from __future__ import annotations

import re

NORTHMOST, EASTMOST = 90, 180


def is_on_earth(match: re.Match[str]) -> int:
    """Prove a pair of decimal degrees; two small fractions are more likely measurements."""
    latitude, longitude = abs(float(match["lat"])), abs(float(match["lon"]))
    inside = latitude <= NORTHMOST and longitude <= EASTMOST
    named = match["ns"] or match["ew"] or match["it"][:3].lower() == "lat"
    return len(match["it"]) if inside and (named or max(latitude, longitude) >= 1) else 0


def is_plus_code(match: re.Match[str]) -> int:
    """Prove an Open Location Code: within the range of its first two letters, and no sum of two numbers."""
    code = match["it"].upper()
    return (
        len(code)
        if code[0] in "23456789C" and code[1] in "23456789CFGHJMPQRV" and not code.replace("+", "").isdigit()
        else 0
    )
