# SPDX-License-Identifier: GPL-2.0-only
"""
A text as hunks are matched with it: white space and blank lines folded.
"""

from __future__ import annotations

from collections.abc import Sequence


def fold(line: str) -> str:
    """
    Fold the white space of a line; "" for a blank one.
    """
    return " ".join(line.split())


class Folded:
    """
    The lines of a text, and those of them that are not blank.

    `keys` has these, folded, and `at` the number of each, from 0; `places` has for each key
    where it is in `keys`.
    """

    def __init__(self, lines: Sequence[str], folded: Sequence[str] | None = None) -> None:
        self.lines = lines
        self.at: list[int] = []
        self.keys: list[str] = []
        self.places: dict[str, list[int]] = {}
        for number, key in enumerate(map(fold, lines) if folded is None else folded):
            if key:
                self.places.setdefault(key, []).append(len(self.keys))
                self.keys.append(key)
                self.at.append(number)

    def key(self, place: int) -> str | None:
        """
        Give the line at a place in `keys`; None behind the last.
        """
        return self.keys[place] if place < len(self.keys) else None

    def blanks(self, first: int, last: int) -> int:
        """
        Count the blank lines between two lines that are not, by their places in `keys`.
        """
        return self.at[last] - self.at[first] - (last - first)

    def around(self, first: int, last: int) -> tuple[int, int]:
        """
        Count the blank lines right before a line, and those right behind another.
        """
        before = self.at[first - 1] + 1 if first else 0
        # What follows the last newline is no line.
        end = len(self.lines) - (not self.lines[-1])
        behind = self.at[last + 1] if last + 1 < len(self.at) else end
        return self.at[first] - before, behind - self.at[last] - 1
