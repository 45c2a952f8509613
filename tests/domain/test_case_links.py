from __future__ import annotations

from kb.domain.case_links import cases_named, naming, rejoined
from kb.domain.case_study import CaseStatus, CaseStudy
from kb.domain.lesson import MOST_SAME, Difficulty
from tests.samples import LESSONS, a_case


def linked(*same: str, key: str = "d1", **fields: object) -> CaseStudy:
    return a_case(lessons=(Difficulty(key=key, title="Logs", same_as=same), *LESSONS[3:]), **fields)


def same_in(case: CaseStudy) -> tuple[str, ...]:
    (difficulty,) = case.difficulties
    return difficulty.same_as


def open_alone(case: str) -> bool:
    return case == "open"


def test_a_text_names_the_case_that_took_its_place_and_those_that_tell_its_difficulties() -> None:
    case = linked("open/d1", "hidden/d2", "hidden/d3", superseded_by="better", status=CaseStatus.SUPERSEDED)
    assert cases_named(case) == {"open", "hidden", "better"}
    assert cases_named(a_case()) == frozenset()


def test_what_a_reader_does_not_know_is_not_named() -> None:
    case = linked("open/d1", "hidden/d2", superseded_by="hidden", status=CaseStatus.SUPERSEDED)
    shown = naming(case, open_alone)
    assert (same_in(shown), shown.superseded_by) == (("open/d1",), None)
    assert shown.lessons[1:] == case.lessons[1:]
    kept = naming(linked(superseded_by="open"), open_alone)
    assert kept.superseded_by == "open"


def test_a_text_that_names_nothing_unknown_is_the_very_text() -> None:
    for case in (a_case(), linked("open/d1")):
        assert naming(case, open_alone) is case
        assert rejoined(case, case, open_alone) is case


def test_what_was_hidden_from_the_writer_stays_and_what_they_name_they_know() -> None:
    stored = linked("hidden/d1", "open/d1")
    typed = linked("open/d2", "guessed/d1")
    assert same_in(rejoined(typed, stored, open_alone)) == ("open/d2", "hidden/d1")


def test_a_difficulty_that_the_writer_removed_takes_what_it_named_with_it() -> None:
    stored = linked("hidden/d1")
    assert same_in(rejoined(linked(key="d2"), stored, open_alone)) == ()


def test_a_difficulty_never_names_more_than_it_may() -> None:
    stored = linked("hidden/d1")
    typed = linked(*(f"open/d{number}" for number in range(MOST_SAME)))
    assert len(same_in(rejoined(typed, stored, open_alone))) == MOST_SAME
