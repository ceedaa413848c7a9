# SPDX-License-Identifier: GPL-2.0-only
"""
The smallest choice of sets that covers everything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from operator import or_
from typing import Final, NamedTuple

_STEPS: Final = 20_000
"""How many choices are tried before the best so far is taken."""


class Cover(NamedTuple):
    """
    The numbers of the sets that were chosen, and how few any choice must have at least.

    Where both counts are equal, no choice is smaller.
    """

    chosen: tuple[int, ...]
    at_least: int


def smallest(sets: Sequence[int], costs: Sequence[int]) -> Cover:
    """
    Choose sets that cover all that any of them covers; each is an int with a bit for an element.

    Among sets that serve as well, one of lower cost is taken. What it gives is the smallest
    choice if that is found in so many steps, and else a small one from which no set can be
    left out; `at_least` tells which.
    """
    rows = _rows(sets, costs)
    search = _Search(rows, costs)
    greedy = _without_idle(_greedy(sets, costs), sets, costs)
    search.best = greedy
    done = search.run()
    best = _without_idle(search.best, sets, costs)
    return Cover(tuple(sorted(best)), len(best) if done else search.bound(search.rows))


def _rows(sets: Sequence[int], costs: Sequence[int]) -> list[int]:
    """
    Give, for each element, the sets that have it, as bits; without what decides nothing.

    An element is left out if whatever covers another one covers it, a set if another one,
    that costs no more, covers all that it does. One can be why the other can go.
    """
    left = list(range(len(sets)))
    elements = reduce(or_, sets, 0)
    while True:
        rows = _needed([_having(element, left, sets) for element in _bits(elements)])
        kept = _useful(left, rows, costs)
        if len(kept) == len(left):
            return rows
        left = kept


def _having(element: int, left: Sequence[int], sets: Sequence[int]) -> int:
    return sum(1 << number for number in left if sets[number] >> element & 1)


def _needed(rows: Iterable[int]) -> list[int]:
    kept: list[int] = []
    for row in sorted(set(rows), key=lambda row: (row.bit_count(), row)):
        if not any(other & row == other for other in kept):
            kept.append(row)
    return kept


def _useful(left: Sequence[int], rows: Sequence[int], costs: Sequence[int]) -> list[int]:
    covers = {n: sum(1 << at for at, row in enumerate(rows) if row >> n & 1) for n in left}
    kept: list[int] = []
    for number in sorted(left, key=lambda n: (-covers[n].bit_count(), costs[n], n)):
        mine = covers[number]
        if mine and not any(
            covers[other] & mine == mine and costs[other] <= costs[number] for other in kept
        ):
            kept.append(number)
    return sorted(kept)


def _bits(mask: int) -> Iterator[int]:
    return (number for number in range(mask.bit_length()) if mask >> number & 1)


def _greedy(sets: Sequence[int], costs: Sequence[int]) -> list[int]:
    left = reduce(or_, sets, 0)
    chosen: list[int] = []
    while left:
        best = max(range(len(sets)), key=lambda n: ((sets[n] & left).bit_count(), -costs[n], -n))
        chosen.append(best)
        left &= ~sets[best]
    return chosen


def _without_idle(chosen: Sequence[int], sets: Sequence[int], costs: Sequence[int]) -> list[int]:
    """
    Leave out, the dearest first, what the others cover.
    """
    whole = reduce(or_, (sets[number] for number in chosen), 0)
    kept = list(chosen)
    for number in sorted(chosen, key=lambda n: (-costs[n], -n)):
        if reduce(or_, (sets[other] for other in kept if other != number), 0) == whole:
            kept.remove(number)
    return kept


class _Search:
    """
    Branch and bound over the rows, each of which needs one of its sets.
    """

    def __init__(self, rows: list[int], costs: Sequence[int]) -> None:
        self.rows = rows
        self.best: list[int] = []
        self._costs = costs
        self._steps = 0

    def run(self) -> bool:
        """
        Look for a smaller choice than the best; tell whether all were looked at.
        """
        self._go(self.rows, [])
        return self._steps <= _STEPS

    def bound(self, rows: Sequence[int]) -> int:
        """
        Count rows that share no set: each needs one of its own.
        """
        taken = count = 0
        for row in rows:
            if not row & taken:
                taken |= row
                count += 1
        return count

    def _go(self, rows: list[int], chosen: list[int]) -> None:
        self._steps += 1
        if self._steps > _STEPS:
            return
        if not rows:
            if len(chosen) < len(self.best):
                self.best = list(chosen)
            return
        if len(chosen) + self.bound(rows) >= len(self.best):
            return
        first = min(rows, key=int.bit_count)
        counts = {number: sum(row >> number & 1 for row in rows) for number in _bits(first)}
        for number in sorted(counts, key=lambda n: (-counts[n], self._costs[n], n)):
            self._go([row for row in rows if not row >> number & 1], [*chosen, number])
