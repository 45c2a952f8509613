"""The language of pages is settled once for each request, and for each request anew."""

from __future__ import annotations

from flask import Flask, g
from flask_babel import Babel, gettext, lazy_gettext

from kb.web.speaking import Words


class Counted(Words):
    """Counts for how many requests a catalogue was looked up."""

    def __init__(self) -> None:
        super().__init__()
        self.lookups = 0

    def get_translations_cache(self, ctx: object) -> object:
        self.lookups += 1
        return super().get_translations_cache(ctx)


def test_all_words_of_a_request_take_one_look_at_the_catalogues_and_the_next_request_another() -> None:
    app, words = Flask(__name__), Counted()
    asked = iter(("en", "de"))
    Babel(app, locale_selector=lambda: next(asked)).domain_instance = words
    page = app.jinja_env.from_string("{{ _('Search') }} {{ _('%(name)s’s cases', name='Ana') }} {{ label }}")

    for number in (1, 2):
        with app.test_request_context():
            assert gettext("Saved") == "Saved"
            assert page.render(label=lazy_gettext("Help")) == "Search Ana’s cases Help"
            assert g.translations is words.get_translations()
        assert words.lookups == number


def test_outside_of_a_request_words_stay_as_they_are() -> None:
    assert gettext("Saved") == "Saved"
    assert Words().get_translations().ugettext("Saved") == "Saved"
