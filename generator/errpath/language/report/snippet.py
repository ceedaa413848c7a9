# SPDX-License-Identifier: GPL-2.0-only
"""
A source line as it can be shown: with its tabs, its wide and its control characters.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_WIDEST: Final = 100
_LEAD: Final = 30
_TAB: Final = "    "
_ELLIPSIS: Final = "..."
# What a terminal would obey, or what has no encoding.
_UNSHOWN: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)


def printable(text: str) -> str:
    """
    Write a text with its control characters escaped.
    """
    return _UNSHOWN.sub(_escape, text)


def _escape(found: re.Match[str]) -> str:
    code = ord(found.group())
    return f"\\x{code:02x}" if code <= 0xFF else f"\\u{code:04x}"  # noqa: PLR2004 - one byte


def snippet(line: str, start: int, end: int) -> tuple[str, str]:
    """
    Show a line, and below it the carets for its characters from `start` up to `end`.

    Offsets count from 0. A line that is too long is shown around `start`.
    """
    cells = ["    " if character == "\t" else printable(character) for character in line]
    widths = [sum(map(_width, cell)) for cell in cells]
    first, last = _window(widths, min(start, len(cells)))
    shown = "".join(cells[first:last])
    head = _ELLIPSIS if first else ""
    tail = _ELLIPSIS if last < len(cells) else ""
    indent = len(head) + sum(widths[first:start])
    carets = sum(widths[start : min(end, last)]) or 1
    return f"{head}{shown}{tail}".rstrip(), " " * indent + "^" * carets


def _window(widths: list[int], start: int) -> tuple[int, int]:
    """
    Choose the characters to show, so that the one at `start` is among them.
    """
    if sum(widths) <= _WIDEST:
        return 0, len(widths)
    first = start
    lead = 0
    while first > 0 and lead + widths[first - 1] <= _LEAD:
        first -= 1
        lead += widths[first]
    if sum(widths[:start]) <= _WIDEST - _LEAD:
        first = 0
    last = first
    room = _WIDEST
    while last < len(widths) and room - widths[last] >= 0:
        room -= widths[last]
        last += 1
    return first, last


def _width(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
