"""Suggested tags on real lessons: how many of those that their authors chose are suggested, beside the most frequent tags.

A fifth of the lessons that have categories is held out, by a fixed seed; all others are imported with their categories as
tags. The lessons are of another field than ours, so that nothing can be tuned to their words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from benchmarks.corpus import Lesson, lessons
from benchmarks.figures import show
from kb.bootstrap import Services, make_home, services
from kb.config import Settings
from kb.domain.account import OFFICER_WITHOUT_ORGANISATION, OPERATOR
from kb.domain.case_study import CaseStudy
from kb.domain.lesson import GoodPractice
from kb.domain.mapping import read_mapping
from kb.domain.text import PROSE_LENGTH
from kb.domain.unit import Facet
from kb.services.import_checks import ImportChecks
from kb.services.importing import ImportRequest

SEED = 5
HELD_OUT = 5
"""One lesson of so many is held out."""
KEY = "lesson"
MAPPING = read_mapping(
    {
        "source_key": "id",
        "create_tags": True,
        "owner": {"name": {"value": "Collection"}, "country": {"value": "AT"}},
        "case": {
            "title": {"column": "title", "shorten": 300},
            "summary": {"column": "title", "shorten": 300},
            "language": {"value": "en"},
            "marking": {"value": "CLEAR"},
        },
        "lessons": [
            {
                "kind": "good-practice",
                "key": KEY,
                "title": {"column": "title", "shorten": 300},
                "text": "body",
                "fields": {"tags": "categories"},
            }
        ],
    }
)

Tagger = Callable[[Lesson], Sequence[str]]
"""Gives the tags suggested for a lesson, the best first."""


def run() -> None:
    """Measure and print."""
    corpus = lessons()
    held, known = _parted(corpus)
    frequent = [key for key, _ in Counter(tag for each in known for tag in tags_of(each)).most_common(5)]
    with home(known) as opened:
        taggers: dict[str, Tagger] = {
            "Casebook": lambda lesson: _suggested(opened, lesson),
            "the most frequent tags": lambda _: frequent,
        }
        rows = [(name, *_scores(held, tagger)) for name, tagger in taggers.items()]
    title = f"Suggested tags, {len(held)} lessons held out, {len(known)} known"
    show(title, ("tagger", "precision@3", "recall@5", "tags suggested"), rows)


def tags_of(lesson: Lesson) -> frozenset[str]:
    """Give the keys of the tags that a lesson's categories become."""
    return frozenset(value for facet, value in lesson.facets if facet is Facet.TAG)


def draft_of(lesson: Lesson) -> CaseStudy:
    """Give a lesson as somebody writes it, without tags."""
    text = lesson.body[:PROSE_LENGTH]
    return CaseStudy(title=lesson.title, lessons=(GoodPractice(key=KEY, title=lesson.title, text=text),))


@contextmanager
def home(known: Collection[Lesson]) -> Iterator[Services]:
    """Import lessons into a new home, each a case of its own that every officer may read."""
    with TemporaryDirectory() as folder:
        settings = Settings(home=Path(folder))
        make_home(settings)
        opened = services(settings)
        opened.indexing.update(OPERATOR)
        request = ImportRequest(mapping=MAPPING, publish=True, checks=ImportChecks.REPORT)
        rows = [
            {
                "id": each.id,
                "title": each.title,
                "body": each.body[:PROSE_LENGTH],
                "categories": list(each.categories),
            }
            for each in known
        ]
        opened.importing.run(OPERATOR, enumerate(rows, 1), request, lambda _: None)
        yield opened


def _parted(corpus: Sequence[Lesson]) -> tuple[list[Lesson], list[Lesson]]:
    """Give those that are held out, and all others."""
    tagged = [each for each in corpus if each.categories]
    held = Random(SEED).sample(tagged, len(tagged) // HELD_OUT)
    names = {each.id for each in held}
    return held, [each for each in corpus if each.id not in names]


def _suggested(opened: Services, lesson: Lesson) -> Sequence[str]:
    found = opened.tag_suggestions.for_lesson(OFFICER_WITHOUT_ORGANISATION, draft_of(lesson), KEY)
    return [each.key for each in found if each.facet is Facet.TAG]


def _scores(held: Sequence[Lesson], tagger: Tagger) -> tuple[str, str, str]:
    """Give precision among the first three (a tag that is not suggested is a miss), recall among five, and how many came."""
    found = [(tags_of(each), list(tagger(each))) for each in held]
    precision = sum(len(wanted.intersection(given[:3])) / 3 for wanted, given in found) / len(found)
    recall = sum(len(wanted.intersection(given[:5])) / len(wanted) for wanted, given in found) / len(found)
    return f"{precision:.3f}", f"{recall:.3f}", f"{sum(len(given) for _, given in found) / len(found):.1f}"


if __name__ == "__main__":
    run()
