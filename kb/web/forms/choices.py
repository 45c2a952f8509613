"""What the form of a case offers to choose from, for one person. What an old case holds and nobody offers any more is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from flask_babel import gettext as _

from kb.domain.concept import Concept, Scheme
from kb.domain.entry import Entry
from kb.services.persons import Person
from kb.services.vocabulary import Vocabulary
from kb.web.country import country_choices
from kb.web.presenting import language_name

LANGUAGES = (
    "az", "be", "bg", "bs", "ca", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "ga", "hr", "hu", "hy",
    "is", "it", "ka", "kk", "ky", "lb", "lt", "lv", "mk", "mn", "mt", "nb", "nl", "pl", "pt", "ro", "ru", "sk",
    "sl", "sq", "sr", "sv", "tg", "tk", "tr", "uk", "uz",
)  # fmt: skip
"""The state languages of the participating States."""


def language_choices(*also: str) -> list[tuple[str, str]]:
    """Give (code, name) of each language, by name in the reader's own, with those of older records that are not among them."""
    named = ((code, language_name(code)) for code in dict.fromkeys((*LANGUAGES, *also)))
    return sorted(named, key=lambda each: each[1])


class Choice(NamedTuple):
    """Something to choose: `words` are synonyms by which it is found as well."""

    value: str
    label: str
    words: str = ""


class ChoiceGroup(NamedTuple):
    """Choices under a heading; the heading may be empty."""

    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Choices:
    """Everything to choose from."""

    vocabulary: Vocabulary
    language: str
    events: Sequence[Entry]
    persons: Sequence[Person]

    def concepts(self, scheme: str, chosen: Sequence[str] = ()) -> tuple[ChoiceGroup, ...]:
        """Give a scheme's concepts by group, and at the end those that were chosen and are offered no more."""
        wanted = Scheme(scheme)
        known = {each.key: each for each in self.vocabulary.thesaurus.standing if each.scheme is wanted}
        groups = tuple(
            ChoiceGroup(
                head.label(self.language) if head else "",
                tuple(self._choice(concept, known[concept.key]) for concept in concepts),
            )
            for head, concepts in self.vocabulary.grouped(wanted, self.language)
        )
        offered = {choice.value for group in groups for choice in group.choices}
        kept = tuple(
            Choice(key, self.vocabulary.label(wanted, key, self.language))
            for key in chosen
            if key not in offered
        )
        return (*groups, ChoiceGroup(_("Kept from before"), kept)) if kept else groups

    def label(self, scheme: str, key: str) -> str:
        """Give the label of a concept."""
        return self.vocabulary.label(Scheme(scheme), key, self.language)

    def event_choices(self, chosen: str) -> tuple[Choice, ...]:
        """Give the events, and the chosen one even where it cannot be listed."""
        listed = tuple(Choice(event.id, event.title) for event in self.events)
        known = {choice.value for choice in listed}
        return (
            listed
            if not chosen or chosen in known
            else (*listed, Choice(chosen, _("an event that is not shown to you")))
        )

    def languages(self, chosen: str) -> tuple[str, ...]:
        """Give the codes of languages, with the one of an old case that is not among them."""
        return LANGUAGES if not chosen or chosen in LANGUAGES else (*LANGUAGES, chosen)

    @property
    def countries(self) -> tuple[str, ...]:
        """Give the names that a field for countries suggests."""
        return tuple(name for _, name in country_choices())

    def _choice(self, concept: Concept, standing: Concept) -> Choice:
        """Give a choice that is found by the words of what was merged into it too."""
        words = [word for labels in standing.labels for word in (labels.preferred, *labels.alternative)]
        return Choice(concept.key, concept.label(self.language), " ".join(words))
