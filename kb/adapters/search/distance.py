"""Words a few edits away, by the usual table of distances filled for all words at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from kb.adapters.search.array_file import Integers


def near(word: str, words: Sequence[str], most: int) -> list[str]:
    """Give those of `words` that at most `most` letters put in, left out or replaced make of `word`."""
    candidates = [each for each in words if abs(len(each) - len(word)) <= most]
    if not candidates:
        return []
    distances = _distances(word, candidates)
    return [each for each, distance in zip(candidates, distances.tolist(), strict=True) if distance <= most]


def _distances(word: str, words: Sequence[str]) -> Integers:
    """Fill the table row by row, a row being a letter of the words and a column one of `word`. Source: Wagner and Fischer (1974)."""
    letters = np.array(words, dtype=np.str_)
    table = letters.view(np.uint32).reshape(len(words), -1).T
    lengths = np.array([len(each) for each in words])
    distances = np.zeros(len(words), dtype=np.int16)
    above = [np.full(len(words), column, dtype=np.int16) for column in range(len(word) + 1)]
    for row, letter in enumerate(table, 1):
        here = [np.full(len(words), row, dtype=np.int16)]
        for column, wanted in enumerate(word, 1):
            replaced = above[column - 1] + (letter != ord(wanted))
            here.append(np.minimum(np.minimum(above[column], here[-1]) + 1, replaced))
        distances = np.where(lengths == row, here[-1], distances)
        above = here
    return distances
