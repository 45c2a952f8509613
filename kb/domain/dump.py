"""The plain form of a value, in which files and exports write it: what is empty stays out, what was decided stays in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from pydantic import BaseModel

Plain: TypeAlias = "str | int | float | bool | list[Plain] | dict[str, Plain] | None"

_EMPTY: tuple[Plain, ...] = (None, "", [], {})


def dump(value: BaseModel) -> dict[str, Plain]:
    """Give `value` as plain data in the order of its fields, without fields that are empty and need not be said.

    Required fields stay even when empty, and so do items of lists: what is read back is the same value.
    """
    plain: dict[str, Plain] = value.model_dump(mode="json")
    return _filled(value, plain)


def strings_in(plain: Plain) -> Iterator[str]:
    """Give every text that plain data says, without the names of its fields."""
    match plain:
        case str():
            yield plain
        case list():
            for item in plain:
                yield from strings_in(item)
        case dict():
            yield from strings_in(list(plain.values()))


def _filled(value: BaseModel, plain: Mapping[str, Plain]) -> dict[str, Plain]:
    fields = type(value).model_fields
    return {
        name: _inner(getattr(value, name), part)
        for name, part in plain.items()
        if part not in _EMPTY or fields[name].is_required()
    }


def _inner(value: object, plain: Plain) -> Plain:
    if isinstance(value, BaseModel) and isinstance(plain, dict):
        return _filled(value, plain)
    if isinstance(value, tuple) and isinstance(plain, list):
        return [_inner(*pair) for pair in zip(value, plain, strict=True)]
    return plain
