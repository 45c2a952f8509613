"""Text that tries to be more than text, in every field of every kind of record: the models are walked, none is named."""

from __future__ import annotations

import re
from itertools import cycle, islice
from typing import Any

from pydantic import StringConstraints

from kb.domain.country import CODES
from kb.domain.marking import Organisation
from kb.domain.text import LINE_LENGTH
from tests.crawl.canaries import Canaries
from tests.crawl.people import Person
from tests.ports.markup_attacks import MARKDOWN

PRODUCT = str(191 * 193)
"""What a template would make of the calculation below."""
POLYGLOT = (
    "=1+1\x1b]0;evil\x07\"'`><svg/onload=alert(1)><img src=x onerror=alert(1)></title></textarea></script><script>alert(1)</script>"
    "{{191*193}}${191*193}{%raw%}%3Cscript%3E&lt;b&#62;<!--[x](javascript:alert(1))\\"
)
"""Breaks out of an attribute, a title, a text area, a script, a comment, a template, a link and a terminal."""
TEXT = "alert(1)"
"""What a reader sees of it: the words themselves."""
IN_ADDRESS = (
    "`onmouseover=alert(1)`/javascript:alert(1)//{{191*193}}&quot;onclick=alert(1)//\\%22%3E%3Cscript%3E"
)
"""What an address of a source may hold."""
IN_STRICT_ADDRESS = "javascript:alert(1)//&quot;onclick=alert(1)//%22%3E%3Cscript%3E'"
"""What one may hold that bears no sign which Turtle forbids in an address."""
LONG = 12
"""Attacks in one long text."""


class Attacks(Canaries):
    """Sows attacks where canaries would be sown, each behind a canary by which it is found."""

    def __init__(self, seed: int | str = 0) -> None:
        super().__init__(seed)
        self._markdown = cycle(MARKDOWN)

    def line(self) -> str:
        """Give one attack for what is typed outside of records."""
        return f"{self.word()} {POLYGLOT}"

    def _text(self, rules: tuple[Any, ...]) -> str:
        plain = super()._text(rules)
        if plain.startswith("https://"):
            patterns = [
                rule.pattern for rule in rules if isinstance(rule, StringConstraints) and rule.pattern
            ]
            whole = f"{plain}{IN_ADDRESS}"
            fits = all(re.search(pattern, whole) for pattern in patterns)
            return whole if fits else f"{plain}{IN_STRICT_ADDRESS}"
        if plain in CODES or any(isinstance(rule, StringConstraints) and rule.pattern for rule in rules):
            return plain
        lengths = [rule.max_length for rule in rules if isinstance(rule, StringConstraints)]
        longest = min((each for each in lengths if each is not None), default=LINE_LENGTH)
        if longest <= LINE_LENGTH:
            return f"{plain} {POLYGLOT}"[:longest]
        return "\n\n".join([f"{plain} {POLYGLOT}", *islice(self._markdown, LONG)])


class Attacker(Person):
    """Somebody whose own name is an attack."""

    @property
    def name(self) -> str:
        return f"zqname{self.key} {POLYGLOT}"


UNIT = Organisation(id="zqvienna", name=f"zqunit {POLYGLOT}", country="AT")
