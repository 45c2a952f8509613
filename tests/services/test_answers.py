from __future__ import annotations

import pytest

from kb.domain.case_study import CaseStudy
from kb.domain.lesson import Outcome
from kb.domain.marking import Audience, Marking
from kb.domain.query import Hit, SearchQuery
from kb.services import answers as module
from kb.services.answers import Answers
from tests.services.office import Office


@pytest.fixture
def office() -> Office:
    office = Office()
    office.publish()
    return office


@pytest.fixture
def answers(office: Office) -> Answers:
    return Answers(office.cases)


def hits(office: Office) -> tuple[Hit, ...]:
    return office.engine.search(SearchQuery(viewer=office.anna.viewer)).hits


def outcomes(case: CaseStudy, difficulty: str) -> list[Outcome]:
    return sorted(each.outcome for each in case.solutions_of(difficulty))


def test_each_difficulty_among_the_hits_has_the_outcomes_of_its_solutions(
    office: Office, answers: Answers
) -> None:
    case = office.cases.get(office.anna, "seven").case
    beside = answers.beside(office.anna, hits(office))
    assert set(beside) == {f"seven/{each.key}" for each in case.difficulties}
    for each in case.difficulties:
        counted = [count.outcome for count in beside[f"seven/{each.key}"] for _ in range(count.count)]
        assert sorted(counted) == outcomes(case, each.key)


def test_a_revision_is_read_once(office: Office, answers: Answers, monkeypatch: pytest.MonkeyPatch) -> None:
    first = answers.beside(office.anna, hits(office))
    monkeypatch.setattr(office.cases, "revision", None)
    assert answers.beside(office.anna, hits(office)) == first


def test_a_case_narrowed_since_it_was_found_tells_nothing(office: Office, answers: Answers) -> None:
    found = hits(office)
    office.cases.remark(office.anna, "seven", Audience(marking=Marking.AMBER_STRICT), "Too much was told.")
    assert set(answers.beside(office.dora, found).values()) == {()}


def test_what_is_kept_is_bounded(office: Office, answers: Answers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_KEPT", 1)
    office.publish("eight")
    both = answers.beside(office.anna, hits(office))
    assert both == answers.beside(office.anna, hits(office))
    assert {name.partition("/")[0] for name in both} == {"seven", "eight"}
