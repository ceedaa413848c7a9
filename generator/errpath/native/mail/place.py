# SPDX-License-Identifier: GPL-2.0-only
"""
Where a hunk went in, and what it made of the lines there.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from errpath.native.mail.patch import Hunk


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """
    A place at which a hunk fits: the lines `start:end` of the text, from 0, become `new`.

    `first` is the first line that the hunk has, `fuzzy` what was overlooked to make it fit.
    """

    start: int
    end: int
    new: tuple[str, ...]
    first: int = field(compare=False)
    fuzzy: tuple[str, ...] = field(compare=False, default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class HunkPlace:
    """
    Where a hunk went in: at a `line` of the tree's file, from 1; and what was fuzzy about it.
    """

    hunk: Hunk
    line: int
    fuzzy: tuple[str, ...]

    def __str__(self) -> str:
        fuzzy = f" ({', '.join(self.fuzzy)})" if self.fuzzy else ""
        return f"{self.hunk} at line {self.line}{fuzzy}"
