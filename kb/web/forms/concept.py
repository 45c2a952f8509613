"""Forms over concepts: of coordinators, and of whoever proposes one."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import lazy_gettext as _l
from wtforms import FieldList, FormField, StringField, TextAreaField
from wtforms import Form as PlainForm
from wtforms.validators import InputRequired, Length

from kb.domain.concept import Concept, Labels
from kb.domain.text import LINE_LENGTH, PROSE_LENGTH
from kb.services.concept_acts import Words
from kb.web.forms.curation import CurationForm
from kb.web.forms.profile import LANGUAGES

MOST_SYNONYMS = 4_000
OTHER_LANGUAGES = tuple(code for code in LANGUAGES if code != "en")


class WordsForm(CurationForm):
    """The English words of a concept."""

    label = StringField(
        _l("Preferred label"), validators=[InputRequired(_l("Give the tag a name.")), Length(max=LINE_LENGTH)]
    )
    synonyms = TextAreaField(_l("Synonyms, one per line"), validators=[Length(max=MOST_SYNONYMS)])
    definition = TextAreaField(_l("Definition"), validators=[Length(max=PROSE_LENGTH)])

    @property
    def english(self) -> Words:
        """Give what was typed, the synonyms from one line each."""
        return Words(
            label=self.label.data or "",
            synonyms=_lines(self.synonyms.data),
            definition=self.definition.data or "",
        )


class Translation(PlainForm):
    """The words of a concept in one more language."""

    preferred = StringField(_l("Preferred label"), validators=[Length(max=LINE_LENGTH)])
    synonyms = TextAreaField(_l("Synonyms, one per line"), validators=[Length(max=MOST_SYNONYMS)])


class ConceptForm(WordsForm):
    """The words of a concept in all languages, in the order of OTHER_LANGUAGES, and why they are changed."""

    reason = StringField(_l("Reason"), validators=[Length(max=LINE_LENGTH)])
    translations = FieldList(
        FormField(Translation), min_entries=len(OTHER_LANGUAGES), max_entries=len(OTHER_LANGUAGES)
    )

    @classmethod
    def of(cls, concept: Concept, revision: int) -> ConceptForm:
        """Give the form that shows a concept as it stands."""
        known = {labels.language: labels for labels in concept.labels}
        return cls(
            label=concept.label(),
            synonyms="\n".join(synonyms_of(concept)),
            definition=concept.definition,
            revision=revision,
            translations=[
                {"preferred": labels.preferred, "synonyms": "\n".join(labels.alternative)}
                if (labels := known.get(language))
                else {}
                for language in OTHER_LANGUAGES
            ],
        )

    @property
    def others(self) -> Iterator[Labels]:
        """Give the labels in the other languages as they were typed, empty ones too."""
        for language, each in zip(OTHER_LANGUAGES, self.translations, strict=True):
            yield Labels(
                language=language,
                preferred=each.preferred.data or "",
                alternative=_lines(each.synonyms.data),
            )


class ConceptReasonForm(CurationForm):
    """A step that needs a reason; the service says what for."""

    reason = StringField(_l("Reason"), validators=[Length(max=LINE_LENGTH)])


class MergeForm(ConceptReasonForm):
    """Merges a concept into another."""

    into = StringField(_l("Into which one"))


class PlaceForm(ConceptReasonForm):
    """Puts a concept under another one, or under none."""

    broader = StringField(_l("Under which one"))


def synonyms_of(concept: Concept) -> tuple[str, ...]:
    """Give the English synonyms."""
    return next((labels.alternative for labels in concept.labels if labels.language == "en"), ())


def _lines(text: str | None) -> tuple[str, ...]:
    return tuple(line.strip() for line in (text or "").splitlines() if line.strip())
