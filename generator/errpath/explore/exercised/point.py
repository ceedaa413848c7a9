# SPDX-License-Identifier: GPL-2.0-only
"""
A place of the source that a path passes: an exit, or an outcome of a condition.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """
    A way out of a block or a function; or one outcome of a condition.

    `says` is `goto out`, `return rc` or `falls into out`, or the text of the condition with
    its `outcome`. `under` is the condition that stands next around it, if one does.
    """

    function: str
    file: str
    line: int
    says: str
    outcome: bool | None
    under: str | None

    @property
    def place(self) -> str:
        """
        The file, below the package root, and the line.
        """
        return f"{self.file}:{self.line}"

    @property
    def is_exit(self) -> bool:
        """
        Whether it is a way out, and no outcome.
        """
        return self.outcome is None
