from __future__ import annotations

import pytest

from kb.domain.lead_words import Point, points_of


@pytest.mark.parametrize(
    "text",
    [
        "- **Retention.** The logs were gone.\n- **Language.** Nobody read it.",
        "- **Retention** – The logs were gone.\n- **Language**: Nobody read it.",
        "- Retention: The logs were gone.\n- Language: Nobody read it.",
        "- Retention – The logs were gone.\n- Language — Nobody read it.",
        "1. Retention. The logs were gone.\n2. Language. Nobody read it.",
        "* **Retention:** The logs were gone.\n* **Language:** Nobody read it.",
        "**Retention.** The logs were gone.\n\n**Language.** Nobody read it.",
    ],
)
def test_points_are_taken_apart_at_their_lead_words(text: str) -> None:
    found = points_of(text)
    assert found is not None
    assert found.points == (
        Point(lead="Retention", text="The logs were gone."),
        Point(lead="Language", text="Nobody read it."),
    )
    assert (found.before, found.after) == ("", "")


def test_what_stands_around_a_list_is_kept() -> None:
    found = points_of("There were two:\n\n- A: one.\n- B: two.\n\nBoth cost us weeks.")
    assert found is not None
    assert (found.before, found.after) == ("There were two:", "Both cost us weeks.")


def test_what_is_indented_belongs_to_its_point() -> None:
    found = points_of("- A: one.\n  - deeper\n\n  Another paragraph.\n- B: two.\n\n  Its end.")
    assert found is not None
    assert found.points[0] == Point(lead="A", text="one.\n- deeper\n\nAnother paragraph.")
    assert found.points[1] == Point(lead="B", text="two.\n\nIts end.")


def test_short_points_are_their_own_lead_words() -> None:
    found = points_of("- Logs expired before we asked;\n- Nobody could read the letters.")
    assert found is not None
    assert found.points[0] == Point(lead="Logs expired before we asked", text="Logs expired before we asked;")


def test_paragraphs_in_bold_may_be_introduced() -> None:
    found = points_of("Two things.\n\n**A.** One.\n\nMore of it.\n\n**B.** Two.")
    assert found is not None
    assert found.before == "Two things."
    assert found.points[0].lead == "A"


@pytest.mark.parametrize(
    "text",
    [
        "One paragraph.",
        "**Retention.** The logs were gone.",
        "- Only one: point.",
        (
            "- We asked the provider for the records of that week, waited for an answer and then were told: they are gone.\n"
            "- Then we went to court, which took the summer and a good part of the autumn because nobody knew the law."
        ),
        "- A long sentence that says much more than a lead could. And another that says more than enough about all of it.\n- x: y",
        "\n".join(f"- point {number}" for number in range(20)),
    ],
)
def test_what_has_no_lead_words_stays_whole(text: str) -> None:
    assert points_of(text) is None


def test_an_empty_item_is_none() -> None:
    found = points_of("- \n- A: one.\n- B: two.")
    assert found is not None
    assert [point.lead for point in found.points] == ["A", "B"]
