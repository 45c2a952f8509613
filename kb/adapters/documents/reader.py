"""The port over children: each file is read by a process of its own, which can be given up at any moment.

The file and the answer lie in memory that has no name in any file system (memfd), so a child that is killed leaves
nothing behind, and nothing of a paper ever touches a disk.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from pydantic import ValidationError

from kb.adapters.documents.answer import Answer
from kb.adapters.documents.bounds import Limits
from kb.domain.document import DocumentFormat, Manuscript, Refusal, refused
from kb.domain.errors import Busy
from kb.paths import CHECKOUT

AT_ONCE = 2
"""Files read at the same time, in one process of the server."""
PATIENCE = 10.0
"""Seconds that a reading waits for one of the others to end."""
FULL = "Other papers are being read at this moment. Choose the file again in a few seconds."
OUT_OF_TIME = frozenset({-signal.SIGXCPU, -signal.SIGKILL})
"""How a child ends whose processor time is used up."""

_COMMAND = (sys.executable, "-P", "-s", "-m", "kb.adapters.documents.child")


class DocumentsInChildren:
    """Reads documents, each in a child; `from_html` names the function that makes Markdown, as `module:function`."""

    def __init__(self, from_html: str, limits: Limits | None = None, patience: float = PATIENCE) -> None:
        self._from_html = from_html
        self._limits = limits or Limits()
        self._patience = patience
        self._turns = BoundedSemaphore(AT_ONCE)

    def read(self, content: bytes, claimed: DocumentFormat) -> Manuscript:
        """Give what stands in a document; raises Invalid at `file`, and Busy."""
        with self._turn(), _memory(content) as question, _memory() as answer:
            refusal = self._ask(claimed, question, answer)
            heard = Answer(refusal=refusal) if refusal else _heard(answer)
        if heard.manuscript is None:
            raise refused(heard.refusal or Refusal.BROKEN)
        return heard.manuscript

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._turns.acquire(timeout=self._patience):
            raise Busy(FULL)
        try:
            yield
        finally:
            self._turns.release()

    def _ask(self, claimed: DocumentFormat, question: int, answer: int) -> Refusal | None:
        """Let a child read; gives why it could not end, if it could not."""
        limits = self._limits
        bounds = (str(limits.memory), str(limits.cpu), str(limits.output))
        child = subprocess.Popen(  # noqa: S603 - no shell; every argument is ours
            [*_COMMAND, claimed.value, self._from_html, *bounds],
            env={"PYTHONPATH": os.pathsep.join(filter(None, (str(CHECKOUT), os.environ.get("PYTHONPATH"))))},
            stdin=question,
            stdout=answer,
            stderr=subprocess.DEVNULL,
            cwd="/",
        )
        try:
            ended = child.wait(limits.clock)
        except subprocess.TimeoutExpired:
            return Refusal.TOO_SLOW
        finally:
            child.kill()
            child.wait()
        return Refusal.TOO_SLOW if ended in OUT_OF_TIME else Refusal.INTRICATE if ended else None


@contextmanager
def _memory(content: bytes = b"") -> Iterator[int]:
    """Give a file that lies in memory alone, holding `content`, read from its beginning."""
    number = os.memfd_create("paper")
    try:
        with os.fdopen(os.dup(number), "wb") as file:
            file.write(content)
        os.lseek(number, 0, os.SEEK_SET)
        yield number
    finally:
        os.close(number)


def _heard(answer: int) -> Answer:
    """Give the answer; it was made over a stranger's file, so it is believed only in the form that we know."""
    with os.fdopen(os.dup(answer), "rb") as file:
        file.seek(0)
        said = file.read()
    try:
        return Answer.model_validate_json(said)
    except ValidationError:
        return Answer(refusal=Refusal.BROKEN)
