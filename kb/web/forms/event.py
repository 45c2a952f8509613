"""Forms of an event: its words, what is done to it, and whom it reaches."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    DateField,
    FieldList,
    FormField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms import Form as PlainForm
from wtforms.fields import Field
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from kb.domain.account import Account
from kb.domain.event import MOST_QUESTIONS, MOST_SESSIONS, Call, Event, Question, Session, Workshop
from kb.domain.event import EventForm as HeldAs
from kb.domain.text import LINE_LENGTH, PROSE_LENGTH
from kb.services.persons import Person
from kb.web.country import country_name
from kb.web.forms.base import choices
from kb.web.forms.choices import language_choices
from kb.web.forms.countries import country_code, split_countries
from kb.web.forms.curation import CurationForm
from kb.web.forms.marking import AudienceFields, audience_given
from kb.web.words import WORDS

SPARE_QUESTIONS, SPARE_SESSIONS = 2, 4
"""Empty rows at the end of a list: more come when these are filled and saved."""
_KEY = re.compile(r"[a-z][a-z0-9-]{0,39}")


def _countries(_form: object, field: Field) -> None:
    unknown = [part for part in split_countries(field.data or "") if country_code(part) is None]
    if unknown:
        raise ValidationError(
            _(
                "“%(text)s” is no country that we know. Write its name or its two-letter code, "
                "with commas between several.",
                text=unknown[0],
            )
        )


class QuestionRow(PlainForm):
    """A question; an empty one is left out."""

    key = HiddenField()
    text = StringField(_l("Question"), validators=[Length(max=LINE_LENGTH)])


class SessionRow(PlainForm):
    """A line of the programme; one without a title is left out."""

    key = HiddenField()
    title = StringField(_l("Title"), validators=[Length(max=LINE_LENGTH)])
    order = IntegerField(_l("Place in the programme"), validators=[Optional()])
    countries = StringField(
        _l("Countries that present"),
        description=_l("Names or codes, with commas between."),
        validators=[Length(max=LINE_LENGTH), _countries],
    )
    text = TextAreaField(_l("What it is about"), validators=[Length(max=PROSE_LENGTH)])


class EventForm(CurationForm):
    """The words of an event."""

    title = StringField(
        _l("Title"), validators=[InputRequired(_l("Give the event a title.")), Length(max=LINE_LENGTH)]
    )
    form = RadioField(_l("Form"), choices=choices(WORDS[HeldAs].items()), default=HeldAs.CONFERENCE.value)
    summary = TextAreaField(
        _l("What it is for"),
        description=_l("So that somebody can tell whether to come. No names of persons."),
        validators=[Length(max=PROSE_LENGTH)],
    )
    organiser = StringField(_l("Organiser"), validators=[Length(max=LINE_LENGTH)])
    place = StringField(_l("Place"), validators=[Length(max=LINE_LENGTH)])
    start = DateField(_l("First day"), validators=[Optional()])
    end = DateField(_l("Last day"), validators=[Optional()])
    held = StringField(
        _l("When, in words"),
        description=_l("Only where no exact day is known, such as “autumn 2027”."),
        validators=[Length(max=LINE_LENGTH)],
    )
    participants = TextAreaField(
        _l("Who takes part"),
        description=_l("Kinds of units and organisations, never persons."),
        validators=[Length(max=PROSE_LENGTH)],
    )
    language = SelectField(_l("Language"), default="en")
    call_text = TextAreaField(
        _l("What you ask presenters for"),
        description=_l("Leave both empty, and there is no call."),
        validators=[Length(max=PROSE_LENGTH)],
    )
    call_deadline = DateField(_l("Until which day"), validators=[Optional()])
    workshop_opens = DateField(_l("The workshop opens on"), validators=[Optional()])
    workshop_closes = DateField(_l("It closes after"), validators=[Optional()])
    questions = FieldList(FormField(QuestionRow), max_entries=MOST_QUESTIONS)
    programme = FieldList(FormField(SessionRow), max_entries=MOST_SESSIONS)

    def __init__(self, event: Event, revision: int = 0, **given: Any) -> None:
        super().__init__(**{**_given(event), "revision": revision, **given})
        self.language.choices = choices(language_choices(event.language))
        if not self.is_submitted():
            for rows, spare, most in (
                (self.questions, SPARE_QUESTIONS, MOST_QUESTIONS),
                (self.programme, SPARE_SESSIONS, MOST_SESSIONS),
            ):
                for _row in range(min(spare, most - len(rows))):
                    rows.append_entry()

    def validate_end(self, field: Field) -> None:
        """Refuse an end before the start."""
        if field.data and self.start.data and field.data < self.start.data:
            raise ValidationError(_("The event ends before it starts."))

    def validate_call_text(self, field: Field) -> None:
        """Refuse a call without a deadline."""
        if (field.data or "").strip() and not self.call_deadline.data:
            raise ValidationError(_("Say until which day cases are asked for."))

    def validate_workshop_opens(self, _field: Field) -> None:
        """Refuse a period that never closes."""
        if not self.workshop_closes.data:
            raise ValidationError(_("Say after which day the workshop closes."))

    def validate_workshop_closes(self, field: Field) -> None:
        """Refuse a period that never opens, and one that runs backwards."""
        opens = self.workshop_opens.data
        if not opens:
            raise ValidationError(_("Say on which day the workshop opens."))
        if field.data < opens:
            raise ValidationError(_("The workshop closes before it opens."))

    @property
    def words(self) -> Event:
        """Give what was typed; the checks of the fields have passed. New rows bear keys that stand for none yet."""
        plain = ("title", "organiser", "place", "held", "summary", "participants", "form", "language")
        deadline = self.call_deadline.data
        opens, closes = self.workshop_opens.data, self.workshop_closes.data
        read = {
            "start": self.start.data,
            "end": self.end.data,
            "call": Call(text=self.call_text.data or "", deadline=deadline) if deadline else None,
            "workshop": Workshop(opens=opens, closes=closes) if opens and closes else None,
            "questions": tuple(self._questions()),
            "programme": tuple(self._programme()),
        }
        return Event.model_validate({name: self[name].data or "" for name in plain} | read)

    def _questions(self) -> Iterator[Question]:
        rows = [row.form for row in self.questions if (row.form.text.data or "").strip()]
        for key, row in zip(_keys("new-q", rows), rows, strict=True):
            yield Question(key=key, text=row.text.data or "")

    def _programme(self) -> Iterator[Session]:
        filled = (row.form for row in self.programme if (row.form.title.data or "").strip())
        rows = sorted(filled, key=lambda row: MOST_SESSIONS if row.order.data is None else row.order.data)
        for key, row in zip(_keys("new-s", rows), rows, strict=True):
            codes = map(country_code, split_countries(row.countries.data or ""))
            yield Session(
                key=key,
                title=row.title.data or "",
                text=row.text.data or "",
                countries=tuple(dict.fromkeys(filter(None, codes))),
            )


class EventEditForm(EventForm):
    """Changes the words of an event."""

    note = StringField(_l("What did you change?"), validators=[Length(max=LINE_LENGTH)])


class AnnouncementForm(AudienceFields, EventForm):
    """Announces an event: its words, and whom it reaches."""

    def __init__(self, event: Event, account: Account, people: tuple[Person, ...]) -> None:
        given: dict[str, Any] = audience_given(event.audience)
        super().__init__(event, **given)
        self.offer(account, people)

    @property
    def announced(self) -> Event:
        """Give the event with the audience that was chosen."""
        return self.words.model_copy(update={"audience": self.audience})


def _keys(prefix: str, rows: Iterable[PlainForm]) -> Iterator[str]:
    """Give the key of each row as it travelled hidden; what is none, or came before, stands for a new row."""
    seen: set[str] = set()
    for place, row in enumerate(rows):
        typed = row["key"].data or ""
        known = _KEY.fullmatch(typed) is not None and typed not in seen
        seen.add(typed)
        yield typed if known else f"{prefix}{place}"


def _given(event: Event) -> Mapping[str, object]:
    words = ("title", "organiser", "place", "held", "summary", "participants", "language", "start", "end")
    call, workshop = event.call, event.workshop
    return {
        **{name: getattr(event, name) for name in words},
        "form": event.form.value,
        "call_text": call.text if call else "",
        "call_deadline": call.deadline if call else None,
        "workshop_opens": workshop.opens if workshop else None,
        "workshop_closes": workshop.closes if workshop else None,
        "questions": [{"key": each.key, "text": each.text} for each in event.questions],
        "programme": [
            {
                "key": each.key,
                "title": each.title,
                "order": place,
                "text": each.text,
                "countries": ", ".join(map(country_name, each.countries)),
            }
            for place, each in enumerate(event.programme, start=1)
        ],
    }
