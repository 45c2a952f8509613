"""Import of a large thesaurus: five thousand concepts in six languages, beside rdflib parsing the same file alone."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from rdflib import Graph

from benchmarks.figures import show, stopwatch
from kb.bootstrap import make_home, services
from kb.config import Settings
from kb.domain.account import OPERATOR
from kb.domain.concept import Scheme

CONCEPTS = 5_000
LANGUAGES = ("en", "de", "es", "fr", "it", "ru")
WIDTH = 10
"""Concepts right under one: five thousand are four deep."""
HEAD = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n@prefix : <http://thesaurus.example/> .\n"


def run() -> None:
    """Measure and print."""
    content = thesaurus(CONCEPTS)
    with stopwatch() as seconds:
        Graph().parse(data=content, format="turtle")
        alone = seconds()
    with TemporaryDirectory() as folder:
        settings = Settings(home=Path(folder))
        make_home(settings)
        transfer = services(settings).thesaurus_transfer
        with stopwatch() as seconds:
            plan = transfer.plan(OPERATOR, content, Scheme.TAG)
            planned = seconds()
            transfer.carry_out(OPERATOR, plan, reason="A measurement")
            whole = seconds()
        with stopwatch() as seconds:
            transfer.export(OPERATOR)
            exported = seconds()
        with stopwatch() as seconds:
            again = transfer.plan(OPERATOR, content, Scheme.TAG)
            repeated = seconds()
    assert not plan.troubles
    assert not again.todo
    rows = (
        ("rdflib: parse alone", alone),
        ("plan: parsed in a child, validated, compared", planned),
        ("import: plan, and a revision of each", whole),
        ("the same again: a plan with nothing to do", repeated),
        ("export", exported),
    )
    show(
        f"SKOS, {CONCEPTS} concepts in {len(LANGUAGES)} languages, {len(content) / 1e6:.1f} MB",
        ("", "s", "of the parse"),
        [(name, f"{taken:.1f}", f"{taken / alone:.1f}") for name, taken in rows],
    )


def thesaurus(size: int) -> bytes:
    """Give a thesaurus of so many concepts as others write one: labels, synonyms and a definition, one hierarchy."""
    return (HEAD + "".join(map(_concept, range(size)))).encode()


def _concept(number: int) -> str:
    labels = "".join(
        f' ; skos:prefLabel "{_label(number)} {code}"@{code} ; skos:altLabel "other {_label(number)} {code}"@{code}'
        for code in LANGUAGES
    )
    broader = f" ; skos:broader :{_label(number // WIDTH)}" if number >= WIDTH else ""
    definition = f'"What {_label(number)} means, in a sentence of about as many words as people take."@en'
    return f":{_label(number)} a skos:Concept{labels}{broader} ; skos:definition {definition} .\n"


def _label(number: int) -> str:
    """Give a word of letters alone: numbers in labels would be looked at as those of persons."""
    return "concept" + "".join(chr(ord("a") + int(digit)) for digit in str(number))
