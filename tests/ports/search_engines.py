"""The search adapter as tests open it."""

from __future__ import annotations

from pathlib import Path

from kb.adapters.search.engine import WhooshSearchEngine


def whoosh_engine(folder: Path) -> WhooshSearchEngine:
    """Give an engine over a folder of the test, impatient because no other process commits there."""
    return WhooshSearchEngine(folder / "whoosh", patience=0.01)
