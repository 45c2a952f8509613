"""What Hypothesis draws: what is done to a home, one deed after the other, and what is then asked of it by whom."""

from __future__ import annotations

from typing import NamedTuple, TypeVar

from hypothesis import strategies as st

from kb.domain.marking import Audience, Marking
from kb.domain.query import Filter, Scope, SearchRequest, Sort
from kb.domain.unit import MAY_BE_UNSTATED, NOT_STATED, Facet
from tests.services.search_deeds import (
    OWNERS,
    RARE,
    WORDS,
    Deed,
    Publish,
    Purge,
    PurgeText,
    Rebuild,
    Reinstate,
    Remark,
    Restore,
    Retag,
    Retire,
    Rewrite,
    Supersede,
    Told,
)
from tests.services.searched_home import READERS, TAGGED

T = TypeVar("T")
MOST_CASES, MOST_DEEDS, MOST_QUESTIONS = 12, 12, 120
VALUES: dict[Facet, tuple[str, ...]] = {
    Facet.KIND: ("case-study", "difficulty", "solution", "good-practice", "cross-border-issue"),
    Facet.COUNTRY: ("AT", "BE", "FR"),
    Facet.DIFFICULTY: ("expired", "form"),
    Facet.STAGE: ("attribution",),
    Facet.CHANNEL: ("budapest-29",),
    Facet.OUTCOME: ("worked", "did-not-work", "resolved"),
    Facet.TAG: ("retention", "cgnat", "templates"),
    Facet.YEAR: ("2001", "2007"),
    Facet.LANGUAGE: tuple(WORDS),
    Facet.MARKING: tuple(Marking),
    Facet.ORIGIN: ("reported", "illustrative"),
}


class Question(NamedTuple):
    """Who asks what; `words` is typed, the rest is chosen on the page."""

    who: str
    words: str
    chosen: SearchRequest

    def __repr__(self) -> str:
        """Show what is not as usual."""
        filters = [f"{each.facet.value}={','.join(sorted(each.values))}" for each in self.chosen.filters]
        others = self.chosen.model_dump(exclude_defaults=True, exclude={"filters", "text"}, mode="json")
        told = [
            repr(self.who),
            repr(self.words),
            *filters,
            *(f"{name}={value}" for name, value in others.items()),
        ]
        return f"Question({', '.join(told)})"

    @property
    def request(self) -> SearchRequest:
        return self.chosen.model_copy(update={"text": self.words})


def some(each: st.SearchStrategy[T], most: int, least: int = 0) -> st.SearchStrategy[tuple[T, ...]]:
    """Draw tuples of every length alike: lists of Hypothesis are short mostly."""
    return st.integers(least, most).flatmap(lambda size: st.tuples(*[each] * size))


def mostly(usual: T, *others: T) -> st.SearchStrategy[T]:
    return st.sampled_from((usual, usual, usual, *others))


# -- what is told ------------------------------------------------------------------------------------------------------


def _text(language: str) -> st.SearchStrategy[str]:
    """Draw a few words, now and then told over and over: Whoosh keeps long lengths to a byte."""
    words = st.sampled_from((*WORDS[language].split(), *RARE))
    times = st.sampled_from((1, 1, 1, 1, 2, 7, 40))
    return st.builds(lambda told, often: " ".join(told * often), some(words, 6, 1), times)


@st.composite
def _told(draw: st.DrawFn) -> Told:
    language = draw(mostly("en", *WORDS))
    text = _text(language)
    kinds = draw(st.sets(st.sampled_from("dspb"), min_size=1))
    return Told(
        language=language,
        title=draw(text)[:200],
        summary=draw(text),
        lessons=tuple((kind, draw(text)[:200], draw(text)) for kind in "dspb" if kind in kinds),
        tags=draw(TAGS),
        countries=draw(st.sampled_from(((), ("AT",), ("BE",), ("AT", "BE")))),
        began=draw(st.sampled_from(("", "2001", "2007", "2007-09"))),
    )


