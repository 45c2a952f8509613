"""The YAML of revision files: exact for every text, and proof against whoever wrote it."""

from __future__ import annotations

import re
import unicodedata

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from kb.adapters.files.emitter import emit
from kb.adapters.files.loading import MOST_DEPTH, Refused, load
from kb.domain.dump import Plain
from tests.ports.tricky_texts import PROSE, TEXTS, TRICKY

KEYS = st.from_regex(r"[a-z][a-z_]{0,9}", fullmatch=True)
PLAIN: st.SearchStrategy[Plain] = st.recursive(
    st.one_of(TEXTS, st.booleans(), st.integers(-99, 99_999)),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(KEYS, inner, max_size=4)),
    max_leaves=12,
)


def _strings(value: Plain) -> object:
    """Give the value as it is read back: every scalar is text."""
    match value:
        case list():
            return [_strings(item) for item in value]
        case dict():
            return {key: _strings(item) for key, item in value.items()}
        case bool():
            return str(value).lower()
        case _:
            return str(value)


@pytest.mark.parametrize("text", TRICKY)
def test_every_tricky_text_is_read_back_the_same_by_every_reader(text: str) -> None:
    data: dict[str, Plain] = {"alone": text, "listed": [text, {"inner": text}]}

    written = emit(data)

    assert load(written) == data
    assert load(written, yaml.BaseLoader) == data
    assert yaml.safe_load(written) == data
    assert yaml.load(written, Loader=yaml.CSafeLoader) == data


@given(st.dictionaries(KEYS, PLAIN))
def test_any_plain_data_is_read_back_the_same(data: dict[str, Plain]) -> None:
    written = emit(data)

    assert load(written) == _strings(data)
    assert yaml.load(written, Loader=yaml.CSafeLoader) == (data or None)
    assert not re.search(r"[ \t]$", written, re.MULTILINE)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff]", written)


@given(PROSE)
def test_every_normal_text_of_several_lines_stands_as_a_block_line_by_line(text: str) -> None:
    written = emit({"text": text}).split("\n")

    if "\n" in text:
        assert re.fullmatch(r"text: \|2?-", written[0])
        assert written[1:-1] == [f"  {line}" if line else "" for line in text.split("\n")]
    assert unicodedata.is_normalized("NFC", "\n".join(written))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("a: &x 1", "anchor"),
        ("a: *x", "anchor or alias"),
        ("a: &x [1]\nb: *x", "anchor"),
        ("a: !!str 1", "tag"),
        ("a: !x [1]", "tag"),
        ("a: !<tag:yaml.org,2002:python/object:x> {}", "tag"),
        ("<<: {a: 1}", "merges"),
        ("a: 1\na: 2", "repeats"),
        ("a: {b: 1, b: 2}", "repeats"),
        ('a: 1\n"a": 2', "repeats"),
        ("? [a]\n: 1", "key that is no text"),
        ("a: 1\n--- b: 1", "document"),
        ("%YAML 1.1\n---\na: 1", "directive"),
        ("%TAG ! tag:x,2002:\n---\na: 1", "directive"),
        ("- a", "no mapping"),
        ("a", "no mapping"),
        ("a: [", "no YAML"),
        ("a:\tb: c", "no YAML"),
        ("a: \x07", "no YAML"),
        ("[" * 100_000, "levels"),
        ("a: " + "{a: " * (MOST_DEPTH + 1), "levels"),
        ("a:\n" + "- a\n" * 50_001, "nodes"),
    ],
)
@pytest.mark.parametrize("reader", [yaml.CBaseLoader, yaml.BaseLoader], ids=["libyaml", "python"])
def test_a_hostile_document_is_refused_before_anything_is_built(
    text: str, why: str, reader: type[yaml.BaseLoader]
) -> None:
    with pytest.raises(Refused, match=why):
        load(text, reader)


def test_a_document_without_content_is_an_empty_mapping() -> None:
    assert load("") == {}
