"""Each text is looked through once, and nothing of it is remembered but where something stands."""

from __future__ import annotations

from kb.domain.checks import Check, Names
from kb.services.remembered_checks import SHORT, RememberedChecks

TEXT = f"Peter Novak wrote to desk@unit.example {'and waited ' * 9}"
NAMES = Names(countries=("Austria",))


def test_what_was_found_is_found_again() -> None:
    checks = RememberedChecks()

    assert len(TEXT) > SHORT
    for _ in range(2):
        assert [each.check for each in checks.objections(TEXT)] == [Check.EMAIL]
        assert [each.check for each in checks.remarks(TEXT, NAMES, "en")] == [Check.NAME, Check.EMAIL]


def test_another_language_and_other_names_are_another_question() -> None:
    checks = RememberedChecks()
    checks.remarks(TEXT, NAMES, "en")

    assert [each.check for each in checks.remarks(TEXT, NAMES, "de")] == [Check.EMAIL]
    assert [each.check for each in checks.remarks(TEXT, Names(organisations=("Novak",)), "en")] == [
        Check.EMAIL
    ]


def test_no_word_of_a_text_is_remembered() -> None:
    checks = RememberedChecks()
    checks.objections(TEXT)
    checks.remarks(TEXT, NAMES, "en")

    assert "unit.example" not in repr(vars(checks))


def test_of_many_texts_those_that_were_asked_for_last_are_remembered() -> None:
    checks = RememberedChecks(most=2)
    for letter in "abacb":
        checks.objections(TEXT + letter)

    assert len(checks) == 2


def test_a_short_text_is_looked_through_each_time() -> None:
    checks = RememberedChecks()

    assert [each.check for each in checks.objections("desk@unit.example")] == [Check.EMAIL]
    assert len(checks) == 0
