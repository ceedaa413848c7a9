# SPDX-License-Identifier: GPL-2.0-only
"""
Why a tree cannot be used as a target.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """
    One thing that is in the way: where, what, and what is to be done about it.

    `place` is a file, or a file and a line of the tree; `says` and `help` are sentences
    without a full stop, and either of `place` and `help` may be empty.
    """

    place: str
    says: str
    help: str = ""

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place else ""
        return f"{where}{self.says}{'; ' if self.help else ''}{self.help}"


class RefusedError(Exception):
    """
    A tree, or the C in it, cannot be used; `problems` has every reason, each a line.
    """

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems
