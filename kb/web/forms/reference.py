"""Forms over reference records: what all of them say, and the steps that a coordinator takes with one."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import DateField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from kb.domain.concept import Scheme
from kb.domain.reference import Reference
from kb.domain.text import LINE_LENGTH
from kb.services.vocabulary import Vocabulary
from kb.web.forms.base import choices
from kb.web.forms.choices import language_choices
from kb.web.forms.curation import CurationForm
from kb.web.forms.lines import Lines, line_of_source, source_of, text_of

SOURCES = Lines(source_of)


class ReferenceForm(CurationForm):
    """What every reference record says of itself."""

    title = StringField(
        _l("Name"),
        validators=[
            InputRequired(_l("Give it the name by which others know it.")),
            Length(max=LINE_LENGTH),
        ],
    )
    language = SelectField(_l("Language of this text"))
    sources = TextAreaField(
        _l("Public sources"),
        description=_l("One a line: title, address, and the day on which you looked, such as 2026-11-22."),
        validators=[InputRequired(_l("Name at least one public source, with its address.")), SOURCES],
    )
    as_of = DateField(
        _l("As of"), validators=[InputRequired(_l("Give the day on which the sources said so."))]
    )
    review_by = DateField(
        _l("Look at it again by"),
        description=_l("Left empty, it is a year from today."),
        validators=[Optional()],
    )
    note = StringField(_l("What did you change?"), validators=[Length(max=LINE_LENGTH)])

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.language.choices = choices(language_choices(self.language.data or "en"))

    @property
    def common(self) -> dict[str, object]:
        """Give what was typed into these fields; their checks have passed."""
        return {
            "title": self.title.data or "",
            "language": self.language.data,
            "sources": SOURCES.all(self.sources.data),
            "as_of": self.as_of.data,
            "review_by": self.review_by.data,
        }


class ConfirmForm(CurationForm):
    """Says that a record was looked at today and is still true."""

    review_by = DateField(_l("Look at it again by"), validators=[Optional()])


def common_given(record: Reference) -> dict[str, object]:
    """Give what the fields of a form begin with that shows a record."""
    return {
        "title": record.title,
        "language": record.language,
        "sources": text_of(map(line_of_source, record.sources)),
        "as_of": record.as_of,
        "review_by": record.review_by,
    }


def offer(field: SelectMultipleField, vocabulary: Vocabulary, scheme: Scheme, spoken: str) -> None:
    """Let a field offer the concepts of a scheme, beside those of an old record that are offered no more."""
    offered = {each.key: each.label(spoken) for each in vocabulary.choices(scheme, spoken)}
    kept = {key: vocabulary.label(scheme, key, spoken) for key in field.data or ()}
    field.choices = choices((kept | offered).items())
