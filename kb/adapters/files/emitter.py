"""Writes plain data as YAML 1.1 that people read and diff: a fixed order, block text, one blank between key and text.

Our own, because no library writes every normalised text as a literal block: tabs, emoji and other scripts included.
What is written is printable, has no trailing blanks, and any YAML reader gives the same strings back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from yaml.resolver import Resolver

from kb.domain.dump import Plain

STEP = "  "

_NOT_PRINTABLE = "\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff"
_BLOCK = re.compile(rf"[^{_NOT_PRINTABLE}]+")
"""What a literal block may hold: nothing that a YAML 1.1 reader refuses or reads as a line break of its own."""
_PLAIN = re.compile(rf"[^\W_][^\t\n{_NOT_PRINTABLE}]*")
_NOT_PLAIN = re.compile(r": |:$| #|\s$")
_TRAILING_BLANK = re.compile(r"[^\S\n]$", re.MULTILINE)
_ESCAPED = re.compile(rf'["\\\t\n{_NOT_PRINTABLE}]')
_SHORT = {'"': '\\"', "\\": "\\\\", "\t": "\\t", "\n": "\\n"}
_READ_ELSEWHERE = re.compile(r"[0-9]+(\.[0-9]*)?([eE][+-]?[0-9]+)?|0o[0-7]+|0x[0-9a-fA-F]+|[yYnN]")
"""What other readers take for a number or truth value and PyYAML does not."""
_RESOLVERS: Mapping[str, Sequence[tuple[str, re.Pattern[str]]]] = Resolver.yaml_implicit_resolvers


def emit(data: Mapping[str, Plain]) -> str:
    """Give `data` as one block mapping in its own order, each line ended by a line feed."""
    return "".join(f"{line}\n" for line in _mapping(data, ""))


def _mapping(data: Mapping[str, Plain], indent: str) -> Iterator[str]:
    for key, value in data.items():
        yield from _entry(f"{indent}{_scalar(key)}:", value, indent)


def _sequence(items: Sequence[Plain], indent: str) -> Iterator[str]:
    for item in items:
        if isinstance(item, dict) and item:
            first, *others = _mapping(item, indent + STEP)
            yield f"{indent}- {first.removeprefix(indent + STEP)}"
            yield from others
        else:
            yield from _entry(f"{indent}-", item, indent)


def _entry(start: str, value: Plain, indent: str) -> Iterator[str]:
    """Give the lines of a value whose key or dash is `start`."""
    match value:
        case dict() if value:
            yield start
            yield from _mapping(value, indent + STEP)
        case list() if value:
            yield start
            yield from _sequence(value, indent + STEP)
        case str() if _is_block(value):
            yield from _block(start, value, indent + STEP)
        case _:
            yield f"{start} {_scalar(value)}"


def _is_block(text: str) -> bool:
    """Say whether `text` is several lines that a literal block keeps as they are."""
    return "\n" in text.rstrip("\n") and bool(_BLOCK.fullmatch(text)) and not _TRAILING_BLANK.search(text)


def _block(start: str, text: str, indent: str) -> Iterator[str]:
    content = text.rstrip("\n")
    ends = len(text) - len(content)
    indicator = str(len(STEP)) if text[0].isspace() else ""
    yield f"{start} |{indicator}{'-+'[ends > 1] if ends != 1 else ''}"
    for line in content.split("\n"):
        yield indent + line if line else ""
    yield from [""] * (ends - 1)


def _scalar(value: Plain) -> str:
    match value:
        case str():
            return value if _is_plain(value) else f'"{_ESCAPED.sub(_escape, value)}"'
        case bool():
            return "true" if value else "false"
        case None:
            return "null"
        case list():
            return "[]"
        case dict():
            return "{}"
        case _:
            return str(value)


def _is_plain(text: str) -> bool:
    """Say whether every reader takes `text` for itself: no sign of YAML in it, no number, date or truth value."""
    return (
        bool(_PLAIN.fullmatch(text))
        and not _NOT_PLAIN.search(text)
        and not _READ_ELSEWHERE.fullmatch(text)
        and not any(pattern.match(text) for _, pattern in _RESOLVERS.get(text[0], ()))
    )


def _escape(found: re.Match[str]) -> str:
    character = found[0]
    return _SHORT.get(character) or (
        f"\\x{ord(character):02x}" if character < "\xff" else f"\\u{ord(character):04x}"
    )
