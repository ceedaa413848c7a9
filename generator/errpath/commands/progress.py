# SPDX-License-Identifier: GPL-2.0-only
"""
How far a walk of all paths has got, for somebody who waits at a terminal.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from math import ceil, log10
from time import monotonic
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

PATIENCE: Final = 1.0
"""Seconds that pass without a word."""

_REFRESH: Final = 0.1


class Bar:
    """
    A bar on standard error, from the second second on; none if that is no terminal.

    It shows the paths so far, and about how many there are: as if the part of the tree that
    is left had as many paths for its share as the part that is walked.
    """

    def __init__(self, *, wanted: bool = True, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._next = clock() + PATIENCE if wanted and sys.stderr.isatty() else float("inf")
        self._drawn: tuple[Progress, TaskID] | None = None
        self._paths = 0
        self._share = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None
    ) -> None:
        if self._drawn:
            self._drawn[0].stop()

    def advance(self, paths: int, share: float) -> None:
        """
        Count paths, with their share of the tree.
        """
        self._paths += paths
        self._share += share
        now = self._clock()
        if now >= self._next:
            self._next = now + _REFRESH
            self._draw()

    def says(self) -> str:
        """
        Give the count in words.
        """
        whole = (
            f" of about {_rounded(self._paths / self._share)}"
            if self._paths and self._share
            else ""
        )
        return f"{self._paths:,}{whole} paths"

    def _draw(self) -> None:
        if self._drawn is None:
            self._drawn = _drawn()
        progress, task = self._drawn
        progress.update(task, completed=self._share, description=self.says())
        progress.refresh()


def _drawn() -> tuple[Progress, TaskID]:
    from rich.console import Console  # noqa: PLC0415 - only a terminal pays for rich
    from rich.progress import BarColumn, Progress, TextColumn  # noqa: PLC0415

    columns = BarColumn(), TextColumn("{task.description}")
    console = Console(stderr=True)
    progress = Progress(*columns, console=console, auto_refresh=False, transient=True)
    progress.start()
    return progress, progress.add_task("", total=1.0)


def _rounded(number: float) -> str:
    """
    Write an estimate with the two digits that it is good for; the last is rounded up.
    """
    unit = 10 ** max(int(log10(number)) - 1, 0)
    return f"{ceil(number / unit) * unit:,}"
