"""Where a person was going when they were asked who they are.

Signing in may take two steps, and a form may have been interrupted by it. The pages of these steps carry everything on
themselves: the server keeps no typed word of somebody who has not proved to be anybody yet.
"""

from __future__ import annotations

from typing import NamedTuple

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kb.web.bounded import UPLOADS
from kb.web.security import from_own_page, local_path

KEPT = "kept."
"""Begins the names under which the fields of an interrupted form are carried."""
SECRETS = ("password", "csrf_token", "one_time_code", "recovery_code", "secret")
"""Fields whose content is never written back into a page."""

STEPS = frozenset({"account.code", "account.set_up", "account.sign_in", "account.sign_out"})
"""Endpoints that are on the way themselves: nobody wants to go there."""


class Onward(NamedTuple):
    """An address on this site, to be opened, or to be sent the fields of the form that was interrupted."""

    address: str
    sends: bool = False
    kept: tuple[tuple[str, str], ...] = ()

    @property
    def wanted(self) -> str | None:
        """Give the address for a link to sign-in; nothing for the first page, where one comes to anyway."""
        return self.address if self.address != "/" else None

    def go(self) -> ResponseReturnValue:
        """Open the address; a form is shown ready to be sent, because sending is the person's own act."""
        return render_template("errors/resend.html", onward=self) if self.sends else redirect(self.address)


def carried() -> Onward:
    """Give what a page of signing in carries on."""
    kept = tuple(
        (name.removeprefix(KEPT), value)
        for name, value in request.form.items(multi=True)
        if name.startswith(KEPT)
    )
    sends = "action" in request.form
    return Onward(local_path(request.values.get("action" if sends else "next")), sends, kept)


def interrupted() -> Onward:
    """Give what this request was about; typed words only where this site's own page sent them."""
    if request.endpoint in STEPS:
        return carried() if from_own_page() else carried()._replace(sends=False, kept=())
    if request.endpoint in UPLOADS:  # words travel through signing in, a file cannot
        return Onward(url_for(UPLOADS[request.endpoint], again="yes"))
    address = request.full_path.removesuffix("?") if request.path != "/" else "/"
    sends = request.method == "POST" and from_own_page()
    return Onward(address, sends, kept_fields() if sends else ())


def kept_fields() -> tuple[tuple[str, str], ...]:
    """Give what a person typed into the form just sent, but for secrets."""
    return tuple(
        (name, value)
        for name, value in request.form.items(multi=True)
        if not any(secret in name.lower() for secret in SECRETS)
    )
