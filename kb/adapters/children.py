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
    Chore.MAIL: ("digest", "--at-once"),
}
HEARD_LATER = frozenset({Chore.MAIL})
"""What was asked for while one runs is done once more after it, and at once: that one may have looked before it came."""
NICENESS = 5
"""Whoever answers a person has the processor first; on a busy machine a share is left, or segments would never be merged."""
REST = 10.0
"""Seconds after the start of a chore in which asking for it again is heard by nobody."""

_log = logging.getLogger(__name__)


class ChoresInChildren:
    """Runs our command for one home. It outlives nobody's patience: a child that dies leaves everything as it was."""

    def __init__(self, home: Path, *, rest: float = REST) -> None:
        self._home = home
        self._rest = rest
        self._begun: dict[Chore, tuple[float, subprocess.Popen[bytes]]] = {}
        self._missed = set[Chore]()
        self._lock = Lock()

    def do(self, chore: Chore) -> None:
        """Start it, unless it runs or has just been started; never waits, and never fails whoever asks."""
        with self._lock:
            if self._is_due(chore):
                self._begin(chore)
            else:
                self._missed |= {chore} & HEARD_LATER

    def _is_due(self, chore: Chore) -> bool:
        begun = self._begun.get(chore)
        if begun is None:
            return True
        rest = 0.0 if chore in HEARD_LATER else self._rest
        return begun[1].poll() is not None and time.monotonic() - begun[0] > rest

    def _begin(self, chore: Chore) -> None:
        self._missed.discard(chore)
        try:
            child = _start(self._home, chore)
        except OSError:
            _log.exception("A process beside could not be started.")
            return
        self._begun[chore] = (time.monotonic(), child)
        Thread(target=self._follow, args=(chore, child), daemon=True).start()

    def _follow(self, chore: Chore, child: subprocess.Popen[bytes]) -> None:
        """Let no dead child stay in the table of processes, and do once more what was asked for meanwhile."""
        child.wait()
        with self._lock:
            if chore in self._missed:
                self._begin(chore)


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
        os.setpriority(os.PRIO_PROCESS, child.pid, NICENESS)
    return child
