# SPDX-License-Identifier: GPL-2.0-only
"""
A patch that was made of the very text that it is applied to: every line is where it says.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from errpath.native.mail.place import Place

if TYPE_CHECKING:
    from errpath.native.mail.patch import Hunk


def verbatim(hunks: Sequence[Hunk], lines: Sequence[str]) -> list[Place] | None:
    """
    Give the place of each hunk, if all of them fit to the letter where they say; else None.
    """
    found: list[Place] = []
    for hunk in hunks:
        place = _place(hunk, lines)
        if place is None or (found and place.start < found[-1].end):
            return None
        found.append(place)
    return found


def _place(hunk: Hunk, lines: Sequence[str]) -> Place | None:
    if not hunk.old_count:
        # It has no line to hold against the text.
        return None
    start = at = hunk.old_start - 1
    new: list[str] = []
    for line in hunk.lines:
        mark, text = line.text[:1], line.text[1:]
        if at - start == hunk.old_count and len(new) == hunk.new_count:
            break
        if mark == "\\":
            continue
        if mark == "+":
            new.append(text)
        elif at < len(lines) and lines[at] == text and mark in {" ", "-", ""}:
            new += [] if mark == "-" else [text]
            at += 1
        else:
            return None
    if at - start != hunk.old_count or len(new) != hunk.new_count:
        return None
    return Place(start=start, end=at, new=tuple(new), first=start)
