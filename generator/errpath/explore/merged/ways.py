# SPDX-License-Identifier: GPL-2.0-only
"""
What one page does in one world: how many ways lead where, pass by pass.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from errpath.explore.merged.best import Best, of_page
from errpath.explore.merged.kept import Ending
from errpath.explore.merged.status import Beside

if TYPE_CHECKING:
    from errpath.explore.merged.graph import Graph
    from errpath.explore.merged.kept import Group, Stop, Sum
    from errpath.explore.merged.worlds import World

Sums: TypeAlias = "dict[Sum, Any]"
"""The number of ways to each sum, or the best of them."""
Stops: TypeAlias = "dict[tuple[Beside, Stop], Any]"
"""The same to each stop, with what has to be on the LRU list for it."""
Nodes: TypeAlias = "dict[tuple[int, int], Any]"
"""The same to each node, with the pass in which a tail was split that is on the list."""


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


class PageInWorld:
    """
    The ways of a page, cut where a run can end.

    Lists by pass, from 1: `stops` are the ways to end the run in an attempt on the head,
    `tail_stops` on the tail, by the pass of its split. `ends` are the ways if nothing ends the
    run before. With `best`, there is one way in place of their number. An `only` page has no
    other that could end the run.
    """

    def __init__(
        self, graph: Graph, world: World, *, best: bool = False, only: bool = False
    ) -> None:
        self._graph = graph
        self._only = only
        self._page = graph.page
        self._fits = world.fits
        self._best = best
        self._next: dict[tuple[int, int], list[tuple[int | Stop, int | Stop, Any]]] = {}
        one: Any = Best((0, 0), None) if best else 1
        now: Nodes = {(0, 0): one}
        # After a bug nobody puts anything back.
        endings = (Ending.STOP, Ending.BUG) if graph.putback else (Ending.STOP,)
        self._cuts = {} if only else {how: Cut([], [{}], [({}, {}, {})]) for how in endings}
        for how, cut in self._cuts.items():
            cut.over.append(self._sums(now, how=how))
        self.stops: list[Stops] = [{}]
        self.tail_stops: list[dict[int, Stops]] = [{}]
        for number in range(1, self._page.passes + 1):
            now = self._pass(now, number)
        self.ends: Sums = self._sums(now, how=Ending.END)

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

    def _cut(self, *, bug: bool) -> Cut:
        return self._cuts[Ending.BUG if bug and self._graph.putback else Ending.STOP]

    def _steps(self, node: int, number: int) -> list[tuple[int | Stop, int | Stop, Any]]:
        graph, fits = self._graph, self._fits
        key = node, graph.phase(number)
        found = self._next.get(key)
        if found is None:
            groups = graph.steps(node, number)
            fit = [index for index, group in enumerate(groups) if fits[group.shared]]
            found = self._next[key] = self._made(key, fit, groups)
        return found

    def _made(
        self, key: tuple[int, int], fit: list[int], groups: list[Group]
    ) -> list[tuple[int | Stop, int | Stop, Any]]:
        # Many worlds leave the same of an attempt.
        made = self._graph.made[self._best]
        found = made.get((*key, *fit))
        if found is None:
            ways: dict[tuple[int | Stop, int | Stop], Any] = defaultdict(int)
            for index in fit:
                for step in groups[index].steps:
                    count = Best(step.size, step.best) if self._best else step.number
                    ways[step.to, step.beside] += count
            found = made[*key, *fit] = [(*both, count) for both, count in ways.items()]
        return found

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
        into = {"tail": waiting, "next": rest, "gone": rest}
        while todo:
            into["again"] = defaultdict(int)
            for row, ways in todo.items():
                self._step(row, ways, number, into, stops)
            todo = into["again"]
        self.stops.append(stops)
        for how, cut in self._cuts.items():
            cut.heads.append(self._sums(rest, waiting, how=how))
        return self._tails(rest, waiting, number)

    def _step(
        self, row: tuple[int, int], ways: Any, number: int, into: dict[str, Nodes], stops: Stops
    ) -> None:
        """
        Make one attempt: add where it leads `into` what comes then, or to the stops.
        """
        graph = self._graph
        node, split = row
        tail, beside = graph.has_tail[node], graph.beside[node]
        for to, other, count in self._steps(node, number):
            whole = ways * count
            both = ((to, beside),) if to == other else ((to, Beside.NO), (other, Beside.YES))
            for one, so in both:
                if isinstance(one, int):
                    born = number if graph.has_tail[one] and not (tail or self._only) else split
                    into[graph.goes_on[one].how][one, born] += whole
                else:
                    stops[so, one] += of_page(whole)

    def _tails(self, rest: Nodes, waiting: Nodes, number: int) -> Nodes:
        stops: dict[int, Stops] = defaultdict(lambda: defaultdict(int))
        before: dict[int, Nodes] = defaultdict(dict)
        after: dict[int, Nodes] = defaultdict(lambda: defaultdict(int))
        for row, ways in waiting.items():
            split = row[1]
            before[split][row] = ways
            tried = after[split]
            self._step(row, ways, number, {"next": tried, "gone": tried}, stops[split])
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
