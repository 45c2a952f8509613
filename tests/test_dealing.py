"""The order in which workers take tests loses none of them, and keeps the others in theirs."""

from __future__ import annotations

import pytest

from tests.dealing import dealt


def test_every_part_begins_with_its_share_of_the_slow_ones() -> None:
    assert dealt(["A", "B", "C", "D"], [*"abcdefgh"], 3) == [*"ADab", *"Bcde", *"Cfgh"]


@pytest.mark.parametrize(
    ("slow", "others", "workers"), [(0, 0, 2), (5, 0, 3), (1, 9, 4), (7, 2, 3), (0, 3, 8), (3, 50, 1)]
)
def test_none_is_lost_and_the_others_stay_in_their_order(slow: int, others: int, workers: int) -> None:
    order = dealt([*range(-slow, 0)], [*range(others)], workers)

    assert sorted(order) == [*range(-slow, others)]
    assert [each for each in order if each >= 0] == [*range(others)]
