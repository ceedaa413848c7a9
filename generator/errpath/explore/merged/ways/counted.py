# SPDX-License-Identifier: GPL-2.0-only
"""
The number of the paths that end alike, and one of them.
"""

from __future__ import annotations

from collections import Counter
from functools import partial
from itertools import product
from typing import TYPE_CHECKING, Final, TypeAlias

from errpath.explore.merged.entangled import EntangledError
from errpath.explore.merged.ways.representative import agreed
from errpath.explore.merged.ways.worlds import largest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from errpath.explore.merged.ways.best import Best
    from errpath.explore.merged.ways.columns import Column, Columns
    from errpath.explore.merged.ways.joint import Close, Joint
    from errpath.explore.merged.ways.tables import Tables
    from errpath.explore.merged.ways.worlds import World
    from errpath.vocabulary.choice import Value

Told: TypeAlias = "tuple[tuple[str, Value], ...]"
"""What paths were answered, of what is told apart."""
Alike: TypeAlias = "tuple[Close, Told]"
"""How paths end, and what they were answered."""
Counted: TypeAlias = "tuple[int, Best, dict[str, Value]]"
"""The number of paths, one of them, and its answers to what is about no page."""

MOST_CLOSES: Final = 20_000
"""How many classes of paths are told apart at most: beyond, nobody would wait for the end."""


def counted(
    tables: Tables, joint: Joint, *, smallest: Collection[object] | None
) -> dict[Alike, Counted]:
    """
    Count the paths that are alike, and find one of each, with the answers that it is given.

    It is one of the smallest of its kind if `smallest` is None. Else the smallest of all those
    that are given there is; and any path of each other.
    """
    columns = tables.columns(joint.graphs, only=joint.alone)
    closes = joint.closes(columns.ways)
    every = [(close, told) for close in closes for told in _told(joint, close, columns)]
    if len(every) > MOST_CLOSES:
        raise EntangledError(f"more than {MOST_CLOSES} classes of paths have to be told apart")
    factors = {told: _factors(columns, told) for told in {told for _, told in every}}
    counts = {(close, told): closes[close].total(factors[told]) for close, told in every}
    left = {alike: closes[alike[0]] for alike, count in counts.items() if count}
    found = _Found(tables, joint, columns, left)
    found.some()
    found.smallest(left if smallest is None else smallest, each=smallest is None)
    return {alike: (counts[alike], *found.paths[alike]) for alike in left}


def _told(joint: Joint, close: Close, columns: Columns) -> Iterator[Told]:
    """
    Give what paths of a close can have been answered, of what is told apart and is asked on them.
    """
    asked = [text for place, text in joint.graphs[0].asked if close.sum.seen[place]]
    answers = [
        dict.fromkeys((text, w.answers[text]) for w in columns.worlds if text in w.answers)
        for text in asked
    ]
    yield from product(*answers)


def _factors(columns: Columns, told: Told) -> list[int]:
    """
    Give the factors of the worlds with these answers, and 0 for others.

    A path that is not asked counts in all worlds.
    """
    both = zip(columns.worlds, columns.factors, strict=True)
    return [factor if _fits(world, told) else 0 for world, factor in both]


class _Found:
    """
    A path of each kind, with the answers to what is about no page.
    """

    def __init__(
        self, tables: Tables, joint: Joint, columns: Columns, every: Mapping[Alike, Column]
    ) -> None:
        self._tables = tables
        self._joint = joint
        self._columns = columns
        self._every = every
        self._best = partial(tables.smallest, joint.graphs, only=joint.alone)
        # No path is smaller than the smallest of those whose attempts need not agree. If its
        # attempts do agree, it is one.
        self._least = joint.closes(self._best(None))
        self.paths: dict[Alike, tuple[Best, dict[str, Value]]] = {}
        for close, told in every:
            answers = agreed(self._least[close].chain, tables.one.vocabulary, dict(told))
            if answers is not None:
                self.paths[close, told] = self._least[close], answers

    def some(self) -> None:
        """
        Find a path of each of the rest.
        """
        todo = self._every.keys() - self.paths.keys()
        for world in _enough(self._columns, self._every, todo):
            self._look(world, todo)

    def smallest(self, among: Collection[object], *, each: bool) -> None:
        """
        Find the smallest path of some kinds: of `each`, or of all together.
        """
        all_of_them = [alike for alike in self._every if alike in among]
        mine = all_of_them
        apart = [text for _, text in self._joint.graphs[0].asked]
        for world in largest(self._tables.worlds(self._joint.graphs), apart):
            sizes = {alike: self.paths[alike][0].size for alike in all_of_them}
            # Of all together, none is looked for that cannot be smaller than one that is found.
            least = min(sizes.values(), default=(0, 0))
            bound = sizes if each else dict.fromkeys(sizes, least)
            mine = [alike for alike in mine if self._least[alike[0]].size < bound[alike]]
            if not mine:
                return
            self._look(world, mine)

    def _look(self, world: World, mine: Collection[Alike]) -> None:
        """
        Take the best path of each kind in a world, if it is better than what is there.
        """
        some = self._joint.closes(self._best(world.fits))
        for alike in mine:
            way = some.get(alike[0])
            if way is not None and _fits(world, alike[1]):
                there = self.paths.get(alike)
                if there is None or way.size < there[0].size:
                    self.paths[alike] = way, world.answers


def _fits(world: World, told: Told) -> bool:
    return all(world.answers.get(text) == value for text, value in told)


def _enough(
    columns: Columns, every: Mapping[Alike, Column], todo: Collection[Alike]
) -> Iterator[World]:
    """
    Give worlds in which each of some has a path: next that in which most of the rest have.
    """
    rest = {
        (close, told): {
            place
            for place, world in enumerate(columns.worlds)
            if every[close, told].each[place] and _fits(world, told)
        }
        for close, told in todo
    }
    while rest:
        number = Counter(place for places in rest.values() for place in places)
        best = max(sorted(number), key=number.__getitem__)
        yield columns.worlds[best]
        rest = {alike: places for alike, places in rest.items() if best not in places}
