"""The one table from errors to answers, as a page or, where the client asks for JSON, as problem details (RFC 9457).

Hidden and missing are one case here: the same page, word for word. What a person typed is never lost on the way: who
was signed out while writing gets a page that carries the typed words on to the next sign-in.
"""

from __future__ import annotations

from typing import NamedTuple

from flask import Flask, Response, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import (
    BadRequest,
    Gone,
    HTTPException,
    InternalServerError,
    MethodNotAllowed,
    RequestEntityTooLarge,
    SecurityError,
)
from werkzeug.exceptions import Forbidden as HttpForbidden
from werkzeug.exceptions import NotFound as HttpNotFound

from kb.domain import errors as core
from kb.web.bounded import UploadTooLarge
from kb.web.current import forget_visitor, request_number, visitor
from kb.web.forms.account import SignInForm
from kb.web.headers import say_when
from kb.web.onward import interrupted
from kb.web.refusals import note_refusal
from kb.web.security import SAFE_METHODS, SESSIONLESS, ForeignForm

PAGE = "errors/error.html"
PLAIN = "errors/plain.html"
"""A page that asks nobody anything, for when asking is what failed."""
RESEND = "errors/resend.html"
SIGN_IN = "account/sign_in.html"
PROBLEM = "application/problem+json"
JSON = frozenset({PROBLEM, "application/json"})

UNREAD = (RequestEntityTooLarge, ForeignForm)
"""Errors after which nothing of the form is shown: it was too large to be read, or came from who knows where."""


class Answer(NamedTuple):
    """How an error is answered. Without a sentence, the error's own text is shown: the core writes it for people."""

    status: int
    title: LazyString
    sentence: LazyString | None = None
    template: str = PAGE


_NOT_FOUND = Answer(
    404,
    _l("Nothing here"),
    _l("There is no such page for you. Check the address, or search for what you need."),
)

ANSWERS: dict[type[Exception], Answer] = {
    core.NotSignedIn: Answer(401, _l("Sign in to go on"), template=SIGN_IN),
    core.ProveAgain: Answer(401, _l("Show that it is you"), template=SIGN_IN),
    core.TooManyTries: Answer(429, _l("Too many tries")),
    core.Busy: Answer(503, _l("Busy just now")),
    core.NotFound: _NOT_FOUND,
    core.TooManyTries: Answer(429, _l("Tried too often")),
    core.Busy: Answer(503, _l("Busy at this moment")),
    core.Forbidden: Answer(403, _l("Not allowed")),
    core.Invalid: Answer(422, _l("That cannot be accepted")),
    core.WrongState: Answer(409, _l("Not possible now")),
    core.StaleRevision: Answer(409, _l("Somebody was faster")),
    core.NotCarriedOut: Answer(503, _l("Decided, but not published yet")),
    core.NotFollowed: Answer(503, _l("Saved, but not everywhere yet")),
    core.StoreFailure: Answer(503, _l("Nothing was saved")),
    core.Damaged: Answer(503, _l("This record cannot be read")),
    core.SearchUnavailable: Answer(503, _l("Search is being rebuilt")),
    core.KnowledgeBaseError: Answer(400, _l("That did not work")),
    HttpNotFound: _NOT_FOUND,
    HttpForbidden: Answer(403, _l("Not allowed"), _l("You may not do this.")),
    ForeignForm: Answer(403, _l("Sent from another site"), ForeignForm.description),
    CSRFError: Answer(
        400,
        _l("This page was open for too long"),
        _l("Nothing was done. What you typed is still here: look at it and send it again."),
        RESEND,
    ),
    BadRequest: Answer(
        400, _l("Not understood"), _l("The address or form holds something that does not belong there.")
    ),
    SecurityError: Answer(400, _l("Wrong address"), _l("This server does not go by that name."), PLAIN),
    MethodNotAllowed: Answer(405, _l("Not possible"), _l("That cannot be done with this page.")),
    Gone: Answer(410, _l("No longer here"), _l("What was here is gone.")),
    UploadTooLarge: Answer(
        413,
        _l("This file is too large"),
        _l(
            "A paper may weigh 10 MB, a thesaurus 8 MB. Take the images out of a paper, or compress them, then go back and "
            "choose it again: images are never taken over. Take a thesaurus in parts."
        ),
    ),
    RequestEntityTooLarge: Answer(
        413,
        _l("Too large"),
        _l(
            "That is more than one form may hold, so nothing was saved. Go back in your browser: what you typed still "
            "stands there. Shorten it, save one part at a time, or split it into two cases."
        ),
    ),
    InternalServerError: Answer(
        500,
        _l("Something went wrong"),
        _l(
            "The fault is ours, and it was noted. Try again; if it stays, tell your administrator the number below."
        ),
        PLAIN,
    ),
    HTTPException: Answer(400, _l("Not understood"), _l("The request could not be answered.")),
}


def handle_errors(app: Flask) -> None:
    """Answer everything that the core and Flask raise by the table."""
    app.register_error_handler(core.KnowledgeBaseError, _answer)
    app.register_error_handler(HTTPException, _answer)


def row_of(error: Exception) -> Answer:
    """Give the row of the error's own class, or of the nearest class above it."""
    return next(ANSWERS[each] for each in type(error).__mro__ if each in ANSWERS)


def _answer(error: Exception) -> ResponseReturnValue:
    row = row_of(error)
    note_refusal(error)
    if request.endpoint in SESSIONLESS:
        row = row._replace(template=PLAIN)
    status = error.code if type(error) not in ANSWERS and isinstance(error, HTTPException) else None
    if row.template == RESEND and visitor() is None and interrupted().sends:
        row = row._replace(template=SIGN_IN)
    if isinstance(error, InternalServerError):
        forget_visitor()
    say_when(error)
    if _wants_json():
        return _problem(row, status or row.status, error)
    if type(error) is core.NotSignedIn and request.method in SAFE_METHODS:
        return redirect(url_for("account.sign_in", next=interrupted().wanted))
    return render_template(row.template, **_shown(row, error)), status or row.status


def _shown(row: Answer, error: Exception) -> dict[str, object]:
    """Give what error templates show; typed words only where this site's own page sent them."""
    return {
        "title": row.title,
        "sentence": row.sentence or str(error),
        "problems": error.problems if isinstance(error, core.Invalid) else (),
        "number": request_number() if row.status == InternalServerError.code else "",
        "typed": _typed() if row.template == PAGE and not isinstance(error, UNREAD) else (),
        "onward": interrupted() if row.template in {RESEND, SIGN_IN} else None,
        "form": SignInForm(formdata=None) if row.template == SIGN_IN else None,
    }


def _typed() -> tuple[str, ...]:
    """Give the words of a form that was sent in vain: what has a blank in it was typed, and not carried by the page."""
    return tuple(value for _, value in interrupted().kept if " " in value.strip())


def _problem(row: Answer, status: int, error: Exception) -> Response:
    problem: dict[str, object] = {
        "type": "about:blank",
        "title": str(row.title),
        "status": status,
        "detail": str(row.sentence or error),
    }
    if isinstance(error, core.Invalid):
        problem["problems"] = [{"field": field, "detail": sentence} for field, sentence in error.problems]
    if status == InternalServerError.code:
        problem["number"] = request_number()
    response = jsonify(problem)
    response.status_code, response.mimetype = status, PROBLEM
    return response


def _wants_json() -> bool:
    accepted = request.accept_mimetypes
    best = accepted.best_match(["text/html", *sorted(JSON)], default="text/html")
    return best in JSON
