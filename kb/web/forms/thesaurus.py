"""A thesaurus on its way in: the file, then the plan that is confirmed.

Between the two the server keeps nothing: the file travels on the page, packed, and is read anew as the stranger's that it is.
"""

from __future__ import annotations

import base64
import binascii
import zlib

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage
from wtforms import HiddenField, SelectField, StringField
from wtforms.validators import Length

from kb.domain.concept import Scheme
from kb.domain.errors import Invalid, WrongState
from kb.domain.skos import MOST_BYTES
from kb.domain.text import LINE_LENGTH
from kb.domain.thesaurus_plan import ThesaurusPlan
from kb.web.forms.base import STATUS_OF, Form, choices
from kb.web.words import word

MOST_PACKED = 1_800_000
"""Characters of a packed file: with the rest of its form it stays below what any form may hold."""
TOO_LARGE = _l(
    "This file is too large to be looked over on a page. Import it at the command line: kb tags import."
)
DAMAGED = _l("The file did not come back whole. Choose it again.")


class ThesaurusFileForm(Form):
    """The file that a coordinator chose, and where concepts of others go."""

    file = FileField(_l("A thesaurus in Turtle"))
    into = SelectField(_l("Where concepts of other thesauri go"))

    def __init__(self, *given: object, **more: object) -> None:
        super().__init__(*given, **more)
        self.into.choices = choices((scheme.value, word(scheme)) for scheme in reversed(Scheme))

    @property
    def content(self) -> bytes:
        """Give the file's bytes; raises Invalid for more than a page can carry."""
        sent = self.file.data
        content = sent.read() if isinstance(sent, FileStorage) else b""
        if len(_packed(content)) > MOST_PACKED:
            raise Invalid(("file", str(TOO_LARGE)))
        return content

    @property
    def scheme(self) -> Scheme:
        """Give the vocabulary that was chosen."""
        return Scheme(self.into.data)


class ThesaurusPlanForm(Form):
    """Carries out the plan that was shown, with a reason."""

    packed = HiddenField()
    into = HiddenField()
    seen = HiddenField()
    reason = StringField(_l("Reason"), validators=[Length(max=LINE_LENGTH)])

    @classmethod
    def of(cls, content: bytes, scheme: Scheme, plan: ThesaurusPlan) -> ThesaurusPlanForm:
        """Give the form that stands below a plan."""
        return cls(formdata=None, packed=_packed(content), into=scheme.value, seen=plan.digest)

    @property
    def content(self) -> bytes:
        """Give the file again; raises Invalid for what is none, or unfolds to more than is ever read."""
        try:
            unpacking = zlib.decompressobj()
            content = unpacking.decompress(base64.urlsafe_b64decode(self.packed.data or ""), MOST_BYTES + 1)
        except (binascii.Error, ValueError, zlib.error) as damage:
            raise Invalid(("file", str(DAMAGED))) from damage
        return content

    @property
    def scheme(self) -> Scheme:
        """Give the vocabulary that was chosen; raises Invalid for none."""
        found = next((each for each in Scheme if each.value == self.into.data), None)
        if found is None:
            raise Invalid(("file", str(DAMAGED)))
        return found

    def bring_up(self, plan: ThesaurusPlan) -> None:
        """After a refusal because the plan is another one by now, let the next try stand on the one that is shown."""
        if self.status == STATUS_OF[WrongState]:
            self.seen.data, self.seen.raw_data = plan.digest, None


def _packed(content: bytes) -> str:
    return base64.urlsafe_b64encode(zlib.compress(content)).decode()
