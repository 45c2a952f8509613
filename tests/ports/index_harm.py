"""What may happen to the folder of an index: each of these must be noticed before anything is read from it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from pathlib import Path

from kb.adapters.search import seal
from kb.adapters.search.seal import Seal


def zeroed_page(folder: Path) -> None:
    path = next(folder.glob("*.seg"))
    data = bytearray(path.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 64] = bytes(64)
    path.write_bytes(data)


def cut_short(folder: Path) -> None:
    path = next(folder.glob("*.seg"))
    path.write_bytes(path.read_bytes()[:-1])


def zeroed_arrays(folder: Path) -> None:
    path = next(folder.glob("*.arrays"))
    data = bytearray(path.read_bytes())
    data[-64:] = bytes(64)
    path.write_bytes(data)


def arrays_gone(folder: Path) -> None:
    next(folder.glob("*.arrays")).unlink()


def a_segment_gone(folder: Path) -> None:
    next(folder.glob("*.seg")).unlink()


def no_seal(folder: Path) -> None:
    (folder / seal.NAME).unlink()


def torn_seal(folder: Path) -> None:
    (folder / seal.NAME).write_text('{"format": 2')


def damaged_seal(folder: Path) -> None:
    path = folder / seal.NAME
    path.write_text(re.sub(r'"size": \d+', '"size": 1', path.read_text()))


def sealed_otherwise(folder: Path, change: Callable[[Seal], Seal]) -> None:
    path = folder / seal.NAME
    text = change(Seal.model_validate_json(path.read_text().partition("\n")[2])).model_dump_json()
    path.write_text(f"{hashlib.sha256(text.encode()).hexdigest()}\n{text}")


def another_version(folder: Path) -> None:
    sealed_otherwise(folder, lambda sealed: sealed.model_copy(update={"fingerprint": "0" * 64}))


def arrays_not_sealed(folder: Path) -> None:
    def change(sealed: Seal) -> Seal:
        files = {name: sum_ for name, sum_ in sealed.files.items() if not name.endswith(".arrays")}
        return sealed.model_copy(update={"files": files})

    sealed_otherwise(folder, change)


def writable_by_others(folder: Path) -> None:
    folder.chmod(0o777)


def a_later_table(folder: Path) -> None:
    (folder / "_MAIN_9.toc").write_bytes(next(folder.glob("*.toc")).read_bytes())


HARMS = (
    zeroed_page,
    cut_short,
    zeroed_arrays,
    arrays_gone,
    a_segment_gone,
    no_seal,
    torn_seal,
    damaged_seal,
    another_version,
    arrays_not_sealed,
    writable_by_others,
    a_later_table,
)
