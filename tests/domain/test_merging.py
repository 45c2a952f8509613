from __future__ import annotations

import pytest

from kb.domain.case_study import MOST_LESSONS, CaseStudy
from kb.domain.lesson import Difficulty, Solution
from kb.domain.marking import Audience, Marking
from kb.domain.merging import merged, part_of
from kb.domain.record import Origin, Source
from tests.samples import LESSONS, a_case

BASE = a_case(tags=("first", "second"), phenomena=("grooming",))


def without(*keys: str) -> tuple[object, ...]:
    return tuple(lesson for lesson in LESSONS if lesson.key not in keys)


def retitled(key: str, **fields: object) -> tuple[object, ...]:
    return tuple(each.model_copy(update=fields) if each.key == key else each for each in LESSONS)


def changed(**fields: object) -> CaseStudy:
    return CaseStudy.model_validate({**dict(BASE), **fields})


def keys(case: CaseStudy) -> list[str]:
    return [lesson.key for lesson in case.lessons]


class TestDifferentParts:
    def test_what_only_one_of_them_changed_is_taken_from_them(self) -> None:
        merge = merged(BASE, changed(title="Theirs"), changed(summary="Mine."))
        assert (merge.body.title, merge.body.summary) == ("Theirs", "Mine.")
        assert (merge.conflicts, merge.taken) == ((), ("title",))

    def test_the_same_change_by_both_is_one(self) -> None:
        both = changed(title="The same")
        merge = merged(BASE, both, both)
        assert (merge.body, merge.conflicts, merge.taken) == (both, (), ())

    def test_two_fields_of_one_lesson_are_different_parts(self) -> None:
        theirs = changed(lessons=retitled("logs", title="Theirs"))
        mine = changed(lessons=retitled("logs", text="Mine."))
        lesson = merged(BASE, theirs, mine).body.lesson("logs")
        assert lesson is not None
        assert (lesson.title, lesson.text) == ("Theirs", "Mine.")

    def test_lists_of_choices_are_joined_without_what_either_took_away(self) -> None:
        merge = merged(BASE, changed(tags=("second", "theirs")), changed(tags=("first", "second", "mine")))
        assert merge.body.tags == ("second", "mine", "theirs")
        assert merge.conflicts == ()

    def test_new_lessons_of_both_stand_in_it_where_each_put_them(self) -> None:
        theirs = changed(
            lessons=(*LESSONS[:1], Solution(key="s1", title="Theirs", answers=("logs",)), *LESSONS[1:])
        )
        mine = changed(lessons=(*LESSONS, Difficulty(key="d1", title="Mine")))
        assert keys(merged(BASE, theirs, mine).body) == ["logs", "s1", "preserve", "template", "border", "d1"]

    def test_new_lessons_that_got_the_same_key_become_two(self) -> None:
        theirs = changed(lessons=(*LESSONS, Difficulty(key="d1", title="Theirs")))
        mine = changed(
            lessons=(*LESSONS, Difficulty(key="d1", title="Mine"), Solution(key="s1", answers=("d1", "logs")))
        )
        body = merged(BASE, theirs, mine).body
        titles = {lesson.key: lesson.title for lesson in body.difficulties}
        assert titles == {"logs": "Logs were gone", "d1": "Theirs", "d2": "Mine"}
        assert body.solutions[-1].answers == ("d2", "logs")

    @pytest.mark.parametrize("second", [0, 1])
    def test_lessons_keep_the_order_of_who_moved_them(self, second: int) -> None:
        texts = [changed(lessons=tuple(reversed(LESSONS))), changed(title="Other")]
        body = merged(BASE, texts[second], texts[1 - second]).body
        assert keys(body) == keys(BASE)[::-1]

    def test_a_lesson_that_one_of_them_removed_is_gone_from_the_references_of_the_other(self) -> None:
        theirs = changed(lessons=(LESSONS[1].model_copy(update={"answers": ()}), *LESSONS[2:]))
        mine = changed(lessons=(*LESSONS, Solution(key="s1", title="Mine", answers=("logs",))))
        body = merged(BASE, theirs, mine).body
        assert keys(body) == ["preserve", "template", "border", "s1"]
        assert [solution.answers for solution in body.solutions] == [(), ()]
        assert CaseStudy.model_validate(body.model_dump()) == body

    def test_an_event_comes_with_its_session_from_who_changed_either(self) -> None:
        base = changed(event="vienna", session="opening")
        for other in ({"event": "prague"}, {"event": "prague", "session": "closing"}, {}):
            text = changed(**other)
            for theirs, mine, taken in ((text, base, ("event",)), (base, text, ())):
                merge = merged(base, theirs, mine)
                assert (merge.body.event, merge.body.session) == (text.event, text.session)
                assert (merge.conflicts, merge.taken) == ((), taken)


class TestTheSamePart:
    def test_a_text_that_both_rewrote_is_left_to_a_person_who_keeps_their_words(self) -> None:
        merge = merged(BASE, changed(title="Theirs"), changed(title="Mine"))
        assert (merge.body.title, merge.conflicts) == ("Mine", ("title",))

    def test_audiences_are_never_joined(self) -> None:
        theirs = changed(audience=Audience(marking=Marking.AMBER, countries=("FR",)))
        mine = changed(audience=Audience(marking=Marking.AMBER, countries=("BE",)))
        merge = merged(BASE, theirs, mine)
        assert (merge.body.audience, merge.conflicts) == (mine.audience, ("audience",))

    def test_a_session_is_taken_by_the_name_of_its_event(self) -> None:
        assert [part_of(field) for field in ("event", "session", "title")] == ["event", "event", "title"]

    @pytest.mark.parametrize("second", [0, 1])
    def test_a_session_is_never_joined_with_another_event_than_the_one_that_has_it(self, second: int) -> None:
        base = changed(event="vienna", session="opening")
        texts = [changed(event="prague"), changed(event="vienna", session="closing")]
        mine = texts[second]
        merge = merged(base, texts[1 - second], mine)
        assert (merge.body.event, merge.body.session) == (mine.event, mine.session)
        assert (merge.conflicts, merge.taken) == (("event",), ())

    def test_a_lesson_that_one_removed_and_the_other_rewrote_is_left_to_a_person(self) -> None:
        rewritten, removed = (
            changed(lessons=retitled("border", title="New")),
            changed(lessons=without("border")),
        )
        kept = merged(BASE, removed, rewritten)
        assert (keys(kept.body), kept.conflicts) == (keys(BASE), ("lessons.border",))
        gone = merged(BASE, rewritten, removed)
        assert (keys(gone.body), gone.conflicts) == (keys(BASE)[:3], ("lessons.border",))

    def test_a_published_case_keeps_a_source_whoever_removed_it(self) -> None:
        source = (Source(title="Report"),)
        base = changed(sources=source)
        published = changed(sources=source, origin=Origin.PUBLISHED)
        for theirs, mine in ((changed(), published), (published, changed())):
            merge = merged(base, theirs, mine)
            assert (merge.body.sources, merge.conflicts) == (source, ("sources",))

    def test_more_lessons_than_a_case_holds_are_not_joined(self) -> None:
        many = tuple(Difficulty(key=f"x{place}", title="T") for place in range(MOST_LESSONS))
        merge = merged(changed(lessons=()), changed(lessons=many), changed(lessons=(Difficulty(key="d1"),)))
        assert (keys(merge.body), merge.conflicts) == (["d1"], ("lessons",))
