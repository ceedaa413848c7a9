# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

from functools import reduce
from itertools import combinations
from operator import or_

from hypothesis import given
from hypothesis import strategies as st

from errpath.explore.suggest.cover import smallest

SETS = st.lists(st.integers(0, 255), max_size=9)


def _union(sets: list[int]) -> int:
    return reduce(or_, sets, 0)


@given(SETS)
def test_the_choice_covers_all_and_none_is_smaller(sets: list[int]) -> None:
    """
    What is chosen covers what all sets cover, with as few sets as any choice that does.
    """
    found = smallest(sets, [1] * len(sets))
    fewest = next(
        size
        for size in range(len(sets) + 1)
        if any(_union(list(some)) == _union(sets) for some in combinations(sets, size))
    )
    assert _union([sets[number] for number in found.chosen]) == _union(sets)
    assert (len(found.chosen), found.at_least) == (fewest, fewest)


def test_of_equal_sets_the_cheapest_is_chosen() -> None:
    """
    Where several serve as well, the lower cost decides, and then the order.
    """
    assert smallest([0b11, 0b11, 0b11], [3, 1, 1]).chosen == (1,)


def test_a_greedy_choice_is_not_good_enough() -> None:
    """
    The largest set first leaves three where two are enough.
    """
    assert smallest([0b001111, 0b010101 << 0, 0b101010], [1, 1, 1]).chosen == (1, 2)
