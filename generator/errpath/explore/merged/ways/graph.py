# SPDX-License-Identifier: GPL-2.0-only
"""
The statuses of a page with what is added up on the way to them, and the steps between.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from errpath.explore.merged.entangled import EntangledError
from errpath.explore.merged.lone.lone_page import FORCED_FROM
from errpath.explore.merged.lone.trial import Way
from errpath.explore.merged.marks.asked import Asked
from errpath.explore.merged.ways.endings import Endings
from errpath.explore.merged.ways.kept import NOTHING, Ended, Ending, Group, Kept, Step, Stop
from errpath.explore.merged.ways.numbered import Numbered

if TYPE_CHECKING:
    from collections.abc import Sequence

    from errpath.explore.merged.lone.attempt import Shared, Through
    from errpath.explore.merged.lone.lone_page import LonePage
    from errpath.explore.merged.lone.outcome import Did, End
    from errpath.explore.merged.lone.status import Beside, GoesOn
    from errpath.explore.merged.marks.monitor import Monitor
    from errpath.kernel.target import Obligation


class Alike(NamedTuple):
    """
    What outcomes have in common that are one to the monitors.
    """

    end: End | None
    did: Did
    views: tuple[Any, ...]


Ways: TypeAlias = "tuple[Shared, int, int, int, int, tuple[int, int], Through]"
"""Ways through an attempt that are alike: what they are told, where they lead to and (beside)
if another page is on the LRU list, the number of what is `Alike`, and as in `Step` their number,
the size and the smallest."""


class Graph:
    """
    What a lone page does, under the eyes of monitors; node 0 is the start.

    `asked` are the texts whose answers are told apart, with the place of the monitor that tells
    whether they are asked. `by_pass` tells that steps depend on the number of the pass, and not
    only on whether it is forced. With `owed`, the caller puts back what is left, and owes that
    besides; that is `putback`.
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
        self.asked = tuple(
            (place, one.text) for place, one in enumerate(monitors) if isinstance(one, Asked)
        )
        self.by_pass = any(monitor.by_pass for monitor in monitors)
        self._endings = Endings(page, monitors, owed or ())
        self._nodes: Numbered[tuple[int, int]] = Numbered()
        self._kept: Numbered[Kept] = Numbered()
        self._stops: Numbered[Stop] = Numbered()
        self._alike: Numbered[Alike] = Numbered()
        self._seen: dict[int, int] = {}
        self._then: dict[tuple[int, int, int], int] = {}
        self._to: dict[tuple[int, int, End | None], int] = {}
        self.goes_on: list[GoesOn] = []
        self.has_tail: list[bool] = []
        self.beside: list[Beside] = []
        self._ends: dict[tuple[int, Ending], list[Ended]] = {}
        self._via: dict[tuple[int, int], tuple[int, int, Through] | None] = {(0, 1): None}
        self._ways: dict[tuple[int, bool], list[Ways]] = {}
        self._steps: dict[tuple[int, int], list[Group]] = {}
        self._told: frozenset[Shared] | None = None
        seen = tuple(monitor.start for monitor in monitors)
        there = frozenset((page.name,))
        start = Kept(0, 0, NOTHING, there, NOTHING, lru=False, seen=seen)
        self._node(0, self._kept.number(start))

    def _node(self, status: int, kept: int) -> int:
        found = self._nodes.number((status, kept))
        if found == len(self.goes_on):
            self.goes_on.append(self.page.goes_on[status])
            self.has_tail.append(self.page.has_tail(status))
            self.beside.append(self.page.statuses[status].beside)
        return found

    def stop(self, to: int) -> Stop:
        """
        Give the stop that a step leads to whose number is below 0.
        """
        return self._stops[-1 - to]

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
        status, kept = self._nodes[node]
        told: dict[tuple[Shared, bool], dict[tuple[int, int], list[Any]]] = {}
        for ways in self._alike_ways(status, force=number >= FORCED_FROM):
            shared, to, beside, like, times, size, through = ways
            then = self._and_then(kept, like, number)
            end = self._alike[like].end
            if self.putback and end and end.bug is None:
                several = self._stopped(node, number, ways, then)
            else:
                one = self._leads(to, then, end)
                other = one if beside == to else self._leads(beside, then, end)
                several = [Step(one, other, 1, size, through)]
            for one, other, more, length, best in several:
                key = shared, self._over(one) and self._over(other)
                ends = told.get(key)
                if ends is None:
                    ends = told[key] = {}
                same = ends.get((one, other))
                if same is None:
                    ends[one, other] = [more * times, length, best]
                else:
                    same[0] += more * times
                    if length < same[1]:
                        same[1:] = length, best
        if not told:
            raise EntangledError(f"there is no way through an attempt on {self.page.name}")
        return [
            Group(
                shared,
                last=last,
                edges=[(*both, rest[0]) for both, rest in ends.items()],
                steps=[Step(*both, *rest) for both, rest in ends.items()],
            )
            for (shared, last), ends in told.items()
        ]

    def _over(self, to: int) -> bool:
        return to < 0 or self.goes_on[to].how == "gone"

    def _alike_ways(self, status: int, *, force: bool) -> list[Ways]:
        """
        Give the ways through an attempt, those that are alike as one.
        """
        found = self._ways.get((status, force))
        if found is not None:
            return found
        ways: dict[tuple[Shared, int, int, int], list[Any]] = {}
        seen = self._seen
        for through, to, beside in self.page.rows.get((status, force), ()):
            outcome = through.outcome
            like = seen.get(id(outcome))
            if like is None:
                like = seen[id(outcome)] = self._like(through)
            key = through.shared, to, beside, like
            some = ways.get(key)
            size = through.faults, len(outcome.events)
            if some is None:
                ways[key] = [through.number, size, through]
            else:
                some[0] += through.number
                if size < some[1]:
                    some[1:] = size, through
        found = self._ways[status, force] = [(*key, *some) for key, some in ways.items()]
        return found

    def _like(self, through: Through) -> int:
        outcome = through.outcome
        views = tuple([monitor.view(through) for monitor in self.monitors])
        return self._alike.number(Alike(outcome.end, outcome.did, views))

    def _and_then(self, kept: int, like: int, number: int) -> int:
        """
        Add what an attempt did, in a pass, to what is kept.
        """
        key = kept, like, number if self.by_pass else 0
        found = self._then.get(key)
        if found is None:
            _, did, views = self._alike[like]
            then = self._endings.and_then(self._kept[kept], did, views, number)
            found = self._then[key] = self._kept.number(then)
        return found

    def _leads(self, status: int, kept: int, end: End | None) -> int:
        """
        Give the number of what an attempt leads to: a node, or below 0 a stop.
        """
        key = status, kept, end
        found = self._to.get(key)
        if found is None:
            found = self._to[key] = self._led(status, kept, end)
        return found

    def _led(self, status: int, kept: int, end: End | None) -> int:
        ends, then = self._endings, self._kept[kept]
        if end is not None and end.bug is None:
            return -1 - self._stops.number(ends.stop(end, self.page.left_by(status), then))
        if end is not None and end.bug:
            return -1 - self._stops.number(ends.stray(end.bug, then))
        goes_on = self.page.goes_on[status]
        if goes_on.how == "stray":
            return -1 - self._stops.number(ends.stray(goes_on.by, then))
        return self._node(status, kept)

    def _stopped(self, node: int, number: int, ways: Ways, kept: int) -> list[Step]:
        """
        Give the steps that ways which end the run make of the caller's putback.
        """
        _, to, _, like, _, size, through = ways
        stop = self.stop(self._leads(to, kept, self._alike[like].end))
        left = self.page.left_by(to)

        def there() -> Way:
            return self._way(node, number).and_then(through)

        found = []
        for ended in self._endings.put_back(stop.sum, self._kept[kept], left, there):
            one = -1 - self._stops.number(stop._replace(sum=ended.sum))
            both = size[0] + ended.size[0], size[1] + ended.size[1]
            best = through.and_then(ended.through) if ended.through else through
            found.append(Step(one, one, ended.number, both, best))
        return found

    def ends(self, node: int, how: Ending) -> list[Ended]:
        """
        Give what counts of the page if the run ends so at a node.
        """
        found = self._ends.get((node, how))
        if found is None:
            number, place = self._nodes[node]
            kept, status = self._kept[place], self.page.statuses[number]
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

    def told(self) -> frozenset[Shared]:
        """
        Make every step there is, and give all that attempts are told.
        """
        if self._told is None:
            front, fronts = {0}, set[int]()
            for number in range(1, self.page.passes + 1):
                if number >= FORCED_FROM and not self.by_pass:
                    if front <= fronts:
                        break
                    fronts |= front
                front = self._front(front, number)
            every = (group.shared for groups in self._steps.values() for group in groups)
            self._told = frozenset(every)
        return self._told

    def _front(self, front: set[int], number: int) -> set[int]:
        """
        Make every step of a pass; give the nodes at the beginning of the next.
        """
        todo, seen, following = [*front], set(front), set[int]()
        via, goes_on = self._via, self.goes_on
        while todo:
            node = todo.pop()
            for group in self.steps(node, number):
                for step in group.steps:
                    for to in (step.to, step.beside):
                        if to < 0:
                            continue
                        how = goes_on[to].how
                        later = how == "next"
                        if later:
                            following.add(to)
                        elif how != "gone" and to not in seen:
                            seen.add(to)
                            todo.append(to)
                        if (to, number + later) not in via:
                            via[to, number + later] = node, number, step.best
        return following
