from __future__ import annotations

from kb.domain.cross_table import CrossTable
from kb.domain.partner_experience import Counts, experience_of, side_by_side


def test_help_and_hindrance_stand_side_by_side_most_told_first() -> None:
    found = side_by_side({"triage": 1, "staff": 1}, {"triage": 1, "storage": 4})
    assert list(found.items()) == [
        ("storage", Counts(0, 4)),
        ("triage", Counts(1, 1)),
        ("staff", Counts(1, 0)),
    ]


def test_what_lessons_tell_of_a_partner_is_summed_up_by_difficulty_and_country() -> None:
    helped = CrossTable(rows={"triage": 2}, columns={"AT": 1, "not-stated": 1}, total=2)
    hindered = CrossTable(rows={"staff": 1}, columns={"AT": 1}, total=1, illustrative=True)
    told = experience_of(helped, hindered)
    assert told.lessons == Counts(2, 1)
    assert told.difficulties == {"triage": Counts(2, 0), "staff": Counts(0, 1)}
    assert told.countries == {"AT": Counts(1, 1), "not-stated": Counts(1, 0)}
    assert told.illustrative
    assert not experience_of(helped, CrossTable()).illustrative
