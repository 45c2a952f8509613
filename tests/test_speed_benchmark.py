"""The benchmark of speed: the knowledge bases that it makes up, and that every engine in it does the same work."""

from __future__ import annotations

import importlib.util
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from benchmarks.engines.fts5 import Fts5
from benchmarks.engines.ours import Ours
from benchmarks.generator import LANGUAGES, UNITS_PER_CASE, Made, cases, made
from benchmarks.pagework import ASKER, COUNTED, Ask, Engine, Question, questions
from benchmarks.seed import concept_keys
from benchmarks.tongues import RECIPES, tongue
from kb.domain.concept import Scheme
from kb.domain.lesson import LessonKind
from kb.domain.marking import OFFICER, Marking
from kb.domain.query import Filter
from kb.domain.unit import Facet, SearchUnit
from tests.units import a_unit

AT = "country:AT"
UNITS = (
    a_unit(
        "one/d1",
        title="Records lost",
        text="The provider lost connection records before a lawful order came.",
        facets=frozenset(
            {(Facet.DIFFICULTY, "mla-delay"), (Facet.STAGE, "attribution"), (Facet.YEAR, "2014")}
        ),
    ),
    a_unit(
        "one/s1",
        text="A lawful order kept records.",
        readers=frozenset({AT}),
        facets=frozenset({(Facet.DIFFICULTY, "storage"), (Facet.TAG, "templates"), (Facet.YEAR, "2014")}),
    ),
    a_unit("two/d1", text="Lawful order and records of others.", readers=frozenset({"country:BE"})),
    a_unit("three/d1", text="Nothing of that kind, but an order.", facets=frozenset({(Facet.YEAR, "2020")})),
)
QUESTIONS = (
    Question(Ask.WORD, ("records",)),
    Question(Ask.WORDS, ("records", "provider", "absent")),
    Question(Ask.ALL, ("lawful", "records", "order")),
    Question(Ask.PHRASE, ("lawful", "order")),
    Question(Ask.PREFIX, ("prov",)),
    Question(Ask.TITLE, ("records",)),
    Question(Ask.NOTHING),
    Question(Ask.WORD, ("nowhere",)),
)
FILTERS = (
    Filter(facet=Facet.DIFFICULTY, values=frozenset({"mla-delay"})),
    Filter(facet=Facet.YEAR, values=frozenset({"2014", "2015"})),
)
WITHOUT_TANTIVY = pytest.mark.skipif(
    importlib.util.find_spec("tantivy") is None,
    reason="tantivy is not installed: `make bench` does it; the other engines are compared",
)


def _tantivy(folder: Path) -> Engine:
    from benchmarks.engines.tantivy import Tantivy

    return Tantivy(folder / "tantivy")


ENGINES: tuple[Callable[[Path], Engine], ...] = (lambda folder: Fts5(folder / "fts5.sqlite"), _tantivy)


@pytest.fixture(scope="module")
def base() -> tuple[Made, ...]:
    return tuple(cases(120))


def test_a_case_is_the_same_in_every_run_and_a_larger_base_begins_with_the_smaller_one(
    base: tuple[Made, ...],
) -> None:
    assert tuple(cases(5)) == base[:5]
    assert made(3, seed=1) != base[3]
    assert len({each.id for each in base}) == len(base)


def test_every_case_that_is_made_up_could_be_submitted(base: tuple[Made, ...]) -> None:
    assert [each.case.problems for each in base if each.case.audience.marking is not Marking.RED] == [
        () for each in base if each.case.audience.marking is not Marking.RED
    ]
    assert all(each.case.readers for each in base)


def test_lessons_are_in_the_proportions_of_the_shipped_cases(base: tuple[Made, ...]) -> None:
    kinds = Counter(lesson.kind for each in base for lesson in each.case.lessons)
    lessons = sum(kinds.values())
    assert lessons / len(base) == pytest.approx(UNITS_PER_CASE - 1, abs=0.4)
    assert kinds[LessonKind.DIFFICULTY] / lessons == pytest.approx(0.35, abs=0.05)
    assert kinds[LessonKind.SOLUTION] / lessons == pytest.approx(0.35, abs=0.05)
    assert kinds[LessonKind.CROSS_BORDER_ISSUE] > kinds[LessonKind.GOOD_PRACTICE] > 0


