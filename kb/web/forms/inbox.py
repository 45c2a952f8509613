"""Forms of the inbox: reading a notice, and what is mailed."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectMultipleField
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from kb.domain.notice import MailMode, Told, Wishes
from kb.web.forms.base import Form, choices
from kb.web.words import WORDS


class ReadForm(Form):
    """Says which notice was read, by its key."""

    notice = HiddenField()


class WishesForm(Form):
    """How somebody wishes to be told; ticked is what is mailed."""

    mail = RadioField(
        _l("By e-mail"), [InputRequired(_l("Choose one."))], choices=choices(WORDS[MailMode].items())
    )
    acts = SelectMultipleField(
        _l("What is mailed"),
        choices=choices(WORDS[Told].items()),
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )

    def __init__(self, wishes: Wishes) -> None:
        mailed = [act.value for act in Told if act not in wishes.unmailed]
        super().__init__(mail=wishes.mail.value, acts=mailed)

    @property
    def wishes(self) -> Wishes:
        """Give what was chosen."""
        mailed = set(self.acts.data or ())
        return Wishes(
            mail=MailMode(self.mail.data), unmailed=frozenset(act for act in Told if act not in mailed)
        )
