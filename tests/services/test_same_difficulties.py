"""A difficulty that names another case's: who may not see that case is told nothing of it, wherever the text is shown."""

from __future__ import annotations

import json
from typing import Any

import pytest

from kb.domain.account import OPERATOR, Account
from kb.domain.case_study import CaseStatus, CaseStudy
from kb.domain.errors import Forbidden
from kb.domain.lesson import Difficulty, Solution
from kb.domain.marking import Audience, Marking
from kb.domain.submission import Submission
from kb.services.exporting import ExportAudience, Exporting
from kb.services.same_difficulties import MOST_TELLINGS, SameDifficulties
from tests.samples import BRUSSELS, VIENNA, a_case, put, submission_ref
from tests.services.office import Office

OWN = Audience(marking=Marking.AMBER_STRICT)


def naming(*same: str, **fields: object) -> CaseStudy:
    return a_case(lessons=(Difficulty(key="d1", title="Logs", text="Gone.", same_as=same),), **fields)


def same_in(case: CaseStudy | None) -> tuple[str, ...]:
    assert case is not None
    (difficulty,) = case.difficulties
    return difficulty.same_as


@pytest.fixture
def office() -> Office:
    office = Office()
    put(office.store, "open", naming(title="Open"))
    put(office.store, "ours", naming(title="Ours alone", owner=VIENNA, audience=OWN))
    put(office.store, "seven", naming("open/d1", "ours/d1"))
    put(office.store, "seven", naming("open/d1", "ours/d1", "ours/d2"))
    office.drain.run()
    return office


def test_a_page_an_old_text_and_a_difference_name_what_the_reader_may_see(office: Office) -> None:
    for account, known in ((office.dora, ("open/d1",)), (office.bert, ("open/d1", "ours/d1"))):
        assert same_in(office.cases.revision(account, "seven", 1).case) == known
    assert same_in(office.cases.get(office.dora, "seven").case) == ("open/d1",)
    assert office.cases.difference(office.dora, "seven", 1, 2).fields == ()
    (field,) = office.cases.difference(office.bert, "seven", 1, 2).fields
    assert field.path == "lessons.d1.same_as"


@pytest.mark.parametrize(
    ("audience", "named"),
    [
        (ExportAudience.OFFICERS, ["open/d1"]),
        (ExportAudience.EVERYTHING, ["open/d1", "ours/d1", "ours/d2"]),
    ],
)
def test_an_export_names_what_its_audience_may_have(
    office: Office, audience: ExportAudience, named: list[str]
) -> None:
    assert exported(office, audience)["seven"]["lessons"][0]["same_as"] == named


def test_an_export_for_a_coordinator_names_in_a_submission_what_they_may_have(office: Office) -> None:
    submission = office.submissions.create(office.anna, naming("open/d1", "ours/d1"))
    office.submissions.submit(office.anna, submission.id, submission.revision)
    body = exported(office, office.carla)[submission.id]["body"]
    assert body["lessons"][0]["same_as"] == ["open/d1"]


def exported(office: Office, audience: ExportAudience | Account) -> dict[str, Any]:
    exporting = Exporting(office.store, office.catalogue, office.audit, office.clock)
    lines = exporting.lines(exporting.plan(OPERATOR, audience))
    return {record["id"]: record["body"] for record in map(json.loads, lines)}


def test_a_coordinator_is_shown_in_a_submission_what_they_may_see(office: Office) -> None:
    change = office.submissions.create_change(
        office.anna, "seven", 2, naming("open/d1", "ours/d1", title="New")
    )
    office.submissions.submit(office.anna, change.id, change.revision)
    seen = office.submissions.get(office.carla, change.id)
    assert [same_in(each) for each in (seen.submission.body, seen.base, seen.now)] == [("open/d1",)] * 3
    assert {field.path for field in seen.changes} == {"title"}


def test_a_form_of_a_change_does_not_show_what_is_hidden_and_saving_it_keeps_that(office: Office) -> None:
    put(office.store, "theirs", naming(title="Theirs", owner=BRUSSELS, audience=OWN))
    put(office.store, "eight", naming("theirs/d1", "open/d1"))
    office.drain.run()
    base, number = office.submissions.base_of_change(office.anna, "eight")
    assert same_in(base) == ("open/d1",)
    change = office.submissions.create_change(office.anna, "eight", number, naming("ours/d1"))
    assert same_in(change.submission.body) == ("ours/d1",)
    saved = office.submissions.save(office.anna, change.id, change.revision, naming("open/d1"))
    assert same_in(saved.submission.body) == ("open/d1",)
    stored = office.store.current(submission_ref(change.id)).body
    assert isinstance(stored, Submission)
    assert same_in(stored.body) == ("open/d1", "theirs/d1")


