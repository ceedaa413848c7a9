# SPDX-License-Identifier: GPL-2.0-only
"""
What watches the attempts of a page for a law, and keeps no more of them than the law asks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from errpath.explore.merged.lone.attempt import Through


class Monitor(Protocol):
    """
    An automaton over the attempts of one page.

    `start` is its state at first, `by_pass` whether its steps depend on the number of the pass.
    """

    @property
    def start(self) -> Any:
        """
        The state before the first attempt.
        """
        ...

    @property
    def by_pass(self) -> bool:
        """
        Whether a step depends on the number of the pass.
        """
        ...

    def view(self, through: Through) -> Any:
        """
        Give what it sees of an attempt, which depends on its outcome alone.
        """
        ...

    def step(self, state: Any, view: Any, number: int) -> Any:
        """
        Give the state behind an attempt of a pass.
        """
        ...

    def told(self, state: Any) -> Any:
        """
        Give what counts of a state at the end.
        """
        ...

    def both(self, one: Any, other: Any) -> Any:
        """
        Add up what counts of two pages.
        """
        ...
