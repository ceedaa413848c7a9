# SPDX-License-Identifier: GPL-2.0-only
"""
What is called while something is held, over every path of a semantics.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Generic, NamedTuple, TypeAlias, TypeVar

from errpath.vocabulary.hold import Family

if TYPE_CHECKING:
    from errpath.kernel.event import Event
    from errpath.kernel.run import Run
    from errpath.vocabulary.choice import Choice
    from errpath.vocabulary.hold import Item

# The order of the families is the order in which a reader wants them.
WAITED_FOR: Final = (Family.LOCK, Family.ENTRIES)
"""What another thread can wait for: a fault on a migration entry waits until it is gone."""

HELD: Final = (*WAITED_FOR, Family.REFERENCE)
"""What has edges."""


class Edge(NamedTuple):
    """
    A call that is made while an item is held; `at_entry` if the run began with it held.
    """

    item: Item
    at_entry: bool
    call: str


class HeldSet(NamedTuple):
    """
    A call, and all that the run has taken and not yet given up when it is made.
    """

    call: str
    items: tuple[Item, ...]


class LockOrder(NamedTuple):
    """
    A lock, or migration entries, taken by a call while another is held.
    """

    outer: Item
    inner: Item
    call: str


@dataclass(frozen=True, slots=True)
class Seen:
    """
    On how many paths something is seen, and the smallest of them.

    The smallest `run` has the fewest faults, and of those the shortest trace; at its `step`,
    counted from 1, is the call.
    """

    paths: int
    run: Run
    step: int

    @property
    def event(self) -> Event:
        """
        The call on the smallest path, with its result there.
        """
        return self.run.trace[self.step - 1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """
    All that the paths of a semantics show of what is held; `paths` is their number.
    """

    semantics: str
    paths: int
    edges: Mapping[Edge, Seen]
    held_sets: Mapping[HeldSet, Seen]
    orders: Mapping[LockOrder, Seen]

    @property
    def takes_locks(self) -> bool:
        """
        Tell whether any path holds a lock that it took, over anything.
        """
        return any(
            edge.item.hold.family is Family.LOCK and not edge.at_entry for edge in self.edges
        )


class Surveyor:
    """
    Looks at the runs of a semantics; `choices` are the vocabulary's, which know the faults.

    A call is made while an item is held if its event stands behind the one that took the
    item and before the one that gave it up, as for `while` in a spec.
    """

    def __init__(self, semantics: str, choices: Mapping[str, Choice]) -> None:
        self._semantics = semantics
        self._choices = choices
        self._paths = 0
        self._edges: _Tally[Edge] = _Tally()
        self._held_sets: _Tally[HeldSet] = _Tally()
        self._orders: _Tally[LockOrder] = _Tally()

    def add(self, runs: Iterable[Run]) -> None:
        """
        Look at some more of the runs.
        """
        for run in runs:
            self._paths += 1
            rows = _rows(run)
            size = _faults(run, self._choices), len(run.trace)
            self._edges.add(run, size, _edges(run, rows))
            self._held_sets.add(run, size, _held_sets(run, rows))
            self._orders.add(run, size, _orders(run, rows))

    def survey(self) -> Survey:
        """
        Give what the runs so far have shown.
        """
        return Survey(
            semantics=self._semantics,
            paths=self._paths,
            edges=self._edges.seen(),
            held_sets=self._held_sets.seen(),
            orders=self._orders.seen(),
        )


_Row: TypeAlias = "tuple[Item, int, int]"
Key = TypeVar("Key", bound=Hashable)


class _Tally(Generic[Key]):
    """
    Counts paths, and keeps the smallest for each key.
    """

    def __init__(self) -> None:
        self._found: dict[Key, list[Any]] = {}

    def add(self, run: Run, size: tuple[int, int], steps: Mapping[Key, int]) -> None:
        """
        Count a run for each key, with the first step that shows it.
        """
        found = self._found
        for key, step in steps.items():
            known = found.get(key)
            if known is None:
                found[key] = [1, size, run, step]
            else:
                known[0] += 1
                if size < known[1]:
                    known[1:] = size, run, step

    def seen(self) -> dict[Key, Seen]:
        """
        Give what was found for each key.
        """
        return {key: Seen(paths, run, step) for key, (paths, _, run, step) in self._found.items()}


def place(item: Item) -> tuple[int, str]:
    """
    Give what puts items in the order in which they are read: locks first.
    """
    return HELD.index(item.hold.family), item.text


def _faults(run: Run, choices: Mapping[str, Choice]) -> int:
    """
    Count the choices of a run that were made against the caller.
    """
    asked = ((choices.get(text.partition("#")[0]), value) for text, value in run.choices.items())
    return sum(choice is not None and value in choice.faults for choice, value in asked)


def _rows(run: Run) -> list[_Row]:
    """
    Give every span of the ledger that can have edges; an open one ends behind the trace.
    """
    ledger = run.ledger
    end = len(run.trace) + 1
    still = [(item, since, end) for item, since in ledger.open_rows()]
    return [row for row in (*ledger.spans, *still) if row[0].hold.family in HELD]


def _edges(run: Run, rows: list[_Row]) -> dict[Edge, int]:
    trace = run.trace
    found: dict[Edge, int] = {}
    for item, start, end in rows:
        for step in range(start + 1, min(end, len(trace) + 1)):
            made = trace[step - 1]
            edge = Edge(item, start == 0, made.call)
            found[edge] = min(step, found.get(edge, step))
    return found


def _held_sets(run: Run, rows: list[_Row]) -> dict[HeldSet, int]:
    taken = [row for row in rows if row[1] > 0]
    found: dict[HeldSet, int] = {}
    for step, made in enumerate(run.trace, 1):
        if not made.primitive.test:
            items = {item for item, start, end in taken if start < step < end}
            key = HeldSet(made.call, tuple(sorted(items, key=place)))
            found.setdefault(key, step)
    return found


def _orders(run: Run, rows: list[_Row]) -> dict[LockOrder, int]:
    locks = [row for row in rows if row[0].hold.family in WAITED_FOR]
    found: dict[LockOrder, int] = {}
    for inner, step, _ in locks:
        for outer, start, end in locks:
            if step > 0 and start < step < end:
                made = run.trace[step - 1]
                order = LockOrder(outer, inner, made.call)
                found[order] = min(step, found.get(order, step))
    return found
