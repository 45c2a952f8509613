"""Processes of our own that work beside: what takes minutes there takes no turn from the threads that answer here."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from threading import Lock, Thread

from kb.domain.ports import Chore
from kb.paths import CHECKOUT

COMMANDS: dict[Chore, tuple[str, ...]] = {
    Chore.UPDATE: ("index", "update"),
    Chore.MERGE: ("index", "merge"),
}
NICENESS: dict[Chore, int] = {Chore.UPDATE: 5, Chore.MERGE: 15}
"""Whoever answers a person has the processor first; nobody waits for a merge, and everybody for an index that is missing."""
REST = 30.0
"""Seconds after the start of a chore in which asking for it again is heard by nobody."""

_log = logging.getLogger(__name__)


class ChoresInChildren:
    """Runs our command for one home. It outlives nobody's patience: a child that dies leaves everything as it was."""

    def __init__(self, home: Path, *, rest: float = REST) -> None:
        self._home = home
        self._rest = rest
        self._begun: dict[Chore, tuple[float, subprocess.Popen[bytes]]] = {}
        self._lock = Lock()

    def do(self, chore: Chore) -> None:
        """Start it, unless it runs or has just been started; never waits, and never fails whoever asks."""
        with self._lock:
            if not self._is_due(chore):
                return
            try:
                child = _start(self._home, chore)
            except OSError:
                _log.exception("A process beside could not be started.")
                return
            self._begun[chore] = (time.monotonic(), child)

    def _is_due(self, chore: Chore) -> bool:
        begun = self._begun.get(chore)
        return begun is None or (begun[1].poll() is not None and time.monotonic() - begun[0] > self._rest)


def _start(home: Path, chore: Chore) -> subprocess.Popen[bytes]:
    """Start it on the very modules that run here; with -P what lies in the folder that we were started in is none of them."""
    path = os.pathsep.join(filter(None, (str(CHECKOUT), os.environ.get("PYTHONPATH"))))
    child = subprocess.Popen(  # noqa: S603 - no shell; every argument is ours
        [sys.executable, "-P", "-m", "kb", *COMMANDS[chore]],
        env={**os.environ, "KB_HOME": str(home), "PYTHONPATH": path},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    with suppress(OSError):  # it may have ended already
        os.setpriority(os.PRIO_PROCESS, child.pid, NICENESS[chore])
    Thread(target=child.wait, daemon=True).start()  # so that no dead child stays in the table of processes
    return child
