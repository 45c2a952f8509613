from __future__ import annotations

import pytest

from kb.domain.lesson import LessonKind, Outcome
from kb.domain.marking import Audience, Marking
from kb.domain.query import Hit, SearchQuery
from kb.services import answers as module
from kb.services.answers import Answers
from tests.fakes.entry_store import MemoryEntryStore
from tests.samples import LESSONS, a_case, put
from tests.services.office import Office


@pytest.fixture
def office() -> Office:
    office = Office()
    office.publish()
    return office


@pytest.fixture
def answers(office: Office) -> Answers:
    return Answers(office.cases, office.catalogue)


def hits(office: Office) -> tuple[Hit, ...]:
    return office.engine.search(SearchQuery(viewer=office.anna.viewer)).hits


def test_each_difficulty_among_the_hits_has_its_solutions_those_that_worked_first(
    office: Office, answers: Answers
) -> None:
    case = office.cases.get(office.anna, "seven").case
    beside = answers.beside(office.anna, hits(office))
    for each in case.difficulties:
        told = beside[f"seven/{each.key}"]
        assert sorted(one.key or "" for one in told) == sorted(s.key for s in case.solutions_of(each.key))
        order = [list(Outcome).index(Outcome(one.outcome)) for one in told]
        assert order == sorted(order)
        for one in told:
            lesson = case.lesson(one.key or "")
            assert lesson is not None
            assert (one.kind.value, one.title) == (LessonKind.SOLUTION.value, lesson.title)
    assert len({outcome for told in beside.values() for outcome in (one.outcome for one in told)}) > 1


def test_each_solution_among_the_hits_has_the_difficulties_that_it_answers(
    office: Office, answers: Answers
) -> None:
    case = office.cases.get(office.anna, "seven").case
    beside = answers.beside(office.anna, hits(office))
    assert set(beside) == {f"seven/{each.key}" for each in (*case.difficulties, *case.solutions)}
    for each in case.solutions:
        assert [one.key for one in beside[f"seven/{each.key}"]] == list(each.answers)


def test_a_revision_is_read_once(office: Office, answers: Answers, monkeypatch: pytest.MonkeyPatch) -> None:
    first = answers.beside(office.anna, hits(office))
    monkeypatch.setattr(office.cases, "revision", None)
    assert answers.beside(office.anna, hits(office)) == first


def test_a_backup_that_gives_the_number_to_another_text_is_seen(office: Office, answers: Answers) -> None:
    answers.beside(office.anna, hits(office))
    difficulty, solution, *_ = LESSONS
    backup = MemoryEntryStore()
    put(
        backup,
        "seven",
        a_case(lessons=(difficulty, solution.model_copy(update={"title": "From the backup"}))),
    )

    office.store.restore(backup)
    office.comparison.run(afresh=True)

    assert [one.title for one in answers.beside(office.anna, hits(office))["seven/logs"]] == [
        "From the backup"
    ]


def test_a_hit_of_a_revision_that_is_no_longer_the_newest_is_told_as_it_was_found(
    office: Office, answers: Answers
) -> None:
    found = hits(office)
    before = answers.beside(office.anna, found)
    office.publish(title="Rewritten", lessons=())

    assert answers.beside(office.anna, found) == before
    assert answers.beside(office.anna, hits(office)) == {}


def test_a_case_narrowed_since_it_was_found_tells_nothing(office: Office, answers: Answers) -> None:
    found = hits(office)
    office.case_acts.remark(
        office.anna, "seven", Audience(marking=Marking.AMBER_STRICT), "Too much was told."
    )
    assert set(answers.beside(office.dora, found).values()) == {()}


def test_what_is_kept_is_bounded(office: Office, answers: Answers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_KEPT", 1)
    office.publish("eight")
    both = answers.beside(office.anna, hits(office))
    assert both == answers.beside(office.anna, hits(office))
    assert {name.partition("/")[0] for name in both} == {"seven", "eight"}
