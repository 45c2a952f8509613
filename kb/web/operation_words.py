"""The words for operations over many cases, and for what came of their steps."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from kb.domain.operation import OperationKind, OperationStatus, StepOutcome

OPERATIONS: Mapping[type[StrEnum], Mapping[str, LazyString]] = {
    OperationKind: {
        OperationKind.PURGE: _l("Texts purged"),
        OperationKind.SPLIT: _l("A tag split"),
        OperationKind.RETAG: _l("Results retagged"),
        OperationKind.UNDO: _l("An operation taken back"),
    },
    OperationStatus: {
        OperationStatus.PLANNED: _l("Being carried out"),
        OperationStatus.DONE: _l("Done"),
    },
    StepOutcome: {
        StepOutcome.DONE: _l("Changed"),
        StepOutcome.SO_ALREADY: _l("It was so already"),
        StepOutcome.REWRITTEN: _l("Its text was changed meanwhile: look at it again"),
        StepOutcome.REMARKED: _l("Its audience or owner was changed meanwhile: look at it again"),
        StepOutcome.NOT_ALLOWED: _l("Whoever asked for it may not change its tags any more"),
        StepOutcome.UNREADABLE: _l("It could not be read"),
    },
}
