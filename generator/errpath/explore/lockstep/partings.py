# SPDX-License-Identifier: GPL-2.0-only
"""
The attempts in which two sides part, and where either gets from there.
"""

from __future__ import annotations

from collections.abc import Iterator
from heapq import heappop, heappush
from itertools import count
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from errpath.explore.lockstep.ends import So, after
from errpath.explore.lockstep.places import START

if TYPE_CHECKING:
    from collections.abc import Iterable

    from errpath.explore.lockstep.counting import Counting, Known, Step
    from errpath.explore.lockstep.graph import Graph
    from errpath.explore.lockstep.moves import Edge, Kind, Shared, Size
    from errpath.explore.lockstep.places import Place, Turn
    from errpath.vocabulary.choice import Value


class Link(NamedTuple):
    """
    The last joint attempt of a way, and what was before; it is made again with the `answers`.
    """

    before: Link | None
    turn: Turn
    edge: Edge
    answers: tuple[Value, ...]


Chain: TypeAlias = "Link | None"
"""A way, the last attempt first."""

Ends: TypeAlias = "tuple[So, So]"


class At(NamedTuple):
    """
    Where a pair is: the place, its pass, what is known of no page, and what either has come to.
    """

    place: Place
    number: int
    known: Known
    old: So
    new: So


class Parting(NamedTuple):
    """
    A kind of joint attempts in which the sides part, made somewhere.

    `kind` has them, `shared` is what they read of no page, `page` is whose attempt it is,
    `before` is where it was made, and `to` what it leads to. `pairs` is the number of pairs
    that part so; `size` and `chain` are those of the smallest way there.
    """

    page: str
    kind: Kind
    shared: Shared
    edge: Edge
    before: At
    to: At
    pairs: int
    size: Size
    chain: Chain


def _add(one: Size, other: Size) -> Size:
    return one[0] + other[0], one[1] + other[1], one[2] + other[2]


class Partings:
    """
    Goes over all ways of a graph: `found` are the partings, `pairs` the number of all pairs.

    `numbers` numbers the ends of both sides, as they are come by. `made` has the kinds of attempts
    that some pair makes before its sides part, by their ids, and what these read of no page.
    """

    def __init__(self, graph: Graph, counting: Counting, first: str) -> None:
        self._graph = graph
        self._counting = counting
        self._first = first
        self.pairs = counting.pairs
        self.numbers: dict[Ends, int] = {}
        self.made: set[tuple[int, Shared]] = set()
        self._reached: dict[At, int] = {}
        self.found = list(self._found())

    def _found(self) -> Iterator[Parting]:
        """
        Go on from every place where the sides are together, in the order of attempts.
        """
        order = self._graph.order
        start = At(START, 1, (), So(), So())
        ways: dict[At, int] = {start: 1}
        best: dict[At, tuple[Size, Chain]] = {start: ((0, 0, 0), None)}
        numbers = count()
        todo: list[tuple[int, int, int, int, At]] = [(1, -1, 0, next(numbers), start)]
        while todo:
            at = heappop(todo)[-1]
            (size, chain), times = best[at], ways[at]
            for step, to in self._steps(at):
                edge = step.edge
                self.made.add((id(step.made.table[edge.kind]), step.shared))
                further, link = _add(size, step.same.size), self._link(chain, at, step)
                if edge.parts:
                    rest = self._counting.after(to.place, to.number, to.known)
                    pairs = times * step.ways * rest
                    page = at.place.old.page if at.place.old else ""
                    yield Parting(
                        page or self._first,
                        step.made.table[edge.kind],
                        step.shared,
                        edge,
                        at,
                        to,
                        pairs,
                        further,
                        link,
                    )
                    continue
                if edge.to.over:
                    continue
                if to not in ways:
                    status = to.place.old
                    assert status is not None  # noqa: S101 - both go on, or neither
                    heappush(
                        todo,
                        (to.number, order[status.page], to.place.nth[0], next(numbers), to),
                    )
                    best[to] = further, link
                elif further < best[to][0]:
                    best[to] = further, link
                ways[to] = ways.get(to, 0) + times * step.ways

    def _steps(self, at: At) -> Iterator[tuple[Step, At]]:
        of = self._graph.turn(at.place, at.number)
        for step in self._counting.steps(of, at.known):
            edge, base = step.edge, step.made.base
            yield (
                step,
                At(
                    edge.to,
                    0 if edge.to.over else self._graph.next(of, edge),
                    step.known,
                    after(at.old, base[0], edge.old) if edge.old else at.old,
                    after(at.new, base[1], edge.new) if edge.new else at.new,
                ),
            )

    def _link(self, chain: Chain, at: At, step: Step) -> Link:
        of = self._graph.turn(at.place, at.number)
        return Link(chain, of, step.edge, step.same.answers + step.edge.rest)

    def ends(self, partings: Iterable[Parting]) -> Iterator[tuple[Ends, Chain]]:
        """
        Give every two ends that some pair comes to from these partings, the smallest pairs first.

        Each comes once, with the way of the smallest pair that has it.
        """
        best: dict[At, Size] = {}
        numbers = count()
        todo: list[tuple[Size, int, At, Chain]] = []
        for one in partings:
            if one.to not in best or one.size < best[one.to]:
                best[one.to] = one.size
                heappush(todo, (one.size, next(numbers), one.to, one.chain))
        found: set[Ends] = set()
        while todo:
            size, _, at, chain = heappop(todo)
            if size > best[at]:
                continue
            if at.place.over:
                if (at.old, at.new) not in found:
                    found.add((at.old, at.new))
                    yield (at.old, at.new), chain
                continue
            for step, to in self._steps(at):
                further = _add(size, step.same.size)
                if to not in best or further < best[to]:
                    best[to] = further
                    heappush(todo, (further, next(numbers), to, self._link(chain, at, step)))

    def reached(self, at: At) -> int:
        """
        Give all ends to which pairs come from somewhere, as a set of their numbers in `numbers`.
        """
        if at.place.over:
            return 1 << self.numbers.setdefault((at.old, at.new), len(self.numbers))
        found = self._reached.get(at)
        if found is None:
            found = 0
            for _, to in self._steps(at):
                found |= self.reached(to)
            self._reached[at] = found
        return found
