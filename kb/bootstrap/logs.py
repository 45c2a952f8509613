"""How a server's log is written: named in text, because gunicorn loads it by itself before any other module of ours."""

from __future__ import annotations

LINES = "kb.adapters.log.Lines"
"""A line of JSON for each happening: for `kb serve`."""
WORDS = "kb.adapters.log.Words"
"""Words for a person at a terminal: for `kb run`."""
