"""A file of named arrays, mapped and never unpickled: what reading processes open instead of Whoosh's files.

A header in JSON says of each array its type, shape and place; the bytes follow, aligned. Whoever opens one has compared its checksum
before (`seal`); what does not fit together raises ValueError all the same.
"""

from __future__ import annotations

import json
import mmap
import os
from collections.abc import Iterable, Mapping
from math import prod
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]
Arrays = Mapping[str, Array]
Integers = npt.NDArray[np.integer[Any]]
Mask = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.intp]
Weights = npt.NDArray[np.float64]

MAGIC = b"casebook arrays 1\n"
_ALIGNED = 64
_KINDS = "biuf"
"""Truth values and numbers: nothing that could be an object."""


class Shape(NamedTuple):
    """What room an array needs."""

    dtype: np.dtype[Any]
    shape: tuple[int, ...]

    @property
    def size(self) -> int:
        """Give the bytes."""
        return self.dtype.itemsize * prod(self.shape)


def shapes_of(arrays: Arrays) -> dict[str, Shape]:
    """Give what room these arrays need."""
    return {name: Shape(array.dtype, array.shape) for name, array in arrays.items()}


def create(handle: BinaryIO, shapes: Mapping[str, Shape]) -> dict[str, Array]:
    """Make room in an empty file and give the arrays to be filled; raises OSError where the disk is full.

    The room is taken before anything is mapped: a full disk met through a map kills the process.
    """
    described = [(name, each.dtype.str, each.shape) for name, each in shapes.items()]
    header = json.dumps(described).encode()
    start = _aligned(len(MAGIC) + 8 + len(header))
    places = list(_places(start, shapes.values()))
    size = places[-1] + list(shapes.values())[-1].size if places else start
    os.posix_fallocate(handle.fileno(), 0, size)
    handle.write(MAGIC + len(header).to_bytes(8, "little") + header)
    handle.flush()
    source = mmap.mmap(handle.fileno(), size)
    return {name: _view(source, shapes[name], place) for name, place in zip(shapes, places, strict=True)}


def save(path: Path, arrays: Arrays) -> None:
    """Write arrays that are in memory."""
    with path.open("w+b") as handle:
        for name, room in create(handle, shapes_of(arrays)).items():
            room[...] = arrays[name]


def opened(path: Path) -> dict[str, Array]:
    """Map a file for reading. The map outlives the file's name, and lasts as long as one of its arrays."""
    with path.open("rb") as handle:
        source = mmap.mmap(handle.fileno(), 0, access=mmap.ACCESS_READ)
    head = len(MAGIC) + 8
    if source[: len(MAGIC)] != MAGIC:
        raise ValueError(f"{path.name} holds no arrays")
    end = head + int.from_bytes(source[len(MAGIC) : head], "little")
    shapes = {
        str(name): Shape(np.dtype(dtype), tuple(shape)) for name, dtype, shape in json.loads(source[head:end])
    }
    if any(each.dtype.kind not in _KINDS for each in shapes.values()):
        raise ValueError(f"{path.name} holds what is no number")
    places = _places(_aligned(end), shapes.values())
    return {name: _view(source, shapes[name], place) for name, place in zip(shapes, places, strict=True)}


def _aligned(offset: int) -> int:
    return -(-offset // _ALIGNED) * _ALIGNED


def _places(start: int, shapes: Iterable[Shape]) -> Iterable[int]:
    for each in shapes:
        yield start
        start = _aligned(start + each.size)


def _view(source: mmap.mmap, each: Shape, place: int) -> Array:
    if not each.size:
        return np.zeros(each.shape, dtype=each.dtype)
    return np.frombuffer(source, each.dtype, prod(each.shape), place).reshape(each.shape)
