# SPDX-License-Identifier: GPL-2.0-only
"""
The table of exits: every way out of the code under contract, and the paths that take it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from textwrap import wrap
from typing import TYPE_CHECKING, Final

from errpath.commands.screen import WIDTH

if TYPE_CHECKING:
    from errpath.explore.exercised.point import Point

_HEAD: Final = ("exit", "paths", "returns")
_GAP: Final = "  "
_NONE: Final[Counter[str]] = Counter()


def exits(
    points: Sequence[Point], taken: Mapping[int, Counter[str]], codes: Sequence[str]
) -> Iterator[str]:
    """
    Give the lines of the table.

    `taken` counts the paths of each point, by its index and by the code that comes of them;
    the codes of an exit stand in the order of `codes`.
    """
    found = [(point, taken.get(index, _NONE)) for index, point in enumerate(points)]
    rows = [(point, counts) for point, counts in found if point.is_exit]
    place = max((len(_place(point)) for point, _ in rows), default=0)
    says = max((len(_HEAD[0]), *(len(point.says) for point, _ in rows)))
    paths = max((len(_HEAD[1]), *(len(str(counts.total())) for _, counts in rows)))
    # Below its condition, an exit is told from the next one by its place alone.
    margin = " " * (place + 2 * len(_GAP))
    blank = len(margin) + says + len(_GAP) + paths + len(_GAP)
    head = f"{_HEAD[0]:<{says}}{_GAP}{_HEAD[1]:>{paths}}{_GAP}{_HEAD[2]}"
    yield f"{margin}{head}"
    for function, those in groupby(rows, key=lambda row: (row[0].file, row[0].function)):
        yield f"{function[1]}()"
        for point, counts in those:
            returned = " ".join(code for code in codes if counts[code]) or "-"
            first, *others = wrap(
                returned, max(WIDTH - blank, 1), break_long_words=False, break_on_hyphens=False
            )
            row = f"{_place(point):<{place}}{_GAP}{point.says:<{says}}{_GAP}"
            yield f"{_GAP}{row}{counts.total():>{paths}}{_GAP}{first}"
            if point.under:
                under = f"{margin}{point.under}"
                if len(under) + len(_GAP) <= blank and others:
                    # The condition leaves room for what else is returned.
                    under = under.ljust(blank) + others.pop(0)
                if len(under) <= WIDTH:
                    yield under
            yield from (" " * blank + other for other in others)


def _place(point: Point) -> str:
    """
    Name the file without its folder, and the line.
    """
    return point.place.rpartition("/")[2]
