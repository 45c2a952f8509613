"""Possible duplicates: a lesson that was told already is told again, cut or reworded; is it known, and is the rest left in peace?

Told again are the lessons of the seed, and a fixed sample of the real lessons. What stays of each: its first half; two words
of three with the sentences turned round and no title. False alarms are counted on the same lessons as they stand, in a
knowledge base from which their own case is left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import NamedTuple

from benchmarks.corpus import lessons
from benchmarks.figures import show
from benchmarks.tags import home
from kb.bootstrap import Services, make_home, seed_home, services
from kb.config import Settings
from kb.domain.account import OFFICER_WITHOUT_ORGANISATION, OPERATOR
from kb.domain.case_study import CaseStudy
from kb.domain.lesson import Lesson
from kb.domain.record import Kind
from kb.domain.resemblance import Band

SEED = 7
SAMPLE = 200
"""Real lessons that are told again."""


class Told(NamedTuple):
    """A lesson of a case that is published."""

    case: str
    body: CaseStudy
    lesson: Lesson


Change = Callable[[Lesson], Lesson]


def run() -> None:
    """Measure and print."""
    with _seeded() as opened:
        _measure("the seed", opened, list(_published(opened)))
    corpus = lessons()
    with home(corpus) as opened:
        told = list(_published(opened))
        _measure("real lessons", opened, Random(SEED).sample(told, SAMPLE))


def _measure(name: str, opened: Services, told: Sequence[Told]) -> None:
    again: dict[str, Change] = {
        "as it stands": lambda lesson: lesson,
        "its first half": _cut,
        "reworded": _reworded,
    }
    rows = []
    for way, change in again.items():
        found = [_found(opened, each, change(each.lesson)) for each in told]
        shown, known = (sum(each >= wanted for each in found) / len(told) for wanted in (1, 2))
        rows.append((way, f"{shown:.3f}", f"{known:.3f}"))
    alarms = sum(_is_alarm(opened, each) for each in told) / len(told)
    rows.append(("false alarms: another lesson called perhaps the same", "", f"{alarms:.3f}"))
    show(f"Told again, {name}: {len(told)} lessons", ("told", "shown", "perhaps the same"), rows)


def _found(opened: Services, told: Told, lesson: Lesson) -> int:
    """Give 2 where the lesson's own text is called perhaps the same, 1 where it is shown, else 0."""
    body = told.body.model_copy(update={"lessons": (lesson,)})
    found = opened.related.to_draft(OFFICER_WITHOUT_ORGANISATION, body).of(lesson.key)
    mine = [each for each in found if each.hit.id == f"{told.case}/{told.lesson.key}"]
    return 1 + (mine[0].band is Band.SAME) if mine else 0


def _is_alarm(opened: Services, told: Told) -> bool:
    body = told.body.model_copy(update={"lessons": (told.lesson,)})
    found = opened.related.to_draft(OFFICER_WITHOUT_ORGANISATION, body, case=told.case).of(told.lesson.key)
    return any(each.band is Band.SAME for each in found)


def _alone(lesson: Lesson, **fields: object) -> Lesson:
    """Give a lesson that refers to no other, with these words."""
    return lesson.model_copy(update=fields)


def _cut(lesson: Lesson) -> Lesson:
    words = lesson.text.split()
    return _alone(lesson, text=" ".join(words[: max(1, len(words) // 2)]))


def _reworded(lesson: Lesson) -> Lesson:
    chance = Random(lesson.text)
    sentences = re.split(r"(?<=[.!?])\s+", lesson.text)
    kept = [
        " ".join(word for word in each.split() if chance.random() < 2 / 3) for each in reversed(sentences)
    ]
    return _alone(lesson, title="", text=" ".join(kept))


def _published(opened: Services) -> Iterator[Told]:
    for entry in opened.records.list(OFFICER_WITHOUT_ORGANISATION, Kind.CASE_STUDY):
        case = opened.cases.get(OFFICER_WITHOUT_ORGANISATION, entry.id).case
        for lesson in case.lessons:
            bare = {"answers": (), "grew_from": ()}
            fields = {name: value for name, value in bare.items() if name in type(lesson).model_fields}
            yield Told(entry.id, case, _alone(lesson, **fields))


@contextmanager
def _seeded() -> Iterator[Services]:
    with TemporaryDirectory() as folder:
        settings = Settings(home=Path(folder))
        make_home(settings)
        seed_home(settings)
        opened = services(settings)
        opened.indexing.update(OPERATOR)
        yield opened


if __name__ == "__main__":
    run()
