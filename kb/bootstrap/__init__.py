"""The composition root: the one place that names adapters and joins them to services.

Nothing here decides anything. `services` opens what lies in a home and gives one service per noun; pages and commands
take what they need from the value that it returns.
"""

from __future__ import annotations

from kb.adapters.accounts.secret import secret_key
from kb.adapters.files.probe import probe
from kb.adapters.files.seed import copy_seed
from kb.adapters.system import SystemRandomness
from kb.bootstrap.adapters import open_adapters
from kb.bootstrap.joining import joined
from kb.bootstrap.offered import Services
from kb.bootstrap.outside import Outside
from kb.config import Settings
from kb.paths import SEED_ENTRIES
from kb.services.text_files import TextFiles

__all__ = ["Outside", "Services", "make_home", "probe_home", "seed_home", "services", "text_files"]

LOST_KEY = "Or remove it and start again: everybody will have to sign in anew."


def make_home(settings: Settings) -> None:
    """Make an empty home, or complete one: the folders that hold entries and what is derived from them."""
    settings.entries.mkdir(parents=True, exist_ok=True)
    settings.search_index.mkdir(mode=0o700, parents=True, exist_ok=True)


def seed_home(settings: Settings) -> int:
    """Copy the seed knowledge base into an empty home; gives the number of records."""
    return copy_seed(SEED_ENTRIES, settings.entries, SystemRandomness())


def probe_home(settings: Settings) -> tuple[str, ...]:
    """Try whether the home's file system can be trusted with saves; gives a sentence per thing that cannot be done."""
    return probe(settings.entries, SystemRandomness().salt())


def text_files() -> TextFiles:
    """Give what looks files through without a home."""
    return TextFiles(lambda: Outside().documents)


def services(settings: Settings, outside: Outside | None = None) -> Services:
    """Open the home that `settings` name; raises BadSetting where there is none."""
    settings.require_home()
    outside = outside or Outside()
    key = secret_key(settings.secret_key, outside.randomness.token(), LOST_KEY)
    return joined(open_adapters(settings, outside), outside, key, address=str(settings.url))
