"""What becomes of a file's concepts: under which key, and what of them is kept."""

from __future__ import annotations

from typing import Any

import pytest

from kb.domain.concept import Concept, ConceptStatus, Labels, Match, MatchKind, Scheme
from kb.domain.skos import OURS, Described, Wording, address_of, described, scheme_address
from kb.domain.skos_reading import NO_ENGLISH, NOWHERE, WRONG_SCHEME, Reading, read_concepts
from tests.domain.thesauri import THEIRS, document, known, ours, tag, theirs

EXACT = MatchKind.EXACT


def reading(
    *concepts: Described, stands: tuple[Concept, ...] = (), into: Scheme | None = Scheme.TAG
) -> Reading:
    names = {name: each for name, (_, each) in known(*stands).items()}
    return read_concepts(document(*concepts), names, into, "carla")


def one(given: Described, *stands: Concept) -> Concept:
    (found,) = reading(given, stands=stands).concepts
    return found


class TestWhichConceptItIs:
    def test_one_of_ours_is_itself(self) -> None:
        assert one(ours("speed", "Pace"), tag("speed", "Speed")).label() == "Pace"

    @pytest.mark.parametrize(
        ("last", "key"),
        [("Retention", "retention"), ("c_123", "c-123"), ("Café/", "cafe"), ("scheme#Über", "uber")],
    )
    def test_one_of_others_gets_a_key_of_its_last_part(self, last: str, key: str) -> None:
        found = one(theirs(last, "Something"))
        assert (found.key, found.matches) == (key, (Match(kind=EXACT, address=f"{THEIRS}{last}"),))

    def test_a_key_that_is_taken_or_none_gets_a_mark_that_is_always_the_same(self) -> None:
        first, again = (one(theirs("speed", "Pace"), tag("speed")).key for _ in range(2))
        assert first == again
        assert first.startswith("speed-")
        assert len(one(theirs("Ж", "Zh")).key) == 12
        assert len(one(theirs("a" * 70, "Long")).key) <= 60

    def test_two_of_a_file_never_get_one_key(self) -> None:
        found = reading(theirs("x/speed", "One"), theirs("y/speed", "Two")).concepts
        assert len({each.key for each in found}) == 2

    def test_it_is_found_again_by_its_exact_match(self) -> None:
        stands = tag("pace", matches=(Match(kind=EXACT, address=f"{THEIRS}speed"),))
        assert one(theirs("speed", "Speed"), stands).key == "pace"
        elsewhere = stands.model_copy(update={"scheme": Scheme.STAGE})
        assert one(theirs("speed", "Speed"), elsewhere).key == "speed"

    def test_without_a_vocabulary_to_go_to_it_is_refused(self) -> None:
        assert reading(theirs("a"), into=None).troubles == ((f"{THEIRS}a", NOWHERE),)
        odd = ours("a").model_copy(update={"address": f"{OURS}nosuch/a"})
        assert reading(odd).troubles == ((f"{OURS}nosuch/a", NOWHERE),)

    def test_its_scheme_and_its_address_say_the_same(self) -> None:
        odd = ours("a", schemes=(scheme_address(Scheme.STAGE),))
        assert reading(odd).troubles[0][1] == WRONG_SCHEME


