# SPDX-License-Identifier: GPL-2.0-only
"""
Everything that one page can do, attempt by attempt and pass by pass.

`joint` explains why that is enough for a list.
"""

from __future__ import annotations

import gc
from contextlib import contextmanager
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from errpath.explore.merged.entangled import EntangledError
from errpath.explore.merged.lone.any_of import TellsApartError
from errpath.explore.merged.lone.lone_runs import LoneRuns
from errpath.explore.merged.lone.outcome import rows_of
from errpath.explore.merged.lone.status import Beside, GoesOn, Place, Status
from errpath.explore.merged.lone.trial import Row, Trial, Way, shortest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from errpath.explore.merged.lone.any_of import Classes
    from errpath.explore.merged.lone.attempt import Through
    from errpath.explore.merged.lone.outcome import Moved, Stray
    from errpath.kernel.target import Model

FORCED_FROM: Final = 4
"""The first pass with force: `pass > 2`, counted from 0."""


class LonePage:
    """
    The statuses of a page, numbered from 0 (before its first attempt), and their attempts.

    `goes_on` has for each status how it goes on, `rows` the ways through the attempt that
    follows, by status and force; `making` made the runs. With `alike`, answers of a class that the
    code does not tell apart are one, and a way stands for a number of ways.
    """

    def __init__(
        self,
        target: Any,
        semantics: str,
        model: Model,
        *,
        passes: int,
        alike: Classes = MappingProxyType({}),
    ) -> None:
        self.passes = passes
        self.name = model.vocabulary.pages[0]
        with collecting_later():
            while True:
                self._begin(LoneRuns(target, semantics, model, alike))
                try:
                    self._explore()
                except TellsApartError as found:
                    alike = found.finer(alike)
                else:
                    return

    def _begin(self, making: LoneRuns) -> None:
        self.making = making
        self._see = self.making.see
        listed = self.making.machine.listed
        self.names = tuple(page.name for page in self.making.machine.owners)
        self._refs = {listed[name].ref: name for name in self.names}
        self._numbers: dict[Status, int] = {}
        self.statuses: list[Status] = []
        self.goes_on: list[GoesOn] = []
        self.rows: dict[tuple[int, bool], list[Row]] = {}
        self._kinds: dict[int, tuple[list[Through], list[int]]] = {}
        self._shortest: dict[tuple[int, bool], dict[int, Through]] = {}
        self._left: dict[Status, int] = {}
        self._lefts: list[Status] = []

    @property
    def strays(self) -> bool:
        """
        Whether it matters anywhere that another page is on the LRU list.
        """
        return any(status.beside is not Beside.ANY for status in self.statuses)

    def has_tail(self, status: int) -> bool:
        """
        Tell whether a tail is on the list.
        """
        return any(name != self.name for name in self.statuses[status].place.names)

    def held(self, status: Status) -> frozenset[str]:
        """
        Name the page and its tail, as far as a reference is held on them.
        """
        return frozenset(name for row, name in self._refs.items() if row in status.place.rows)

    def odd_rows(self, status: Status) -> frozenset[str]:
        """
        Name the rows of the ledger that should not be so if the run ends.
        """
        return self._see.odd_rows(status.place.names, status.place.rows, dict(status.facts))

    def left_by(self, to: int) -> Status:
        """
        Give what is left where an attempt has ended the run: `Row.to` tells which.
        """
        return self._lefts[-2 - to]

    def _explore(self) -> None:
        k = self.making.machine
        k.start(lambda choice: choice.values[0])
        start = Place((self.name,), self._see.head, rows_of(k.held, k.more), 0)
        self._add(Status(start, frozenset(), frozenset(), Beside.ANY), GoesOn("next", self.name))
        front = {0: Way()}
        for number in range(1, self.passes + 1):
            following = self._pass(front, number)
            if number >= FORCED_FROM and following.keys() == front.keys():
                return
            front = following

    def _pass(self, front: dict[int, Way], number: int) -> dict[int, Way]:
        """
        Go on from each status at the beginning of a pass; give those that begin the next.
        """
        force = number >= FORCED_FROM
        ways = dict(front)
        todo = sorted(front, key=lambda status: ways[status].calls)
        following: dict[int, Way] = {}
        for status in todo:
            way = ways[status]
            found = self._shortest.get((status, force))
            if found is None:
                rows = self.rows[status, force] = self._attempt(status, way, number)
                found = self._shortest[status, force] = shortest(rows)
            for to, through in found.items():
                longer = way.and_then(through)
                how = self.goes_on[to].how
                if how == "next":
                    if to not in following or longer.calls < following[to].calls:
                        following[to] = longer
                elif how in {"again", "tail"} and to not in ways:
                    ways[to] = longer
                    todo.append(to)
        return following

    def _add(self, status: Status, goes_on: GoesOn) -> int:
        found = self._numbers[status] = len(self.statuses)
        self.statuses.append(status)
        self.goes_on.append(goes_on)
        return found

    def _attempt(self, number: int, way: Way, pass_: int) -> list[Row]:
        """
        Give every way through the attempt that follows a status.
        """
        status, goes_on = self.statuses[number], self.goes_on[number]
        place, how, by = status.place, goes_on.how, goes_on.by
        ahead = place.ahead if how == "again" else place.behind(by, self._see.head)
        if how == "next":
            # The pass counts anew.
            status = replace(status, place=place._replace(retry=0))
        trial = Trial(status, way, by, ahead, pass_, how)
        throughs = self.making.attempt(trial, force=pass_ >= FORCED_FROM)
        kinds, of_each = self._kinds_of(throughs)
        found = [self._come_to(trial, through) for through in kinds]
        return [Row(through, *found[kind]) for through, kind in zip(throughs, of_each, strict=True)]

    def _kinds_of(self, throughs: list[Through]) -> tuple[list[Through], list[int]]:
        """
        Give one of all ways that come to the same, wherever they are made, and which each is like.
        """
        found = self._kinds.get(id(throughs))
        if found is None:
            numbers: dict[object, int] = {}
            kinds: list[Through] = []
            of_each: list[int] = []
            for through in throughs:
                outcome = through.outcome
                end = outcome.end
                moved = outcome.moved if end is None else end.moved
                key = end is None, moved, outcome.known, outcome.written, through.ruled
                number = numbers.get(key)
                if number is None:
                    number = numbers[key] = len(kinds)
                    kinds.append(through)
                of_each.append(number)
            found = self._kinds[id(throughs)] = kinds, of_each
        return found

    def _come_to(self, trial: Trial, through: Through) -> tuple[int, int]:
        """
        Give what a way comes to, without and with another page on the LRU list.
        """
        outcome = through.outcome
        end = outcome.end
        moved = outcome.moved if end is None else end.moved
        if moved is None:
            return -1, -1
        return (
            self._both(trial, through, moved) if end is None else self._leave(trial, through, moved)
        )

    def _both(self, trial: Trial, through: Through, moved: Moved) -> tuple[int, int]:
        """
        Give the status that an attempt comes to, and that if another page is on the LRU list.
        """
        stray, beside = moved.stray, moved.beside
        if beside is None or beside == stray:
            to = self._next(trial, through, stray, trial.status.beside)
            return to, to
        return (
            self._next(trial, through, stray, Beside.NO),
            self._next(trial, through, beside, Beside.YES),
        )

    def _leave(self, trial: Trial, through: Through, moved: Moved) -> tuple[int, int]:
        """
        Enter what an attempt leaves that ends the run.
        """
        status, head = trial.status, self._see.head
        place = status.place.after(moved, trial.by, ahead=head, head=head, stray=None)
        left = _after(status, through, place._replace(retry=0), status.beside)
        number = self._left.setdefault(left, len(self._left))
        if number == len(self._lefts):
            self._lefts.append(left)
        return -2 - number, -2 - number

    def _next(self, trial: Trial, through: Through, stray: Stray | None, beside: Beside) -> int:
        """
        Give the number of the status that an attempt comes to.
        """
        (status, way, by, ahead, *_), see, moved = trial, self._see, through.outcome.moved
        if moved is None:
            raise AssertionError(through)
        place = status.place.after(moved, by, ahead=ahead, head=see.head, stray=stray)
        self._hold_walk(place, by)
        goes_on = self.making.look(place, beside, way.and_then(through), self.passes)
        astray = goes_on.how in {"again", "stray"}
        reach = {None, *place.names, by} if astray else {None, *place.names}
        found = _after(status, through, place, beside)
        found = replace(
            found,
            facts=frozenset(row for row in found.facts if see.about(row[0]) in reach),
            ruled=found.ruled if len(reach) > 1 else frozenset(),
        )
        number = self._numbers.get(found)
        if number is None:
            self._hold_rows(place)
            if beside is not Beside.ANY and not astray:
                raise EntangledError(f"the walk strays around {by}, and comes back to the list")
            number = self._add(found, goes_on)
        return number

    def _hold_walk(self, place: Place, by: str) -> None:
        """
        Hold the walk to what a list with more pages asks of it: a tail comes behind all heads.

        What is ahead of a page is then another page, which nothing but its own attempt takes
        off the list, or what is ahead here.
        """
        names = place.names
        tails = [name for name in names if name != self.name]
        if names != (*(name for name in names if name == self.name), *tails) or len(tails) > 1:
            raise EntangledError(f"the list is in another order: {', '.join(names)}")
        due = tails[0] if tails and by == self.name else self._see.head
        if place.stray is None and place.ahead != due:
            message = f"after {by} the walk goes on with {place.ahead}, and not with {due}"
            raise EntangledError(message)

    def _hold_rows(self, place: Place) -> None:
        """
        Hold what is off the list to have no reference: else it counts as left, and is not tried.
        """
        lost = [name for row, name in self._refs.items() if row in place.rows]
        lost = [name for name in lost if name not in place.names]
        if lost and place.stray is None:
            raise EntangledError(f"{lost[0]} is off the list, and its reference is kept")


def _after(status: Status, through: Through, place: Place, beside: Beside) -> Status:
    outcome = through.outcome
    facts = {row for row in status.facts if row[0] not in outcome.written} | outcome.known
    ruled = dict(status.ruled) | dict(through.ruled)
    return Status(place, frozenset(facts), frozenset(ruled.items()), beside)


@contextmanager
def collecting_later() -> Iterator[None]:
    """
    Leave what is garbage for later: what is made here stays.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
