from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kb.domain.concept import Concept, Labels, Scheme
from kb.domain.replacement import Replacements

KEYS = "abcdef"


def concept(key: str, replaced_by: str | None = None, scheme: Scheme = Scheme.TAG) -> Concept:
    labels = (Labels(language="en", preferred=f"Label {key}"),)
    return Concept(scheme=scheme, key=key, labels=labels, replaced_by=replaced_by)


def test_what_was_merged_stands_for_nothing_and_a_chain_is_followed_to_its_end() -> None:
    replacements = Replacements.among([concept("a", "b"), concept("b", "c"), concept("c")])
    assert [replacements.of(Scheme.TAG, key) for key in "abcx"] == ["c", "c", "c", "x"]
    assert replacements.among_keys(Scheme.TAG, ("x", "b", "c", "a")) == ("x", "c")
    assert replacements


def test_another_scheme_has_keys_of_its_own() -> None:
    replacements = Replacements.among(
        [concept("a", "b"), concept("b"), concept("a", scheme=Scheme.STAGE), concept("x", "b", Scheme.STAGE)]
    )
    assert replacements.of(Scheme.STAGE, "a") == "a"
    assert replacements.of(Scheme.STAGE, "x") == "x"


def test_a_link_that_leads_nowhere_is_none() -> None:
    assert not Replacements.among([concept("a", "missing")])


@given(st.dictionaries(st.sampled_from(KEYS), st.sampled_from(KEYS)))
def test_whatever_a_file_says_following_ends_and_ends_at_what_stands_for_itself(
    links: dict[str, str],
) -> None:
    replacements = Replacements.among([concept(key, links.get(key)) for key in KEYS])
    for key in KEYS:
        end = replacements.of(Scheme.TAG, key)
        assert replacements.of(Scheme.TAG, end) == end
        if key in links:
            assert replacements.of(Scheme.TAG, links[key]) == end
