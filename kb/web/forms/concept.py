"""Forms of the coordinators over concepts."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import HiddenInput

from kb.domain.concept import Concept
from kb.domain.errors import StaleRevision
from kb.domain.text import LINE_LENGTH, PROSE_LENGTH
from kb.web.forms.base import STATUS_OF, Form

MOST_SYNONYMS = 4_000


class CurationForm(Form):
    """A step on a concept; `revision` is the one that the page was shown with."""

    revision = IntegerField(default=0, widget=HiddenInput())

    def bring_up(self, revision: int) -> None:
        """After a refusal because somebody was faster, let the next try stand on what is shown beside it now."""
        if self.stale:
            self.revision.data, self.revision.raw_data = revision, None

    @property
    def stale(self) -> bool:
        """Say whether somebody saved meanwhile."""
        return self.status == STATUS_OF[StaleRevision]


class ConceptForm(CurationForm):
    """The English words of a concept."""

    label = StringField(
        _l("Preferred label"), validators=[InputRequired(_l("Give the tag a name.")), Length(max=LINE_LENGTH)]
    )
    synonyms = TextAreaField(_l("Synonyms, one per line"), validators=[Length(max=MOST_SYNONYMS)])
    definition = TextAreaField(_l("Definition"), validators=[Length(max=PROSE_LENGTH)])

    @classmethod
    def of(cls, concept: Concept, revision: int) -> ConceptForm:
        """Give the form that shows a concept as it stands."""
        return cls(
            label=concept.label(),
            synonyms="\n".join(synonyms_of(concept)),
            definition=concept.definition,
            revision=revision,
        )

    @property
    def words(self) -> tuple[str, ...]:
        """Give the synonyms as they were typed, one per line."""
        return tuple(line.strip() for line in (self.synonyms.data or "").splitlines() if line.strip())


class ConceptReasonForm(CurationForm):
    """Retires a concept."""

    reason = StringField(
        _l("Reason"),
        validators=[
            InputRequired(_l("Say why it is retired, so that others do not bring it back.")),
            Length(max=LINE_LENGTH),
        ],
    )


class ConceptStepForm(CurationForm):
    """Reinstates a concept."""


def synonyms_of(concept: Concept) -> tuple[str, ...]:
    """Give the English synonyms."""
    return next((labels.alternative for labels in concept.labels if labels.language == "en"), ())
