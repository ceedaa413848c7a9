# SPDX-License-Identifier: GPL-2.0-only
"""
A trace as a numbered listing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from errpath.vocabulary.errno import spell
from errpath.vocabulary.hold import Family

if TYPE_CHECKING:
    from errpath.kernel.event import Event
    from errpath.kernel.run import Run
    from errpath.vocabulary.hold import Item

WIDTH = 75
"""What fits into a mail when it is quoted."""

_MARGIN = 7
_SPANNED = (Family.LOCK, Family.REFERENCE, Family.ENTRIES)


@dataclass(frozen=True, slots=True)
class Row:
    """
    One event of a listing: its number, its step in the trace, and the event.
    """

    number: int
    step: int
    event: Event


class Listing:
    """
    The events of a run that a reader wants: what acts, what fails, and what is marked.

    Tests that go the caller's way are left out, so numbers and steps differ.
    """

    def __init__(self, run: Run, marks: Iterable[int] = ()) -> None:
        self.run = run
        self.marks = frozenset(marks)
        shown = [
            (step, made)
            for step, made in enumerate(run.trace, 1)
            if not made.primitive.test or step in self.marks or fault_of(made)
        ]
        self.rows = [Row(number, step, made) for number, (step, made) in enumerate(shown, 1)]
        self._numbers = {row.step: row.number for row in self.rows}

    def fill(self, sentence: str) -> str:
        """
        Put the event and its number where a sentence has `{step}`.
        """
        parts = sentence.replace("{", "\0{").replace("}", "}\0").split("\0")
        return "".join(self._name(part) if part[:1] == "{" else part for part in parts)

    def _name(self, braced: str) -> str:
        step = int(braced[1:-1])
        return f"{self.run.trace[step - 1].text} at {self._numbers.get(step, '?')}"

    def lines(self) -> Iterator[str]:
        """
        Give the listing, an event a line, with `>` before those that offend.
        """
        notes = [f"FAULT: {fault}" if (fault := fault_of(row.event)) else "" for row in self.rows]
        room = WIDTH - _MARGIN - 2 - max(map(len, notes), default=0)
        column = min(max((len(row.event.text) for row in self.rows), default=0), room)
        for row, note in zip(self.rows, notes, strict=True):
            mark = ">" if row.step in self.marks else " "
            line = f"{mark} {row.number:>3}  {row.event.text}"
            if not note:
                yield line
            elif len(line) <= _MARGIN + column:
                yield f"{line:<{_MARGIN + column}}  {note}"
            else:
                yield line
                yield f"{'':{_MARGIN}}  {note}"
        yield f"{'':{_MARGIN}}{ending(self.run)}"


def fault_of(made: Event) -> str | None:
    """
    Say which fault an event is, or give None.
    """
    for answer in made.primitive.answers:
        if answer.value == made.value and answer.fault:
            return answer.fault.says
    return None


def ending(run: Run) -> str:
    """
    Say how a run ended.
    """
    if run.bug is not None:
        return f"BUG: {run.bug.name}"
    return f"returns {spell(run.returns or 0)}"


def spans(run: Run) -> dict[Item, list[tuple[int, int]]]:
    """
    Give, for each lock, reference and migration entry that the run took, its spans.

    A span is the step that took it and the step that gave it up; one that is still open
    ends behind the last step.
    """
    found: dict[Item, list[tuple[int, int]]] = {}
    still = [(item, since, len(run.trace) + 1) for item, since in run.ledger.open_rows()]
    for item, start, end in sorted([*run.ledger.spans, *still], key=lambda span: span[1]):
        if item.hold.family in _SPANNED and start > 0:
            found.setdefault(item, []).append((start, end))
    return found
