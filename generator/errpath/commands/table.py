# SPDX-License-Identifier: GPL-2.0-only
"""
A table: rich on a terminal, aligned text elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence

import click

from errpath.commands.screen import WIDTH, styled

_GAP = "  "


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """
    Print rows under a head; the first column is text, the others are aligned as numbers.
    """
    if styled():
        _drawn(head, rows)
    else:
        for line in _aligned(head, rows):
            click.echo(line)


def _aligned(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    numbers = widths[1:]
    first = min(widths[0], WIDTH - sum(len(_GAP) + width for width in numbers))
    lines = []
    for name, *cells in (head, *rows):
        tail = "".join(_GAP + cell.rjust(w) for cell, w in zip(cells, numbers, strict=True))
        if len(name) > first:
            # A name that leaves the numbers no room has a line of its own.
            lines.append(name)
            lines.append(" " * max(first, 0) + tail)
        else:
            lines.append((name.ljust(first) + tail).rstrip())
    return lines


def _drawn(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    from rich.console import Console  # noqa: PLC0415 - only a terminal pays for rich
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    drawn = Table(box=None, pad_edge=False, header_style="bold")
    for index, name in enumerate(head):
        if index == 0:
            drawn.add_column(name, overflow="fold")
        else:
            drawn.add_column(name, justify="right", no_wrap=True)
    for name, *cells in rows:
        drawn.add_row(Text(name), *(Text(cell, style=_style(cell)) for cell in cells))
    Console(highlight=False).print(drawn)


def _style(cell: str) -> str:
    if "BROKEN" in cell:
        return "bold red"
    return "green" if cell.endswith("kept") else ""
