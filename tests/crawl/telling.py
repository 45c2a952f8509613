"""What one person is told by everything that they can ask, held against what the oracle lets them be told."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import unquote

from kb.domain.concept import Concept
from kb.domain.record import Record
from kb.domain.revision import Body
from kb.domain.submission import Submission
from tests.crawl.canaries import canaries_in
from tests.crawl.oracle import Chains, readable, words_for, words_of
from tests.crawl.people import OFFICER, Person
from tests.crawl.visits import AUDIT_LOG, Answers

ANYBODY = Person("anybody", None, OFFICER)
"""Who reads a feed: an officer somewhere, whoever's feed it is."""


class Telling:
    """The records of a home and its people, asked who may be told which words."""

    def __init__(self, chains: Chains, people: Mapping[str, Person]) -> None:
        self._chains, self._people = chains, tuple(people.values())
        self._ids = canaries_in(" ".join([*chains, *(each.id for each in self._people)]))

    def leaks(self, person: Person, answers: Answers) -> list[str]:
        """Give every answer that tells somebody what they may not be told, with the words."""
        allowed = words_for(person, self._chains, self._people)
        to_anybody = words_for(ANYBODY, self._chains, self._people)
        found = []
        for asked, answer in answers.items():
            may = to_anybody if asked.startswith("GET /feed") else allowed
            may = (
                may | self._ids
                if asked.startswith(f"GET /admin/{AUDIT_LOG}") and not person.is_officer
                else may
            )
            told = canaries_in(answer.text) - may - canaries_in(unquote(asked))
            if wrong := sorted(word for word in told if not any(each.startswith(word) for each in may)):
                found.append(f"{asked} tells {person.key} {wrong}")
        return found

    def missing(self, person: Person, pages: Answers) -> list[str]:
        """Give the records that somebody may read and whose title no page tells."""
        told = canaries_in("\n".join(page.text for page in pages.values()))
        return [
            name
            for name, chain in self._chains.items()
            for revision in readable(person, chain)[-1:]
            if not canaries_in(_title(revision.body)) <= told
        ]

    def silences(self, person: Person, answers: Answers) -> list[str]:
        """Give the words of records as they stand that somebody may be told, and that no answer tells."""
        told = canaries_in("\n".join(answer.text for answer in answers.values()))
        found = []
        for name, chain in self._chains.items():
            for revision in readable(person, chain)[-1:]:
                missing = words_of(person, revision, chain, self._chains) - told
                found += [f"{name}: {word}" for word in sorted(missing)]
        return found


def _title(body: Body | None) -> str:
    record = body.body if isinstance(body, Submission) else body
    return record.title if isinstance(record, Record | Concept) else ""
