"""Who writes made-up cases: sentences, paragraphs and a little Markdown of a tongue's words, each case about something of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import accumulate
from random import Random
from typing import TypeVar

from benchmarks.tongues import Tongue

TOPIC_WORDS = 40
"""What a case is about: words that come again and again in it, and seldom elsewhere."""
TOPIC_SHARE = 0.15
LONGEST_LINE = 120
_MARKS = ("**{}**", "*{}*", "`{}`", "«{}»", "({})")

Drawn = TypeVar("Drawn")


class Scribe:
    """Writes one case."""

    def __init__(self, tongue: Tongue, chance: Random) -> None:
        self.chance = chance
        self._tongue = tongue
        self._topic = tongue.draw_content(chance, TOPIC_WORDS)

    def line(self, fewest: int, most: int) -> str:
        """Give a title of so many words, without a full stop."""
        words = self._words(self.chance.randint(fewest, most))
        return _capital(" ".join(words))[:LONGEST_LINE].strip()

    def prose(self, fewest: int, most: int) -> str:
        """Give paragraphs of so many words, short texts being more frequent than long ones."""
        length = int(self.chance.triangular(fewest, most, fewest + (most - fewest) / 5))
        sentences = list(self._sentences(self._words(length)))
        size = self.chance.randint(3, 6)
        blocks = [" ".join(sentences[at : at + size]) for at in range(0, len(sentences), size)]
        if len(sentences) > 2 * size and self.chance.random() < 0.2:
            blocks[-1] = "\n".join(
                f"- {sentence}" for sentence in sentences[-(len(sentences) % size or size) :]
            )
        return "\n\n".join(blocks)

    def _words(self, count: int) -> list[str]:
        words = self._tongue.draw(self.chance, count)
        for place in self.chance.sample(range(count), int(count * TOPIC_SHARE)):
            words[place] = self.chance.choice(self._topic)
        return words

    def _sentences(self, words: list[str]) -> Iterator[str]:
        at = 0
        while at < len(words):
            end = at + self.chance.randint(6, 24)
            sentence = words[at:end]
            place = self.chance.randrange(len(sentence))
            match self.chance.randrange(8):
                case 0:
                    sentence[place] = str(self.chance.randrange(2_000))
                case 1:
                    sentence[place] = self.chance.choice(_MARKS).format(sentence[place])
                case 2 | 3:
                    sentence[place] += ","
            yield _capital(" ".join(sentence)) + "."
            at = end


def skewed(chance: Random, values: Sequence[Drawn], fewest: int, most: int) -> tuple[Drawn, ...]:
    """Draw up to `most` different values, the first ones far more often than the last ones."""
    drawn = chance.choices(values, cum_weights=_falling(len(values)), k=chance.randint(fewest, most))
    return tuple(dict.fromkeys(drawn))


def weighted(chance: Random, shares: Mapping[Drawn, int]) -> Drawn:
    """Draw one of the keys, as often as its share says."""
    return chance.choices(list(shares), weights=list(shares.values()))[0]


@cache
def _falling(count: int) -> tuple[float, ...]:
    return tuple(accumulate(1 / (rank + 2) for rank in range(count)))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