class TestWhatIsKept:
    def test_what_was_described_is_read_again_whole(self) -> None:
        concept = tag(
            "a", "A", "b", "c", definition="D.", related=("x",), broader="x", status="retired", status_reason="Old.",
            is_group=True, in_force=True, as_of="2026-01-01", origin="published", sources=({"title": "T"},),
            matches=({"kind": "close", "address": "http://t.example/"},), replaced_by="x",
        )  # fmt: skip
        assert one(described(concept), tag("x")) == concept

    def test_what_ours_does_not_say_any_more_goes(self) -> None:
        stands = tag("a", "A", "old", definition="D.", in_force=True, as_of="2026-01-01", origin="published")
        assert one(ours("a", "A"), stands) == tag("a", "A")

    def test_what_others_do_not_speak_of_stays(self) -> None:
        labels = (Labels(language="en", preferred="A"), Labels(language="ru", preferred="А"))
        stands = tag("a", definition="D.", in_force=True, sources=({"title": "T"},), status="retired",
                     status_reason="Old.", matches=({"kind": "exact", "address": f"{THEIRS}a"},))  # fmt: skip
        stands = stands.model_copy(update={"labels": labels})
        assert one(theirs("a", "A"), stands) == stands

    def test_the_order_that_words_stand_in_stays(self) -> None:
        stands = tag("a", "A", "z", "b")
        words = tuple(Wording("en", word) for word in ("b", "m", "z"))
        assert one(ours("a", "A", alternative=words), stands).labels[0].alternative == ("z", "b", "m")

    def test_hidden_labels_are_synonyms(self) -> None:
        assert one(theirs("a", hidden=(Wording("en", "aa"),))).labels[0].alternative == ("aa",)

    def test_without_english_there_is_no_concept(self) -> None:
        assert reading(theirs("a", preferred=(Wording("de", "A"),))).troubles == ((f"{THEIRS}a", NO_ENGLISH),)

    @pytest.mark.parametrize("more", [{"own": (("origin", "nowhere"),)}, {"own": (("asOf", "soon"),)}])
    def test_what_a_concept_cannot_say_is_named(self, more: dict[str, Any]) -> None:
        ((subject, sentence),) = reading(ours("a", **more)).troubles
        assert subject == address_of(Scheme.TAG, "a")
        assert sentence

    def test_what_no_concept_can_be_is_named_too(self) -> None:
        ((_, sentence),) = reading(ours("a", preferred=(Wording("en", " "),))).troubles
        assert "English" in sentence


class TestWhatIsLeft:
    @pytest.mark.parametrize(
        ("more", "what"),
        [
            ({"left": ("skos:scopeNote",)}, "skos:scopeNote"),
            ({"alternative": (Wording("de", "B"),)}, "labels in a language without a preferred one"),
            ({"alternative": (Wording("", "B"),)}, "labels without a language that Casebook knows"),
            ({"definitions": (Wording("de", "B"),)}, "definitions in other languages, or more than one"),
            ({"broader": (f"{THEIRS}gone",)}, "skos:broader to something that is not there"),
            ({"related": (address_of(Scheme.STAGE, "x"),)}, "skos:related to something that is not there"),
            ({"broader": (f"{THEIRS}b", f"{THEIRS}c")}, "skos:broader: more than one"),
            ({"status": ("http://status.example/odd",)}, "adms:status of another vocabulary"),
        ],
    )
    def test_it_is_counted_by_its_name(self, more: dict[str, Any], what: str) -> None:
        found = reading(theirs("a", **more), theirs("b"), theirs("c"))
        assert found.left == {what: 1}

    def test_of_several_broader_ones_that_which_stands_is_kept(self) -> None:
        stands = tag("a", broader="c", matches=({"kind": "exact", "address": f"{THEIRS}a"},))
        given = theirs("a", broader=(f"{THEIRS}b", f"{THEIRS}c"))
        assert reading(given, theirs("b"), theirs("c"), stands=(stands,)).concepts[0].broader == "c"
        assert one(ours("a", broader=(address_of(Scheme.TAG, "b"),)), tag("b")).broader == "b"


class TestStatus:
    def test_a_new_one_is_in_use(self) -> None:
        assert one(theirs("a")).status is ConceptStatus.ADOPTED

    def test_a_proposal_is_the_importers_unless_it_is_somebodys(self) -> None:
        waits = described(tag("a", status="proposed", proposer="anna"))
        assert one(waits).proposer == "carla"
        assert one(waits, tag("a", status="proposed", proposer="anna")).proposer == "anna"

    def test_adopting_one_forgets_whose_it_was(self) -> None:
        stands = tag("a", status="proposed", proposer="anna")
        found = one(described(tag("a")), stands)
        assert (found.status, found.proposer) == (ConceptStatus.ADOPTED, None)
