"""Periods of a case: years or months, never a day, so that no single operation can be told from them."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import StringConstraints, model_validator

from kb.domain.text import Value

YearMonth = Annotated[str, StringConstraints(pattern=r"^(19|20)\d{2}(-(0[1-9]|1[0-2]))?$")]
"""`2007` or `2007-09`."""


class Period(Value):
    """From one year or month to another, both included; `end` is absent for a single one."""

    start: YearMonth
    end: YearMonth | None = None

    @model_validator(mode="after")
    def _runs_forward(self) -> Self:
        if self.end is not None and self.end < self.start[: len(self.end)]:
            raise ValueError(f"The period ends ({self.end}) before it starts ({self.start}).")
        return self

    @property
    def year(self) -> int:
        """Give the year in which the case began: the one that lists and facets count."""
        return int(self.start[:4])

    def __str__(self) -> str:
        return self.start if self.end in (None, self.start) else f"{self.start} to {self.end}"
