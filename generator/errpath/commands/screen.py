# SPDX-License-Identifier: GPL-2.0-only
"""
How a report is put on the screen: in colour on a terminal, folded for a mail elsewhere.
"""

from __future__ import annotations

import os
import re
import sys
from textwrap import wrap
from typing import Final

import click

WIDTH: Final = 75
"""What fits into a mail when it is quoted."""

_COLOURS: Final = {
    r"(?m)^error(\[E\d+\])?": "bold red",
    r"(?m)^ *\| +\^+$": "red",
    r"(?m)^ *= (help|note)\b": "cyan",
    r"(?m)^ *--> .*$": "blue",
    r"\(fault\)": "bold red",
    r"\b\d+ BROKEN\b": "bold red",
}
# What is a sentence and can go on in the next line; a line of source is none.
_SENTENCE: Final = re.compile(r"error\[|error:| *= |across ")


def styled() -> bool:
    """
    Tell whether the output goes to somebody who sees colours, and wants them.
    """
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return sys.stdout.isatty() and not plain


def show(text: str) -> None:
    """
    Print a report; an empty one leaves no line.
    """
    if not text:
        return
    if styled():
        _coloured(text)
    else:
        click.echo("\n".join(map(folded, text.split("\n"))))


def folded(line: str) -> str:
    """
    Break a sentence that is too long for a mail; any other line stays as it is.
    """
    return fold(line) if _SENTENCE.match(line) else line


def fold(text: str) -> str:
    """
    Break a text that is too long for a mail; what follows is indented.
    """
    if len(text) <= WIDTH:
        return text
    indent = " " * (len(text) - len(text.lstrip()) + 2)
    return "\n".join(lines_of(text, "", indent))


def lines_of(text: str, first: str, rest: str) -> list[str]:
    """
    Break a text into lines that fit a mail; the first begins with `first`, others with `rest`.
    """
    return wrap(
        text,
        WIDTH,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _coloured(text: str) -> None:
    from rich.console import Console  # noqa: PLC0415 - only a terminal pays for rich
    from rich.text import Text  # noqa: PLC0415

    coloured = Text(text)
    for pattern, style in _COLOURS.items():
        coloured.highlight_regex(pattern, style)
    Console(highlight=False).print(coloured, soft_wrap=True)
