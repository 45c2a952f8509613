"""How the acts in the audit log read; what has no words here, or in those of the domain, is shown by its name."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from kb.domain.workflow import Action
from kb.web.words import WORDS

ACTS: dict[str, LazyString] = {
    **WORDS[Action],
    "sign-in": _l("Signed in"),
    "sign-in.refused": _l("Sign-in refused"),
    "sign-out": _l("Signed out"),
    "sign-in.awaits-code": _l("Password right, code awaited"),
    "sign-in.awaits-enrolment": _l("Password right, second factor to be set up"),
    "second-factor.proved": _l("Second factor proved"),
    "second-factor.refused": _l("Code refused"),
    "second-factor.recovery-code-used": _l("Recovery code used"),
    "second-factor.enrolled": _l("Second factor set up"),
    "second-factor.codes-renewed": _l("Recovery codes renewed"),
    "second-factor.removed": _l("Second factor removed"),
    "second-factor.reset": _l("Second factor reset"),
    "account.invited": _l("Account invited"),
    "account.link-made": _l("One-time link made"),
    "account.standing-changed": _l("Roles or organisation changed"),
    "password.set": _l("Password set by a link"),
    "password.changed": _l("Password changed"),
    "password.refused": _l("Password of today refused"),
    "account.disabled": _l("Account disabled"),
    "account.enabled": _l("Account enabled"),
    "account.sessions-ended": _l("Signed out everywhere"),
    "session.ended": _l("A session ended"),
    "session.others-ended": _l("All other sessions ended"),
    "account.demo": _l("Demo account made"),
    "organisation.renamed": _l("Organisation renamed"),
    "feed.made": _l("Feed made"),
    "feed.renewed": _l("Feed's address renewed"),
    "feed.revoked": _l("Feed revoked"),
    "export": _l("Exported"),
    "search-in-vain.dealt-with": _l("Search in vain dealt with"),
    "search-in-vain.forgotten": _l("Search in vain forgotten"),
    "refused": _l("Write refused"),
    "audit.exported": _l("Audit log exported"),
}


def act(action: str) -> str:
    """Give the words for an act."""
    return str(ACTS.get(action, action))
