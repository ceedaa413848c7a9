# SPDX-License-Identifier: GPL-2.0-only
"""
Every place that two sides can come to together, and every kind of joint attempt between places.

THE REDUCTION, and why it loses nothing.

Where an attempt ends, what later steps can read is a status (`state()` of kernel/pages says what
that is). Runs that agree in it go on alike under the same answers, so they are one place, and
each place is gone on from once. An attempt is told of its pass only whether it is forced, and the
last pass ends the run: so a place is gone on from once for each of these phases. And an attempt
reads of pages only its own: the joint attempts on a page are enumerated once for all that is
known of this page, and one of each kind is made at every place, to see where it leads there. What
is about no page (mode, reason) is forgotten between attempts; `counting` holds the attempts of a
pair to agree in it.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any

from errpath.explore.lockstep.moves import Task, Way
from errpath.explore.lockstep.places import START, Turn, turn
from errpath.explore.lockstep.status import Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from errpath.explore.lockstep.crew import Movers
    from errpath.explore.lockstep.moves import Edge, Kind
    from errpath.explore.lockstep.places import Passes, Place
    from errpath.explore.lockstep.status import Became

Phases = tuple[tuple[bool, bool] | None, tuple[bool, bool] | None]


class Made:
    """
    The edges of a place in some phases, their table, and what had become of pages before.
    """

    __slots__ = ("base", "edges", "table")

    def __init__(
        self, table: tuple[Kind, ...], edges: list[Edge], base: tuple[Became, Became]
    ) -> None:
        self.table = table
        self.base = base
        self.edges = edges


class Graph:
    """
    Places and edges, found by movers pass by pass.

    `made` has for each place and phases the edges, without another page on the LRU list and
    with one, if that matters. `places` are all places, each with the pass in which it comes up.
    """

    def __init__(self, movers: Movers, passes: Passes, beside: tuple[bool, ...]) -> None:
        self._movers = movers
        self._order = movers.order
        self._passes = passes
        self._beside = beside
        self._tables: dict[tuple[Any, ...], tuple[Kind, ...]] = {}
        self._bare: dict[tuple[Any, ...], tuple[Kind, ...]] = {}
        self._made: dict[tuple[Any, ...], list[Made]] = {}
        self.places: dict[tuple[Place, int], None] = {}
        self._explore()

    @property
    def tables(self) -> list[tuple[Kind, ...]]:
        """
        The tables of joint attempts, in the order in which they were made.
        """
        return list(self._tables.values())

    def turn(self, place: Place, number: int) -> Turn:
        """
        Give whose turn it is.
        """
        return turn(place, number, self._order)

    @property
    def order(self) -> dict[str, int]:
        """
        The pages of the list and their tails, each with its number.
        """
        return self._order

    def at(self, of: Turn) -> list[Made]:
        """
        Give the edges of a turn.
        """
        return self._made[self._key(of)]

    def next(self, of: Turn, edge: Edge) -> int:
        """
        Give the pass that counts for the place behind an edge: the old side's, if it goes on.
        """
        place, to = of.place, edge.to
        if to.old is not None:
            # A side that waits is in the pass in which it was.
            mine = of.old or of.new - place.ahead
            return mine + bool(edge.old and edge.old.later)
        other = of.new or of.old + place.ahead
        return other + bool(edge.new and edge.new.later)

    def _key(self, of: Turn) -> tuple[Any, ...]:
        phase = self._passes.phase
        return of.place, of.old and phase(of.old), of.new and phase(of.new)

    def _explore(self) -> None:
        # Ways are longer in later passes, so that places are looked at by the pass of who is next.
        waiting: list[deque[tuple[Turn, Way, Way]]] = [
            deque() for _ in range(self._passes.last + 1)
        ]
        waiting[1].append((self.turn(START, 1), Way(), Way()))
        self.places[START, 1] = None
        for line in waiting:
            while line:
                round_ = list(line)
                line.clear()
                self._make(round_)
                for of, old, new in round_:
                    for edge in (edge for made in self.at(of) for edge in made.edges):
                        number = self.next(of, edge)
                        if edge.to.over or (edge.to, number) in self.places:
                            continue
                        self.places[edge.to, number] = None
                        after = self.turn(edge.to, number)
                        waiting[after.old or after.new].append(
                            (
                                after,
                                old.then(edge.old_asked, edge.good, edge.old),
                                new.then(edge.new_asked, edge.good, edge.new),
                            )
                        )

    def _make(self, round_: list[tuple[Turn, Way, Way]]) -> None:
        """
        Make the edges of places, as far as they are not made.
        """
        todo: dict[tuple[Any, ...], list[tuple[tuple[Any, ...], Task]]] = {}
        begun = set()
        for of, old, new in round_:
            key = self._key(of)
            if key in self._made or key in begun:
                continue
            begun.add(key)
            for beside in self._besides(of):
                local = self._local(of, beside=beside)
                task = Task(of, old, new, beside, self._bare.get(local))
                todo.setdefault(local, []).append((key, task))
        for local, key, task, table, edges in self._movers.made(todo):
            if table is not None:
                self._tables[local] = table
                self._bare[local] = tuple([kind.bare for kind in table])
            base = task.old.became, task.new.became
            self._made.setdefault(key, []).append(Made(self._tables[local], edges, base))

    def _besides(self, of: Turn) -> tuple[bool | None, ...]:
        if not self._movers.strays(of):
            return (None,)
        known = of.place.beside
        return self._beside if known is None else (known,)

    def _local(self, of: Turn, *, beside: bool | None) -> tuple[Any, ...]:
        """
        Give the key of a turn's table; the last pass is enumerated for itself only if it must be.
        """
        local = self._movers.local(of, beside=beside)
        phase = self._passes.phase
        phases = of.old and phase(of.old), of.new and phase(of.new)
        forced = tuple(p and (p[0], False) for p in phases)
        return (*local, *forced) if (*local, *forced) in self._tables else (*local, *phases)

    def told(self) -> Iterator[tuple[tuple[Kind, ...], bool, bool]]:
        """
        Give each table, whether its attempts are forced, and whether the walk is astray in them.
        """
        for key, table in self._tables.items():
            forced = any(phase and phase[0] for phase in key[-2:])
            yield table, forced, any(isinstance(side, Status) for side in key[:2])

    def edges(self) -> Iterator[Edge]:
        """
        Give all edges.
        """
        for rows in self._made.values():
            for made in rows:
                yield from made.edges
