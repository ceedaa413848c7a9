# SPDX-License-Identifier: GPL-2.0-only
"""
What a picture of edges shows: two columns, and the arrows between them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import fmean
from typing import TYPE_CHECKING, Final

from errpath.explore.edges.columns import MAY
from errpath.explore.edges.comparison import Change
from errpath.explore.edges.nodes import Arc, Arrow, CallNode, HoldNode, Key
from errpath.explore.edges.text import limits, matters, way
from errpath.vocabulary.hold import Family
from errpath.vocabulary.primitive import May

if TYPE_CHECKING:
    from errpath.explore.edges.comparison import Comparison, Row
    from errpath.explore.edges.survey import Edge, LockOrder, Seen
    from errpath.vocabulary.hold import Item

# Each has a contrast of at least 3 with white, those of text at least 7.
RED: Final = "#a00018"
BLUE: Final = "#1a4f9c"
DARK: Final = "#444444"
GREY: Final = "#8c8c8c"

_HOLDS: Final = {Family.LOCK: "#ffe3b0", Family.ENTRIES: "#e3dcf5", Family.REFERENCE: "#dcebf7"}
_MAY: Final = {
    May.SLEEP: "#e8e8e8",
    May.ALLOCATE: "#ffdf9e",
    May.RECLAIM: "#ffb3a7",
    May.WRITE_BACK: "#c5dcf2",
}


class Drawing:
    """
    The nodes and arrows of a picture; `everything` leaves none out.
    """

    red, blue, dark, grey = RED, BLUE, DARK, GREY

    def __init__(self, comparison: Comparison, *, everything: bool = False) -> None:
        self._names = comparison.names
        self._known: dict[tuple[Item, bool], HoldNode] = {}
        rows = [row for row in comparison.edges if everything or matters(row)]
        self.title = f"What is called while what is held: {', then '.join(self._names)}"
        self.limits = limits(comparison)
        self.calls: list[CallNode] = []
        self.arrows = self._arrows(rows)
        self.arcs = [self._arc(row) for row in comparison.orders]
        self.holds = list(self._known.values())
        self.calls.sort(key=self._height)
        self.legend = list(self._legend())

    def _hold(self, item: Item, *, at_entry: bool = False) -> HoldNode:
        key = item, at_entry
        if key not in self._known:
            self._known[key] = HoldNode(
                name=f"h{len(self._known) + 1}",
                text=item.text,
                note="held at entry" if at_entry else item.hold.note,
                colour=_HOLDS[item.hold.family],
            )
        return self._known[key]

    def _arrows(self, rows: Sequence[Row[Edge]]) -> list[Arrow]:
        calls: dict[str, CallNode] = {}
        found = []
        for row in rows:
            hold = self._hold(row.key.item, at_entry=row.key.at_entry)
            call = calls.get(row.key.call)
            if call is None:
                call = calls[row.key.call] = self._call(row, f"c{len(calls) + 1}")
            call.held.append(hold)
            call.new |= row.change is Change.NEW
            change = row.change.name.lower()
            found.append(Arrow(hold=hold, call=call, change=change, counts=self._counts(row.seen)))
        # What is new is drawn last, over what is not.
        return sorted(found, key=lambda arrow: ("same", "gone", "new").index(arrow.change))

    def _call(self, row: Row[Edge], name: str) -> CallNode:
        may = row.primitive.may
        words = [(word, _MAY[one]) for one, (word, _) in MAY.items() if may & one]
        self.calls.append(CallNode(name=name, text=row.key.call, words=words))
        return self.calls[-1]

    def _height(self, call: CallNode) -> float:
        """
        Give the place at which a call's arrows cross few others: the mean of its holds.
        """
        return fmean(self.holds.index(hold) for hold in call.held)

    def _arc(self, row: Row[LockOrder]) -> Arc:
        return Arc(
            outer=self._hold(row.key.outer),
            inner=self._hold(row.key.inner),
            change=row.change.name.lower(),
            call=row.key.call,
            way=way(row.primitive),
            counts=self._counts(row.seen),
        )

    def _counts(self, seen: Sequence[Seen | None]) -> str:
        counts = zip(self._names, seen, strict=True)
        return ", ".join(f"{name} {one.paths if one else 0}" for name, one in counts)

    def _legend(self) -> Iterator[Key]:
        if len(self._names) > 1:
            last = self._names[-1]
            yield Key(says=f"new in {last}", kind="new", colour=RED, drawn="red and bold")
            yield Key(says=f"gone in {last}", kind="gone", colour=DARK, drawn="dashed")
            yield Key(says="unchanged", kind="same", colour=DARK, drawn="thin and grey")
        else:
            yield Key(says="called meanwhile", kind="same", colour=DARK, drawn="grey")
        if self.arcs:
            says = "taken meanwhile: the order of locks"
            yield Key(says=says, kind="order", colour=BLUE, drawn="blue")
