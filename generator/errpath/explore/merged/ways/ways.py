# SPDX-License-Identifier: GPL-2.0-only
"""
What one page does: how many ways lead where, pass by pass.
"""

from __future__ import annotations

from collections import defaultdict
from copy import copy
from typing import TYPE_CHECKING, Any, NamedTuple, Self, TypeAlias

from errpath.explore.merged.lone.status import Beside
from errpath.explore.merged.ways.best import Best, of_page
from errpath.explore.merged.ways.kept import Ending

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from errpath.explore.merged.ways.graph import Graph
    from errpath.explore.merged.ways.kept import Stop, Sum
    from errpath.explore.merged.ways.weights import Edges, Weights

Sums: TypeAlias = "dict[Sum, Any]"
"""The weight of the ways to each sum."""
Stops: TypeAlias = "dict[tuple[Beside, Stop], Any]"
"""The same to each stop, with what has to be on the LRU list for it."""
Nodes: TypeAlias = "dict[tuple[int, int], Any]"
"""The same to each node, with the pass in which a tail was split that is on the list."""
Make: TypeAlias = "Callable[[Any], Any]"


class Into(NamedTuple):
    """
    Where attempts lead: to nodes, by how their page goes on, or to stops.
    """

    nodes: dict[str, Nodes]
    stops: Stops


class Cut(NamedTuple):
    """
    The ways of a page when another page ends the run, where that is.

    `over` has those at the end of each pass, of which that of pass 0 is the start, and `heads`
    those between the attempts on heads and those on tails. `parts` has for each pass those
    that have no tail to try, and by the pass of their split those whose tail is not tried yet,
    and those whose tail has been.
    """

    over: list[Sums]
    heads: list[Sums]
    parts: list[tuple[Sums, dict[int, Sums], dict[int, Sums]]]

    def every(self) -> Iterator[Sums]:
        """
        Give all of them.
        """
        yield from self.over
        yield from self.heads
        for base, before, after in self.parts:
            yield base
            yield from before.values()
            yield from after.values()

    def weighed(self, make: Make) -> Cut:
        """
        Give the same with what is made of each weight.
        """
        return Cut(
            [_weighed(sums, make) for sums in self.over],
            [_weighed(sums, make) for sums in self.heads],
            [
                (_weighed(base, make), _by_split(before, make), _by_split(after, make))
                for base, before, after in self.parts
            ],
        )


