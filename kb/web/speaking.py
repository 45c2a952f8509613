"""The language in which pages speak to whoever asks."""

from __future__ import annotations

from typing import cast

from babel.support import NullTranslations
from flask import Flask, g, has_app_context
from flask_babel import Babel, Domain

from kb.web.current import visitor

INTERFACE_LANGUAGES = frozenset({"en"})
"""The languages that pages themselves speak; labels of the vocabularies come in more."""


class Words(Domain):
    """Looks up the translations once a request: a page has a hundred words, and one language."""

    def get_translations(self) -> NullTranslations:
        """Give those of the request, or none outside of any."""
        found: NullTranslations | None = g.get("translations") if has_app_context() else None
        if found is None:
            found = cast("NullTranslations", super().get_translations())
            if has_app_context():
                g.translations = found
        return found


def speak(app: Flask) -> None:
    """Let the application speak the language of the account, where it has one."""
    Babel(app, locale_selector=_language).domain_instance = Words()


def _language() -> str:
    account = visitor()
    return account.language if account and account.language in INTERFACE_LANGUAGES else "en"
