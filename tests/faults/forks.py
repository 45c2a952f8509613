"""Children made by fork, which may be killed at any moment: starting an interpreter for each would take minutes."""

from __future__ import annotations

import gc
import os
import signal
import traceback
from collections.abc import Callable


class Child:
    """A process that does `work` and ends; `work` shares no lock, file position or connection with its parent.

    As a context it leaves no process behind, whatever the test finds meanwhile.
    """

    def __init__(self, work: Callable[[], object]) -> None:
        self._ended = False
        self.pid = os.fork()
        if self.pid == 0:
            _end(work)

    def __enter__(self) -> Child:
        return self

    def __exit__(self, *_: object) -> None:
        if not self._ended:
            os.kill(self.pid, signal.SIGKILL)
            self._wait()

    def stopped(self) -> bool:
        """Wait until it has stopped itself, or has ended; says which."""
        status = self._wait(os.WUNTRACED)
        if os.WIFSTOPPED(status):
            return True
        _demand_success(status)
        return False

    def go_on(self) -> None:
        """Let a stopped child finish its work."""
        os.kill(self.pid, signal.SIGCONT)
        self.succeed()

    def kill(self) -> None:
        """Kill it, stopped or not."""
        os.kill(self.pid, signal.SIGKILL)
        self.be_killed()

    def be_killed(self) -> None:
        """Wait for it to die by SIGKILL, and by nothing else."""
        status = self._wait()
        assert os.WIFSIGNALED(status), f"the child ended by itself: {status}"
        assert os.WTERMSIG(status) == signal.SIGKILL

    def succeed(self) -> None:
        """Wait for it to end well."""
        _demand_success(self._wait())

    def _wait(self, options: int = 0) -> int:
        _, status = os.waitpid(self.pid, options)
        self._ended = not os.WIFSTOPPED(status)
        return status


def _demand_success(status: int) -> None:
    assert os.WIFEXITED(status), f"the child was ended: {status}"
    assert os.WEXITSTATUS(status) == 0, "the child failed; its traceback is above"


def _end(work: Callable[[], object]) -> None:
    """Do the work, then leave without unwinding what belongs to the parent."""
    code = 1
    gc.disable()  # a collection would touch, and so copy, all that was inherited
    try:
        work()
        code = 0
    except BaseException:  # noqa: BLE001 - whatever it is, this process must not go on as a second pytest
        os.write(2, traceback.format_exc().encode())
    finally:
        os._exit(code)
