# SPDX-License-Identifier: GPL-2.0-only
"""
What the ways of a page are weighed by: their number, in all worlds at once, or the best of them.

The numbers of ways in all worlds stand side by side in one integer, a field for each world. What
is told to an attempt is a mask, which leaves the fields of the worlds that it fits: a step then
costs one operation for all worlds.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeAlias

from errpath.explore.merged.ways.best import Best

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from errpath.explore.merged.lone.attempt import Shared
    from errpath.explore.merged.ways.graph import Graph
    from errpath.explore.merged.ways.kept import Step
    from errpath.explore.merged.ways.worlds import World

Edge: TypeAlias = "tuple[int, int, Any]"
"""Where steps lead to, where if another page is on the LRU list, and what they weigh."""


class Edges(NamedTuple):
    """
    Steps of an attempt in the worlds of a mask; None is every world. See `Group` for `last`.
    """

    mask: int | None
    last: bool
    each: list[Edge]


class Weights(Protocol):
    """
    What weighs ways: `one` is the weight of no step, and weights are added and multiplied.
    """

    one: Any

    def edges(self, graph: Graph, node: int, number: int) -> list[Edges]:
        """
        Give the steps of the attempt that follows a node in a pass.
        """
        ...


class Numbers:
    """
    Counts ways whatever they are told: no world has more of them.
    """

    one = 1

    def edges(self, graph: Graph, node: int, number: int) -> list[Edges]:
        """
        Give the steps, each pair of ends once.
        """
        ways: tuple[dict[tuple[int, int], int], ...] = defaultdict(int), defaultdict(int)
        for group in graph.steps(node, number):
            mine = ways[group.last]
            for to, beside, times in group.edges:
                mine[to, beside] += times
        return [
            Edges(None, last, [(*both, times) for both, times in ways[last].items()])
            for last in (False, True)
        ]


class InWorlds:
    """
    Counts ways in each world, in a field of so many bytes.
    """

    def __init__(self, every: Sequence[World], size: int) -> None:
        self._every = every
        self._size = size
        self._full = (1 << 8 * size) - 1
        self._masks: dict[Shared, int] = {}
        self.one = sum(1 << 8 * size * place for place in range(len(every)))

    def edges(self, graph: Graph, node: int, number: int) -> list[Edges]:
        """
        Give the steps by the worlds that they are possible in.
        """
        every = graph.steps(node, number)
        return [Edges(self._mask(group.shared), group.last, group.edges) for group in every]

    def _mask(self, shared: Shared) -> int:
        found = self._masks.get(shared)
        if found is None:
            bits = 8 * self._size
            fields = [place for place, world in enumerate(self._every) if shared in world.fits]
            found = self._masks[shared] = sum(self._full << bits * place for place in fields)
        return found

    def fields(self, packed: int) -> list[int]:
        """
        Give the numbers of the worlds, in their order.
        """
        size, number = self._size, len(self._every)
        told = packed.to_bytes(size * number, "little")
        of = int.from_bytes
        return [of(told[at : at + size], "little") for at in range(0, size * number, size)]


class Smallest:
    """
    Finds the best way, of those that are told what `fits`; None is whatever they are told.
    """

    one = Best((0, 0), None)

    def __init__(self, fits: Collection[Shared] | None = None) -> None:
        self._fits = fits

    def edges(self, graph: Graph, node: int, number: int) -> list[Edges]:
        """
        Give the smallest step between each pair of ends.
        """
        fits = self._fits
        ways: tuple[dict[tuple[int, int], Step], ...] = {}, {}
        for group in graph.steps(node, number):
            if fits is None or group.shared in fits:
                mine = ways[group.last]
                for step in group.steps:
                    both = step.to, step.beside
                    if both not in mine or step.size < mine[both].size:
                        mine[both] = step
        return [
            Edges(
                None,
                last,
                [(*both, Best(step.size, step.best)) for both, step in ways[last].items()],
            )
            for last in (False, True)
        ]
