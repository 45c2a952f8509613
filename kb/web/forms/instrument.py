"""The form of an instrument."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields import Field
from wtforms.validators import InputRequired, Length, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from kb.domain.concept import Scheme
from kb.domain.instrument import Force, Instrument, Need, Users
from kb.domain.text import LINE_LENGTH, PROSE_LENGTH
from kb.services.vocabulary import Vocabulary
from kb.web.country import country_name
from kb.web.forms.base import choices
from kb.web.forms.lines import (
    Lines,
    joined,
    limit_of,
    line_of_source,
    participation_of,
    requirement_of,
    text_of,
)
from kb.web.forms.reference import ReferenceForm, common_given, offer
from kb.web.words import WORDS

PROSE = ("who_may_ask", "gives", "conditions", "participation_note")
REQUIREMENTS, LIMITS, TABLE = Lines(requirement_of), Lines(limit_of), Lines(participation_of)


def _each_once(_form: object, field: Field) -> None:
    countries = [each.country for each in TABLE.all(field.data)]
    if twice := next((each for each in countries if countries.count(each) > 1), None):
        raise ValidationError(_("%(country)s stands there twice.", country=country_name(twice)))


class Boxes(SelectMultipleField):
    """Several of a short list, each with a box of its own."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class InstrumentForm(ReferenceForm):
    """The words of an instrument."""

    force = SelectField(_l("Is it in force?"))
    force_note = StringField(_l("Since when, or what is missing yet"), validators=[Length(max=LINE_LENGTH)])
    needs = Boxes(_l("What need it serves"))
    users = Boxes(_l("Who may use it without asking another authority to"))
    gives = TextAreaField(
        _l("What it gives"),
        validators=[InputRequired(_l("Say in a few sentences what it gives.")), Length(max=PROSE_LENGTH)],
    )
    who_may_ask = TextAreaField(_l("Who may ask, and how"), validators=[Length(max=PROSE_LENGTH)])
    requirements = TextAreaField(
        _l("What a request must say"),
        description=_l("One a line; after a bar, where that is written: The authority | Article 29(2)(a)"),
        validators=[REQUIREMENTS],
    )
    conditions = TextAreaField(_l("What else must hold, or need not"), validators=[Length(max=PROSE_LENGTH)])
    time_limits = TextAreaField(
        _l("Time limits"),
        description=_l("One a line: what | how long | where that is written"),
        validators=[LIMITS],
    )
    difficulties = SelectMultipleField(_l("Difficulties that it helps with"))
    participation = TextAreaField(
        _l("Which countries"),
        description=_l(
            "One a line: country | party, signed, not-bound or unknown | since | note | source with address and day"
        ),
        validators=[TABLE, _each_once],
    )
    participation_note = TextAreaField(
        _l("What the table leaves open, and where the full list is kept"),
        validators=[Length(max=PROSE_LENGTH)],
    )

    def __init__(
        self, instrument: Instrument, vocabulary: Vocabulary, spoken: str, revision: int = 0
    ) -> None:
        super().__init__(revision=revision, **_given(instrument))
        for field, kind in ((self.force, Force), (self.needs, Need), (self.users, Users)):
            field.choices = choices(WORDS[kind].items())
        offer(self.difficulties, vocabulary, Scheme.DIFFICULTY, spoken)

    @property
    def words(self) -> Instrument:
        """Give what was typed; the checks of the fields have passed."""
        typed: dict[str, object] = {name: self[name].data or "" for name in (*PROSE, "force_note")}
        return Instrument.model_validate(
            typed
            | self.common
            | {
                "force": self.force.data,
                "needs": tuple(self.needs.data or ()),
                "users": tuple(self.users.data or ()),
                "difficulties": tuple(self.difficulties.data or ()),
                "requirements": REQUIREMENTS.all(self.requirements.data),
                "time_limits": LIMITS.all(self.time_limits.data),
                "participation": TABLE.all(self.participation.data),
            }
        )


def _given(instrument: Instrument) -> dict[str, object]:
    return {
        **common_given(instrument),
        **{name: getattr(instrument, name) for name in (*PROSE, "force_note")},
        "force": instrument.force.value,
        "needs": [each.value for each in instrument.needs],
        "users": [each.value for each in instrument.users],
        "difficulties": list(instrument.difficulties),
        "requirements": text_of(joined(each.text, each.provision) for each in instrument.requirements),
        "time_limits": text_of(
            joined(each.what, each.limit, each.provision) for each in instrument.time_limits
        ),
        "participation": text_of(
            joined(each.country, each.standing, each.since, each.note, line_of_source(each.source))
            for each in instrument.participation
        ),
    }
