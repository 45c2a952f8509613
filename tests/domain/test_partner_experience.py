from __future__ import annotations

from kb.domain.partner_experience import (
    Counts,
    Part,
    PartnerReport,
    counts_by_partner,
    experience_with,
)


def report(
    name: str,
    *difficulties: str,
    helped: tuple[str, ...] = (),
    hindered: tuple[str, ...] = (),
    countries: tuple[str, ...] = ("AT",),
    made_up: bool = False,
) -> PartnerReport:
    return PartnerReport(
        id=name,
        case=name,
        partners={Part.HELPED: frozenset(helped), Part.HINDERED: frozenset(hindered)},
        difficulties=frozenset(difficulties),
        countries=frozenset(countries),
        illustrative=made_up,
    )


REPORTS = (
    report("a", "triage", "staff", helped=("hotline",), hindered=("bank",)),
    report("b", "triage", helped=("hotline",), hindered=("hotline",), countries=("AT", "DE")),
    report("c", "storage", hindered=("bank",), made_up=True),
)


def test_every_partner_that_a_lesson_names_is_counted_apart_for_help_and_hindrance() -> None:
    assert counts_by_partner(REPORTS) == {"hotline": Counts(2, 1), "bank": Counts(0, 2)}


def test_what_lessons_tell_of_a_partner_is_counted_by_difficulty_and_country() -> None:
    told = experience_with("hotline", REPORTS)
    assert told.lessons == Counts(2, 1)
    assert list(told.difficulties.items()) == [("triage", Counts(2, 1)), ("staff", Counts(1, 0))]
    assert told.countries == {"AT": Counts(2, 1), "DE": Counts(1, 1)}


def test_it_is_illustrative_where_a_lesson_that_names_the_partner_is() -> None:
    assert not experience_with("hotline", REPORTS).illustrative
    assert experience_with("bank", REPORTS).illustrative


def test_of_a_partner_that_nobody_names_nothing_is_told() -> None:
    told = experience_with("cert", REPORTS)
    assert (told.lessons, told.difficulties, told.countries) == (Counts(), {}, {})