def test_texts_are_of_60_to_400_words_in_all_six_languages(base: tuple[Made, ...]) -> None:
    lengths = [len(lesson.text.split()) for each in base for lesson in each.case.lessons]
    assert min(lengths) >= 58
    assert max(lengths) <= 420
    assert {each.case.language for each in base} == set(LANGUAGES) == set(RECIPES)


def test_words_fall_off_by_rank_and_stems_come_in_several_forms() -> None:
    english = tongue("en")
    drawn = Counter(english.draw(Random(1), 20_000))
    ranks = [count for _, count in drawn.most_common()]
    assert ranks[0] > 10 * ranks[100] > 0
    assert sum(
        count for word, count in drawn.items() if word in RECIPES["en"].function.split()
    ) == pytest.approx(8_000, rel=0.1)
    assert any(f"{word}s" in english.content for word in english.content[-50:])
    assert all(word == word.strip("-+") for word in english.content)


def test_facets_are_of_the_vocabularies_and_the_few_first_ones_are_frequent(base: tuple[Made, ...]) -> None:
    drawn = Counter(
        value
        for each in base
        for unit in each.units
        for name, value in unit.facets
        if name is Facet.DIFFICULTY
    )
    assert drawn.keys() <= set(concept_keys(Scheme.DIFFICULTY))
    assert drawn.most_common(1)[0][1] > 5 * min(drawn.values())


def test_most_is_for_every_officer_and_something_for_one_country_or_organisation_or_person(
    base: tuple[Made, ...],
) -> None:
    markings = Counter(each.case.audience.marking for each in base)
    assert markings[Marking.GREEN] + markings[Marking.CLEAR] > len(base) / 2
    assert set(markings) == set(Marking)
    assert any(each.case.audience.chatham_house for each in base)
    assert 0 < sum(ASKER.viewer.sees(each.case.readers) for each in base) < len(base)


@pytest.mark.parametrize("ask", Ask)
def test_questions_are_the_same_in_every_run_and_find_what_they_were_drawn_from(
    ask: Ask, base: tuple[Made, ...]
) -> None:
    units = [unit for each in base for unit in each.units]
    drawn = questions(ask, units, 10, filtered=False)
    assert drawn == questions(ask, units, 10, filtered=False)
    text = "\n".join(f"{unit.title}\n{unit.text}" for unit in units).lower()
    if ask is not Ask.MISSPELT:
        assert all(word.lower() in text for question in drawn for word in question.words)
    assert all(len(each.filters) == 2 for each in questions(ask, units, 10, filtered=True))


@pytest.mark.parametrize(
    "rival",
    [pytest.param(ENGINES[0], id="fts5"), pytest.param(ENGINES[1], id="tantivy", marks=WITHOUT_TANTIVY)],
)
def test_every_engine_finds_the_same_units_and_counts_them_alike(
    rival: Callable[[Path], Engine], tmp_path: Path
) -> None:
    ours, other = Ours(tmp_path / "ours"), rival(tmp_path)
    for engine in (ours, other):
        engine.build(UNITS)
    for question in (*QUESTIONS, *(each._replace(filters=FILTERS) for each in QUESTIONS)):
        expected, found = ours.page(question), other.page(question)
        assert (found.total, sorted(found.best), found.counts) == (
            expected.total,
            sorted(expected.best),
            expected.counts,
        ), question
        assert len(found.snippets) == len(found.best)


def test_the_work_is_for_one_officer_who_sees_neither_everything_nor_only_what_all_see(
    tmp_path: Path,
) -> None:
    ours = Ours(tmp_path / "ours")
    ours.build(UNITS)
    found = ours.page(Question(Ask.WORD, ("records",)))
    assert sorted(found.best) == ["one/d1", "one/s1"]
    assert OFFICER in ASKER.viewer.tokens
    assert AT in ASKER.viewer.tokens
    assert set(found.counts) == set(COUNTED)


def test_units_that_are_made_up_are_counted_alike_by_fts5(base: tuple[Made, ...], tmp_path: Path) -> None:
    units: list[SearchUnit] = [unit for each in base if each.case.language == "en" for unit in each.units][
        :150
    ]
    ours, other = Ours(tmp_path / "ours"), Fts5(tmp_path / "fts5.sqlite")
    for engine in (ours, other):
        engine.build(units)
    everything = Question(Ask.NOTHING)
    assert ours.page(everything).counts == other.page(everything).counts
    assert ours.page(everything).total == other.page(everything).total < len(units)
