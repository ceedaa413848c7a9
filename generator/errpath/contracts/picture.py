# SPDX-License-Identifier: GPL-2.0-only
"""
Two runs side by side, with the span of everything that they hold.

Each side has a column for each lock, reference and migration entry, or for several that are
never held at once: `+` where one is taken, `|` while it is held, `-` where it is given up. A
call that both runs make stands on one line, unless their order differs. Runs that hold too much
for one page stand one above the other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from string import ascii_letters
from textwrap import wrap
from typing import TYPE_CHECKING, Final, TypeAlias

from errpath.contracts.lanes import Lane, lanes_of
from errpath.contracts.listing import WIDTH, Listing, ending, fault_of, spans
from errpath.vocabulary.primitive import May

if TYPE_CHECKING:
    from errpath.contracts.listing import Row
    from errpath.kernel.run import Run

_LEAST: Final = 28
"""The narrowest column of calls: two runs that leave less are not drawn side by side."""

_Pair: TypeAlias = "tuple[Row | None, ...]"


def held_across(runs: Sequence[Run]) -> Iterator[str]:
    """
    Say, for each call that may enter reclaim, what is held across it.
    """
    calls = dict.fromkeys(
        made.call for run in runs for made in run.trace if made.primitive.may & May.RECLAIM
    )
    for call in calls:
        for run in runs:
            held = Counter(_held(run, step) for step in _steps(run, call))
            for items, times in held.items():
                often = f", {times} times" if times > 1 else ""
                yield f"across {call}, {run.semantics} holds {items}{often}"


def _steps(run: Run, call: str) -> Iterator[int]:
    return (step for step, made in enumerate(run.trace, 1) if made.call == call)


def _held(run: Run, step: int) -> str:
    items = [
        item.text
        for item, open_ in spans(run).items()
        if any(start < step < end for start, end in open_)
    ]
    return ", ".join(items) or "nothing"


def picture(left: Run, right: Run | None = None) -> list[str]:
    """
    Draw one run, or two beside each other, at most 75 columns wide.
    """
    drawing = _Drawing([left] if right is None else [left, right])
    if right is not None and drawing.room < _LEAST:
        return [*picture(left), "", *picture(right)]
    legend = [*drawing.legend()]
    head = ["held:", *legend, ""] if legend else []
    return [*head, *drawing.head(), *drawing.lines()]


class _Drawing:
    """
    The rows of one run or two, and the columns beside them.
    """

    def __init__(self, runs: Sequence[Run]) -> None:
        self.runs = runs
        listings = [Listing(run).rows for run in runs]
        lanes = lanes_of([spans(run) for run in runs])
        # Of one run, more columns than a page has are named, and not drawn.
        most = WIDTH - _LEAST - 7 if len(runs) == 1 else len(lanes)
        self.lanes, self.undrawn = lanes[:most], lanes[most:]
        self.rows = _rows(listings)
        self.margins = [max(3, _digits(listings[0])), *(max(2, _digits(r)) for r in listings[1:])]
        beside = sum(margin + 2 + len(self.lanes) + 2 for margin in self.margins)
        self.room = WIDTH - beside
        texts = [_text(row) for pair in self.rows for row in pair if row]
        self.body = min(max(map(len, [*texts, "returns -EAGAIN"])), self.room)
        self.blank = " " * (self.margins[0] + 2)

    def legend(self) -> Iterator[str]:
        for letter, lane in zip(ascii_letters, self.lanes, strict=False):
            yield from _named(f"  {letter}  ", lane)
        for lane in self.undrawn:
            yield from _named("  not drawn: ", lane)

    def head(self) -> Iterator[str]:
        letters = ascii_letters[: len(self.lanes)]
        width = len(self.blank) + len(letters) + 2 + self.body + 2
        for texts in ([run.semantics for run in self.runs], [letters] * len(self.runs)):
            line = "".join(f"{text:<{width - len(self.blank)}}" for text in texts).rstrip()
            if line:
                yield self.blank + line

    def lines(self) -> Iterator[str]:
        for pair, begun in zip(self.rows, _begun(self.runs, self.rows), strict=True):
            for text in begun:
                yield self._line(pair, text, Lane.held_before, numbers=False)
            first, *more = _folded(next(_text(row) for row in pair if row), self.body)
            yield self._line(pair, first, Lane.mark, numbers=True)
            for text in more:
                yield self._line(pair, text, Lane.held_after, numbers=False)
        for run in self.runs:
            yield f"{self.blank}{run.semantics} {ending(run)}"

    def _line(
        self, pair: _Pair, text: str, mark: Callable[[Lane, int, int], str], *, numbers: bool
    ) -> str:
        gutters = [
            "".join(mark(lane, run, row.step) for lane in self.lanes)
            if row
            else " " * len(self.lanes)
            for run, row in enumerate(pair)
        ]
        shown = [str(row.number) if row and numbers else "" for row in pair]
        line = f"{shown[0]:>{self.margins[0]}}  {gutters[0]}  {text:<{self.body}}"
        if len(pair) > 1:
            line += f"  {gutters[1]}  {shown[1]:>{self.margins[1]}}"
        return line.rstrip()


def _rows(listings: Sequence[Sequence[Row]]) -> list[_Pair]:
    if len(listings) == 1:
        return [(row,) for row in listings[0]]
    left, right = listings
    matcher = SequenceMatcher(
        None, [row.event for row in left], [row.event for row in right], autojunk=False
    )
    found: list[_Pair] = []
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            found += zip(left[a:b], right[c:d], strict=True)
        else:
            found += [(row, None) for row in left[a:b]]
            found += [(None, row) for row in right[c:d]]
    return found


def _begun(runs: Sequence[Run], rows: Sequence[_Pair]) -> Iterator[list[str]]:
    """
    Say for each row which passes begin there; a run that has one pass needs no telling.
    """
    due = [[start for start, _ in run.passes] if len(run.passes) > 1 else [] for run in runs]
    number = [0] * len(runs)
    for pair in rows:
        found: dict[int, list[str]] = {}
        for place, row in enumerate(pair):
            while row and number[place] < len(due[place]) and due[place][number[place]] < row.step:
                number[place] += 1
                found.setdefault(number[place], []).append(runs[place].semantics)
        yield [
            f"pass {pass_}" if len(names) == len(runs) else f"pass {pass_} of {names[0]}"
            for pass_, names in found.items()
        ]


def _digits(rows: Sequence[Row]) -> int:
    return len(str(len(rows)))


def _text(row: Row) -> str:
    fault = " (fault)" if fault_of(row.event) else ""
    return row.event.text + fault


def _named(head: str, lane: Lane) -> list[str]:
    return wrap(
        str(lane), WIDTH, initial_indent=head, subsequent_indent="       ", break_on_hyphens=False
    )


def _folded(text: str, width: int) -> list[str]:
    """
    Break a call that is too long: between its words, or else behind its bracket.
    """
    if len(text) <= width:
        return [text]
    if max(map(len, text.split())) > width - 2:
        text = text.replace("(", "( ", 1)
    lines = wrap(text, width, subsequent_indent="  ", break_on_hyphens=False)
    return [line.replace("( ", "(") for line in lines]
