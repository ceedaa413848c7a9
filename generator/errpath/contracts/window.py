# SPDX-License-Identifier: GPL-2.0-only
"""
The parts of a trace in which a clause holds.

The scopes are those of Dwyer, Avrunin and Corbett (1999), and one more: as long as an item
of the ledger is held.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from errpath.contracts.events import Patterns
    from errpath.kernel.event import Event
    from errpath.kernel.run import Run


class Window(NamedTuple):
    """
    Events of a trace from `start` up to, but not with, `end`; both count from 0.
    """

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """
    Which windows a clause looks into; at most one of the fields is set.
    """

    before: str | None = None
    after: str | None = None
    between: tuple[str, str] | None = None
    held: str | None = None
    passes: tuple[int, ...] = ()
    from_pass: int | None = None

    def __str__(self) -> str:
        if self.before is not None:
            return f" before {self.before}"
        if self.after is not None:
            return f" after {self.after}"
        if self.between is not None:
            return f" between {self.between[0]} and {self.between[1]}"
        if self.passes:
            return f" in pass {' | '.join(map(str, self.passes))}"
        if self.from_pass is not None:
            return f" from pass {self.from_pass}"
        return f" while {self.held}" if self.held is not None else ""

    @property
    def _in_passes(self) -> bool:
        return bool(self.passes) or self.from_pass is not None

    def _passes(self, run: Run) -> list[Window]:
        """
        Give the passes of a run that the scope names, each as a window.
        """
        return [
            Window(start, end)
            for number, (start, end) in enumerate(run.passes, 1)
            if number in self.passes or (self.from_pass is not None and number >= self.from_pass)
        ]

    def missing(self, run: Run) -> bool:
        """
        Tell whether a run ends before the last pass that the scope names.
        """
        return len(run.passes) < max(self.passes, default=0)

    def unmet(self, run: Run) -> str:
        """
        Say what a run that never enters the scope does not do.
        """
        if self._in_passes:
            begun = len(run.passes)
            lacking = [number for number in self.passes if number > begun]
            return f"has no pass {lacking[0] if lacking else self.from_pass}"
        if self.held is not None:
            return f"never holds {self.held}"
        if self.between is not None:
            return f"never calls {self.between[0]} and then {self.between[1]}"
        return f"never calls {self.before or self.after}"

    def windows(self, run: Run, patterns: Patterns) -> list[Window]:
        """
        Give the windows of a run; an empty list if the scope is never entered.
        """
        trace = run.trace
        if self.before is not None:
            end = _first(trace, patterns.meant_by(self.before))
            return [] if end is None else [Window(0, end)]
        if self.after is not None:
            start = _first(trace, patterns.meant_by(self.after))
            return [] if start is None else [Window(start + 1, len(trace))]
        if self.between is not None:
            opening, closing = map(patterns.meant_by, self.between)
            return _between(trace, opening, closing)
        if self.held is not None:
            return _held(run, self.held)
        if self._in_passes:
            return self._passes(run)
        return [Window(0, len(trace))]


def _first(trace: list[Event], events: frozenset[Event]) -> int | None:
    return next((index for index, made in enumerate(trace) if made in events), None)


def _between(
    trace: list[Event], opening: frozenset[Event], closing: frozenset[Event]
) -> list[Window]:
    found = []
    start = None
    for index, made in enumerate(trace):
        if start is not None and made in closing:
            found.append(Window(start + 1, index))
            start = None
        if start is None and made in opening:
            start = index
    return found


def _held(run: Run, text: str) -> list[Window]:
    rows = [(start, end - 1) for it, start, end in run.ledger.spans if it.text == text]
    rows += [(start, len(run.trace)) for it, start in run.ledger.open_rows() if it.text == text]
    found: list[Window] = []
    for start, end in sorted(rows):
        # A second reference lies within the first: together they are one window.
        if not found or start > found[-1].end:
            found.append(Window(start, end))
    return found
