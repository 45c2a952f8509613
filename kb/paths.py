"""Where the files that ship with the code live: a wheel carries inside `kb/` what a checkout keeps beside it.

The one place that knows of both layouts, so that no other module guesses paths. Data of an installation (`KB_HOME`)
is no concern of this module.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

PACKAGE: Final = Path(__file__).resolve().parent
CHECKOUT: Final = PACKAGE.parent


def _shipped(in_wheel: str, in_checkout: str) -> Path:
    """Prefer the wheel's copy; its absence is what tells a checkout."""
    packed = PACKAGE / in_wheel
    return packed if packed.is_dir() else CHECKOUT / in_checkout


TEMPLATES: Final = _shipped("templates", "templates")
SEED_ENTRIES: Final = _shipped("seed_entries", "entries")
STATIC: Final = PACKAGE / "web" / "static"
