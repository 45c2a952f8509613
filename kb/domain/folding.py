"""Words as they are compared: without what people leave out or write in two ways when they type."""

from __future__ import annotations

import re
import unicodedata

_LETTERS = str.maketrans({
    "œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ŋ": "n", "ŧ": "t",
    "ı": "i", "\u0640": "",
})  # fmt: skip
"""Letters that Unicode does not take apart, as people write them who have no key for them. The last only stretches Arabic words."""
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_VOICED = "\u3099\u309a"
"""Marks of Japanese syllables: another syllable, not an accent."""
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"})


def fold(word: str) -> str:
    """Give the word without case and accents. Cyrillic letters stay whole, as й and ї are letters of their own, but for ё."""
    if word.isascii():
        return word.casefold()
    if _CYRILLIC.search(word):
        return _bare(unicodedata.normalize("NFC", word)).casefold().replace("ё", "е")
    folded = _bare(unicodedata.normalize("NFKD", word)).casefold().translate(_LETTERS)
    return unicodedata.normalize("NFC", folded)


def transcribed(text: str) -> str:
    """Give German as it is typed without umlauts: ä as ae, ß as ss."""
    return text.translate(_UMLAUTS)


def _bare(text: str) -> str:
    return "".join(sign for sign in text if sign in _VOICED or not unicodedata.combining(sign))
