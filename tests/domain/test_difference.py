from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kb.domain.difference import MOST_WORDS, Change, FieldDifference, Run, record_difference, text_difference
from kb.domain.marking import Audience, Marking
from kb.domain.record import Source
from tests.samples import LESSONS, a_case


@given(st.text(), st.text())
def test_the_runs_hold_both_texts_whole(before: str, after: str) -> None:
    difference = FieldDifference(path="text", runs=text_difference(before, after))

    assert difference.before == before
    assert difference.after == after


def test_one_word_changed_is_one_word_told() -> None:
    assert text_difference("kept for seven days.", "kept for ten days.") == (
        Run(change=Change.SAME, text="kept for "),
        Run(change=Change.REMOVED, text="seven"),
        Run(change=Change.ADDED, text="ten"),
        Run(change=Change.SAME, text=" days."),
    )


def test_words_added_or_removed_alone_have_no_counterpart() -> None:
    assert [run.change for run in text_difference("a", "a b")] == [Change.SAME, Change.ADDED]
    assert [run.change for run in text_difference("a b", "a")] == [Change.SAME, Change.REMOVED]


def test_very_long_texts_are_compared_by_line() -> None:
    line = "word " * 99 + "word\n"
    lines = [line] * (MOST_WORDS // 100 + 1)
    changed = [*lines[:-1], "other " + line]

    runs = text_difference("".join(lines), "".join(changed))

    assert [run.text for run in runs if run.change is not Change.SAME] == [line, "other " + line]


def test_equal_records_do_not_differ() -> None:
    assert record_difference(a_case(), a_case()) == ()


def test_the_same_key_at_another_event_is_another_session() -> None:
    before, after = (a_case(event=event, session="s1") for event in ("vienna", "weeks"))

    differences = {each.path: (each.before, each.after) for each in record_difference(before, after)}

    assert differences == {"event": ("vienna", "weeks"), "session": ("vienna/s1", "weeks/s1")}


def test_fields_that_differ_are_named_by_their_path_and_lessons_by_their_key() -> None:
    retitled = LESSONS[0].model_copy(update={"title": "Logs were deleted"})
    before = a_case(tags=("templates",), contact="Desk")
    after = a_case(
        tags=("templates", "warrants"),
        audience=Audience(marking=Marking.CLEAR),
        lessons=(retitled, *LESSONS[1:]),
        sources=(Source(title="Report"),),
    )

    differences = {each.path: (each.before, each.after) for each in record_difference(before, after)}

    assert differences == {
        "audience.marking": ("GREEN", "CLEAR"),
        "sources.1.title": ("", "Report"),
        "contact": ("Desk", ""),
        "tags": ("templates", "templates, warrants"),
        "lessons.logs.title": ("Logs were gone", "Logs were deleted"),
    }


def test_lessons_in_another_order_do_not_differ() -> None:
    assert record_difference(a_case(), a_case(lessons=tuple(reversed(LESSONS)))) == ()


def test_a_rewritten_passage_is_told_as_one_and_not_word_by_word() -> None:
    runs = text_difference("They waited for weeks, in vain.", "They asked by telephone, in vain.")

    assert [(run.change, run.text) for run in runs] == [
        (Change.SAME, "They "),
        (Change.REMOVED, "waited for weeks"),
        (Change.ADDED, "asked by telephone"),
        (Change.SAME, ", in vain."),
    ]
