"""Forms of the register: the words of a practice, its steps, its marking, and "I applied this"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields import Field
from wtforms.validators import InputRequired, Length, Optional, Regexp, ValidationError

from kb.domain.account import Account
from kb.domain.application import Application
from kb.domain.concept import Scheme
from kb.domain.identifier import is_unit
from kb.domain.lesson import Outcome
from kb.domain.marking import Audience, Marking
from kb.domain.practice import HEADING_LENGTH, MOST_LESSONS, Practice, PracticeLabel
from kb.domain.record import Source
from kb.domain.text import LINE_LENGTH, PROSE_LENGTH
from kb.services.applications import Told
from kb.services.persons import Person
from kb.services.vocabulary import Vocabulary
from kb.web.forms.base import choices
from kb.web.forms.choices import language_choices
from kb.web.forms.curation import CurationForm
from kb.web.forms.marking import AudienceFields, audience_given
from kb.web.words import WORDS

HEADINGS = ("effect", "mechanism", "context", "implementation", "economics")
"""The five of EMMIE, in its order."""
MOST_SOURCES = 20
_ADDRESS = re.compile(r"https?://[^\s<>\"']{1,490}")
_LESSON = re.compile(r"(?:\S*/cases/)?([^/\s]+)/(?:lessons/)?([^/\s?#]+)\S*")
MARKINGS = {
    Marking.GREEN: _l("TLP:GREEN, every officer"),
    Marking.AMBER: _l("TLP:AMBER, officers of your country and of those that may read what you applied"),
    Marking.AMBER_STRICT: _l("TLP:AMBER+STRICT, your organisation only"),
    Marking.RED: _l("TLP:RED, the persons who may read what you applied"),
}


def _lines(text: str | None) -> Iterator[str]:
    return (line.strip() for line in (text or "").splitlines() if line.strip())


def _unit(line: str) -> str:
    """Read a lesson's name from its name or address."""
    found = _LESSON.fullmatch(line)
    return f"{found[1]}/{found[2]}" if found else line


def _lessons(_form: object, field: Field) -> None:
    names = [_unit(line) for line in _lines(field.data)]
    if wrong := next((name for name in names if not is_unit(name)), None):
        raise ValidationError(
            _("“%(line)s” is no address of a lesson. Copy it from the lesson's own page.", line=wrong)
        )
    if len(set(names)) > MOST_LESSONS:
        raise ValidationError(_("Name at most %(most)s lessons.", most=MOST_LESSONS))


def _addresses(_form: object, field: Field) -> None:
    lines = list(_lines(field.data))
    if not all(_ADDRESS.search(line) and len(line) <= LINE_LENGTH for line in lines):
        raise ValidationError(
            _("Write one evaluation a line: its title, then its address, beginning with https://.")
        )
    if len(lines) > MOST_SOURCES:
        raise ValidationError(_("Name at most %(most)s evaluations.", most=MOST_SOURCES))


class PracticeForm(CurationForm):
    """The words of a practice, and what it rests on."""

    title = StringField(
        _l("Statement"),
        description=_l("In one sentence: what should others do?"),
        validators=[InputRequired(_l("Say in one sentence what others should do.")), Length(max=LINE_LENGTH)],
    )
    how_to = TextAreaField(
        _l("How to do it"),
        validators=[
            InputRequired(_l("Say how it is done, so that a colleague can do it.")),
            Length(max=PROSE_LENGTH),
        ],
    )
    label = RadioField(_l("How it did"))
    rests_on = TextAreaField(
        _l("Lessons that it rests on"),
        description=_l("One a line: the address of the lesson's page."),
        validators=[InputRequired(_l("Name at least one lesson that it rests on.")), _lessons],
    )
    contradicted_by = TextAreaField(
        _l("Lessons that contradict it"),
        description=_l("One a line. What failed elsewhere is shown as prominently as what worked."),
        validators=[Optional(), _lessons],
    )
    effect = TextAreaField(
        _l("Effect"),
        description=_l("What did it change, and by how much?"),
        validators=[Length(max=HEADING_LENGTH)],
    )
    mechanism = TextAreaField(
        _l("Mechanism"), description=_l("Why does it work?"), validators=[Length(max=HEADING_LENGTH)]
    )
    context = TextAreaField(
        _l("Context"),
        description=_l("Where does it work better, where worse?"),
        validators=[Length(max=HEADING_LENGTH)],
    )
    implementation = TextAreaField(
        _l("Implementation"),
        description=_l("What does it take to do it?"),
        validators=[Length(max=HEADING_LENGTH)],
    )
    economics = TextAreaField(
        _l("Economics"),
        description=_l("What does it cost, what does it save?"),
        validators=[Length(max=HEADING_LENGTH)],
    )
    evaluations = TextAreaField(
        _l("Outside evaluations"),
        description=_l("One a line: title and address. Only where somebody else looked whether it works."),
        validators=[Optional(), _addresses],
    )
    difficulties = SelectMultipleField(_l("Difficulties that it helps with"))
    tags = SelectMultipleField(_l("Tags"))
    language = SelectField(_l("Language"))
    review_by = DateField(_l("Review by"), validators=[Optional()])

    def __init__(self, vocabulary: Vocabulary, spoken: str, **given: Any) -> None:
        super().__init__(**given)
        self.label.choices = choices(WORDS[PracticeLabel].items())
        self.language.choices = choices(language_choices(self.language.data or "en"))
        for field, scheme in ((self.difficulties, Scheme.DIFFICULTY), (self.tags, Scheme.TAG)):
            offered = {each.key: each.label(spoken) for each in vocabulary.choices(scheme, spoken)}
            kept = {key: vocabulary.label(scheme, key, spoken) for key in field.data or ()}
            field.choices = choices((kept | offered).items())

    @property
    def words(self) -> Practice:
        """Give what was typed; the checks of the fields have passed."""
        typed = {name: self[name].data or "" for name in ("title", "how_to", "label", "language", *HEADINGS)}
        read = {
            "rests_on": tuple(dict.fromkeys(map(_unit, _lines(self.rests_on.data)))),
            "contradicted_by": tuple(dict.fromkeys(map(_unit, _lines(self.contradicted_by.data)))),
            "evaluations": tuple(map(_evaluation, _lines(self.evaluations.data))),
            "difficulties": tuple(self.difficulties.data or ()),
            "tags": tuple(self.tags.data or ()),
            "review_by": self.review_by.data,
        }
        return Practice.model_validate(typed | read)