class PageWays:
    """
    The ways of a page, cut where a run can end, by their weights.

    Lists by pass, from 1: `stops` are the ways to end the run in an attempt on the head,
    `tail_stops` on the tail, by the pass of its split. `ends` are the ways if nothing ends the
    run before. An `only` page has no other that could end the run: nobody asks in which pass its
    ways end, so that their last steps are made at once for all passes, and stops are of pass 1.
    """

    def __init__(self, graph: Graph, weights: Weights, *, only: bool = False) -> None:
        self._graph = graph
        self._only = only
        self._page = graph.page
        self._weights = weights
        self._best = isinstance(weights.one, Best)
        self._next: dict[tuple[int, int], list[Edges]] = {}
        self._last: dict[tuple[int, int], list[Edges]] = {}
        self._tried: Nodes = defaultdict(int)
        now: Nodes = {(0, 0): weights.one}
        # After a bug nobody puts anything back.
        endings = (Ending.STOP, Ending.BUG) if graph.putback else (Ending.STOP,)
        self._cuts = {} if only else {how: Cut([], [{}], [({}, {}, {})]) for how in endings}
        for how, cut in self._cuts.items():
            cut.over.append(self._sums(now, how=how))
        self.stops: list[Stops] = [{}]
        self.tail_stops: list[dict[int, Stops]] = [{}]
        for number in range(1, self._page.passes + 1):
            now = self._pass(now, number)
        if only:
            into = Into({"gone": now}, self.stops[1])
            for (node, phase), ways in self._tried.items():
                self._go((node, 0), ways, phase, self._last[node, phase], into)
        self.ends: Sums = self._sums(now, how=Ending.END)
        self._next.clear()
        self._last.clear()

    def over(self, number: int, *, bug: bool) -> Sums:
        """
        Give the ways at the end of a pass, if another page ends the run, by a `bug` or not.
        """
        return self._cut(bug=bug).over[number]

    def heads(self, number: int, *, bug: bool) -> Sums:
        """
        Give those between the attempts on heads and the attempts on tails.
        """
        return self._cut(bug=bug).heads[number]

    def every(self) -> Iterator[Any]:
        """
        Give each weight that is anywhere.
        """
        some: list[Any] = [self.ends, *self.stops]
        some += [found for by_split in self.tail_stops for found in by_split.values()]
        some += [sums for cut in self._cuts.values() for sums in cut.every()]
        for found in some:
            yield from found.values()

    def weighed(self, make: Make) -> Self:
        """
        Give the same ways with what is made of each weight; none is left out.
        """
        found = copy(self)
        found.ends = _weighed(self.ends, make)
        found.stops = [_weighed(stops, make) for stops in self.stops]
        found.tail_stops = [_by_split(by_split, make) for by_split in self.tail_stops]
        found._cuts = {how: cut.weighed(make) for how, cut in self._cuts.items()}  # noqa: SLF001 - its own
        return found

    def _cut(self, *, bug: bool) -> Cut:
        return self._cuts[Ending.BUG if bug and self._graph.putback else Ending.STOP]

    def _pass(self, now: Nodes, number: int) -> Nodes:
        graph, name = self._graph, self._page.name
        rest: Nodes = defaultdict(int)
        waiting: Nodes = defaultdict(int)
        todo: Nodes = {}
        stops: Stops = defaultdict(int)
        for row, ways in now.items():
            goes_on = graph.goes_on[row[0]]
            if goes_on.how == "gone":
                rest[row] += ways
            elif goes_on.by == name:
                todo[row] = ways
            else:
                waiting[row] += ways
        into = Into({"tail": waiting, "next": rest, "gone": rest}, stops)
        while todo:
            into.nodes["again"] = defaultdict(int)
            for row, ways in todo.items():
                self._step(row, ways, number, into)
            todo = into.nodes["again"]
        self.stops.append(stops)
        for how, cut in self._cuts.items():
            cut.heads.append(self._sums(rest, waiting, how=how))
        return self._tails(rest, waiting, number)

    def _step(self, row: tuple[int, int], ways: Any, number: int, into: Into) -> None:
        """
        Make one attempt: add where it leads.
        """
        graph = self._graph
        key = row[0], graph.phase(number)
        edges = self._next.get(key)
        if edges is None:
            edges = self._weights.edges(graph, *key)
            if self._only:
                self._last[key] = [one for one in edges if one.last]
                edges = [one for one in edges if not one.last]
            self._next[key] = edges
        if self._only:
            self._tried[key] += ways
        self._go(row, ways, number, edges, into)

    def _go(
        self, row: tuple[int, int], ways: Any, number: int, edges: list[Edges], into: Into
    ) -> None:
        graph = self._graph
        node, split = row
        tail, beside = graph.has_tail[node] or self._only, graph.beside[node]
        nodes, stops = into
        for mask, _, each in edges:
            some = ways if mask is None else ways & mask
            if not some:
                continue
            for to, other, weight in each:
                whole = some * weight
                both = ((to, beside),) if to == other else ((to, Beside.NO), (other, Beside.YES))
                for one, so in both:
                    if one >= 0:
                        born = number if graph.has_tail[one] and not tail else split
                        nodes[graph.goes_on[one].how][one, born] += whole
                    else:
                        stops[so, graph.stop(one)] += of_page(whole)

    def _tails(self, rest: Nodes, waiting: Nodes, number: int) -> Nodes:
        stops: dict[int, Stops] = defaultdict(lambda: defaultdict(int))
        before: dict[int, Nodes] = defaultdict(dict)
        after: dict[int, Nodes] = defaultdict(lambda: defaultdict(int))
        for row, ways in waiting.items():
            split = row[1]
            before[split][row] = ways
            tried = after[split]
            self._step(row, ways, number, Into({"next": tried, "gone": tried}, stops[split]))
        for how, cut in self._cuts.items():
            parts = (
                {split: self._sums(nodes, how=how) for split, nodes in some.items()}
                for some in (before, after)
            )
            cut.parts.append((self._sums(rest, how=how), *parts))  # type: ignore[arg-type]
        for nodes in after.values():
            for row, ways in nodes.items():
                rest[row] += ways
        for how, cut in self._cuts.items():
            cut.over.append(self._sums(rest, how=how))
        self.tail_stops.append({split: found for split, found in stops.items() if found})
        return rest

    def _sums(self, *parts: Nodes, how: Ending) -> Sums:
        ends = self._graph.ends
        found: Sums = defaultdict(int)
        for part in parts:
            for (node, _), ways in part.items():
                for one, count, size, through in ends(node, how):
                    if through is None:
                        found[one] += ways
                    else:
                        found[one] += ways * (Best(size, through) if self._best else count)
        return {one: of_page(ways) for one, ways in found.items()}

    def while_tails(self, number: int, split: int, *, with_it: bool, bug: bool) -> Sums:
        """
        Give the ways when a tail of another page, split in a pass, is tried in pass `number`.

        Tails that were split before have been tried, and `with_it` those of that very pass.
        """
        base, before, after = self._cut(bug=bug).parts[number]
        found: Sums = defaultdict(int, base)
        for born in before.keys() | after.keys():
            tried = born < split or (with_it and born == split)
            for one, ways in (after if tried else before).get(born, {}).items():
                found[one] += ways
        return dict(found)


def _weighed(found: dict[Any, Any], make: Make) -> dict[Any, Any]:
    return {key: make(weight) for key, weight in found.items()}


def _by_split(found: dict[int, Any], make: Make) -> dict[int, Any]:
    return {split: _weighed(some, make) for split, some in found.items()}
