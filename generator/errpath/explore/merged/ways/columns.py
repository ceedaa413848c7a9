# SPDX-License-Identifier: GPL-2.0-only
"""
The numbers of ways in all worlds, side by side, so that worlds are multiplied each by itself.
"""

from __future__ import annotations

from operator import add, mul
from typing import TYPE_CHECKING

from errpath.explore.merged.ways.ways import PageWays
from errpath.explore.merged.ways.weights import InWorlds, Numbers

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from errpath.explore.merged.ways.graph import Graph
    from errpath.explore.merged.ways.worlds import World


class Column:
    """
    A number of ways for each world; sums and products are those of each world.
    """

    __slots__ = ("each",)

    def __init__(self, each: list[int]) -> None:
        self.each = each

    def __add__(self, other: Column | int) -> Column:
        """
        Add; the only number that is no column is the 0 that sums begin with.
        """
        return self if isinstance(other, int) else Column(list(map(add, self.each, other.each)))

    __radd__ = __add__

    def __mul__(self, other: Column) -> Column:
        """
        Multiply.
        """
        return Column(list(map(mul, self.each, other.each)))

    def total(self, factors: Iterable[int]) -> int:
        """
        Give the sum over the worlds, each times its factor.
        """
        return sum(map(mul, self.each, factors))


class Columns:
    """
    The ways of some pages in all worlds: `ways` by graph, the `worlds` and their `factors`.

    Worlds in which all that pages do is the same in number are one, and count together; those that
    count for nothing then are left out. What is told apart is another world with each answer.
    """

    def __init__(self, graphs: Iterable[Graph], every: Sequence[World], *, only: bool) -> None:
        packed = {graph: _packed(graph, every, only=only) for graph in dict.fromkeys(graphs)}
        fields = {
            (graph, number): weights.fields(number)
            for graph, (ways, weights) in packed.items()
            for number in dict.fromkeys(ways.every())
        }
        apart = [text for _, text in next(iter(packed)).asked]
        alike: dict[object, list[int]] = {}
        rows = zip(*fields.values(), strict=True)
        for place, numbers in enumerate(rows):
            alike.setdefault((every[place].key(apart), numbers), []).append(place)
        factors = {
            places[0]: sum(every[place].factor for place in places) for places in alike.values()
        }
        kept = [place for place, factor in factors.items() if factor]
        self.worlds = [every[place] for place in kept]
        self.factors = [factors[place] for place in kept]
        columns = {
            key: Column([numbers[place] for place in kept]) for key, numbers in fields.items()
        }
        self.ways = {
            graph: ways.weighed(lambda number, graph=graph: columns[graph, number])  # type: ignore[misc]
            for graph, (ways, _) in packed.items()
        }


def _packed(graph: Graph, every: Sequence[World], *, only: bool) -> tuple[PageWays, InWorlds]:
    # No field grows beyond what there are of ways whatever is told: what an attempt leaves of
    # them goes on in at least one way.
    most = max(PageWays(graph, Numbers(), only=only).every())
    weights = InWorlds(every, (most.bit_length() + 7) // 8)
    return PageWays(graph, weights, only=only), weights
