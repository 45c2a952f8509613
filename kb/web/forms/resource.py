"""The form of a resource."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, Regexp

from kb.domain.concept import Scheme
from kb.domain.resource import Cost, Resource, ResourceType
from kb.domain.text import LINE_LENGTH, PROSE_LENGTH
from kb.services.vocabulary import Vocabulary
from kb.web.forms.base import choices
from kb.web.forms.choices import language_choices
from kb.web.forms.reference import ReferenceForm, common_given, offer
from kb.web.words import WORDS

LINES = ("provider", "eligible", "summary")


class ResourceForm(ReferenceForm):
    """The words of a resource."""

    type = SelectField(_l("What it is"))
    provider = StringField(_l("Provider"), validators=[Length(max=LINE_LENGTH)])
    provider_type = SelectField(_l("Kind of provider"))
    cost = SelectField(_l("What the police pay"))
    eligible = StringField(
        _l("Who may have it"),
        description=_l("As its source says, such as: law enforcement agencies of Member States."),
        validators=[Length(max=LINE_LENGTH)],
    )
    languages = SelectMultipleField(_l("Languages in which it is offered"))
    difficulties = SelectMultipleField(_l("Difficulties that it helps with"))
    summary = TextAreaField(
        _l("What it is and does"),
        description=_l("A few sentences. Say nothing that the source does not say."),
        validators=[InputRequired(_l("Say in a few sentences what it is.")), Length(max=PROSE_LENGTH)],
    )
    link = StringField(
        _l("Where it is had, or asked for"),
        validators=[
            Optional(),
            Length(max=500),
            Regexp(r"^https?://[^\s<>\"']+$", message=_l("Write a public address, beginning with https://.")),
        ],
    )

    def __init__(self, resource: Resource, vocabulary: Vocabulary, spoken: str, revision: int = 0) -> None:
        super().__init__(revision=revision, **_given(resource))
        self.type.choices = choices(WORDS[ResourceType].items())
        self.cost.choices = choices(WORDS[Cost].items())
        self.languages.choices = choices(language_choices(*(self.languages.data or ())))
        offer(self.difficulties, vocabulary, Scheme.DIFFICULTY, spoken)
        partners = {each.key: each.label(spoken) for each in vocabulary.choices(Scheme.PARTNER, spoken)}
        chosen = self.provider_type.data or ""
        kept = {chosen: vocabulary.label(Scheme.PARTNER, chosen, spoken)} if chosen else {}
        self.provider_type.choices = choices({"": _l("Not stated"), **kept, **partners}.items())

    @property
    def words(self) -> Resource:
        """Give what was typed; the checks of the fields have passed."""
        typed: dict[str, object] = {name: self[name].data or "" for name in LINES}
        return Resource.model_validate(
            typed
            | self.common
            | {
                "type": self.type.data,
                "cost": self.cost.data,
                "provider_type": self.provider_type.data or None,
                "languages": tuple(self.languages.data or ()),
                "difficulties": tuple(self.difficulties.data or ()),
                "link": (self.link.data or "").strip() or None,
            }
        )


def _given(resource: Resource) -> dict[str, object]:
    return {
        **common_given(resource),
        **{name: getattr(resource, name) for name in LINES},
        "type": resource.type.value,
        "cost": resource.cost.value,
        "provider_type": resource.provider_type or "",
        "languages": list(resource.languages),
        "difficulties": list(resource.difficulties),
        "link": resource.link or "",
    }
