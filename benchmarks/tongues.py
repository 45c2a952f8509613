"""Words of six languages for knowledge bases that nobody wrote: real function words, the seed's own words, and made-up stems that
take real endings, so that stemmers, stop lists and prefixes have the work that they have in life.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import accumulate
from random import Random
from typing import NamedTuple

from benchmarks.seed import seed_texts
from kb.domain.grammar import words_in

LEMMAS = 12_000
"""Made-up stems per language, each in several forms."""
SYLLABLES = (1, 1, 2, 2, 2, 2, 2, 3, 3, 3)
FUNCTION_SHARE = 0.4
"""Of the words of a running text, about as in the languages themselves."""
FLATTENING = 2.7
"""Added to each rank: the few most frequent words are nearly equal (Mandelbrot's correction of Zipf's law)."""


class Recipe(NamedTuple):
    """What words of a language are made of; `classes` are the endings that one stem takes, the commonest first."""

    function: str
    onsets: str
    vowels: str
    codas: str
    classes: tuple[str, ...]


RECIPES: dict[str, Recipe] = {
    "en": Recipe(
        "the of to and a in that is was for it with as on be by at from were this had not are which or an they "
        "have been their we there has when but no one all would who so its if more them",
        "b br c ch cl d dr f fl g gr h j l m n p pl pr qu r s sh sl st str t th tr v w",
        "a e i o u a e i o u ai ea ee ou",
        "b ck d f l ld m mp n nd ng nk nt p r rd rk rt s sk st t v x",
        (
            "- s -",
            "- s ed ing er",
            "e es ed ing",
            "- ly ness",
            "y ies ied ying",
            "ation ations ate ated ating",
        ),
    ),
    "de": Recipe(
        "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er "
        "hat dass sie nach wird bei einer um am sind noch wie einem über so zum war haben nur oder aber vor",
        "b br d dr f fl g gr h j k kl l m n p pf r s sch schl schr st str t tr v w z zw",
        "a e i o u a e i o ä ö ü au ei eu",
        "b ch cht d f ft g ck l lt m n nd ng nk r rk rt s ss st t tz",
        (
            "+ + +en +s",
            "en t te ten end",
            "+ung +ungen",
            "ig ige igen iger",
            "+e +en",
            "+heit +heiten",
            "lich liche lichen",
        ),
    ),
    "fr": Recipe(
        "de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se ce il sont avec aux "
        "son mais comme ou si leur y été être deux cette ont ces nous même fait elle",
        "b bl br c ch cl d dr f fl g gr j l m n p pl pr qu r s t tr v",
        "a e i o u a e i o é è ai au eu ou oi",
        "b c d g l m n nt p r rt s t v",
        (
            "- s",
            "er e ent é ée és ait",
            "ion ions",
            "eur eurs",
            "if ive ifs ives",
            "ment",
            "ir it issent i ie",
        ),
    ),
    "es": Recipe(
        "de la que el en y a los del se las por un para con no una su al lo como más pero sus le ya o este sí "
        "porque esta entre cuando muy sin sobre también me hasta hay donde",
        "b br c cl ch d dr f fl g gr h j l ll m n p pl pr qu r s t tr v z",
        "a e i o u a e i o á í ó ue ie ia",
        "- - l n r s d z n r",
        (
            "o os",
            "a as",
            "ar a an ó ado ados ando",
            "er e en ió ido iendo",
            "ción ciones",
            "mente",
            "able ables",
            "idad idades",
        ),
    ),
    "it": Recipe(
        "di e il la che in a per un è del non si da una i le con sono della dei al alla come più anche ha nel gli "
        "ma o su ci lo se delle questo cui essere tra dal era",
        "b br c ch cl d dr f fr g gh gl gr l m n p pr qu r s sc sp st str t tr v z",
        "a e i o u a e i o à è ia io uo",
        "- - - l n r s ll tt nt rt st",
        (
            "o i",
            "a e",
            "are a ano ato ati ando",
            "ere e ono uto endo",
            "zione zioni",
            "mente",
            "ità",
            "ile ili",
        ),
    ),
    "ru": Recipe(
        "и в не на что с он по это как а из к для то был все за от о их же так было у но его были при или при "
        "только если мы уже бы до нет она они во когда также со ещё",
        "б бл бр в вр г гр д др ж з к кл кр л м н п пл пр р с ск сл ст стр т тр ф х ц ч ш щ",
        "а е и о у а е и о ы я ю",
        "б в г д ж з к л м н п р с ст т х ч ш",
        (
            "- а у ом е ы ов ам ами ах",
            "а и е у ой ам ами ах",
            "ить ил ила или ит ят",
            "ать ал ала али ает ают",
            "ный ная ное ного ному ным ных ные",
            "ение ения ению ением",
            "ость ости остью",
        ),
    ),
}
LANGUAGES = tuple(RECIPES)


class Tongue(NamedTuple):
    """A language as it is drawn from: words with the sums of their weights, and the words without the function words."""

    language: str
    words: Sequence[str]
    sums: Sequence[float]
    content: Sequence[str]
    content_sums: Sequence[float]

    def draw(self, chance: Random, count: int) -> list[str]:
        """Give words as a running text has them."""
        return chance.choices(self.words, cum_weights=self.sums, k=count)

    def draw_content(self, chance: Random, count: int) -> list[str]:
        """Give words that say something, as often as they are written."""
        return chance.choices(self.content, cum_weights=self.content_sums, k=count)


@cache
def tongue(language: str) -> Tongue:
    """Give one of LANGUAGES; made once, and the same in every run."""
    recipe = RECIPES[language]
    function = recipe.function.split()
    forms = list(_weighted(_lemmas(language, frozenset(function))))
    content = [word for word, _ in forms]
    weights = [weight for _, weight in forms]
    total = sum(weights)
    harmonic = [1 / (rank + FLATTENING) for rank in range(len(function))]
    scale = total * FUNCTION_SHARE / (1 - FUNCTION_SHARE) / sum(harmonic)
    every = [*(each * scale for each in harmonic), *weights]
    return Tongue(
        language, [*function, *content], list(accumulate(every)), content, list(accumulate(weights))
    )


def _weighted(lemmas: Iterable[tuple[str, ...]]) -> Iterator[tuple[str, float]]:
    """Weigh lemmas by Zipf's law, and within one the first form most."""
    for rank, forms in enumerate(lemmas, 1):
        shares = [1 / (place + 1) for place in range(len(forms))]
        yield from (
            (form, share / sum(shares) / (rank + FLATTENING))
            for form, share in zip(forms, shares, strict=True)
        )


