"""The vocabulary is whole, in six languages, and what follows the law names its source."""

from __future__ import annotations

import re
from collections import defaultdict

import pytest

from kb.domain.concept import Concept, ConceptStatus, Scheme, concept_id
from kb.domain.record import Origin

LANGUAGES = ["en", "de", "es", "fr", "it", "ru"]
FEWEST_TAGS = 35

GROUPS = {
    "data": """retention-expired cgnat-attribution registration-data-unavailable encrypted-device
        encrypted-communication ephemeral-content volume-backlog cloud-extraction""",
    "location": """jurisdiction-unknown hosting-abroad bulletproof-hosting darknet peer-to-peer livestream
        vpn-proxy""",
    "law": """possession-not-criminal grooming-not-criminal generated-material-gap age-definition
        undercover-powers dual-criminality admissibility chain-of-custody sentencing""",
    "cooperation": """mla-delay request-rejected-on-form translation contact-point-missing
        parallel-investigations deconfliction no-feedback victim-identification-handover time-zone-urgency""",
    "private-sector": """provider-slow voluntary-refusal user-notification report-quality payment-tracing
        cryptocurrency takedown-versus-evidence""",
    "capacity": "staff training forensic-tool-gap licence-cost storage analyst-skills triage",
    "people": "officer-welfare staff-turnover child-interview victim-support-link media-pressure",
}
KEYS = {
    Scheme.DIFFICULTY: " ".join((*GROUPS, *GROUPS.values())),
    Scheme.STAGE: """referral triage attribution preservation evidence-request search-and-seizure
        forensic-examination victim-identification-handover prosecution feedback prevention""",
    Scheme.PHENOMENON: """commercial-website peer-to-peer-sharing forum-or-community livestreamed-abuse grooming
        sexual-extortion travelling-offender generated-material messaging-service darknet-service""",
    Scheme.CHANNEL: """budapest-29 budapest-30 budapest-31 budapest-32 budapest-35 budapest-protocol-2 eio
        e-evidence cloud-act-agreement un-cybercrime-convention mlat letter-rogatory jit interpol-ncb
        europol-siena empact g7-24-7 liaison-officer virtual-global-taskforce ncmec-cybertipline inhope-hotline
        voluntary-disclosure emergency-disclosure""",
    Scheme.PARTNER: """internet-service-provider hosting-provider domain-registrar platform messaging-service
        cloud-storage payment-card-scheme bank e-money crypto-exchange financial-intelligence-unit
        software-vendor forensic-vendor hotline ngo academia prosecutor cert regulator""",
    Scheme.LEGISLATION: """csam-law csam-defined technology-facilitated-offences possession-criminal
        provider-reporting distribution-criminal child-under-18 knowing-access grooming-criminal budapest-9
        generated-material-covered data-retention undercover-powers corporate-liability""",
}
OLD_TERMS = {
    "possession of child pornography": concept_id(Scheme.LEGISLATION, "possession-criminal"),
    "virtual child pornography": concept_id(Scheme.PHENOMENON, "generated-material"),
    "child sex tourism": concept_id(Scheme.PHENOMENON, "travelling-offender"),
    "webcam child sex tourism": concept_id(Scheme.PHENOMENON, "livestreamed-abuse"),
    "sextortion": concept_id(Scheme.PHENOMENON, "sexual-extortion"),
    "rogatory letter": concept_id(Scheme.CHANNEL, "letter-rogatory"),
    "MLAT": concept_id(Scheme.CHANNEL, "mlat"),
}


@pytest.mark.parametrize("scheme", KEYS)
def test_a_scheme_has_exactly_the_concepts_of_the_vocabulary(
    scheme: Scheme, concepts: dict[str, Concept]
) -> None:
    found = {each.key for each in concepts.values() if each.scheme is scheme}

    assert found == set(KEYS[scheme].split())


def test_there_are_tags_enough_to_start_with(concepts: dict[str, Concept]) -> None:
    assert sum(each.scheme is Scheme.TAG for each in concepts.values()) >= FEWEST_TAGS


