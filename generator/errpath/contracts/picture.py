# SPDX-License-Identifier: GPL-2.0-only
"""
Two runs side by side, with the span of everything that they hold.

Each side has a column for each lock, reference and migration entry: `+` where it is
taken, `|` while it is held, `-` where it is given up. A call that both runs make stands on
one line, unless their order differs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from errpath.contracts.listing import WIDTH, Listing, ending, fault_of, spans
from errpath.vocabulary.primitive import May

if TYPE_CHECKING:
    from errpath.contracts.listing import Row
    from errpath.kernel.run import Run
    from errpath.vocabulary.hold import Item


def held_across(runs: Sequence[Run]) -> Iterator[str]:
    """
    Say, for each call that may enter reclaim, what is held across it.
    """
    calls = dict.fromkeys(
        made.call for run in runs for made in run.trace if made.primitive.may & May.RECLAIM
    )
    for call in calls:
        for run in runs:
            for step, made in enumerate(run.trace, 1):
                if made.call == call:
                    items = [
                        item.text
                        for item, open_ in spans(run).items()
                        if any(start < step < end for start, end in open_)
                    ]
                    yield f"across {call}, {run.semantics} holds {', '.join(items) or 'nothing'}"


def picture(left: Run, right: Run | None = None) -> list[str]:
    """
    Draw one run, or two beside each other, at most 75 columns wide.
    """
    sides = [_Side(run) for run in (left, right) if run is not None]
    columns = _columns(sides)
    rows = _rows(sides)
    texts = [_text(row) for pair in rows for row in pair if row]
    body = max([len(text) for text in texts] + [len("returns -EAGAIN")])
    body = min(body, WIDTH - len(sides) * (len(columns) + 6))
    return [*_legend(columns), *_head(sides, columns, body), *_lines(sides, columns, rows, body)]


class _Side:
    """
    One run, and what it holds at each step.
    """

    def __init__(self, run: Run) -> None:
        self.run = run
        self.rows = Listing(run).rows
        self.spans = spans(run)

    def gutter(self, columns: Sequence[Item], step: int) -> str:
        return "".join(self._mark(item, step) for item in columns)

    def _mark(self, item: Item, step: int) -> str:
        marks = [
            "+" if step == start else "-" if step == end else "|"
            for start, end in self.spans.get(item, ())
            if start <= step <= end
        ]
        # An item that is given up and taken by one step shows that it is taken.
        return min(marks, default=".")


def _columns(sides: Sequence[_Side]) -> list[Item]:
    return list(dict.fromkeys(item for side in sides for item in side.spans))


def _rows(sides: Sequence[_Side]) -> list[tuple[Row | None, ...]]:
    if len(sides) == 1:
        return [(row,) for row in sides[0].rows]
    left, right = (side.rows for side in sides)
    matcher = SequenceMatcher(
        None, [row.event for row in left], [row.event for row in right], autojunk=False
    )
    found: list[tuple[Row | None, ...]] = []
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            found += zip(left[a:b], right[c:d], strict=True)
        else:
            found += [(row, None) for row in left[a:b]]
            found += [(None, row) for row in right[c:d]]
    return found


def _text(row: Row) -> str:
    fault = " (fault)" if fault_of(row.event) else ""
    return row.event.text + fault


def _legend(columns: Sequence[Item]) -> list[str]:
    letters = _letters(columns)
    lines = [f"  {letter}  {item.text}" for letter, item in zip(letters, columns, strict=True)]
    return ["held:", *lines, ""] if lines else []


def _letters(columns: Sequence[Item]) -> str:
    return "abcdefghijklmnopqrstuvwxyz"[: len(columns)]


def _head(sides: Sequence[_Side], columns: Sequence[Item], body: int) -> list[str]:
    letters = _letters(columns)
    left = f"     {letters}  {'':<{body}}"
    names = f"     {sides[0].run.semantics:<{max(len(letters), 4) + body}}"
    width = len(left)
    lines = [names.rstrip(), left.rstrip()]
    if len(sides) > 1:
        lines = [f"{names[:width]:<{width}}  {sides[1].run.semantics}", f"{left}  {letters}"]
    return lines if letters else lines[:1]


def _lines(
    sides: Sequence[_Side],
    columns: Sequence[Item],
    rows: Sequence[tuple[Row | None, ...]],
    body: int,
) -> Iterator[str]:
    blank = " " * len(columns)
    for pair in rows:
        text = next(_text(row) for row in pair if row)
        left = pair[0]
        line = f"{left.number if left else '':>3}  "
        line += sides[0].gutter(columns, left.step) if left else blank
        line += f"  {text:<{body}}"
        if len(sides) > 1:
            right = pair[1]
            gutter = sides[1].gutter(columns, right.step) if right else blank
            line += f"  {gutter}  {right.number if right else '':>2}"
        yield line.rstrip()
    for side in sides:
        yield f"     {side.run.semantics} {ending(side.run)}"
