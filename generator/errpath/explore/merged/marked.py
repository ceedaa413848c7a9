# SPDX-License-Identifier: GPL-2.0-only
"""
A mark, as it watches the attempts of one page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from errpath.explore.merged.attempt import Through
    from errpath.explore.merged.mark import Letter, Mark
    from errpath.kernel.event import Event

View = tuple["Letter", ...]


class Marked:
    """
    Steps a mark by the calls of one page that are one of its patterns.
    """

    start = 0
    by_pass = False
    by_answers = False

    def __init__(self, mark: Mark, letters: frozenset[tuple[Event, Letter]]) -> None:
        self._mark = mark
        self._letters = dict(letters)
        self._events = frozenset(self._letters)

    def view(self, through: Through) -> View:
        """
        Give the letters of an attempt, in the order of its calls.
        """
        events, letters = through.outcome.events, self._letters
        if self._events.isdisjoint(events):
            return ()
        return tuple([letters[made] for made in events if made in letters])

    def step(self, state: int, view: View, number: int) -> int:
        """
        Go on from a state.
        """
        del number
        for letter in view:
            state = self._mark.step(state, letter)
        return state

    def told(self, state: int) -> int:
        """
        Give the state.
        """
        return state

    def both(self, one: int, other: int) -> int:
        """
        Add the states of two pages; where they cannot be added, one page has nothing to tell.
        """
        return min(one + other, self._mark.last)
