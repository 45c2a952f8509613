"""Whether to look as far as one can, which takes hours, or as far as every change can wait for."""

from __future__ import annotations

import os

DEEP = bool(os.environ.get("KB_DEEP"))