def test_a_concept_stands_under_its_own_id_and_is_adopted(concepts: dict[str, Concept]) -> None:
    assert all(identifier == concept.id for identifier, concept in concepts.items())
    assert {each.status for each in concepts.values()} == {ConceptStatus.ADOPTED}


def test_every_concept_is_defined_and_named_in_six_languages(concepts: dict[str, Concept]) -> None:
    for concept in concepts.values():
        assert concept.definition.endswith((".", "?")), concept.id
        assert [labels.language for labels in concept.labels] == LANGUAGES, concept.id
        assert all(labels.preferred for labels in concept.labels), concept.id


def test_every_concept_has_a_synonym_in_english(concepts: dict[str, Concept]) -> None:
    assert [each.id for each in concepts.values() if not each.labels[0].alternative] == []


def test_no_two_concepts_of_a_scheme_share_a_word_in_one_language(concepts: dict[str, Concept]) -> None:
    bearers: dict[tuple[Scheme, str, str], list[str]] = defaultdict(list)
    for concept in concepts.values():
        for labels in concept.labels:
            for word in (labels.preferred, *labels.alternative):
                bearers[concept.scheme, labels.language, word.casefold()].append(concept.key)

    assert {word: keys for word, keys in bearers.items() if len(keys) > 1} == {}


def test_russian_labels_are_in_cyrillic_letters(concepts: dict[str, Concept]) -> None:
    assert [each.id for each in concepts.values() if not re.search("[а-яё]", each.label("ru"))] == []


def test_difficulties_stand_under_their_groups(concepts: dict[str, Concept]) -> None:
    found: dict[str, set[str]] = defaultdict(set)
    for concept in concepts.values():
        if concept.broader:
            found[concept.broader].add(concept.key)

    assert found == {group: set(keys.split()) for group, keys in GROUPS.items()}
    assert {each.id for each in concepts.values() if each.is_group} == {
        concept_id(Scheme.DIFFICULTY, group) for group in GROUPS
    }


def test_related_concepts_exist_and_name_each_other(concepts: dict[str, Concept]) -> None:
    related = {
        (concept.id, concept_id(concept.scheme, key))
        for concept in concepts.values()
        for key in concept.related
    }

    assert related <= {(one, other) for other, one in related}
    assert {other for _, other in related} <= concepts.keys()


def test_what_follows_the_law_names_its_source_and_its_day(concepts: dict[str, Concept]) -> None:
    legal = [each for each in concepts.values() if each.scheme in {Scheme.CHANNEL, Scheme.LEGISLATION}]

    for concept in legal:
        assert concept.as_of, concept.id
        assert concept.origin is Origin.PUBLISHED, concept.id
        assert concept.sources, concept.id
        assert all(source.url for source in concept.sources), concept.id


def test_treaties_not_yet_in_force_are_said_to_be_so(concepts: dict[str, Concept]) -> None:
    waiting = {each.key for each in concepts.values() if each.in_force is False}

    assert waiting == {"budapest-protocol-2", "un-cybercrime-convention"}
    assert all(
        "not in force on the date given" in concepts[concept_id(Scheme.CHANNEL, key)].definition.lower()
        for key in waiting
    )


@pytest.mark.parametrize(
    ("key", "limits"),
    [("eio", ("30 days", "90 days")), ("e-evidence", ("18 August 2026", "10 days", "8 hours", "60 days"))],
)
def test_the_time_limits_of_an_instrument_are_told(
    key: str, limits: tuple[str, ...], concepts: dict[str, Concept]
) -> None:
    definition = concepts[concept_id(Scheme.CHANNEL, key)].definition

    assert all(limit in definition for limit in limits)


@pytest.mark.parametrize(("term", "identifier"), OLD_TERMS.items())
def test_an_old_term_is_kept_as_a_synonym_so_that_search_finds_it(
    term: str, identifier: str, concepts: dict[str, Concept]
) -> None:
    english = concepts[identifier].labels[0]

    assert term in english.alternative
    assert "porn" not in english.preferred
