"""Names under which people go in services."""

from __future__ import annotations

import re

from kb.domain.checks.plain import before

KEYWORDS = frozenset({
    "media", "import", "charset", "font", "keyframes", "supports", "page", "override", "param", "return", "todo", "home",
    "context", "id", "type", "graph", "echo",
})  # fmt: skip
"""Words of style sheets, programs and data that begin with the same sign."""
_WORD = re.compile(r"[\w.]*[^\W_]")
_TELLING = re.compile(r"[\d_]|(?<=[a-z])[A-Z]")
_QUOTES = {'"': '"', "“": "”", "„": "“", "«": "»", "‘": "’", "'": "'", "`": "`"}


def is_handle(match: re.Match[str]) -> int:
    """Prove what follows an @: no keyword of a program."""
    name = _WORD.match(match["it"], 1)
    return 1 + len(name[0]) if name and name[0].lower() not in KEYWORDS else 0


def is_announced(match: re.Match[str]) -> int:
    """Prove what a word like "nickname" announces: in quotation marks, or no word of a language."""
    name, ahead = match["it"], before(match, 1)
    quoted = ahead in _QUOTES and match.string.startswith(_QUOTES[ahead], match.end("it"))
    return len(name) if quoted or _TELLING.search(name) else 0
