# SPDX-License-Identifier: GPL-2.0-only
"""
Two targets side by side on one list: in which attempts they part, and what comes of it.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from errpath.explore.lockstep.counting import Counting
from errpath.explore.lockstep.crew import Movers
from errpath.explore.lockstep.graph import Graph
from errpath.explore.lockstep.partings import Partings
from errpath.explore.lockstep.replay import replayed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from errpath.explore.lockstep.moves import Kind, Leaf, Mover
    from errpath.explore.lockstep.partings import Chain, Parting
    from errpath.explore.lockstep.places import Passes
    from errpath.explore.lockstep.replay import ListPair
    from errpath.vocabulary.choice import Value


class Lockstep:
    """
    All pairs of paths of two sides under shared answers.

    The n-th asking of a question in an attempt has one answer for both sides; what is asked once
    for a run, and what is about no page, keeps its answer for good. Attempts of the two are one
    joint attempt if they are on the same page in the same pass, for the same time in that pass.

    `make` gives a mover with both sides; with more than one job it can be pickled. `beside`
    are the ways in which another page can be on the LRU list, asked where a walk has got there.
    `joint_attempts` is the number of those that were told apart, `runs` of those that were made.
    """

    def __init__(
        self,
        make: Callable[[], Mover],
        passes: Passes,
        *,
        beside: tuple[bool, ...] = (False, True),
        jobs: int = 1,
    ) -> None:
        movers = Movers(make, jobs)
        try:
            self.graph = Graph(movers, passes, beside)
        finally:
            movers.leave()
        self.runs = movers.runs
        self._mover = movers.mover
        self._counting = Counting(self.graph)

    @property
    def fixed(self) -> dict[str, Value]:
        """
        The answers that were given in advance.
        """
        return dict(self._mover.old.fixed)

    @property
    def pairs(self) -> int:
        """
        The exact number of pairs of paths.
        """
        return self._counting.pairs

    @property
    def places(self) -> int:
        """
        The number of places between attempts that were told apart.
        """
        return len({place for place, _ in self.graph.places})

    @property
    def joint_attempts(self) -> int:
        """
        The number of joint attempts that were told apart.
        """
        return sum(
            same.times
            for table in self.graph.tables
            for kind in table
            for same in kind.shared.values()
        )

    @property
    def counting(self) -> Counting:
        """
        What counts the pairs.
        """
        return self._counting

    @cached_property
    def walked(self) -> Partings:
        """
        All ways of the graph, gone over.
        """
        return Partings(self.graph, self._counting, next(iter(self.graph.order)))

    @property
    def partings(self) -> list[Parting]:
        """
        Every kind of attempts in which the sides part, at every place where they do.
        """
        return self.walked.found

    def leaves(self) -> Iterator[tuple[Kind, Leaf, bool, bool]]:
        """
        Give every joint attempt of sides that have not parted, and the kind that it is of.

        Behind these stands whether it is forced, and whether the walk is astray.
        """
        for table, forced, astray in self.graph.told():
            for kind in table:
                for leaf in kind.leaves:
                    yield kind, leaf, forced, astray

    def pair(self, chain: Chain) -> ListPair:
        """
        Run both sides along a way, whole; a ReplayError tells that they do not go along it.
        """
        return replayed(self._mover, chain)

    def smallest(self, parting: Parting) -> ListPair:
        """
        Give the smallest pair that parts so.
        """
        return self.pair(next(self.walked.ends([parting]))[1])
