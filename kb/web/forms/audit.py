"""The form over the audit log: what is asked of it stands in the address, as with every search."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import DateField, Field, SelectField, StringField
from wtforms.validators import Optional

from kb.domain.audit import ActionGroup, Result
from kb.services.audit import AuditQuestion
from kb.web.forms.base import Form, choices

GROUPS = {
    ActionGroup.RECORDS: _l("Records saved or purged"),
    ActionGroup.ENTRANCE: _l("Signing in and out"),
    ActionGroup.ACCOUNTS: _l("Accounts and organisations"),
    ActionGroup.COPIES: _l("Imports, exports and feeds"),
    ActionGroup.SEARCHES: _l("Searches in vain"),
    ActionGroup.REFUSALS: _l("Refused writes"),
    ActionGroup.LOG: _l("The log itself"),
}
RESULTS = {Result.DONE: _l("Done"), Result.REFUSED: _l("Refused")}
assert set(GROUPS) == set(ActionGroup)
assert set(RESULTS) == set(Result)

_LONGEST_NUMBER = 15


class AuditForm(Form):
    """Which lines are wanted; what cannot be read is told at its field, and the rest still counts."""

    class Meta:
        """Asking changes nothing, so nothing need prove that this site's own page asked."""

        csrf = False

    group = SelectField(_l("What"), choices=choices([("", _l("Everything")), *GROUPS.items()]), default="")
    result = SelectField(_l("Result"), choices=choices([("", _l("Any")), *RESULTS.items()]), default="")
    account = StringField(
        _l("Account"),
        description=_l("E-mail address or id."),
        filters=[lambda text: (text or "").strip()],
        render_kw={"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"},
    )
    subject = StringField(
        _l("Record"),
        description=_l("Its id, as in its address."),
        filters=[lambda text: (text or "").strip()],
        render_kw={"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"},
    )
    since = DateField(_l("From"), [Optional()])
    until = DateField(_l("To"), [Optional()])

    def question(self, before: str, after: str) -> AuditQuestion:
        """Give what is asked for, beside the line of one of these numbers where it is one."""
        self.validate()
        sound = {field.name: _sound(field) for field in self}
        return AuditQuestion(
            group=sound["group"] or None,
            result=sound["result"] or None,
            account=sound["account"] or "",
            subject=sound["subject"] or "",
            since=sound["since"],
            until=sound["until"],
            before=_number(before),
            after=_number(after),
        )

    @property
    def narrowed(self) -> dict[str, str]:
        """Give what was filled in, for the address of the next page."""
        return {field.name: str(_sound(field)) for field in self if _sound(field)}


def _sound(field: Field) -> Any:
    return None if field.errors else field.data


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _LONGEST_NUMBER else None
