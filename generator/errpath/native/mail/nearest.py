# SPDX-License-Identifier: GPL-2.0-only
"""
Where a hunk fits best that fits nowhere, and what stands there instead.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from errpath.native.mail.error import quoted
from errpath.native.mail.fold import Folded, fold

if TYPE_CHECKING:
    from errpath.native.mail.patch import Hunk


class Misfit(NamedTuple):
    """
    The first line of a hunk that is not as the text has it, and the line of the text, from 1.

    `here` is None behind the end of the text. `line` is the place in the mail.
    """

    wanted: str
    here: str | None
    at: int
    line: int

    def __str__(self) -> str:
        here = "the file ends" if self.here is None else f"{quoted(self.here)} stands"
        return f"nearest is line {self.at}, where {here} and the patch has {quoted(self.wanted)}"


def nearest(hunk: Hunk, text: Folded) -> Misfit | None:
    """
    Find the place with which most lines of a hunk agree; None if none does.

    Of places that agree as well, it is the one nearest to where the hunk says it belongs.
    """
    old = [
        (fold(line.text[1:] if line.text[:1] in ("-", " ") else line.text), line.at)
        for line in hunk.lines[: hunk.old_count + hunk.new_count]
        if line.text[:1] not in ("+", "\\")
    ]
    keys = [(key, at) for key, at in old if key]
    agree = Counter(
        place - number for number, (key, _) in enumerate(keys) for place in text.places.get(key, ())
    )
    if not agree:
        return None
    most = max(agree.values())

    def away(start: int) -> int:
        at = text.at[min(max(start, 0), len(text.at) - 1)]
        return abs(at + 1 - hunk.old_start)

    start = min((one for one, count in agree.items() if count == most), key=away)
    for number, (key, line) in enumerate(keys):
        at = start + number
        if at >= len(text.keys):
            return Misfit(key, None, len(text.lines), line)
        if at >= 0 and text.keys[at] != key:
            return Misfit(key, text.lines[text.at[at]], text.at[at] + 1, line)
    # Its lines are there, and its header counts others.
    key, line = keys[0]
    at = max(start, 0)
    return Misfit(key, text.lines[text.at[at]], text.at[at] + 1, line)
