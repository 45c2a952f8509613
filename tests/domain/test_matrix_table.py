"""The matrix as it leaves the house."""

from __future__ import annotations

from kb.domain.insight import MatrixRequest, MatrixView, Opening, Shared, matrix_of
from kb.domain.marking import Marking
from kb.domain.matrix_table import matrix_rows, plain_matrix
from tests.domain.test_insight import TABLE, place


def view() -> MatrixView:
    return MatrixView(
        request=MatrixRequest(since=2004),
        matrix=matrix_of(TABLE, place),
        by_year=matrix_of(TABLE, place),
        shared=(Shared("gone", "Logs gone", 3),),
        country="AT",
        openings=(Opening("gone", "Logs gone", 3, 2),),
        silent=(("cgnat", "Shared addresses"),),
        total=9,
        marking=Marking.AMBER,
        illustrative=True,
    )


def test_each_line_of_the_spreadsheet_bears_the_marking_and_says_what_is_made_up() -> None:
    head, *lines = [list(row) for row in matrix_rows(view())]

    assert head == [
        "group", "difficulty", "label", "cases", "AT", "BE", "DE", "not-stated", "marking",
        "illustrative", "narrowed",
    ]  # fmt: skip
    assert lines[0] == ["data", "", "Data", "5", "4", "2", "", "", "AMBER", "yes", "from=2004"]
    assert lines[1] == ["data", "gone", "Logs gone", "4", "3", "1", "1", "", "AMBER", "yes", "from=2004"]
    assert lines[-1] == ["", "", "All cases counted", "9", "5", "2", "1", "2", "AMBER", "yes", "from=2004"]
    assert lines[-2] == ["", "own", "own", "1", "1", "", "", "", "AMBER", "yes", "from=2004"]


def test_a_program_is_told_the_same_and_of_whom_no_case_is_known() -> None:
    plain = plain_matrix(view())

    assert (plain["marking"], plain["illustrative"], plain["total"]) == ("AMBER", True, 9)
    assert plain["no_case_reported"] == ["cgnat"]
    assert plain["reported_by_several"] == [{"key": "gone", "label": "Logs gone", "countries": 3}]
    assert plain["solved_elsewhere"] == {
        "open_in": "AT",
        "difficulties": [{"key": "gone", "label": "Logs gone", "here": 3, "elsewhere": 2}],
    }
    by_year = plain["by_year"]
    assert isinstance(by_year, list)
    assert [each["key"] for each in by_year] == ["data", "people"]
    groups = plain["groups"]
    assert isinstance(groups, list)
    assert groups[0]["total"] == 5
    assert groups[0]["difficulties"][0]["cells"] == {"AT": 3, "BE": 1, "DE": 1}
    assert set(groups[-1]) == {"difficulties"}
