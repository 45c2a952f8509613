"""What binds a child that reads a stranger's file: memory, time, files and network, given up before a stranger's file is touched.

The limits are the kernel's and cannot be raised again. The hook stands for the honest libraries that we load: it refuses
what reading a file never needs, were one of them talked into it. It is no wall against foreign machine code.
"""

from __future__ import annotations

import os
import resource
import sys
from typing import NamedTuple

MEBIBYTE = 1024 * 1024
CODE = (".py", ".pyc", ".so")
"""Endings of the only files that are opened once the child is bound: modules that are loaded late."""
FORBIDDEN = (
    "ctypes.",
    "ftplib.",
    "http.",
    "os.",
    "pty.",
    "shutil.",
    "smtplib.",
    "socket.",
    "subprocess.",
    "tempfile.",
    "urllib.",
)
"""Groups of acts that reading a file has no use for."""
HARMLESS = frozenset({"os.listdir", "os.scandir", "os.walk"})
"""What looking for a module does."""


class Limits(NamedTuple):
    """What one reading may cost; the tests give it less."""

    memory: int = 1024 * MEBIBYTE
    """Bytes of address space."""
    cpu: int = 20
    """Seconds of a processor."""
    clock: float = 45.0
    """Seconds of anybody's time; the parent watches this one."""
    output: int = 4 * MEBIBYTE
    """Bytes of the answer."""


def bind(memory: int, cpu: int, output: int) -> None:
    """Give up, for good, what is not needed."""
    for kind, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, cpu),
        (resource.RLIMIT_FSIZE, output),
        (resource.RLIMIT_NOFILE, 32),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))
    os.nice(5)


def forbid() -> None:
    """Refuse, from here on, every act but computing and loading code."""
    sys.addaudithook(_refuse)


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    if event == "open":
        path, _mode, flags = arguments
        writes = isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
        if writes or not str(path).endswith(CODE):
            raise PermissionError(f"{event} is not for reading files")
    elif event.startswith(FORBIDDEN) and event not in HARMLESS:
        raise PermissionError(f"{event} is not for reading files")
