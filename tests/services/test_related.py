"""What others told already, as somebody who writes is shown it."""

from __future__ import annotations

import pytest

from kb.domain.case_study import CaseStudy
from kb.domain.errors import Forbidden
from kb.domain.lesson import Difficulty, Solution
from kb.domain.marking import Audience, Marking
from kb.domain.query import IndexState
from kb.domain.resemblance import Band
from kb.domain.unit import Facet
from kb.services.related import Related
from tests.fakes.search_engine import MemorySearchEngine
from tests.samples import BRUSSELS, VIENNA, a_case, put
from tests.services.office import Office

LOGS = Difficulty(
    key="d1",
    title="Connection logs gone",
    text="The provider kept connection logs only seven days, so nobody could be attributed.",
    categories=("retention-expired",),
)
DRAFT = CaseStudy(title="Ours", lessons=(LOGS,))


@pytest.fixture
def related(office: Office) -> Related:
    return Related(office.searcher, office.catalogue, office.vocabularies)


def told(office: Office, case: str, text: str = LOGS.text, **fields: object) -> None:
    lesson = LOGS.model_copy(update={"key": "logs", "text": text})
    solution = Solution(key="s1", title=LOGS.title, text=text)
    put(office.store, case, a_case(**{"lessons": (lesson, solution), **fields}))
    office.drain.run()


def test_a_lesson_that_another_case_tells_is_shown_with_the_reason(office: Office, related: Related) -> None:
    told(office, "theirs")
    (found,) = related.to_draft(office.anna, DRAFT).of("d1")
    assert found.hit.id == "theirs/logs"
    assert found.band is Band.SAME
    assert found.shared == ((Facet.DIFFICULTY, "retention-expired"),)
    assert set(found.words) <= {"connection", "log", "provider", "kept", "seven", "day", "attributed", "gone"}
    assert len(found.words) == 3


def test_what_only_shares_a_few_words_is_like_it(office: Office, related: Related) -> None:
    text = "A provider answered within hours because a liaison officer had called them early."
    office.publish("theirs", lessons=(Difficulty(key="logs", title="Answers came soon", text=text),))
    (found,) = related.to_draft(office.anna, DRAFT).of("d1")
    assert found.band is Band.LIKE


def test_what_the_writer_may_not_see_is_not_there(office: Office, related: Related) -> None:
    told(office, "hidden", owner=BRUSSELS, audience=Audience(marking=Marking.AMBER_STRICT))
    assert related.to_draft(office.anna, DRAFT).of("d1") == ()
    assert related.to_draft(office.dora, DRAFT).of("d1") != ()


def test_a_narrowing_counts_before_search_follows_it(office: Office, related: Related) -> None:
    told(office, "theirs", owner=BRUSSELS)
    behind = MemorySearchEngine()
    behind.rebuild(tuple(office.catalogue.units()), 0)
    office.case_acts.remark(office.dora, "theirs", Audience(marking=Marking.AMBER_STRICT), "Too telling")
    assert Related(behind, office.catalogue, office.vocabularies).to_draft(office.anna, DRAFT).of("d1") == ()


def test_the_case_that_is_being_changed_is_not_like_itself(office: Office, related: Related) -> None:
    told(office, "ours", owner=VIENNA)
    assert related.to_draft(office.anna, DRAFT, case="ours").of("d1") == ()
    assert related.to_draft(office.anna, DRAFT).of("d1") != ()


def test_only_the_lessons_asked_for_are_compared(office: Office, related: Related) -> None:
    told(office, "theirs")
    other = Solution(key="s1", title=LOGS.title, text=LOGS.text)
    body = DRAFT.model_copy(update={"lessons": (LOGS, other)})
    assert set(related.to_draft(office.anna, body).by_lesson) == {"d1", "s1"}
    found = related.to_draft(office.anna, body, only={"s1"})
    assert [each.hit.id for each in found.of("s1")] == ["theirs/s1"]
    assert found.of("d1") == ()


def test_while_search_is_made_anew_it_says_so_and_still_names_what_was_linked(
    office: Office, related: Related
) -> None:
    told(office, "theirs")
    office.engine.state = IndexState.REBUILDING
    linked = LOGS.model_copy(update={"same_as": ("theirs/logs", "nowhere/d1")})
    found = related.to_draft(office.anna, CaseStudy(title="Ours", lessons=(linked,)))
    assert not found.search_works
    assert found.of("d1") == ()
    assert [each.title for each in found.linked.values()] == [LOGS.title]


def test_a_draft_without_lessons_is_like_nothing(office: Office, related: Related) -> None:
    found = related.to_draft(office.anna, CaseStudy())
    assert (found.by_lesson, found.linked, found.search_works) == ({}, {}, True)


def test_an_administrator_is_told_nothing(office: Office, related: Related) -> None:
    with pytest.raises(Forbidden):
        related.to_draft(office.otto, DRAFT)
