# SPDX-License-Identifier: GPL-2.0-only
"""
All ways of a lone page, told apart by everything that the balance can read of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple, TypeAlias

from errpath.explore.merged.lone.attempt import Through, answers_of
from errpath.explore.merged.lone.lone_page import FORCED_FROM, LonePage
from errpath.explore.merged.lone.outcome import End
from errpath.explore.merged.lone.status import Status
from errpath.explore.merged.lone.trial import Way
from errpath.explore.merged.marks.whereabouts import State, Whereabouts
from errpath.kernel.target import Obligation

_KINDS = ("PageHuge", "PageTransHuge", "__PageMovable")
_LAST = ("PageMovable", "__ClearPageIsolated", "putback_movable_page")


class Everything:
    """
    Keeps the last of all that happened, and the first of kinds, of what the balance can read.
    """

    start: frozenset[tuple[str, object]] = frozenset()

    def view(self, through: Through) -> tuple[tuple[str, object], ...]:
        """
        Give what happened.
        """
        outcome = through.outcome
        found: dict[str, object] = {f"{name} on": place for name, place in outcome.put}
        found |= {f"{name} carries": True for name in outcome.carries}
        found |= {f"{name} PG_lru": True for name in outcome.PG_lru}
        found |= {text: value for text, value in outcome.facts if text.startswith("PageHWPoison")}
        for made in outcome.events:
            name, call, subjects = made.primitive.name, made.call, made.subjects
            if name in _LAST or (name == "page_count" and made.value == 1):
                found[call] = made.value
            elif name == "page_mapped" and not made.value:
                found[f"{subjects[0]} mapped"] = None
            elif name == "remove_migration_ptes":
                found[f"{subjects[0]} mapped"] = subjects[1]
        for text, value in answers_of(through.asked):
            if text.partition("(")[0] in _KINDS:
                found[f"first {text}"] = value
        return (*found.items(), ("isolated", outcome.isolated))

    def step(self, state: frozenset[tuple[str, Any]], view: Any) -> frozenset[tuple[str, object]]:
        """
        Keep the last of each, and the first of kinds.
        """
        found = dict(state)
        for key, value in view:
            if key == "isolated":
                found[key] = found.get(key, 0) + value
            elif not key.startswith("first ") or key not in found:
                found[key] = value
        return frozenset(found.items())


Node: TypeAlias = "tuple[int, State, frozenset[tuple[str, object]]]"


class Stand(NamedTuple):
    """
    Where a run can end: the status, what is kept of a way there and all of it, and the way.
    """

    status: Status
    seen: State
    all_: frozenset[tuple[str, object]]
    way: Way


class Walk:
    """
    Goes all the ways of a lone page of which everything is not the same.
    """

    def __init__(self, lone: LonePage, watch: Whereabouts) -> None:
        self._lone = lone
        self._watch = watch
        self._step = cache(watch.step)
        self._everything = Everything()
        self._views: dict[tuple[int, bool], dict[Any, Through]] = {}
        self._steps: dict[tuple[Node, bool], list[tuple[Node, Through, End | None]]] = {}
        self._met: set[object] = set()

    def _alike(self, status: int, *, force: bool) -> dict[Any, Through]:
        found = self._views.get((status, force))
        if found is None:
            found = self._views[status, force] = {}
            for through, *both in self._lone.rows.get((status, force), ()):
                views = self._watch.view(through), self._everything.view(through)
                for to in both:
                    found.setdefault((to, through.outcome.end, *views), through)
        return found

    def stands(self) -> Iterator[Stand]:
        """
        Give each place where a run can end, by everything once.
        """
        lone, front = self._lone, {(0, self._watch.start, Everything.start): Way()}
        for number in range(1, lone.passes + 1):
            ways, todo = dict(front), [*front]
            following: dict[Node, Way] = {}
            while todo:
                node = todo.pop()
                if lone.goes_on[node[0]].how != "again":
                    yield from self._end(lone.statuses[node[0]], node, ways[node])
                for then, through, end in self._steps_of(node, force=number >= FORCED_FROM):
                    how = "end" if end else lone.goes_on[then[0]].how
                    into = following if how == "next" else ways
                    if how == "end":
                        yield from self._end(lone.left_by(then[0]), then, ways[node], through)
                    elif how != "stray" and then not in into:
                        into[then] = ways[node].and_then(through)
                        todo += [then] if into is ways else []
            if number > FORCED_FROM and following.keys() == front.keys():
                break
            front = following
        for node, way in front.items():
            yield from self._end(lone.statuses[node[0]], node, way)

    def _end(
        self, status: Status, node: Node, way: Way, through: Through | None = None
    ) -> Iterator[Stand]:
        met = status, *node[1:]
        if met not in self._met:
            self._met.add(met)
            yield Stand(*met, way.and_then(through) if through else way)

    def _steps_of(self, node: Node, *, force: bool) -> list[tuple[Node, Through, End | None]]:
        found = self._steps.get((node, force))
        if found is None:
            status, seen, all_ = node
            found = self._steps[node, force] = []
            for (to, end, view, more), through in self._alike(status, force=force).items():
                if end is None or end.bug is None:
                    then = self._step(seen, view, 1), self._everything.step(all_, more)
                    found.append(((to, *then), through, end))
        return found

    def verdicts(self, owed: tuple[Obligation, ...]) -> dict[Any, dict[frozenset[str], set[Any]]]:
        """
        Give for all that is kept at the end, with what is held, what is complained of, and of whom.
        """
        making = self._lone.making
        found: dict[Any, dict[frozenset[str], set[Any]]] = defaultdict(lambda: defaultdict(set))
        for status, seen, all_, way in self.stands():
            names = status.place.names
            for through in making.putback(status, way) if names else (None,):
                rows, last, every = self._lone.odd_rows(status), seen, all_
                if through is not None:
                    rows = through.outcome.did.odd
                    last = self._step(seen, self._watch.view(through), 0)
                    every = self._everything.step(all_, self._everything.view(through))
                says = making.after_putback(status, way, through, owed)
                # A run that is stopped between two attempts has not put that back.
                judged = frozenset(one for one in says if "PF_SWAPWRITE" not in one)
                found[last, rows][judged].add(every)
        return found
