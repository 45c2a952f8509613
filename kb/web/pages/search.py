"""Search: all of its state stands in the address."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from kb.domain.query import Scope, Sort
from kb.web import pending_search
from kb.web.current import current_account, services
from kb.web.facets import facet_lists
from kb.web.pages.home import EXAMPLES
from kb.web.searching import Addresses, chosen_filters, left_out, request_from

pages = Blueprint("search", __name__, url_prefix="/search")


@pages.get("")
def index() -> ResponseReturnValue:
    """Show what was found; while the index is rebuilt the error table says so, and other pages work."""
    account, asked = current_account(), request_from(request.args)
    found = services().search.find(account, asked)
    addresses = Addresses(asked.model_copy(update={"text": found.query.text}))
    pending_search.searched(asked.text, found=found.total > 0)
    return render_template(
        "search/index.html",
        asked=asked,
        found=found,
        answers=services().answers.beside(account, found.hits),
        addresses=addresses,
        ways_on=services().search.ways_on(account, asked) if not found.total else None,
        chosen=chosen_filters(asked),
        facets=facet_lists(found, addresses),
        scopes=tuple(Scope),
        sorts=tuple(Sort),
        examples=EXAMPLES,
        left_out=left_out,
        can_retag=services().retagging.is_offered(account),
    )
