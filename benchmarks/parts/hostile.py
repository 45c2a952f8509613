"""Texts that are meant to cost much, asked through the services: none may take long, and none may fail."""

from __future__ import annotations

from functools import partial
from random import Random

from benchmarks.base import Base
from benchmarks.figures import Clock, milliseconds
from benchmarks.made_home import made_home, opened
from benchmarks.pagework import ASKER
from benchmarks.section import Section, Table, figures_of, shown
from benchmarks.tongues import LANGUAGES, tongue
from kb.domain.query import SearchRequest

RANDOM = 200
SHOWN = 8
_SIGNS = "()\"*-:'~^[]{}?!.,;/\\|&<>=+_ \t\n\x00\u200b\u202e\ufffe\ud800äßéийñ中あ😀123abc"


def measure(base: Base, clock: Clock) -> Section:
    """Ask each text once, in a process that has answered others, and tell the slowest ones."""
    services = opened(made_home(base))
    search = partial(services.search.search, ASKER)
    for word in tongue("en").content[:20]:
        search(SearchRequest(text=word, folded=True))
    texts = named_texts(Random(1)) | {f"random {n}": _random(Random(n)) for n in range(RANDOM)}
    asked = {name: SearchRequest(text=as_received(text), folded=True) for name, text in texts.items()}
    times = {name: milliseconds(partial(search, request), clock) for name, request in asked.items()}
    slowest = sorted(times, key=lambda name: -times[name])[:SHOWN]
    title = f"Hostile texts, about {base.size} units, {len(texts)} texts; the slowest, in ms"
    figures = {
        **figures_of("hostile", list(times.values())),
        **{f"hostile/{name}/ms": round(times[name], 1) for name in slowest},
    }
    return Section([Table(title, ("text", "ms"), [(name, shown(times[name])) for name in slowest])], figures)


def as_received(text: str) -> str:
    """Give a text as it arrives: half characters cannot be sent, and come as a sign that stands for them."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def named_texts(chance: Random) -> dict[str, str]:
    """Give what is known to cost a search engine much."""
    english = tongue("en")
    words = [word for word in english.content[:400] if len(word) > 4]
    first, second = words[:2]
    starts = list(dict.fromkeys(word[:3] for word in words))
    bait = [_garbled(chance, word) for word in chance.sample(words, 48)]
    return {
        "5,000 parentheses": "(" * 5_000 + first + ")" * 5_000,
        "parentheses around each word": " ".join(f"({word})" for word in words[:48]),
        "12 prefixes of three letters": " ".join(f"{start}*" for start in starts[:12]),
        "12 excluded prefixes": " ".join(f"-{start}*" for start in starts[:12]),
        "a star": "*",
        "one letter and a star": "a*",
        "a star before a letter": "*a ?* *a*",
        "10,000 characters": " ".join(english.draw(chance, 2_000))[:10_000],
        "one word of 10,000 letters": first[0] * 10_000,
        "48 frequent words": " ".join(words[:48]),
        "48 words of six languages": " ".join(
            word for language in LANGUAGES for word in tongue(language).content[:8]
        ),
        "48 misspelt words": " ".join(bait),
        "four misspelt long words": " ".join(
            f"{one}{other}" for one, other in zip(bait[:4], bait[4:8], strict=True)
        ),
        "nothing but function words": " ".join(english.words[:48]),
        "quotes without an end": f'"{first} {second} "{first}" "" "',
        "phrase of the two most frequent words": f'"{first} {second}"',
        "phrase of one frequent word again and again": f'"{" ".join([first] * 48)}"',
        "six phrases of frequent words": " ".join(f'"{one} {first}"' for one in words[:6]),
        "phrase of function words": f'"{" ".join(english.words[:6])}"',
        "an exclusion alone": f"-{first}",
        "12 exclusions": " ".join(f"-{word}" for word in words[:12]),
        "OR again and again": " OR ".join(words[:24]),
        "nothing but OR": "OR " * 200,
        "12 required alternatives": " ".join(f"({one} OR {first})" for one in words[:12]),
        "fields that are none": " ".join(f"x{place}:{word}" for place, word in enumerate(words[:48])),
        "12 fields": " ".join(["title:" + first, "kind:difficulty", "country:AT", "year:2014"] * 3),
        "NUL and half characters": f"{first}\x00{second}\ud800\udfff \ufffe",
        "right to left and joiners": f"\u202e{first}\u200d\u200b{second}\u2066",
        "marks upon marks": "e" + "\u0301" * 500,
        "backslashes": "\\" * 500 + first,
        "markup": f"<script>{first}</script> ' OR 1=1 -- {{{{7*7}}}} %s %n",
        "blanks": " \t\n\u00a0\u3000" * 500,
    }


def _garbled(chance: Random, word: str) -> str:
    """Change two letters of a word, so that a near one is looked for."""
    for _ in range(2):
        at = chance.randrange(1, len(word))
        word = word[:at] + chance.choice("abcdefghijklmnopqrstuvwxyz") + word[at + 1 :]
    return word


def _random(chance: Random) -> str:
    """Give signs, letters and words in any order."""
    words = tongue(chance.choice(LANGUAGES)).content
    parts = (
        chance.choice(words[:300]) if chance.random() < 0.3 else chance.choice(_SIGNS)
        for _ in range(chance.choice((5, 30, 150, 600)))
    )
    return "".join(parts)
