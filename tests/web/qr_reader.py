"""Reads a QR code as a telephone does (ISO/IEC 18004), so that a test sees what people will scan.

Written from the standard, not from the library that draws. Enough for what is drawn here: bytes, at the level M of
correction, in versions 2 to 10; a symbol on a screen has no damage to be corrected.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import zip_longest

Grid = list[list[bool]]

QUIET = 4
RUN = re.compile(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z")
BLOCKS = {
    2: [28],
    3: [44],
    4: [32] * 2,
    5: [43] * 2,
    6: [27] * 4,
    7: [31] * 4,
    8: [38] * 2 + [39] * 2,
    9: [36] * 3 + [37] * 2,
    10: [43] * 4 + [44],
}
"""Data codewords of each block, at level M (table 9)."""
SPACING = {7: 16, 8: 18, 9: 20, 10: 22}
"""Modules between the middles of alignment patterns (annex E); before version 7 there is one pattern."""
MASKS: tuple[Callable[[int, int], bool], ...] = (
    lambda y, x: (y + x) % 2 == 0,
    lambda y, _: y % 2 == 0,
    lambda _, x: x % 3 == 0,
    lambda y, x: (y + x) % 3 == 0,
    lambda y, x: (y // 2 + x // 3) % 2 == 0,
    lambda y, x: y * x % 2 + y * x % 3 == 0,
    lambda y, x: (y * x % 2 + y * x % 3) % 2 == 0,
    lambda y, x: ((y + x) % 2 + y * x % 3) % 2 == 0,
)
FORMAT_MASK = 0b10101
LEVEL_M = 0b00
BYTES = 0b0100


def text_of(page: str) -> str:
    """Read the symbol in a page's picture; fails where its quiet zone is not light."""
    found = re.search(r'<svg class="qr".*?viewBox="0 0 (\d+) \1".*?d="(M[^"]*)"(?:/>|></path>)</svg>', page)
    assert found, "the page shows no QR code"
    return read(drawn(int(found[1]), found[2]))


def drawn(side: int, path: str) -> Grid:
    """Give the modules that a path darkens, without the quiet zone."""
    whole = [[False] * side for _ in range(side)]
    for x, y, width, back in RUN.findall(path):
        assert width == back
        for dark in range(int(x), int(x) + int(width)):
            whole[int(y)][dark] = True
    assert RUN.sub("", path) == ""
    zone = [*whole[:QUIET], *whole[-QUIET:], *(row[:QUIET] + row[-QUIET:] for row in whole)]
    assert not any(map(any, zone)), "the quiet zone is not light"
    return [row[QUIET:-QUIET] for row in whole[QUIET:-QUIET]]


def read(grid: Grid) -> str:
    """Give the text of a symbol."""
    version = (len(grid) - 17) // 4
    form = int("".join(str(int(grid[8][x])) for x in range(5)), 2) ^ FORMAT_MASK
    assert form >> 3 == LEVEL_M
    mask = MASKS[form & 0b111]
    bits = [grid[y][x] != mask(y, x) for y, x in _way(version, len(grid))]
    words = [_number(bits[start : start + 8]) for start in range(0, len(bits) - 7, 8)]
    data = "".join(f"{word:08b}" for word in _in_order(words, BLOCKS[version]))
    size = 8 if version < 10 else 16
    assert int(data[:4], 2) == BYTES
    length = int(data[4 : 4 + size], 2)
    body = data[4 + size : 4 + size + 8 * length]
    return bytes(int(body[start : start + 8], 2) for start in range(0, len(body), 8)).decode()


def _way(version: int, side: int) -> Iterator[tuple[int, int]]:
    """Go over the modules that hold data: up and down in columns of two from the right, past the timing column."""
    taken = _function_modules(version, side)
    upwards = True
    for right in (*range(side - 1, 6, -2), 5, 3, 1):
        for step in range(side):
            y = side - 1 - step if upwards else step
            yield from ((y, x) for x in (right, right - 1) if (y, x) not in taken)
        upwards = not upwards


def _function_modules(version: int, side: int) -> set[tuple[int, int]]:
    def box(top: int, left: int, height: int, width: int) -> set[tuple[int, int]]:
        return {(y, x) for y in range(top, top + height) for x in range(left, left + width)}

    taken = box(0, 0, 9, 9) | box(0, side - 8, 9, 8) | box(side - 8, 0, 8, 9)
    taken |= box(6, 0, 1, side) | box(0, 6, side, 1)
    last = side - 7
    middles = [6, *sorted(range(last, 6, -SPACING.get(version, last)))]
    corners = {(6, 6), (6, last), (last, 6)}
    for y, x in {(y, x) for y in middles for x in middles} - corners:
        taken |= box(y - 2, x - 2, 5, 5)
    if version >= 7:
        taken |= box(0, side - 11, 6, 3) | box(side - 11, 0, 3, 6)
    return taken


def _in_order(words: list[int], sizes: list[int]) -> list[int]:
    """Take the blocks apart again: the first word of each, the second of each, and so on."""
    blocks: list[list[int]] = [[] for _ in sizes]
    turns = zip_longest(*([number] * size for number, size in enumerate(sizes)))
    for number, word in zip(
        (each for turn in turns for each in turn if each is not None), words, strict=False
    ):
        blocks[number].append(word)
    return [word for block in blocks for word in block]


def _number(bits: list[bool]) -> int:
    return int("".join("1" if bit else "0" for bit in bits), 2)
