# SPDX-License-Identifier: GPL-2.0-only
"""
A page of a list that is the one a law names, or is another.

A law about each page of a path is judged for each page of each path. Pages stand in equal
places, so the pairs of a path and a page are counted at once: every page is either the one that
is picked, with the law's marks, or one of the others, and of what is multiplied only that stays
in which one page is picked.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from errpath.explore.merged.ways.best import Best, OfPage

if TYPE_CHECKING:
    from errpath.explore.merged.lone.attempt import Through
    from errpath.explore.merged.ways.kept import Sum
    from errpath.explore.merged.ways.ways import PageWays, Stops, Sums


class Picked:
    """
    Tells the number of pages that are picked: of one page, 1 or 0.
    """

    by_pass = False

    def __init__(self, *, so: bool) -> None:
        self.start = int(so)

    def view(self, through: Through) -> None:
        """
        See nothing.
        """

    def step(self, state: int, view: None, number: int) -> int:
        """
        Stay as it is.
        """
        del view, number
        return state

    def told(self, state: int) -> int:
        """
        Give the number.
        """
        return state

    def both(self, one: int, other: int) -> int:
        """
        Add up.
        """
        return one + other


def picks(total: Sum) -> int:
    """
    Give the number of pages that are picked; `Picked` is the last monitor.
    """
    number: int = total.seen[-1]
    return number


class Either:
    """
    The ways of both, as those of one page; see `PageWays`.

    A page that is not picked may have been followed without `idle` marks of which it has no
    calls: their states are 0.
    """

    def __init__(self, other: PageWays, picked: PageWays, idle: int) -> None:
        self._other = other
        self._picked = picked
        self._idle = (0,) * idle
        self._filled: dict[Sum, Sum] = {}
        self.over = cache(self._over)
        self.heads = cache(self._heads)
        self.while_tails = cache(self._while_tails)
        self.ends = self._sums(other.ends, picked.ends)
        self.stops = [self._stops(*some) for some in zip(other.stops, picked.stops, strict=True)]
        self.tail_stops = [
            {
                split: self._stops(one.get(split, {}), two.get(split, {}))
                for split in one.keys() | two.keys()
            }
            for one, two in zip(other.tail_stops, picked.tail_stops, strict=True)
        ]

    def _over(self, number: int, *, bug: bool) -> Sums:
        return self._sums(self._other.over(number, bug=bug), self._picked.over(number, bug=bug))

    def _heads(self, number: int, *, bug: bool) -> Sums:
        return self._sums(self._other.heads(number, bug=bug), self._picked.heads(number, bug=bug))

    def _while_tails(self, number: int, split: int, *, with_it: bool, bug: bool) -> Sums:
        return self._sums(
            self._other.while_tails(number, split, with_it=with_it, bug=bug),
            self._picked.while_tails(number, split, with_it=with_it, bug=bug),
        )

    def _fill(self, total: Sum) -> Sum:
        found = self._filled.get(total)
        if found is None:
            *first, number = total.seen
            found = self._filled[total] = total._replace(seen=(*first, *self._idle, number))
        return found

    def _sums(self, others: Sums, picked: Sums) -> Sums:
        found = {self._fill(total): ways for total, ways in others.items()}
        return found | {total: _marked(ways) for total, ways in picked.items()}

    def _stops(self, others: Stops, picked: Stops) -> Stops:
        found = {
            (so, stop._replace(sum=self._fill(stop.sum))): ways
            for (so, stop), ways in others.items()
        }
        return found | {stop: _marked(ways) for stop, ways in picked.items()}


def _marked(ways: Any) -> Any:
    """
    Note in a chain that the page is the one that is picked.
    """
    if not isinstance(ways, Best):
        return ways
    return Best(ways.size, OfPage(ways.chain.chain, picked=True))
