"""Findings in the texts of a record, and the answers to them."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from kb.domain.case_study import CaseStudy
from kb.domain.checks import Check, Objection, Severity
from kb.domain.checks.sentences import SENTENCES
from kb.domain.checks.terms import TERMS
from kb.domain.errors import Blocked
from kb.domain.finding import TextFinding, digest_of, finding, texts_of, unanswered
from kb.domain.lesson import Difficulty
from kb.domain.record import Source
from kb.domain.submission import Submission
from kb.domain.text import Value

CASE = CaseStudy(
    title="A title",
    lessons=(Difficulty(key="d1", text="A text"),),
    sources=(Source(title="A source"),),
)


class Answer(NamedTuple):
    path: str
    check: str
    digest: str


def at(check: Check, path: str = "summary", text: str = "on the site") -> TextFinding:
    return finding(path, text, Objection(check=check, start=3, end=6))


def test_every_check_says_what_to_do_and_says_nothing_of_the_text() -> None:
    said = [Objection(check=check, start=0, end=1).sentence for check in Check if check is not Check.TERM]
    said += [Objection(check=Check.TERM, start=0, end=1, suggestion=term.suggest).sentence for term in TERMS]

    assert set(SENTENCES) == set(Check) - {Check.TERM}
    assert len(set(said)) == len(Check) - 1 + len(TERMS)
    assert all(sentence.endswith((".", "?")) for sentence in said)


def test_what_leads_to_a_person_or_file_blocks_and_the_rest_warns_or_hints() -> None:
    severities = [check.severity for check in Check]

    assert severities == [Severity.BLOCK] * 14 + [Severity.WARN] * 6 + [Severity.HINT]


def test_every_string_of_a_record_is_given_with_the_path_that_its_form_knows() -> None:
    texts = dict(texts_of(Submission(target="abc", author="anna", body=CASE)))

    assert texts["title"] == "A title"
    assert texts["lessons.d1.text"] == "A text"
    assert texts["sources.0.title"] == "A source"
    assert texts["author"] == "anna"
    assert "status" not in texts
    assert "receipt" not in texts


def test_a_warning_stands_until_these_words_at_this_place_are_answered() -> None:
    warning = at(Check.HANDLE)
    answer = Answer("summary", "handle", warning.digest)

    assert warning.digest == digest_of("the", Objection(check=Check.HANDLE, start=0, end=3))
    assert unanswered([warning], []) == (warning,)
    assert unanswered([warning], [answer]) == ()
    assert unanswered([at(Check.LINK)], [answer]) == (at(Check.LINK),)
    assert unanswered([at(Check.HANDLE, path="title")], [answer]) == (at(Check.HANDLE, path="title"),)
    assert unanswered([at(Check.HANDLE, text="on a day")], [answer]) != ()


@pytest.mark.parametrize(("check", "stands"), [(Check.EMAIL, True), (Check.TERM, False)])
def test_what_blocks_cannot_be_answered_and_a_hint_needs_no_answer(check: Check, stands: bool) -> None:
    found = at(check)

    assert found.digest == ""
    assert bool(unanswered([found], [Answer("summary", check, "")])) is stands


def test_a_refusal_tells_where_and_what_to_do_and_never_what() -> None:
    refused = Blocked([at(Check.EMAIL, text="an x@example.org")] * 2)

    assert str(refused) == SENTENCES[Check.EMAIL]

    assert refused.problems == (("summary", SENTENCES[Check.EMAIL]),)
    assert [(each.path, each.objection.start) for each in refused.findings] == [("summary", 3)] * 2
    assert "example" not in str(refused)


class Labelled(Value):
    words: dict[str, str]


def test_what_a_table_of_words_says_is_given_as_well() -> None:
    assert list(texts_of(Labelled(words={"de": "Wort"}))) == [("words.de", "Wort")]