def test_nobody_names_what_they_do_not_know_nor_the_case_itself(office: Office) -> None:
    put(office.store, "theirs", naming(title="Theirs", owner=BRUSSELS, audience=OWN))
    office.drain.run()
    draft = office.submissions.create(office.anna, naming("theirs/d1", "nowhere/d1", "open/d1"))
    itself = f"{draft.submission.target}/d1"
    saved = office.submissions.save(
        office.anna, draft.id, draft.revision, naming(itself, "theirs/d1", "open/d1")
    )
    for view in (draft, saved):
        assert same_in(view.submission.body) == ("open/d1",)


def test_a_case_that_was_purged_is_named_to_nobody(office: Office) -> None:
    put(office.store, "eight", naming("gone/d1", "open/d1"))
    office.drain.run()
    assert same_in(office.cases.get(office.anna, "eight").case) == ("open/d1",)


class TestTellings:
    """What is shown beside a difficulty: the same one as other cases tell it."""

    @pytest.fixture
    def office(self) -> Office:
        office = Office()
        for name, *same in (("a", "b/d1"), ("b",), ("c", "b/d1"), ("d", "e/d1"), ("e",)):
            put(office.store, name, naming(*same, title=name.upper()))
        office.drain.run()
        return office

    def told(self, office: Office, identifier: str, account: Account | None = None) -> list[str]:
        account = account or office.dora
        same = SameDifficulties(office.cases, office.catalogue)
        found = same.of(account, office.cases.get(account, identifier))
        return [each.id for each in found.get("d1", ())]

    def test_it_is_found_in_both_directions_and_on_from_there(self, office: Office) -> None:
        assert self.told(office, "b") == ["a", "c"]
        assert self.told(office, "a") == ["b", "c"]
        assert self.told(office, "c") == ["b", "a"]
        assert (self.told(office, "d"), self.told(office, "e")) == (["e"], ["d"])

    def test_what_was_tried_against_it_there_stands_beside_it(self, office: Office) -> None:
        lessons = (
            Difficulty(key="d1", title="Logs", text="Gone.", same_as=("a/d1",)),
            Solution(key="s1", title="Ask first", text="At once.", answers=("d1",)),
        )
        put(office.store, "f", a_case(lessons=lessons, title="F"))
        office.drain.run()
        same = SameDifficulties(office.cases, office.catalogue)
        (_, telling, *_) = same.of(office.dora, office.cases.get(office.dora, "a"))["d1"]
        assert [each.title for each in telling.solutions] == ["Ask first"]

    def test_nothing_is_found_by_way_of_a_case_that_the_reader_may_not_see(self, office: Office) -> None:
        put(office.store, "b", naming(title="B", owner=VIENNA, audience=OWN))
        office.drain.run()
        assert (self.told(office, "a"), self.told(office, "c")) == ([], [])
        assert self.told(office, "a", office.bert) == ["b", "c"]

    def test_a_retired_a_purged_and_a_missing_case_break_nothing(self, office: Office) -> None:
        put(office.store, "b", naming(title="B", status=CaseStatus.RETIRED))
        put(office.store, "d", naming("e/d1", "nowhere/d1", "e/s9", "e/d9", title="D"))
        office.drain.run()
        assert (self.told(office, "a"), self.told(office, "d")) == ([], ["e"])
        assert self.told(office, "b") == ["a", "c"]

    def test_a_case_narrowed_before_lists_follow_is_not_told(self, office: Office) -> None:
        put(office.store, "b", naming(title="B", owner=VIENNA, audience=OWN))
        assert (self.told(office, "a"), self.told(office, "a", office.bert)) == ([], ["b", "c"])

    def test_cases_that_name_each_other_end(self, office: Office) -> None:
        put(office.store, "b", naming("a/d1", "b/d1", title="B"))
        office.drain.run()
        assert self.told(office, "a") == ["b", "c"]

    def test_a_page_shows_no_more_than_it_can_bear(self, office: Office) -> None:
        for number in range(MOST_TELLINGS + 5):
            put(office.store, f"n{number}", naming("e/d1", title=f"N {number:02}"))
        office.drain.run()
        assert len(self.told(office, "e")) == MOST_TELLINGS

    def test_who_may_read_nothing_is_told_nothing(self, office: Office) -> None:
        view = office.cases.get(office.dora, "a")
        with pytest.raises(Forbidden):
            SameDifficulties(office.cases, office.catalogue).of(office.otto, view)

    def test_each_difficulty_of_a_case_has_its_own(self, office: Office) -> None:
        second = Difficulty(key="d2", title="Orders", text="Late.")
        for name, first_same, second_same in (("g", (), ()), ("h", ("g/d1",), ("g/d2",))):
            first = Difficulty(key="d1", title="Logs", text="Gone.", same_as=first_same)
            both = (first, second.model_copy(update={"same_as": second_same}))
            put(office.store, name, a_case(lessons=both, title=name.upper()))
        office.drain.run()
        same = SameDifficulties(office.cases, office.catalogue)
        found = same.of(office.dora, office.cases.get(office.dora, "g"))
        assert {key: [each.difficulty.key for each in told] for key, told in found.items()} == {
            "d1": ["d1"],
            "d2": ["d2"],
        }
