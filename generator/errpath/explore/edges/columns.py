# SPDX-License-Identifier: GPL-2.0-only
"""
How a line of the report is laid out: a text, what a call may do, and counts of paths.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap
from typing import TYPE_CHECKING, Final

from errpath.contracts.listing import WIDTH
from errpath.vocabulary.primitive import May

if TYPE_CHECKING:
    from errpath.explore.edges.comparison import Comparison

MAY: Final = {
    May.SLEEP: ("sleep", "sleep"),
    May.ALLOCATE: ("alloc", "allocate"),
    May.RECLAIM: ("reclaim", "enter filesystem reclaim"),
    May.WRITE_BACK: ("write", "write back"),
}
"""What a call may do: the word of a column, and that of a sentence."""


class Columns:
    """
    Lays out a call, what it may do, and the paths of each semantics that make it.
    """

    def __init__(self, names: Sequence[str], texts: Sequence[str], numbers: Sequence[str]) -> None:
        self.number = max(map(len, [*names, *numbers]))
        nothing = self.may(May.NOTHING)
        self.head = f"{'may':<{len(nothing)}}"
        room = WIDTH - len(nothing) - (self.number + 2) * len(names) - 2
        self.first = min(max(map(len, texts)), room)

    def may(self, may: May) -> str:
        """
        Give a word for each thing that a call may do, each in its column.
        """
        words = (word if may & one else " " * len(word) for one, (word, _) in MAY.items())
        return " ".join(words)

    def line(self, first: str, may: str, numbers: Sequence[str]) -> Iterator[str]:
        """
        Give a row, in two lines if its text leaves the columns no room.
        """
        if len(first) > self.first:
            yield first
            first = ""
        yield f"{first:<{self.first}}  {may}{_right(numbers, self.number)}".rstrip()


class Numbered:
    """
    Lays out a text, and the paths of each semantics at the end of its last line.
    """

    def __init__(self, comparison: Comparison) -> None:
        texts = [*comparison.names, *(str(one.paths) for one in comparison.surveys)]
        self.width = max(map(len, texts))

    def line(self, text: str, numbers: Sequence[str]) -> Iterator[str]:
        """
        Give a text, folded where the numbers begin.
        """
        tail = _right(numbers, self.width)
        room = WIDTH - len(tail)
        folded = wrap(text, room, subsequent_indent=" " * 4, drop_whitespace=False)
        folded = [part.rstrip() for part in folded]
        yield from folded[:-1]
        yield f"{folded[-1]:<{room}}{tail}"


def _right(texts: Sequence[str], width: int) -> str:
    return "".join(f"  {text:>{width}}" for text in texts)
