# SPDX-License-Identifier: GPL-2.0-only
"""
The lines of a text by their braces: what a syntax error is confined to.

Only a text with a syntax error is looked at in this way; it tells statements and items
apart without parsing them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_LINE: Final = re.compile(r"[^\n]*\n|[^\n]+")
_OPAQUE: Final = re.compile(r'"(?:[^"\\]|\\.)*"?|#.*')
_GOES_ON: Final = re.compile(r"(?:[,|<]|\b(?:and|or))\s*\Z")
_ITEM: Final = re.compile(
    r'\s*(?:(?:include|situation|contract|scenario|law)\s*"|delta\s+\w+\s*->)'
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """
    A line, with those that go on from it: its offsets, and the braces it opens and closes.

    `before` and `after` are the depth of braces around it.
    """

    start: int
    end: int
    before: int
    after: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """
    The lines of one item; `unclosed` has the offsets of braces that stay open.
    """

    lines: tuple[Line, ...]
    unclosed: tuple[int, ...]

    @property
    def start(self) -> int:
        """
        The offset at which it begins.
        """
        return self.lines[0].start

    @property
    def end(self) -> int:
        """
        The offset at which it ends.
        """
        return self.lines[-1].end


def chunks(text: str) -> list[Chunk]:
    """
    Split a text into its items; a line that can only begin an item ends the one before.
    """
    found: list[Chunk] = []
    lines: list[Line] = []
    unclosed: list[int] = []
    start = offset = 0
    before = 0
    goes_on = False
    for line in _LINE.findall(text):
        code = _OPAQUE.sub(_blank, line.rstrip("\r\n"))
        if not goes_on:
            start = offset
            before = len(unclosed)
            if lines and _ITEM.match(code):
                found.append(Chunk(lines=tuple(lines), unclosed=tuple(unclosed)))
                lines, unclosed, before = [], [], 0
        for brace in re.finditer("[{}]", code):
            if brace.group() == "{":
                unclosed.append(offset + brace.start())
            elif unclosed:
                unclosed.pop()
        offset += len(line)
        goes_on = bool(_GOES_ON.search(code)) and offset < len(text)
        if goes_on:
            continue
        lines.append(Line(start=start, end=offset, before=before, after=len(unclosed)))
        if not unclosed:
            found.append(Chunk(lines=tuple(lines), unclosed=()))
            lines = []
    if lines:
        found.append(Chunk(lines=tuple(lines), unclosed=tuple(unclosed)))
    return found


def _blank(found: re.Match[str]) -> str:
    # A string stays visible as something; what it holds must not be taken for braces.
    filler = " " if found.group().startswith("#") else '"'
    return filler * len(found.group())
