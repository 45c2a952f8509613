"""Texts as people type them, each with the tree that it is read as and the sentence that tells so."""

from __future__ import annotations

from kb.domain.syntax import AllOf, AnyOf, Having, InTitle, Node, Phrase, Prefix, Word
from kb.domain.unit import Facet


def word(text: str) -> Word:
    return Word(text=text)


def any_of(*texts: str) -> AnyOf:
    return AnyOf(nodes=tuple(word(text) for text in texts))


A, B, C = word("a"), word("b"), word("c")
AB = Phrase(words=("a", "b"))

READINGS: tuple[tuple[str, Node | None, str], ...] = (
    ("", None, "Everything, newest first."),
    (" \t\n", None, "Everything, newest first."),
    ("logs", word("logs"), "Looked for the word “logs”."),
    (
        "a b c",
        any_of("a", "b", "c"),
        "Looked for any of the words “a”, “b” or “c”; those with all of them are put ahead.",
    ),
    ("a a", A, "Looked for the word “a”."),
    ('"a b"', AB, "Looked for the phrase “a b”."),
    ("“a b”", AB, "Looked for the phrase “a b”."),
    (
        "„a b“ c",
        AllOf(nodes=(C, AB)),
        "Looked for the word “c” and the phrase “a b”.",
    ),
    ('"a"', A, "Looked for the word “a”."),
    ('""', None, "Found no word to look for, so everything is shown, newest first."),
    ("-a", AllOf(without=(A,)), "Looked for everything, without the word “a”."),
    (
        "a -b",
        AllOf(nodes=(A,), without=(B,)),
        "Looked for the word “a”, without the word “b”.",
    ),
    (
        "c -a-b",
        AllOf(nodes=(C,), without=(AB,)),
        "Looked for the word “c”, without the phrase “a b”.",
    ),
    (
        'c -"a b" -b',
        AllOf(nodes=(C,), without=(AB, B)),
        "Looked for the word “c”, without the phrase “a b” and without the word “b”.",
    ),
    (
        "a OR b",
        any_of("a", "b"),
        "Looked for any of the words “a” or “b”; those with all of them are put ahead.",
    ),
    (
        "a OR b c",
        AllOf(nodes=(C, any_of("a", "b"))),
        "Looked for the word “c” and any of the words “a” or “b”; those with all of them are put ahead.",
    ),
    (
        '(c OR "a b") -b',
        AllOf(nodes=(AnyOf(nodes=(C, AB)),), without=(B,)),
        (
            "Looked for (the word “c” or the phrase “a b”), without the word “b”; "
            "those with all of them are put ahead."
        ),
    ),
    (
        "(a OR b) (b OR c)",
        AllOf(nodes=(any_of("a", "b"), any_of("b", "c"))),
        "Looked for any of the words “a” or “b” and any of the words “b” or “c”; those with all of them are put ahead.",
    ),
    (
        "c -(a OR b)",
        AllOf(nodes=(C,), without=(any_of("a", "b"),)),
        "Looked for the word “c”, without any of the words “a” or “b”.",
    ),
    (
        '(c "a b") OR b',
        AnyOf(nodes=(AllOf(nodes=(C, AB)), B)),
        "Looked for (the word “c” and the phrase “a b”) or the word “b”; those with all of them are put ahead.",
    ),
    (
        "a (b c)",
        any_of("a", "b", "c"),
        "Looked for any of the words “a”, “b” or “c”; those with all of them are put ahead.",
    ),
    (
        "c -(a)",
        AllOf(nodes=(C,), without=(A,)),
        "Looked for the word “c”, without the word “a”.",
    ),
    ("a ()", A, "Looked for the word “a”."),
    ("a -()", A, "Looked for the word “a”."),
    (
        "invest*",
        Prefix(text="invest"),
        "Looked for words beginning with “invest”.",
    ),
    (
        "a abc*",
        AnyOf(nodes=(A, Prefix(text="abc"))),
        "Looked for the word “a” or words beginning with “abc”; those with all of them are put ahead.",
    ),
    (
        "ab*",
        word("ab"),
        "Looked for the word “ab”; taken literally: *.",
    ),
    (
        "a*b",
        any_of("a", "b"),
        "Looked for any of the words “a” or “b”; those with all of them are put ahead; taken literally: *.",
    ),
    ("title:a", InTitle(words=("a",)), "Looked for “a” in the title."),
    ('TITLE:"a b"', InTitle(words=("a", "b")), "Looked for “a b” in the title."),
    ("country:at", Having(facet=Facet.COUNTRY, value="at"), "Looked for country “at”."),
    (
        "marking:AMBER+STRICT",
        Having(facet=Facet.MARKING, value="AMBER+STRICT"),
        "Looked for marking “AMBER+STRICT”.",
    ),
    (
        "a -tag:x",
        AllOf(nodes=(A,), without=(Having(facet=Facet.TAG, value="x"),)),
        "Looked for the word “a”, without tag “x”.",
    ),
    ("(tag:x)", Having(facet=Facet.TAG, value="x"), "Looked for tag “x”."),
    (
        "colour:a",
        any_of("colour", "a"),
        "Looked for any of the words “colour” or “a”; those with all of them are put ahead; taken literally: colour:.",
    ),
    (
        "title:",
        word("title"),
        "Looked for the word “title”; taken literally: title:.",
    ),
    (
        "title:*",
        word("title"),
        "Looked for the word “title”; taken literally: title: *.",
    ),
    (
        "https://a.b",
        any_of("https", "a", "b"),
        "Looked for any of the words “https”, “a” or “b”; those with all of them are put ahead.",
    ),
    (
        "OR",
        word("OR"),
        "Looked for the word “OR”; taken literally: OR.",
    ),
    (
        "a OR",
        any_of("a", "OR"),
        "Looked for any of the words “a” or “OR”; those with all of them are put ahead; taken literally: OR.",
    ),
    (
        "(a OR) b",
        any_of("a", "OR", "b"),
        "Looked for any of the words “a”, “OR” or “b”; those with all of them are put ahead; taken literally: OR.",
    ),
    (
        "a OR OR b",
        any_of("a", "b"),
        "Looked for any of the words “a” or “b”; those with all of them are put ahead.",
    ),
    (
        "a or b",
        any_of("a", "or", "b"),
        "Looked for any of the words “a”, “or” or “b”; those with all of them are put ahead.",
    ),
    (
        "a OR -b",
        AllOf(nodes=(any_of("a", "OR"),), without=(B,)),
        "Looked for any of the words “a” or “OR”, without the word “b”; those with all of them are put ahead; taken literally: OR.",
    ),
    (
        "-a OR b",
        AllOf(nodes=(any_of("OR", "b"),), without=(A,)),
        "Looked for any of the words “OR” or “b”, without the word “a”; those with all of them are put ahead; taken literally: OR.",
    ),
    (
        '"a b',
        any_of("a", "b"),
        'Looked for any of the words “a” or “b”; those with all of them are put ahead; taken literally: ".',
    ),
    (
        '"a"b',
        any_of("a", "b"),
        'Looked for any of the words “a” or “b”; those with all of them are put ahead; taken literally: ".',
    ),
    ("(a", A, "Looked for the word “a”; taken literally: (."),
    ("a)", A, "Looked for the word “a”; taken literally: )."),
    (") a", A, "Looked for the word “a”; taken literally: )."),
    (
        "f(a)",
        any_of("f", "a"),
        "Looked for any of the words “f” or “a”; those with all of them are put ahead; taken literally: ( ).",
    ),
    (
        "(f(a) OR b)",
        AllOf(nodes=(word("f"), any_of("a", "b"))),
        "Looked for the word “f” and any of the words “a” or “b”; those with all of them are put ahead; taken literally: ( ).",
    ),
    ("-", None, "Found no word to look for, so everything is shown, newest first."),
    (
        "a - b -- c",
        any_of("a", "b", "c"),
        "Looked for any of the words “a”, “b” or “c”; those with all of them are put ahead.",
    ),
    ("-)", None, "Found no word to look for, so everything is shown, newest first; taken literally: )."),
    ("****", None, "Found no word to look for, so everything is shown, newest first; taken literally: *."),
    (
        "a~9",
        any_of("a", "9"),
        "Looked for any of the words “a” or “9”; those with all of them are put ahead; taken literally: ~.",
    ),
    (
        "[a TO",
        any_of("a", "TO"),
        "Looked for any of the words “a” or “TO”; those with all of them are put ahead; taken literally: [.",
    ),
    (
        "a\0b",
        any_of("a", "b"),
        "Looked for any of the words “a” or “b”; those with all of them are put ahead.",
    ),
    ("🙂", None, "Found no word to look for, so everything is shown, newest first."),
    ("cafe\u0301", word("café"), "Looked for the word “café”."),
)
