# SPDX-License-Identifier: GPL-2.0-only
"""
Where an SVG of edges has everything: what is held on the left, the calls on the right.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate
from textwrap import wrap
from typing import TYPE_CHECKING, Final

from errpath.explore.edges.columns import MAY

if TYPE_CHECKING:
    from errpath.explore.edges.drawing import Drawing
    from errpath.explore.edges.nodes import Arc, Arrow, Key

# Sizes in pixels. Text is laid out by its length: wide enough for a font that is not ours.
_CHAR: Final = 8
_SMALL: Final = 6.5
_ROW: Final = 40
_TOP: Final = 84
_GAP: Final = 300
_WORD: Final = 62
_LINE: Final = 17


class Layout:
    """
    The columns of a drawing, and the place of each node and arrow, which it sets.

    `left` and `right` are where the columns begin, `out` where arrows leave the left one,
    `words` where the calls have what they may do.
    """

    def __init__(self, drawing: Drawing) -> None:
        self.drawing = drawing
        self._label = max((round(_SMALL * len(arc.call)) for arc in drawing.arcs), default=0)
        self.left = 120 + 2 * self._label if drawing.arcs else 20
        texts = [_CHAR * len(hold.text) for hold in drawing.holds]
        notes = [round(_SMALL * len(hold.note)) for hold in drawing.holds]
        self.out = self.left + 24 + max(texts + notes, default=0)
        # Arrows begin straight where they carry a text.
        labels = (len(arrow.counts) for arrow in drawing.arrows if arrow.change == "new")
        self.lead = self.out + round(_SMALL * max(labels, default=0)) + 20
        self.right = self.lead + _GAP
        self.words = (
            self.right + 24 + _CHAR * max((len(call.text) for call in drawing.calls), default=0)
        )
        self.end = self.words + _WORD * len(MAY) + 4
        self.bend = (self.lead + self.right) / 2
        self.bottom = self._rows()
        for arrow in drawing.arrows:
            self._run(arrow)
        for arc in drawing.arcs:
            self._bow(arc)
        self.small_print = wrap(drawing.limits, round((self.end - 20) / _SMALL))
        self.width = self.end + 20
        self.height = self.bottom + 30 + _LINE * len(self.small_print)

    @property
    def legend(self) -> Iterator[tuple[Key, int]]:
        """
        The lines of the legend, one beside the other, each with its place.
        """
        legend = self.drawing.legend
        places = accumulate((90 + 7 * len(key.says) for key in legend), initial=20)
        return zip(legend, places, strict=False)

    def _rows(self) -> int:
        rows = max(len(self.drawing.calls), 1.5 * len(self.drawing.holds))
        for number, call in enumerate(self.drawing.calls):
            call.y = round(_TOP + _ROW * rows * (number + 0.5) / len(self.drawing.calls))
        for number, hold in enumerate(self.drawing.holds):
            hold.y = round(_TOP + _ROW * rows * (number + 0.5) / len(self.drawing.holds))
            arrows = sum(arrow.hold is hold for arrow in self.drawing.arrows)
            hold.height = max(40, 5 * arrows)
        return round(_TOP + _ROW * rows + 30)

    def _run(self, arrow: Arrow) -> None:
        # The arrows of a node stand beside each other, in the order of their other ends.
        arrows = self.drawing.arrows
        calls = sorted(one.call.y for one in arrows if one.hold is arrow.hold)
        holds = sorted(one.hold.y for one in arrows if one.call is arrow.call)
        fan = _fan(calls.index(arrow.call.y), len(calls), arrow.hold.height - 8)
        arrow.y1 = arrow.hold.y + fan
        alone = sum(one.hold is arrow.hold and one.change == "new" for one in arrows) == 1
        arrow.told = arrow.change == "new" and alone
        arrow.y2 = arrow.call.y + _fan(holds.index(arrow.hold.y), len(holds), 22)

    def _bow(self, arc: Arc) -> None:
        holds = self.drawing.holds
        span = abs(holds.index(arc.outer) - holds.index(arc.inner))
        # A cubic curve bulges to three quarters of its control points.
        bulge = self._label + 50 + 30 * (span - 1)
        arc.bend = round(self.left - bulge / 0.75)
        room = (12 - 6 * (span - 1)) * (1 if arc.inner.y > arc.outer.y else -1)
        arc.y1, arc.y2 = arc.outer.y + room, arc.inner.y - room
        # Between neighbours the text has its place inside the arc.
        arc.x = self.left - 8 if span == 1 else self.left - bulge - 8
        arc.y = (arc.y1 + arc.y2) / 2


def _fan(place: int, count: int, room: float) -> float:
    return round(room * ((place + 0.5) / count - 0.5), 1)
