# SPDX-License-Identifier: GPL-2.0-only
"""
What one page does in one world: how many ways lead where, pass by pass.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, TypeAlias

from errpath.explore.merged.leaf import Best, End, of_page
from errpath.explore.merged.lone_page import FORCED_FROM

if TYPE_CHECKING:
    from errpath.explore.merged.leaf import Kept, Leaf, Shared
    from errpath.explore.merged.lone_page import LonePage

Ways: TypeAlias = "dict[Kept, Any]"
"""The number of ways to each thing that is kept of a page, or the best of them."""
Ends: TypeAlias = "dict[End, Any]"


class PageInWorld:
    """
    The ways of a page, cut where a run can end that another page ends.

    Lists by pass, of which that of pass 0 is the start: `over` has the ways at the end of the
    pass, `heads` those between the attempts on heads and the attempts on tails. `stops` are the
    ways to end the run in an attempt on the head, `tail_stops` on the tail, by the pass of
    its split. With `best`, there is one way in place of their number.
    """

    def __init__(self, page: LonePage, world: Shared, *, best: bool = False) -> None:
        self._page = page
        self._world = world
        self._best = best
        self._fits: dict[Shared, bool] = {}
        self._next: dict[tuple[int, bool], dict[int | End, Any]] = {}
        one: Any = Best((0, 0), None) if best else 1
        now: dict[tuple[int, int], Any] = {(0, 0): one}
        self.over: list[Ways] = [self._ways(now)]
        self.heads: list[Ways] = [{}]
        self.stops: list[Ends] = [{}]
        self.tail_stops: list[dict[int, Ends]] = [{}]
        self._parts: list[tuple[Ways, dict[int, Ways], dict[int, Ways]]] = [({}, {}, {})]
        for number in range(1, page.passes + 1):
            now = self._pass(now, number)

    def _steps(self, status: int, *, force: bool) -> dict[int | End, Any]:
        found = self._next.get((status, force))
        if found is None:
            found = defaultdict(int)
            fits = self._fits
            for leaf in self._page.leaves.get((status, force), ()):
                fit = fits.get(leaf.shared)
                if fit is None:
                    fit = fits[leaf.shared] = leaf.shared <= self._world
                if fit:
                    found[self._to(leaf)] += Best(leaf.size, leaf) if self._best else leaf.count
            self._next[status, force] = found
        return found

    def _to(self, leaf: Leaf) -> int | End:
        if isinstance(leaf.to, End):
            return leaf.to
        goes_on = self._page.goes_on[leaf.to]
        if goes_on.how == "stray":
            return End(None, goes_on.by, self._page.kept[leaf.to])
        return leaf.to

    def _pass(self, now: dict[tuple[int, int], Any], number: int) -> dict[tuple[int, int], Any]:
        page, force = self._page, number >= FORCED_FROM
        rest: dict[tuple[int, int], Any] = defaultdict(int)
        waiting: dict[tuple[int, int], Any] = defaultdict(int)
        todo: dict[tuple[int, int], Any] = {}
        stops: Ends = defaultdict(int)
        for row, ways in now.items():
            goes_on = page.goes_on[row[0]]
            if goes_on.how == "gone":
                rest[row] += ways
            elif goes_on.by == page.name:
                todo[row] = ways
            else:
                waiting[row] += ways
        while todo:
            again: dict[tuple[int, int], Any] = defaultdict(int)
            for (status, split), ways in todo.items():
                for to, count in self._steps(status, force=force).items():
                    if isinstance(to, End):
                        stops[to] += of_page(ways * count)
                        continue
                    born = number if page.tail[to] and not page.tail[status] else split
                    into = {"again": again, "tail": waiting}.get(page.goes_on[to].how, rest)
                    into[to, born] += ways * count
            todo = again
        self.stops.append(stops)
        self.heads.append(self._ways(rest, waiting))
        return self._tails(rest, waiting, force=force)

    def _tails(
        self, rest: dict[tuple[int, int], Any], waiting: dict[tuple[int, int], Any], *, force: bool
    ) -> dict[tuple[int, int], Any]:
        kept = self._page.kept
        base = self._ways(rest)
        stops: dict[int, Ends] = defaultdict(lambda: defaultdict(int))
        before: dict[int, Ways] = defaultdict(lambda: defaultdict(int))
        after: dict[int, Ways] = defaultdict(lambda: defaultdict(int))
        for (status, split), ways in waiting.items():
            before[split][kept[status]] += of_page(ways)
            for to, count in self._steps(status, force=force).items():
                if isinstance(to, End):
                    stops[split][to] += of_page(ways * count)
                else:
                    after[split][kept[to]] += of_page(ways * count)
                    rest[to, split] += ways * count
        self.tail_stops.append(dict(stops))
        self._parts.append((base, before, after))
        self.over.append(self._ways(rest))
        return rest

    def _ways(self, *parts: dict[tuple[int, int], Any]) -> Ways:
        kept = self._page.kept
        found: Ways = defaultdict(int)
        for part in parts:
            for (status, _), ways in part.items():
                found[kept[status]] += ways
        return {one: of_page(ways) for one, ways in found.items()}

    def while_tails(self, number: int, split: int, *, with_it: bool) -> Ways:
        """
        Give the ways when a tail of another page, split in a pass, is tried in pass `number`.

        Tails that were split before have been tried, and `with_it` those of that very pass.
        """
        base, before, after = self._parts[number]
        found: Ways = defaultdict(int, base)
        for born in before.keys() | after.keys():
            tried = born < split or (with_it and born == split)
            for kept, ways in (after if tried else before).get(born, {}).items():
                found[kept] += ways
        return dict(found)
