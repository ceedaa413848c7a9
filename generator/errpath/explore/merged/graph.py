# SPDX-License-Identifier: GPL-2.0-only
"""
The statuses of a page with what is added up on the way to them, and the steps between.
"""

from __future__ import annotations

from functools import partial
from itertools import starmap
from typing import TYPE_CHECKING, Any, TypeAlias

from errpath.explore.merged.endings import Endings
from errpath.explore.merged.kept import NOTHING, Ended, Ending, Group, Kept, Row, Step, Stop
from errpath.explore.merged.lone_page import FORCED_FROM
from errpath.explore.merged.trial import Way

if TYPE_CHECKING:
    from collections.abc import Sequence

    from errpath.explore.merged.attempt import Shared, Through
    from errpath.explore.merged.lone_page import LonePage
    from errpath.explore.merged.monitor import Monitor
    from errpath.explore.merged.outcome import Did, End
    from errpath.explore.merged.status import Beside, GoesOn
    from errpath.kernel.target import Obligation

Alike: TypeAlias = "tuple[Shared, int, int, End | None, Did, tuple[Any, ...]]"
"""What ways through an attempt have in common that are one to the monitors."""


class Graph:
    """
    What a lone page does, under the eyes of monitors; node 0 is the start.

    `nodes` has the number of the status and what is kept. `by_pass` tells that steps depend on
    the number of the pass, and not only on whether it is forced. `made` is for who makes
    something of the steps and needs it again. With `owed`, the caller puts back what is left, and
    owes that besides; that is `putback`.
    """

    def __init__(
        self,
        page: LonePage,
        monitors: Sequence[Monitor],
        owed: tuple[Obligation, ...] | None = None,
    ) -> None:
        self.page = page
        self.putback = owed is not None
        self.monitors = tuple(monitors)
        self.by_pass = any(monitor.by_pass for monitor in monitors)
        self._endings = Endings(page, monitors, owed or ())
        self._numbers: dict[tuple[int, Kept], int] = {}
        self.nodes: list[tuple[int, Kept]] = []
        self.goes_on: list[GoesOn] = []
        self.has_tail: list[bool] = []
        self.beside: list[Beside] = []
        self._ends: dict[tuple[int, Ending], list[Ended]] = {}
        self._via: dict[tuple[int, int], tuple[int, int, Through] | None] = {(0, 1): None}
        self._alike: dict[tuple[int, bool], list[tuple[Alike, list[Any]]]] = {}
        self._steps: dict[tuple[int, int], list[Group]] = {}
        self.made: tuple[dict[Any, Any], dict[Any, Any]] = ({}, {})
        seen = tuple(monitor.start for monitor in monitors)
        there = frozenset((page.name,))
        self._node(0, Kept(0, 0, NOTHING, there, NOTHING, lru=False, seen=seen))

    def _node(self, status: int, kept: Kept) -> int:
        key = status, kept
        found = self._numbers.get(key)
        if found is None:
            found = self._numbers[key] = len(self.nodes)
            self.nodes.append(key)
            self.goes_on.append(self.page.goes_on[status])
            self.has_tail.append(self.page.has_tail(status))
            self.beside.append(self.page.statuses[status].beside)
        return found

    def phase(self, number: int) -> int:
        """
        Give what tells passes apart: their number, or the first that is forced like it.
        """
        return number if self.by_pass else FORCED_FROM if number >= FORCED_FROM else 1

    def steps(self, node: int, number: int) -> list[Group]:
        """
        Give the steps of the attempt that follows a node in a pass.
        """
        phase = self.phase(number)
        found = self._steps.get((node, phase))
        if found is None:
            found = self._steps[node, phase] = self._made(node, phase)
        return found

    def _made(self, node: int, number: int) -> list[Group]:
        status, kept = self.nodes[node]
        ends, way = self._endings, partial(self._way, node, number)
        steps: dict[tuple[Shared, int | Stop, int | Stop], Step] = {}
        for alike, (times, size, through) in self._ways(status, force=number >= FORCED_FROM):
            shared, to, beside, end, did, views = alike
            then = ends.and_then(kept, did, views, number)
            one = self._to(to, end, then)
            other = one if beside == to else self._to(beside, end, then)
            step = Step(shared, one, other, times, size, through)
            several = [step]
            if self.putback and end and end.bug is None:
                several = ends.stopped(step, then, self.page.left_by(to), way)
            for step in several:
                key = shared, step.to, step.beside
                same = steps.get(key)
                small = step if same is None or step.size < same.size else same
                steps[key] = small._replace(number=step.number + (same.number if same else 0))
        told: dict[Shared, list[Step]] = {}
        for step in steps.values():
            told.setdefault(step.shared, []).append(step)
        return list(starmap(Group, told.items()))

    def _ways(self, status: int, *, force: bool) -> list[tuple[Alike, list[Any]]]:
        """
        Give the ways through an attempt that are alike: their number, the size and the smallest.
        """
        found = self._alike.get((status, force))
        if found is not None:
            return found
        ways: dict[Alike, list[Any]] = {}
        for through, to, beside in self.page.rows.get((status, force), ()):
            outcome = through.outcome
            views = tuple([monitor.view(through) for monitor in self.monitors])
            key = through.shared, to, beside, outcome.end, outcome.did, views
            size = through.faults, len(outcome.events)
            some = ways.get(key)
            if some is None:
                ways[key] = [1, size, through]
            else:
                some[0] += 1
                if size < some[1]:
                    some[1:] = size, through
        found = self._alike[status, force] = list(ways.items())
        return found

    def _to(self, status: int, end: End | None, kept: Kept) -> int | Stop:
        if end is not None and end.bug is None:
            return self._endings.stop(end, self.page.left_by(status), kept)
        if end is not None and end.bug:
            return self._endings.stray(end.bug, kept)
        goes_on = self.page.goes_on[status]
        if goes_on.how == "stray":
            return self._endings.stray(goes_on.by, kept)
        return self._node(status, kept)

    def ends(self, node: int, how: Ending) -> list[Ended]:
        """
        Give what counts of the page if the run ends so at a node.
        """
        found = self._ends.get((node, how))
        if found is None:
            number, kept = self.nodes[node]
            status = self.page.statuses[number]
            total = self._endings.at(status, kept, how)
            found = [Ended(total, 1, (0, 0), None)]
            if self.putback and how is not Ending.BUG:
                found = self._endings.put_back(total, kept, status, partial(self._way, node))
            self._ends[node, how] = found
        return found

    def _way(self, node: int, phase: int | None = None) -> Way:
        """
        Give a way to a node in the first pass that it is in, of a phase if one is given.
        """
        passes = (at for some, at in self._via if some == node)
        return self._way_in(node, min(n for n in passes if phase in {None, self.phase(n)}))

    def _way_in(self, node: int, number: int) -> Way:
        came = self._via[node, number]
        if came is None:
            return Way()
        before, earlier, through = came
        return self._way_in(before, earlier).and_then(through)

    def rows(self) -> list[Row]:
        """
        Make every step there is, and give each with where it is made.
        """
        front, fronts = {0}, set[int]()
        for number in range(1, self.page.passes + 1):
            if number >= FORCED_FROM and not self.by_pass:
                if front <= fronts:
                    break
                fronts |= front
            front = self._front(front, number)
        return [
            Row(id(self), node, phase, step)
            for (node, phase), groups in self._steps.items()
            for _, steps in groups
            for step in steps
        ]

    def _front(self, front: set[int], number: int) -> set[int]:
        """
        Make every step of a pass; give the nodes at the beginning of the next.
        """
        todo, seen, following = [*front], set(front), set[int]()
        while todo:
            node = todo.pop()
            for _, steps in self.steps(node, number):
                for step in steps:
                    for to in {step.to, step.beside}:
                        if not isinstance(to, int):
                            continue
                        later = self.goes_on[to].how == "next"
                        if later:
                            following.add(to)
                        elif to not in seen:
                            seen.add(to)
                            todo.append(to)
                        self._via.setdefault((to, number + later), (node, number, step.best))
        return following