def _lemmas(language: str, function: frozenset[str]) -> Iterator[tuple[str, ...]]:
    """Give the seed's words as they stand, the frequent ones first, then made-up stems with their endings."""
    words = (word.lower() for text in seed_texts(language) for word in words_in(text) if word.isalpha())
    counted = Counter(word for word in words if len(word) > 2 and word not in function)
    known = [word for word, _ in sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))]
    seen = set(known) | function
    yield from ((word,) for word in known)
    chance = Random(f"tongue {language}")
    recipe = RECIPES[language]
    starts = [onset + vowel for onset in recipe.onsets.split() for vowel in recipe.vowels.split()]
    ends = [coda.strip("-") for coda in recipe.codas.split()]
    while len(seen) < LEMMAS + len(known) + len(function):
        stem = "".join(chance.choices(starts, k=chance.choice(SYLLABLES))) + chance.choice(ends)
        if stem not in seen:
            seen.add(stem)
            yield _forms(stem, chance.choice(recipe.classes))


def _forms(stem: str, endings: str) -> tuple[str, ...]:
    """Give a stem with each ending: `-` is none, and after `+` it is a noun, written with a capital."""
    made = (
        stem.capitalize() + ending[1:] if ending.startswith("+") else stem + ending.strip("-")
        for ending in endings.split()
    )
    return tuple(dict.fromkeys(made))