TAGS = st.frozensets(st.sampled_from(sorted(TAGGED)), max_size=2)
AUDIENCES = st.builds(
    Audience,
    marking=mostly(*Marking),
    countries=st.sampled_from(((), ("BE",), ("FR",))),
    persons=some(st.sampled_from(("anna", "gert", "nora")), 2),
    chatham_house=st.booleans(),
)
NUMBERS = st.integers(0, MOST_CASES - 1)
RESTORED = st.builds(Restore, NUMBERS, _told(), AUDIENCES, st.sampled_from(OWNERS))
BEGINNINGS = some(RESTORED, MOST_CASES, 1)
DEEDS: st.SearchStrategy[tuple[Deed, ...]] = some(
    st.one_of(
        st.builds(Publish, st.sampled_from(OWNERS[:3]), _told(), AUDIENCES),
        st.builds(Rewrite, NUMBERS, _told()),
        st.builds(Retag, NUMBERS, st.sampled_from((None, "d1", "s1", "p1")), TAGS, TAGS),
        st.builds(Remark, NUMBERS, AUDIENCES),
        st.builds(Remark, NUMBERS, AUDIENCES),
        st.builds(Retire, NUMBERS),
        st.builds(Supersede, NUMBERS, NUMBERS),
        st.builds(Reinstate, NUMBERS),
        st.builds(Purge, NUMBERS),
        st.builds(PurgeText, st.sampled_from(RARE)),
        st.builds(Rebuild),
    ),
    MOST_DEEDS,
)

# -- what is asked -----------------------------------------------------------------------------------------------------

WORD = st.sampled_from(
    sorted({word for words in WORDS.values() for word in words.split()} | {*RARE, "absent", "the", "証拠"})
)
LONG_WORD = WORD.filter(lambda word: len(word) > 4 and word.isascii())
LABEL = st.sampled_from(sorted(label for labels in TAGGED.values() for label in labels))
MISSPELT = st.builds(
    lambda word, at: word[: at % len(word)] + word[at % len(word) + 1 :], LONG_WORD, st.integers(1, 9)
)
NAMED = st.sampled_from(
    sorted(
        {f"{facet.value}:{value}" for facet, values in VALUES.items() for value in values}
        | {f"{facet.value}:{NOT_STATED}" for facet in MAY_BE_UNSTATED}
    )
)
PART = st.one_of(
    WORD,
    WORD,
    LABEL,
    MISSPELT,
    st.builds('"{} {}"'.format, WORD, WORD),
    st.builds("-{}".format, WORD),
    st.builds(lambda word: f"{word[:3]}*", LONG_WORD),
    st.builds("title:{}".format, WORD),
    st.builds('"{}"'.format, LABEL),
    NAMED,
    st.just("OR"),
    st.builds("({} OR {})".format, WORD, MISSPELT),
)
CHOICES = sorted((facet, value) for facet, values in VALUES.items() for value in values)


@st.composite
def _filters(draw: st.DrawFn) -> tuple[Filter, ...]:
    chosen: dict[Facet, frozenset[str]] = {}
    for facet, value in draw(some(st.sampled_from(CHOICES), 2)):
        chosen[facet] = chosen.get(facet, frozenset()) | {value}
    return tuple(Filter(facet=facet, values=values) for facet, values in chosen.items())


@st.composite
def _question(draw: st.DrawFn) -> Question:
    chosen = SearchRequest(
        scope=draw(mostly(*Scope)),
        filters=draw(_filters()),
        sort=draw(mostly(*Sort)),
        folded=draw(st.booleans()),
        exact=draw(mostly(False, True)),
        page=draw(mostly(1, 2, 3)),
        size=draw(mostly(200, 3, 7)),
    )
    return Question(draw(st.sampled_from(READERS)), " ".join(draw(some(PART, 4))), chosen)


QUESTIONS = some(_question(), MOST_QUESTIONS, 1)
