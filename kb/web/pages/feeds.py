"""Feeds of saved searches, for programs: the address alone says who asks, and no session is looked at or made."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale

from kb.web.atom import MIMETYPE, atom
from kb.web.current import forget_visitor, services
from kb.web.presenting import unit_address

pages = Blueprint("feeds", __name__, url_prefix="/feed")


@pages.get("")
def show() -> ResponseReturnValue:
    """Show a feed; its key stands in the query, which logs of proxies leave out where they are set up as the manual says."""
    forget_visitor()
    key = request.args.get("key", "")
    feed = services().feeds.answer(key)
    document = atom(
        feed,
        address=_full(url_for("feeds.show", key=key)),
        address_of=lambda entry: _full(unit_address(entry.id, entry.title)),
        language=str(get_locale()),
    )
    response = Response(document, mimetype=MIMETYPE)
    response.add_etag()
    return response.make_conditional(request)


def _full(path: str) -> str:
    return f"{current_app.config['KB_ADDRESS']}{path}"
