"""One line in the log for each request: what kind of page, how it went, how long it took; nothing of whom or about what.

An address holds ids and what is searched for, so the name of the route stands for it.
"""

from __future__ import annotations

import logging
from time import perf_counter
from types import TracebackType
from typing import Any

from flask import Flask, Response, g, request
from structlog.contextvars import bind_contextvars, clear_contextvars

from kb.web.current import request_number

METHODS = frozenset({"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"})
"""Others are a text that somebody typed."""
NUMBER = "X-Request-ID"
FAULT = 500

_log = logging.getLogger("kb.web.requests")


class LoggedFlask(Flask):
    """Flask, but for the words in which it notes a fault: it would write down the address."""

    def log_exception(
        self,
        exc_info: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None],
    ) -> None:
        self.logger.error("Request %s met a fault of ours.", request_number(), exc_info=exc_info)


def keep_log(app: Flask) -> None:
    """Note each request when it is answered; to be called before any other function is put before or after requests."""

    @app.before_request
    def begin() -> None:
        g.began = perf_counter()
        bind_contextvars(request=request_number())

    @app.after_request
    def note(response: Response) -> Response:
        if response.status_code == FAULT:
            response.headers[NUMBER] = request_number()
        _log.info("request", extra=_facts(response))
        return response

    @app.teardown_request
    def end(_: BaseException | None) -> None:
        clear_contextvars()  # the thread answers others next


def _facts(response: Response) -> dict[str, Any]:
    now = perf_counter()
    return {
        "method": request.method if request.method in METHODS else "other",
        "endpoint": request.endpoint,
        "status": response.status_code,
        "milliseconds": round((now - g.get("began", now)) * 1000, 1),
        "bytes": response.content_length or response.calculate_content_length(),
    }
