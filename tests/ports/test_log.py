"""What a server's log holds: what happened, never about whom."""

from __future__ import annotations

import io
import json
import logging
import warnings
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from gunicorn.config import Config
from structlog.contextvars import bound_contextvars

from kb.adapters.log import LINES, WORDS, Lines, Words, formatter
from kb.domain.errors import BadSetting

SECRET = "what somebody typed"
Read = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def log() -> logging.Logger:
    made = logging.Logger("kb.tests")  # noqa: LOG001 - one of its own, that no other test knows
    handler = logging.StreamHandler(io.StringIO())
    handler.setFormatter(formatter(*LINES))
    made.addHandler(handler)
    return made


@pytest.fixture
def read(log: logging.Logger) -> Read:
    """Give the lines of that log as values."""

    def lines() -> list[dict[str, Any]]:
        (handler,) = log.handlers
        assert isinstance(handler, logging.StreamHandler)
        return [json.loads(line) for line in handler.stream.getvalue().splitlines()]

    return lines


@pytest.fixture
def loggers() -> Iterator[None]:
    """Leave the loggers of this process as they were, whatever a server's own does to them."""
    names = ("", "kb.web.requests", "gunicorn.error", "gunicorn.access")
    kept = {name: vars(logging.getLogger(name)).copy() for name in names}
    lists = {
        name: (list(logging.getLogger(name).handlers), list(logging.getLogger(name).filters))
        for name in names
    }
    yield
    logging.captureWarnings(capture=False)
    for name in names:
        logger = logging.getLogger(name)
        logger.setLevel(kept[name]["level"])
        logger.propagate = kept[name]["propagate"]
        logger.handlers[:], logger.filters[:] = lists[name]


def test_a_line_is_one_object_whatever_the_words_hold(log: logging.Logger, read: Read) -> None:
    """ASVS 5.0 16.4.1: what is logged cannot forge another line."""
    log.warning('first\n{"event": "second"}\r\u2028%s', "\x1b[31mred")

    (line,) = read()
    assert line["event"] == 'first\n{"event": "second"}\r\u2028\x1b[31mred'
    assert (line["level"], line["logger"]) == ("warning", "kb.tests")
    assert line["time"].endswith("Z")


def test_only_known_fields_are_written_beside_the_words(log: logging.Logger, read: Read) -> None:
    with bound_contextvars(request="abcdefghij"):
        log.warning("request", extra={"status": 200, "query": SECRET, "bytes": 7})

    (line,) = read()
    assert {name: line[name] for name in ("request", "status", "bytes")} == {
        "request": "abcdefghij",
        "status": 200,
        "bytes": 7,
    }
    assert "query" not in line


def fail(error: Exception) -> None:
    known: dict[str, str] = {}
    try:
        known[SECRET]
    except KeyError:
        raise error  # noqa: B904 - what it is told by is its context


@pytest.mark.parametrize(
    "error", [ValueError(SECRET), RuntimeError(SECRET, SECRET)], ids=lambda error: type(error).__name__
)
def test_a_fault_is_told_by_kinds_and_places_and_by_no_word_of_it(
    log: logging.Logger, read: Read, error: Exception
) -> None:
    """ASVS 5.0 V16.2: no sensitive data in logs; exceptions repeat what was typed."""
    try:
        fail(error)
    except type(error):
        log.exception("A fault.")

    (line,) = read()
    assert [each["kind"] for each in line["fault"]] == [type(error).__name__, "KeyError"]
    assert "test_log.py" in line["fault"][0]["places"][-1]
    assert line["fault"][0]["places"][-1].endswith(" fail")
    assert SECRET not in json.dumps(line)


def test_a_fault_that_hides_what_led_to_it_or_leads_to_itself_is_told_once(
    log: logging.Logger, read: Read
) -> None:
    hidden, circular = ValueError(), ValueError()
    hidden.__context__, hidden.__suppress_context__ = KeyError(), True
    circular.__cause__ = circular

    for error in (hidden, circular):
        log.error("A fault.", exc_info=error)

    assert [len(line["fault"]) for line in read()] == [1, 1]


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (OSError(28, "No space left on device", f"/home/{SECRET}"), "OSError: No space left on device"),
        (BadSetting("KB_URL does not work."), "kb.domain.errors.BadSetting: KB_URL does not work."),
    ],
)
def test_words_about_the_machine_are_told(
    log: logging.Logger, read: Read, error: Exception, kind: str
) -> None:
    log.error("A fault.", exc_info=error)

    assert [each["kind"] for each in read()[0]["fault"]] == [kind]


def test_on_a_trial_a_fault_is_told_in_words() -> None:
    line = formatter(*WORDS).format(
        logging.makeLogRecord({"msg": "A fault.", "exc_info": (ValueError, ValueError("why"), None)})
    )

    assert "A fault." in line
    assert "ValueError: why" in line


def test_gunicorn_says_nothing_of_who_asked_and_for_what(
    loggers: None, capsys: pytest.CaptureFixture[str]
) -> None:
    server = Lines(Config())

    server.warning(f"Invalid request from ip=192.0.2.7: Invalid HTTP request line: '{SECRET}'")
    server.exception("Error handling request %s", f"/search?q={SECRET}")
    server.error("Worker (pid:%s) exited with code %s.", 7, 1)

    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [line["event"] for line in lines] == [
        "A request was refused: it is no sound HTTP.",
        "A request could not be answered.",
        "Worker (pid:7) exited with code 1.",
    ]


def test_every_logger_of_the_process_writes_through_the_same_renderer(
    loggers: None, capsys: pytest.CaptureFixture[str]
) -> None:
    for kind in (Words, Lines):
        kind(Config())

    logging.getLogger("kb.services.drain").warning("Not followed.")
    logging.getLogger("kb.services.drain").info("Of no interest.")
    logging.getLogger("kb.web.requests").info("request", extra={"status": 200})
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(capture=False)
        logging.captureWarnings(capture=True)
        warnings.warn("old", DeprecationWarning, stacklevel=1)

    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [line["logger"] for line in lines] == ["kb.services.drain", "kb.web.requests", "py.warnings"]
