"""The form of a country's legislation: one row for each question of the checklist, in its order."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import FieldList, FormField, HiddenField, SelectField, StringField, TextAreaField
from wtforms import Form as PlainForm
from wtforms.fields import Field
from wtforms.validators import Length, Optional, ValidationError

from kb.domain.jurisdiction import Answer, Jurisdiction, Reply
from kb.domain.text import LINE_LENGTH, PROSE_LENGTH
from kb.web.country import country_name
from kb.web.forms.base import choices
from kb.web.forms.lines import Lines, desk_of, joined, line_of_source, source_of, text_of
from kb.web.forms.reference import ReferenceForm, common_given
from kb.web.words import WORDS

DESKS, SOURCE = Lines(desk_of), Lines(source_of)


def _is_sourced(form: AnswerForm, field: Field) -> None:
    if form.reply.data == Reply.UNKNOWN:
        return
    if not field.data or SOURCE.one(field.data.strip()).as_of is None:
        raise ValidationError(
            _("Name the public source: its title, its address, and the day on which you looked.")
        )


class AnswerForm(PlainForm):
    """The answer to one question; unknown until somebody has looked."""

    question = HiddenField()
    reply = SelectField(_l("Answer"), choices=choices(WORDS[Reply].items()))
    note = StringField(_l("Provision, and what it leaves out"), validators=[Length(max=LINE_LENGTH)])
    source = StringField(_l("Source: title, address, day"), validators=[SOURCE, _is_sourced])

    @property
    def answer(self) -> Answer:
        """Give what was answered."""
        sources = SOURCE.all(self.source.data)
        return Answer(
            question=self.question.data or "",
            reply=Reply(self.reply.data),
            note=self.note.data or "",
            source=sources[0] if sources else None,
        )


class JurisdictionForm(ReferenceForm):
    """The answers and desks of a country."""

    answers = FieldList(FormField(AnswerForm), _l("The checklist"))
    desks = TextAreaField(
        _l("Desks"),
        description=_l(
            "One a line: central-authority, contact-point-24-7, national-unit or hotline | name of the desk | for "
            "what | source with address and day. Never a person, a telephone number or an address of mail."
        ),
        validators=[Optional(), DESKS],
    )
    summary = TextAreaField(
        _l("What one should know before reading the answers"), validators=[Length(max=PROSE_LENGTH)]
    )

    def __init__(self, law: Jurisdiction, questions: tuple[str, ...], revision: int = 0) -> None:
        self._country = law.country
        super().__init__(revision=revision, **_given(law, questions))

    @property
    def words(self) -> Jurisdiction:
        """Give what was typed; the checks of the fields have passed. What is unknown and has no note stays out."""
        answers = [each.form.answer for each in self.answers.entries]
        return Jurisdiction.model_validate(
            self.common
            | {
                "country": self._country,
                "summary": self.summary.data or "",
                "desks": DESKS.all(self.desks.data),
                "answers": tuple(each for each in answers if each != Answer(question=each.question)),
            }
        )


def _given(law: Jurisdiction, questions: tuple[str, ...]) -> dict[str, object]:
    return {
        **common_given(law),
        "title": country_name(law.country) if law.title == law.country else law.title,
        "summary": law.summary,
        "answers": [_row(each) for each in law.answered(questions)],
        "desks": text_of(
            joined(each.role, each.name, each.note, line_of_source(each.source)) for each in law.desks
        ),
    }


def _row(answer: Answer) -> dict[str, object]:
    return {
        "question": answer.question,
        "reply": answer.reply.value,
        "note": answer.note,
        "source": line_of_source(answer.source) if answer.source else "",
    }
