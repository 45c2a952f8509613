"""What a server says while it runs: one line per happening on standard error, by whatever part of it.

All loggers of the standard library end here, gunicorn's too. A line says what happened and never about whom: of what is
given beside the words only the fields below are written, and a fault is told by its kinds and by its places in the
code, because the words of an exception often repeat what somebody typed.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterator
from typing import Any, ClassVar

from gunicorn.config import Config
from gunicorn.glogging import Logger
from structlog.contextvars import merge_contextvars
from structlog.dev import ConsoleRenderer, plain_traceback
from structlog.processors import JSONRenderer, TimeStamper
from structlog.stdlib import ExtraAdder, ProcessorFormatter, add_log_level, add_logger_name
from structlog.typing import EventDict, Processor

from kb.domain.errors import BadSetting

FIELDS = ("method", "endpoint", "status", "milliseconds", "bytes")
"""What may stand beside the words of a line; `request`, the number of the request, comes from the context."""
LEVELS = {"": logging.WARNING, "kb.web.requests": logging.INFO}
WORDS_OF: dict[type[BaseException], Callable[[Any], str]] = {
    BadSetting: str,
    OSError: lambda error: error.strerror or "",
}
"""Kinds of fault whose words are about the machine and its settings alone."""
ABOUT_REQUESTS = {
    "Invalid request from": "A request was refused: it is no sound HTTP.",
    "Error handling request": "A request could not be answered.",
}
"""How gunicorn begins what it says about a request, with address and typed text, and what is said instead."""


def faults(_: object, __: str, event: EventDict) -> EventDict:
    """Replace a fault by the kinds and places of it and of what led to it."""
    given = event.pop("exc_info", None)
    error = given[1] if isinstance(given, tuple) else given
    if isinstance(error, BaseException):
        event["fault"] = [{"kind": _kind(each), "places": _places(each)} for each in _chain(error)]
    return event


def formatter(*renderers: Processor) -> ProcessorFormatter:
    """Give what turns records of the standard library into lines."""
    return ProcessorFormatter(
        foreign_pre_chain=[
            TimeStamper(fmt="iso", key="time"),
            add_log_level,
            add_logger_name,
            merge_contextvars,
            ExtraAdder(allow=FIELDS),
        ],
        processors=[ProcessorFormatter.remove_processors_meta, *renderers],
    )


LINES: tuple[Processor, ...] = (faults, JSONRenderer())
WORDS: tuple[Processor, ...] = (
    ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=plain_traceback),
)


class ServerLog(Logger):
    """gunicorn's logger, which gunicorn makes before it starts the processes that load the application."""

    renderers: ClassVar[tuple[Processor, ...]]

    def setup(self, cfg: Config) -> None:
        super().setup(cfg)
        self.error_log.handlers.clear()
        self.error_log.propagate = True
        self.error_log.filters[:] = [_without_requests]
        handler = logging.StreamHandler()
        handler.setFormatter(formatter(*self.renderers))
        logging.getLogger().handlers[:] = [handler]
        for name, level in LEVELS.items():
            logging.getLogger(name).setLevel(level)
        logging.captureWarnings(capture=True)


class Lines(ServerLog):
    """JSON, a line each, for whatever collects logs."""

    renderers = LINES


class Words(ServerLog):
    """For a person at a terminal who tries it out, with the words of faults."""

    renderers = WORDS


def _without_requests(record: logging.LogRecord) -> bool:
    for beginning, instead in ABOUT_REQUESTS.items():
        if str(record.msg).startswith(beginning):
            record.msg, record.args = instead, None
    return True


def _chain(error: BaseException) -> Iterator[BaseException]:
    """Give the fault, then what led to it, each once."""
    met: set[int] = set()
    following: BaseException | None = error
    while following is not None and id(following) not in met:
        met.add(id(following))
        yield following
        shown = None if following.__suppress_context__ else following.__context__
        following = following.__cause__ or shown


def _kind(error: BaseException) -> str:
    words = next((say(error) for kind, say in WORDS_OF.items() if isinstance(error, kind)), "")
    name = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
    return f"{name}: {words}" if words else name


def _places(error: BaseException) -> list[str]:
    places, traceback = [], error.__traceback__
    while traceback is not None:
        code = traceback.tb_frame.f_code
        places.append(f"{code.co_filename}:{traceback.tb_lineno} {code.co_qualname}")
        traceback = traceback.tb_next
    return places
