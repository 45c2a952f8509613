"""What stands beside a text: marked places with their numbers, open questions, and the document it came from."""

from __future__ import annotations

from kb.domain.checks import Check, Objection
from kb.domain.finding import TextFinding
from kb.domain.submission import Comment, Purpose, SourceSection
from kb.web.beside import AROUND, Piece, beside, found_in
from tests.fakes.clock import NOON
from tests.samples import a_case, a_submission


def at(start: int, end: int, check: Check = Check.EMAIL) -> Objection:
    return Objection(check=check, start=start, end=end)


def numbers(pieces: tuple[Piece, ...]) -> list[tuple[str, int]]:
    return [(piece.text, piece.number) for piece in pieces]


class TestMarks:
    def test_places_are_numbered_in_their_order(self) -> None:
        found = found_in("one two three", [at(8, 13), at(0, 3)])
        assert numbers(found.pieces) == [("one", 1), (" two ", 0), ("three", 2)]
        assert [each.start for each in found.objections] == [0, 8]

    def test_of_two_that_overlap_the_first_is_marked_and_both_are_told(self) -> None:
        found = found_in("abcdef", [at(0, 4, Check.NAME), at(2, 6)])
        assert numbers(found.pieces) == [("abcd", 1), ("ef", 0)]
        assert [each.check for each in found.objections] == [Check.NAME, Check.EMAIL]

    def test_text_far_from_anything_found_is_left_out(self) -> None:
        far = "x" * 500
        found = found_in(f"{far}HIT{far}HIT{far}", [at(500, 503), at(1003, 1006)])
        assert [len(piece.text) for piece in found.pieces] == [AROUND + 1, 3, 2 * AROUND + 1, 3, AROUND + 1]
        assert found.pieces[0].text.startswith("…")
        assert found.pieces[-1].text.endswith("…")

    def test_a_text_in_which_nothing_is_found_has_no_marks(self) -> None:
        assert found_in("Nothing here.", []) == ((Piece("Nothing here."),), ())
        assert found_in("", []) == ((), ())


class TestFields:
    def test_findings_stand_at_the_field_that_they_are_in(self) -> None:
        finding = TextFinding(path="lessons.logs.title", objection=at(0, 4, Check.NAME))
        beside_it = beside(a_case(), [finding])
        found = beside_it.found("lessons.logs.title")
        assert found is not None
        assert found.pieces[0].text == "Logs"
        assert beside_it.found("title") is None

    def test_open_remarks_stand_at_the_field_where_what_they_are_about_is_written(self) -> None:
        def comment(key: str, **fields: object) -> Comment:
            sound = {"key": key, "at": NOON, "by": "carla", "round": 1, "text": key, "about": "summary"}
            return Comment.model_validate(sound | fields)

        comments = (
            comment("c1"),
            comment("c2", answers="c1", by="anna"),
            comment("c3", resolved_at=NOON, resolved_by="carla"),
            comment("c4", purpose=Purpose.QUESTION, to="cyril"),
            comment("c5", about="", purpose=Purpose.DECISION),
            comment("c6", about="period"),
            comment("c7", about="lessons.logs.same_as"),
            comment("c8", about="lessons.logs"),
        )
        threads = beside(None, (), a_submission(comments=comments)).threads
        assert {path: [each.key for each in found] for path, found in threads.items()} == {
            "summary": ["c1"],
            "": ["c5"],
            "period.start": ["c6"],
            "lessons.logs": ["c7", "c8"],
        }
        assert [each.key for each in threads["summary"][0].answers] == ["c2"]

    def test_sections_stand_at_the_lesson_that_was_read_from_them(self) -> None:
        sections = (SourceSection(text="Of d1", lesson="d1"), SourceSection(text="Rest"))
        found = beside(None, (), a_submission(source=sections))
        assert [section.text for section in found.sections_of("d1")] == ["Of d1"]
        assert [section.text for section in found.sections] == ["Of d1", "Rest"]
