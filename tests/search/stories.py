"""What Hypothesis draws: what is done to a home, one deed after the other, and what is then asked of it by whom."""

from __future__ import annotations

from typing import NamedTuple, TypeVar

from hypothesis import strategies as st

from kb.domain.marking import Audience, Marking
from kb.domain.query import Filter, Scope, SearchRequest, Sort
from kb.domain.unit import NOT_STATED, Facet
from tests.search.deeds import (
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
from tests.search.home import OFFICERS, READERS, TAGGED

T = TypeVar("T")
VALUES: dict[Facet, tuple[str, ...]] = {
    Facet.KIND: ("case-study", "difficulty", "solution", "good-practice", "cross-border-issue"),
    Facet.COUNTRY: ("AT", "BE", "FR", NOT_STATED),
    Facet.DIFFICULTY: ("expired", "form"),
    Facet.STAGE: ("attribution",),
    Facet.CHANNEL: ("budapest-29",),
    Facet.OUTCOME: ("worked", "did-not-work", "resolved"),
    Facet.TAG: ("retention", "cgnat", "templates"),
    Facet.YEAR: ("2001", "2007", NOT_STATED),
    Facet.LANGUAGE: tuple(WORDS),
    Facet.MARKING: tuple(Marking),
    Facet.ORIGIN: ("reported", "illustrative"),
    Facet.PHENOMENON: ("grooming",),
    Facet.EVENT: ("vienna",),
    Facet.CORRIDOR: ("AT-BE", "AT-*"),
    Facet.PARTNER: ("platform",),
    Facet.HELPED: ("platform",),
    Facet.HINDERED: ("platform",),
    Facet.REPORTER: ("AT", "BE"),
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


def some(each: st.SearchStrategy[T], *sizes: int) -> st.SearchStrategy[tuple[T, ...]]:
    """Draw tuples of these sizes, each alike: lists of Hypothesis are short mostly."""
    return st.sampled_from(sizes).flatmap(lambda size: st.tuples(*[each] * size))


def mostly(usual: T, *others: T) -> st.SearchStrategy[T]:
    return st.sampled_from((*[usual] * 2 * len(others), *others))


# -- what is told ------------------------------------------------------------------------------------------------------


LANGUAGE = mostly("en", *WORDS)
LABELS = tuple(sorted(label for labels in TAGGED.values() for label in labels))
CROWD = tuple(f"pre{number:02}" for number in range(90))
"""More words that begin alike than a prefix stands for."""


def _misspelt(word: str) -> str:
    return word[:2] + word[3:]


def _text(language: str) -> st.SearchStrategy[str]:
    """Draw a few words, some misspelt; now and then many of a crowd, or told over and over: Whoosh keeps long lengths to a byte."""
    known = WORDS[language].split()
    words = st.sampled_from((*known, *known, *map(_misspelt, known), *LABELS))
    times = st.sampled_from((1, 1, 1, 1, 2, 7, 40))
    crowd = mostly("", *(" ".join(CROWD[start : start + 50]) for start in (0, 20, 40)))
    return st.builds(
        lambda told, often, many: f"{' '.join(told * often)} {many}".strip(),
        some(words, 1, 2, 4, 7),
        times,
        crowd,
    )


@st.composite
def _told(draw: st.DrawFn) -> Told:
    language = draw(LANGUAGE)
    text = _text(language)
    kinds = draw(st.sets(st.sampled_from("dspb"), min_size=1))
    return Told(
        language=language,
        title=draw(text)[:200],
        summary=f"{draw(text)} {draw(mostly('', '', *RARE))}".strip(),
        lessons=tuple((kind, draw(text)[:200], draw(text)) for kind in "dspb" if kind in kinds),
        tags=draw(TAGS),
        countries=draw(st.sampled_from(((), ("AT",), ("BE",), ("AT", "BE")))),
        began=draw(st.sampled_from(("", "2001", "2007", "2007-09"))),
    )


TAGS = st.frozensets(st.sampled_from(sorted(TAGGED)), max_size=2)
AUDIENCES = st.builds(
    Audience,
    marking=st.sampled_from((Marking.CLEAR, Marking.GREEN, *Marking)),
    countries=st.sampled_from(((), ("BE",), ("FR",))),
    persons=some(st.sampled_from(("anna", "gert", "nora")), 0, 1, 2),
    chatham_house=st.booleans(),
)
NUMBERS = st.integers(0, 19)
RESTORED = st.builds(Restore, st.just(0), _told(), AUDIENCES, st.sampled_from(OWNERS))
BEGINNINGS = some(RESTORED, 1, 8, 12, 16).map(
    lambda drawn: tuple(each._replace(number=number) for number, each in enumerate(drawn))
)
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
    *range(12),
)

# -- what is asked -----------------------------------------------------------------------------------------------------

WORD = LANGUAGE.flatmap(lambda language: st.sampled_from((*WORDS[language].split(), *RARE, "absent", "the")))
PAIR = LANGUAGE.flatmap(lambda language: st.tuples(*[st.sampled_from(WORDS[language].split())] * 2)).map(
    " ".join
)
LONG_WORD = WORD.filter(lambda word: len(word) > 4 and word.isascii())
LABEL = st.sampled_from(LABELS)
MISSPELT = LONG_WORD.map(_misspelt)
CHOICES = st.sampled_from((*Facet, Facet.COUNTRY, Facet.COUNTRY)).flatmap(
    lambda facet: st.tuples(st.just(facet), st.sampled_from(VALUES[facet]))
)
NAMED = CHOICES.map(lambda choice: f"{choice[0].value}:{choice[1]}")
PART = st.one_of(
    WORD,
    WORD,
    WORD,
    WORD,
    LABEL,
    MISSPELT,
    MISSPELT,
    PAIR.map('"{}"'.format),
    st.builds('"{}" OR {}'.format, PAIR, WORD),
    st.builds("-{}".format, WORD),
    st.builds(lambda word: f"{word[:3]}*", LONG_WORD),
    st.just("pre*"),
    st.builds("title:{}".format, WORD),
    st.builds('"{}"'.format, LABEL),
    NAMED,
    st.just("OR"),
    st.builds("({} OR {})".format, WORD, MISSPELT),
)


@st.composite
def _filters(draw: st.DrawFn) -> tuple[Filter, ...]:
    chosen: dict[Facet, frozenset[str]] = {}
    for facet, value in draw(some(CHOICES, 0, 0, 0, 1, 2)):
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
    return Question(
        draw(st.sampled_from((*READERS, *OFFICERS))), " ".join(draw(some(PART, 0, 1, 1, 2, 3))), chosen
    )


QUESTIONS = some(_question(), 1, 60, 60, 80, 80)
