# SPDX-License-Identifier: GPL-2.0-only
"""
Columns for what runs hold.

Things of one kind share a column if no run ever holds two of them at once: a list is migrated
page by page, so that the locks of all its pages stand in one or two columns.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence

    from errpath.vocabulary.hold import Item

Spans: TypeAlias = "dict[Item, list[tuple[int, int]]]"
"""What one run holds: for each item the steps that took it and those that gave it up."""


class Lane:
    """
    One column: its items, and for each run the spans of them all.
    """

    def __init__(self, runs: int) -> None:
        self.items: list[Item] = []
        self._spans: list[list[tuple[int, int]]] = [[] for _ in range(runs)]

    def has_room(self, item: Item, runs: Sequence[Spans]) -> bool:
        """
        Tell whether the item is of this column's kind, and never held beside what is in it.
        """
        if self.items[0].hold is not item.hold:
            return False
        return not any(
            start <= until and since <= end
            for taken, spans in zip(self._spans, runs, strict=True)
            for start, end in spans.get(item, ())
            for since, until in taken
        )

    def put(self, item: Item, runs: Sequence[Spans]) -> None:
        """
        Give the item this column.
        """
        self.items.append(item)
        for taken, spans in zip(self._spans, runs, strict=True):
            taken.extend(spans.get(item, ()))

    def mark(self, run: int, step: int) -> str:
        """
        Give what stands in the column at a step of a run.
        """
        marks = [
            "+" if step == start else "-" if step == end else "|"
            for start, end in self._spans[run]
            if start <= step <= end
        ]
        # An item that is given up and taken by one step shows that it is taken.
        return min(marks, default=".")

    def held_before(self, run: int, step: int) -> str:
        """
        Give what stands in the column between a step of a run and the one before.
        """
        return self.held_after(run, step - 1)

    def held_after(self, run: int, step: int) -> str:
        """
        Give what stands in the column between a step of a run and the next.
        """
        return "|" if any(start <= step < end for start, end in self._spans[run]) else "."

    def __str__(self) -> str:
        """
        Say what the column is about: one item, or the items that share it.
        """
        subjects = " | ".join(item.subject for item in self.items)
        return f"{self.items[0].hold.name}({subjects})"


def lanes_of(runs: Sequence[Spans]) -> list[Lane]:
    """
    Give each item of the runs a column, in the order in which they are first taken.
    """
    found: list[Lane] = []
    for item in dict.fromkeys(item for spans in runs for item in spans):
        lane = next((lane for lane in found if lane.has_room(item, runs)), None)
        if lane is None:
            lane = Lane(len(runs))
            found.append(lane)
        lane.put(item, runs)
    return found
