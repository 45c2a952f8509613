from __future__ import annotations

import datetime as dt

import pytest

from kb.domain.concept import Concept, ConceptStatus, Labels, Match, MatchKind, Scheme
from kb.domain.record import Origin, Source
from kb.domain.skos import Name, address_of, described, language_tag, name_of
from tests.domain.thesauri import tag


def test_an_address_of_ours_names_the_concept_and_no_other_does() -> None:
    assert name_of(address_of(Scheme.STAGE, "triage")) == Name(Scheme.STAGE, "triage")
    for other in (
        "http://thesaurus.example/triage",
        "https://casebook.example/concepts/stage",
        "https://casebook.example/concepts/nosuch/triage",
        "https://casebook.example/concepts/stage/../triage",
        f"https://casebook.example/concepts/stage/{'a' * 61}",
    ):
        assert name_of(other) is None


@pytest.mark.parametrize(
    ("tag", "kept"),
    [
        ("en", "en"),
        ("PT-br", "pt-BR"),
        ("zh-hant-tw", "zh-Hant-TW"),
        ("", None),
        ("x-klingon", None),
        ("de-1996", None),
    ],
)
def test_a_language_is_written_in_one_way_or_not_kept(tag: str, kept: str | None) -> None:
    assert language_tag(tag) == kept


def test_a_concept_is_described_in_one_order_whatever_order_it_is_kept_in() -> None:
    one = tag("a", "A", "b", "c", related=("x", "y"))
    other = tag("a", "A", "c", "b", related=("y", "x"))
    assert described(one) == described(other)


def test_whose_proposal_it_is_is_not_told() -> None:
    proposal = tag("a", status=ConceptStatus.PROPOSED, proposer="anna")
    assert "anna" not in described(proposal).model_dump_json()


def test_everything_else_that_a_concept_says_is_told() -> None:
    concept = Concept(
        scheme=Scheme.CHANNEL,
        key="a",
        labels=(
            Labels(language="en", preferred="A"),
            Labels(language="de", preferred="Ä", alternative=("Ae",)),
        ),
        definition="What it is.",
        broader="b",
        replaced_by="c",
        status=ConceptStatus.RETIRED,
        status_reason="Old.",
        is_group=True,
        in_force=False,
        as_of=dt.date(2026, 11, 22),
        origin=Origin.PUBLISHED,
        sources=(Source(title="T", url="https://law.example/", as_of=dt.date(2026, 1, 1)), Source(title="S")),
        matches=(Match(kind=MatchKind.EXACT, address="http://thesaurus.example/a"),),
    )
    told = described(concept)
    assert told.own == (
        ("asOf", "2026-11-22"), ("inForce", "false"), ("isGroup", "true"), ("origin", "published"), ("statusReason", "Old."),
    )  # fmt: skip
    assert told.sources == (("S", "", ""), ("T", "https://law.example/", "2026-01-01"))
    assert told.status == ("http://purl.org/adms/status/Deprecated",)
    assert (told.broader, told.replaced_by) == (
        (address_of(Scheme.CHANNEL, "b"),),
        (address_of(Scheme.CHANNEL, "c"),),
    )
    assert [each.language for each in told.preferred] == ["de", "en"]
    assert told.matches == ((MatchKind.EXACT, "http://thesaurus.example/a"),)
