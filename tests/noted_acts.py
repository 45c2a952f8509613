"""The acts that services note in the audit log, read from their sources, so that none is without a group or words."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import kb.services

_ACT = re.compile(r"[a-z-]+\.[a-z-]+")


def noted() -> frozenset[str]:
    """Give every literal of the form `account.disabled` in a module that makes rows of the audit log."""
    texts = (file.read_text(encoding="utf-8") for file in Path(kb.services.__path__[0]).glob("*.py"))
    return frozenset(name for text in texts if "AuditRow(" in text for name in _names(text))


def _names(text: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and _ACT.fullmatch(node.value):
            yield node.value
