"""A mapping turns any table's rows into cases, and says which column is wrong."""

from __future__ import annotations

import pytest

from kb.domain.errors import Invalid
from kb.domain.mapping import Row, TableMapping, case_fields, mapped, read_mapping, slug

MINIMAL: dict[str, object] = {
    "source_key": "id",
    "case": {"title": "name", "summary": "about"},
    "lessons": [{"kind": "difficulty", "key": "d1", "title": "name", "text": "problem"}],
}
ROW: Row = {"id": 7, "name": "Logs", "about": "Seven days", "problem": "They were gone", "topics": ["a", "b"]}


def unchanged(html: str) -> str:
    return html


def mapping(**fields: object) -> TableMapping:
    return read_mapping({**MINIMAL, **fields})


def test_columns_become_the_fields_of_a_case_and_its_lessons() -> None:
    row = mapped(ROW, mapping(source_prefix="talks:"), unchanged)

    assert row.source_key == "talks:7"
    assert row.case == {
        "title": "Logs",
        "summary": "Seven days",
        "lessons": [{"kind": "difficulty", "key": "d1", "title": "Logs", "text": "They were gone"}],
    }
    assert (row.case_tags, row.lesson_tags) == ((), {"d1": ()})


def test_several_lessons_come_from_one_row_and_one_without_text_is_left_out() -> None:
    lessons = [
        *MINIMAL["lessons"],  # type: ignore[misc]
        {
            "kind": "solution",
            "key": "s1",
            "title": "name",
            "text": "fix",
            "fields": {"answers": {"value": "d1"}},
        },
        {
            "kind": "good-practice",
            "key": "p1",
            "title": "name",
            "text": "about",
            "fields": {"tags": "topics"},
        },
    ]

    row = mapped({**ROW, "fix": "  "}, mapping(lessons=lessons), unchanged)

    assert [lesson["key"] for lesson in row.case["lessons"]] == ["d1", "p1"]  # type: ignore[attr-defined]
    assert row.lesson_tags["p1"] == ("a", "b")


def test_a_list_is_split_trimmed_translated_and_has_no_word_twice() -> None:
    take = {"column": "words", "split": ";", "translate": {"old": "new"}}

    row = mapped({**ROW, "words": "old; new ;x;;"}, mapping(case={"title": "name", "tags": take}), unchanged)

    assert row.case_tags == ("new", "x")


def test_a_list_without_a_separator_is_one_word_unless_the_cell_is_a_list() -> None:
    one = mapping(case={"title": "name", "tags": "name"})

    assert mapped(ROW, one, unchanged).case_tags == ("Logs",)
    assert mapped(ROW, mapping(case={"title": "topics"}), unchanged).case["title"] == "a, b"


def test_the_first_column_with_text_counts_then_the_constant() -> None:
    case = {"title": {"column": ["empty", "name"]}, "summary": {"column": "empty", "value": "none given"}}

    row = mapped({**ROW, "empty": None}, mapping(case=case), unchanged)

    assert (row.case["title"], row.case["summary"]) == ("Logs", "none given")


def test_html_goes_through_the_converter_and_a_long_text_is_cut_between_words() -> None:
    case = {"title": {"column": "name", "html": True}, "summary": {"column": "about", "shorten": 20}}

    row = mapped({**ROW, "about": "one two  three four five six"}, mapping(case=case), str.upper)

    assert row.case["title"] == "LOGS"
    assert row.case["summary"] == "one two three four…"
    assert len(str(row.case["summary"])) <= 20


def test_a_short_text_is_not_cut() -> None:
    case = {"title": "name", "summary": {"column": "about", "shorten": 20}}

    assert mapped(ROW, mapping(case=case), unchanged).case["summary"] == "Seven days"


def test_a_word_longer_than_the_summary_is_cut_inside() -> None:
    case = {"title": "name", "summary": {"column": "about", "shorten": 20}}

    assert mapped({**ROW, "about": "x" * 30}, mapping(case=case), unchanged).case["summary"] == "x" * 19 + "…"


def test_year_owner_and_audience_find_their_places() -> None:
    table = mapping(
        year="when",
        owner={"name": "unit", "country": {"value": "AT"}},
        case={"title": "name", "marking": {"value": "CLEAR"}},
    )

    row = mapped({**ROW, "when": 2014, "unit": "Gruppe Süd"}, table, unchanged)

    assert row.case["period"] == {"start": "2014"}
    assert row.case["owner"] == {"id": "gruppe-sud", "name": "Gruppe Süd", "country": "AT"}
    assert row.case["audience"] == {"marking": "CLEAR"}


def test_without_a_year_or_an_owner_in_the_row_the_case_has_none() -> None:
    table = mapping(year="when", owner={"name": "unit", "country": {"value": "AT"}})

    row = mapped({**ROW, "when": "", "unit": ""}, table, unchanged)

    assert "period" not in row.case
    assert "owner" not in row.case


def test_a_row_without_a_key_is_refused_because_a_second_import_would_double_it() -> None:
    with pytest.raises(Invalid, match="source key"):
        mapped({**ROW, "id": ""}, mapping(), unchanged)


def test_an_owner_without_a_name_is_nobody_and_a_row_may_fill_no_field_at_all() -> None:
    table = mapping(case={"title": "empty"}, lessons=[])

    assert mapped({**ROW, "empty": ""}, table, unchanged).case == {"lessons": []}


def test_a_missing_column_is_named_with_those_that_are_there() -> None:
    with pytest.raises(Invalid, match=r"no column '(about|problem)'. It has: id, name"):
        mapped({"id": 1, "name": "Logs"}, mapping(), unchanged)


def test_a_mapping_that_cannot_work_names_the_place() -> None:
    with pytest.raises(Invalid, match=r"lessons\.0\.kind"):
        mapping(lessons=[{"kind": "joke", "key": "d1", "title": "name", "text": "x"}])
    with pytest.raises(Invalid, match=r"has no field 'titel'. Fields: .*title"):
        mapping(case={"titel": "name"})


def test_the_fields_of_a_case_that_can_be_mapped_include_marking_but_not_owner() -> None:
    assert {"title", "marking", "chatham_house", "tags"} <= set(case_fields())
    assert "owner" not in case_fields()
    assert mapping(case={"title": "name", "marking": {"value": "CLEAR"}}).case["marking"].value == "CLEAR"


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Risk Management / Assessment", "risk-management-assessment"), ("Élan", "elan"), ("日本", "x")],
)
def test_a_slug_reads_like_its_text(text: str, expected: str) -> None:
    assert slug(text) == expected
