"""Requests of bounded size and number of fields: Werkzeug bounds those of multipart forms alone, and only two of ours are such.

Those bring a paper or a thesaurus. It lies in memory while it is read, and is never put into a file.
"""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import IO, Any

from flask import Request
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.formparser import FormDataParser

from kb.domain.document import MOST_BYTES as MOST_PAPER

FORM = "application/x-www-form-urlencoded"
UPLOADS = {"documents.read": "documents.choose", "thesaurus.plan": "thesaurus.choose"}
"""Endpoints that take a file, each with the page that asks for it: there who is signed in may send more than anywhere else."""
MOST_UPLOADED = MOST_PAPER + 64 * 1024
"""Bytes of such a request: the file, and what browsers put around it."""
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


class UploadTooLarge(RequestEntityTooLarge):
    """A paper that is larger than any that is read."""


class BoundedRequest(Request):
    """A request whose form is bounded."""

    form_data_parser_class = BoundedParser

    def take_form(self, *, may_upload: Callable[[], bool]) -> None:
        """Take the form apart at once: the answer to another refusal would meet what is too large again, and break.

        A file of somebody who may not upload is not even read, and nobody else is asked who they are; raises RequestEntityTooLarge.
        """
        if self.endpoint in UPLOADS:
            if not may_upload():
                return
            if (self.content_length or 0) > MOST_UPLOADED:
                raise UploadTooLarge
            self.max_content_length = MOST_UPLOADED
        _ = self.form

    def _get_file_stream(
        self,
        total_content_length: int | None,  # noqa: ARG002 - the signature is Werkzeug's
        content_type: str | None,  # noqa: ARG002
        filename: str | None = None,  # noqa: ARG002
        content_length: int | None = None,  # noqa: ARG002
    ) -> IO[bytes]:
        """Let an uploaded file lie in memory: Werkzeug would put a large one onto the disk."""
        return BytesIO()
