# SPDX-License-Identifier: GPL-2.0-only
"""
A mark, as it watches the attempts of one page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from errpath.explore.merged.lone.attempt import Through
    from errpath.explore.merged.lone.outcome import Outcome
    from errpath.explore.merged.marks.mark import Letter, Mark
    from errpath.explore.merged.marks.marks import Letters
    from errpath.kernel.event import Event

View = tuple["Letter", ...]


class Watched:
    """
    The calls that some mark of a graph looks at, out of those of an attempt.
    """

    def __init__(self, letters: Iterable[Letters]) -> None:
        self._events = frozenset(made for mine in letters for made, _ in mine.calls)
        self._outcome: Outcome | None = None
        self._calls: tuple[Event, ...] = ()

    def calls(self, outcome: Outcome) -> tuple[Event, ...]:
        """
        Give them in their order; all marks ask for those of one outcome, one after the other.
        """
        if outcome is not self._outcome:
            events = self._events
            self._outcome = outcome
            self._calls = tuple([made for made in outcome.events if made in events])
        return self._calls


class Marked:
    """
    Steps a mark by the calls of one page that are one of its patterns.
    """

    start = 0
    by_pass = False

    def __init__(self, mark: Mark, letters: Letters, watched: Watched) -> None:
        self._mark = mark
        self._letters = dict(letters.calls)
        self._held = letters.held
        self._watched = watched
        self._views: dict[tuple[Event, ...], View] = {}

    def view(self, through: Through) -> View:
        """
        Give the letters of an attempt, in the order of its calls.
        """
        if self._held:
            return self._while_held(through.outcome)
        calls = self._watched.calls(through.outcome)
        found = self._views.get(calls)
        if found is None:
            letters = self._letters
            found = tuple([letters[made] for made in calls if made in letters])
            self._views[calls] = found
        return found

    def _while_held(self, outcome: Outcome) -> View:
        """
        Give a letter 2 if it is held, and one for each call while it is.
        """
        windows = [(start, end) for item, start, end in outcome.held if item == self._held]
        letters = [2] if windows else []
        for step, made in enumerate(outcome.events):
            if made in self._letters and any(start <= step < end for start, end in windows):
                letters.append(1)
        return tuple(letters)

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
