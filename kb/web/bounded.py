"""Requests of a bounded number of fields: Werkzeug bounds those of multipart forms alone, and ours are never multipart."""

from __future__ import annotations

from io import BytesIO
from typing import IO, Any

from flask import Request
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.formparser import FormDataParser

FORM = "application/x-www-form-urlencoded"
MOST_FIELDS = 20_000
"""A case of sixty lessons, in each of which every box of the vocabularies is ticked, has about half of them.

A page that shows a refused form again holds each field, so a form of two million bytes and as many fields would cost
its sender nothing and the server seconds.
"""


class BoundedParser(FormDataParser):
    """Takes a form apart unless it holds too many fields."""

    def parse(
        self,
        stream: IO[bytes],
        mimetype: str,
        content_length: int | None,
        options: dict[str, str] | None = None,
    ) -> Any:
        if mimetype == FORM:
            sent = stream.read()
            if sent.count(b"&") >= MOST_FIELDS:
                raise RequestEntityTooLarge
            stream = BytesIO(sent)
        return super().parse(stream, mimetype, content_length, options)


class BoundedRequest(Request):
    """A request whose form is bounded."""

    form_data_parser_class = BoundedParser
