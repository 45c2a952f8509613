"""What comes from outside this process, so that tests can bring their own."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from kb.adapters.accounts.codes import TotpCodes
from kb.adapters.accounts.common_passwords import ZxcvbnPasswords
from kb.adapters.accounts.hasher import Argon2Hasher
from kb.adapters.children import ChoresInChildren
from kb.adapters.documents.reader import DocumentsInChildren
from kb.adapters.files.operations import FileOperations
from kb.adapters.skos.turtle import Turtle
from kb.adapters.system import SystemClock, SystemRandomness
from kb.domain.ports import (
    Chores,
    Clock,
    CommonPasswords,
    DocumentReader,
    OneTimeCodes,
    PasswordHasher,
    Randomness,
    ThesaurusFormat,
)

MARKDOWN_OF = "kb.adapters.markup.importing:markdown_of"
"""What makes Markdown of HTML in the process that reads a document: named in text, because that one loads it by itself."""


def _documents() -> DocumentReader:
    return DocumentsInChildren(MARKDOWN_OF)


@dataclass(frozen=True)
class Outside:
    """What a service is given of the outside world; tests bring a clock that stands still."""

    clock: Clock = field(default_factory=SystemClock)
    randomness: Randomness = field(default_factory=SystemRandomness)
    hasher: PasswordHasher = field(default_factory=Argon2Hasher)
    common_passwords: CommonPasswords = field(default_factory=ZxcvbnPasswords)
    codes: OneTimeCodes = field(default_factory=TotpCodes)
    operations: FileOperations = field(default_factory=FileOperations)
    pause: Callable[[float], None] = time.sleep
    chores: Callable[[Path], Chores] = ChoresInChildren
    documents: DocumentReader = field(default_factory=_documents)
    thesauri: ThesaurusFormat = field(default_factory=Turtle)