class ProposalForm(AudienceFields, PracticeForm):
    """Proposes a practice: its words, and whom it reaches."""

    def __init__(
        self, begun: Practice, vocabulary: Vocabulary, account: Account, people: tuple[Person, ...]
    ) -> None:
        given = words_given(begun) | audience_given(begun.audience)
        super().__init__(vocabulary, account.language, **given)
        self.offer(account, people)

    @property
    def proposed(self) -> Practice:
        """Give the practice with the audience that was chosen."""
        return self.words.model_copy(update={"audience": self.audience})


class PracticeEditForm(PracticeForm):
    """Changes the words of a practice."""

    note = StringField(_l("What did you change?"), validators=[Length(max=LINE_LENGTH)])


class PracticeStepForm(CurationForm):
    """Endorses a practice, or takes back what one applied."""


class ApplicationForm(CurationForm):
    """Says that one applied something."""

    outcome = RadioField(
        _l("How did it go?"),
        choices=choices(WORDS[Outcome].items()),
        validators=[InputRequired(_l("Say how it went."))],
    )
    month = StringField(
        _l("In which month?"),
        description=_l("Year and month, such as 2026-09; never a day."),
        validators=[
            Regexp(r"^(19|20)\d{2}-(0[1-9]|1[0-2])$", message=_l("Write it as 2026-09; never a day."))
        ],
    )
    note = TextAreaField(
        _l("What should others know?"),
        description=_l(
            "A few sentences: what helped, what was different. No persons, addresses or numbers of files."
        ),
        validators=[Length(max=PROSE_LENGTH)],
    )
    marking = SelectField(_l("Who may read this?"))
    chatham_house = BooleanField(_l("Chatham House: withhold from outsiders that it was your organisation"))

    def __init__(self, offered: tuple[Marking, ...], **given: Any) -> None:
        super().__init__(**{"marking": offered[0].value, **given})
        self.marking.choices = choices((each.value, MARKINGS[each]) for each in offered)

    @property
    def told(self) -> Told:
        """Give what was told."""
        return Told(
            outcome=Outcome(self.outcome.data),
            month=self.month.data or "",
            note=self.note.data or "",
            marking=Marking(self.marking.data),
            chatham_house=bool(self.chatham_house.data),
        )


def words_given(practice: Practice) -> dict[str, object]:
    """Give what the fields of a form begin with that shows a practice."""
    return {
        **{name: getattr(practice, name) for name in ("title", "how_to", "language", "review_by", *HEADINGS)},
        "label": practice.label.value,
        "rests_on": "\n".join(practice.rests_on),
        "contradicted_by": "\n".join(practice.contradicted_by),
        "evaluations": "\n".join(f"{each.title} {each.url or ''}".strip() for each in practice.evaluations),
        "difficulties": list(practice.difficulties),
        "tags": list(practice.tags),
    }


def told_given(application: Application) -> dict[str, object]:
    """Give what the fields of a form begin with that shows an application."""
    audience: Audience = application.audience
    return {
        "outcome": application.outcome.value,
        "month": application.month,
        "note": application.note,
        "marking": audience.marking.value,
        "chatham_house": audience.chatham_house,
    }


def _evaluation(line: str) -> Source:
    found = _ADDRESS.search(line)
    address = found[0] if found else ""
    return Source(
        title=line.replace(address, "").strip(" ,;:-–") or address[:LINE_LENGTH], url=address or None
    )
