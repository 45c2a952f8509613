"""What a guesser gets to from a password by undoing what people do to a known word: padding, look-alikes, repeating.

Length alone is asked of a password, no kinds of characters (NIST SP 800-63B-4, 3.1.1.2; OWASP ASVS 5.0, V6.2); but a known
word is guessed first however it is dressed up.
"""

from __future__ import annotations

import re

from kb.domain.account import Account

FEWEST_GUESSES = 10**8
"""Guesses that a password must stand: who steals the hashes tries so many in an afternoon, slow as hashing is."""
PRODUCT = "casebook"

_BEFORE, _AFTER = re.compile(r"^[\W\d_]+"), re.compile(r"[\W\d_]+$")
_BETWEEN = re.compile(r"[\W_]+")
_NOT_LETTERS = re.compile(r"[\W\d_]+")
_SHARED = {"@": "a", "4": "a", "3": "e", "!": "i", "0": "o", "$": "s", "5": "s", "7": "t", "+": "t"}
_LOOK_ALIKES: tuple[dict[int, str], ...] = (
    str.maketrans({}),
    str.maketrans({**_SHARED, "1": "i", "|": "i"}),
    str.maketrans({**_SHARED, "1": "l", "|": "l"}),
)
_REPEATED = re.compile(r"(.+?)\1+", re.DOTALL)


def cores(password: str) -> frozenset[str]:
    """Give the plain words that this password may come to; a known one among them makes it a known password."""
    folded = password.casefold()
    begun = (folded, _BEFORE.sub("", folded))  # what stands at an end may be a look-alike or padding
    bare = (*begun, *(_AFTER.sub("", each) for each in begun))
    plain = {_BETWEEN.sub("", each.translate(table)) for each in bare for table in _LOOK_ALIKES}
    words = set(_NOT_LETTERS.split(folded)) - {""}
    found = plain | {_unit(each) for each in plain} | (words if len(words) == 1 else set())
    return frozenset(found - {""})


def own_words(account: Account) -> frozenset[str]:
    """Give the words that whoever knows the person tries first."""
    organisation = account.organisation.name if account.organisation else ""
    texts = (account.email, account.email.partition("@")[0], account.name, organisation, PRODUCT)
    parts = {part for text in texts for part in _BETWEEN.split(text.casefold())}
    return frozenset((parts | {_BETWEEN.sub("", text.casefold()) for text in texts}) - {""})


def _unit(text: str) -> str:
    """Give what `text` repeats, or `text` where it repeats nothing."""
    repeated = _REPEATED.fullmatch(text)
    return repeated[1] if repeated else text
