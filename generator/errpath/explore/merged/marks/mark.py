# SPDX-License-Identifier: GPL-2.0-only
"""
What is followed along a path, so that a clause can be judged where paths are merged.

A mark is a small automaton over the calls that its patterns name. Its state, a number from 0 on,
tells all that the clause needs to know of the calls so far: paths that end in the same state
keep the clause, break it or give it nothing to check alike (a test compares all short words).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum
from typing import Final, NamedTuple, TypeAlias

Letter: TypeAlias = int
"""Which of a mark's patterns a call is one of: bit 0 for the first."""


class How(Enum):
    """
    What a mark follows of its patterns P, Q, ...: how many P, P after or before Q, and so on.

    In place of a pattern TOLD has the text of a choice about no page: what is answered is told
    apart, where it is asked. That is no call, and has no states.
    """

    COUNT = "count"
    AFTER = "after"
    BEFORE = "before"
    PRECEDES = "precedes"
    LEADS_TO = "leads_to"
    ORDER = "order"
    HELD = "held"
    TOLD = "told"


class Mark(NamedTuple):
    """
    What is followed; numbers of calls are told apart up to `most`.

    Where calls count while something is held, `held` is that: `PG_locked(page)`.
    """

    how: How
    patterns: tuple[str, ...]
    most: int = 1
    held: str = ""

    @property
    def sums(self) -> bool:
        """
        Whether pages can be followed each by itself, and the states added.
        """
        return self.how is How.COUNT

    @property
    def last(self) -> int:
        """
        The highest state.
        """
        match self.how:
            case How.COUNT:
                return self.most
            case How.AFTER:
                return self.most + 1
            case How.BEFORE | How.HELD:
                return 2 * self.most + 1
            case How.ORDER:
                return len(self.patterns) + 1
            case _:
                return 3

    def step(self, state: int, letter: Letter) -> int:
        """
        Give the state after a call that is one of its patterns.
        """
        return _STEPS[self.how](self, state, letter)


def _count(mark: Mark, state: int, _: Letter) -> int:
    return min(state + 1, mark.most)


def _after(mark: Mark, state: int, letter: Letter) -> int:
    # 0 until Q is called; then the number of P, and 1.
    if not state:
        return letter >> 1
    return min(state + (letter & 1), mark.most + 1)


def _before(mark: Mark, state: int, letter: Letter) -> int:
    # Twice the number of P, and 1 as soon as Q is called.
    if state & 1:
        return state
    return state + 1 if letter & 2 else min(state + 2, 2 * mark.most)


def _precedes(_: Mark, state: int, letter: Letter) -> int:
    # 0 before P and Q, 1 after P alone, 2 if Q came first, 3 if it came later.
    if state == 0:
        return 2 if letter & 2 else 1
    return 3 if state == 1 and letter & 2 else state


def _leads_to(_: Mark, state: int, letter: Letter) -> int:
    # 0 before P, 1 while Q is due, 2 if nothing is due any more.
    if letter & 1:
        return 1
    return 2 if state else 0


def _order(mark: Mark, state: int, letter: Letter) -> int:
    # The number of those that came, or one more than there are.
    wrong = len(mark.patterns) + 1
    return state + 1 if state < wrong - 1 and letter >> state & 1 else wrong


def _held(mark: Mark, state: int, letter: Letter) -> int:
    # Twice the number of P while it is held, and 1 as soon as it is.
    if letter & 2:
        return state | 1
    return min(state + 2, 2 * mark.most + (state & 1))


_STEPS: Final[Mapping[How, Callable[[Mark, int, Letter], int]]] = {
    How.COUNT: _count,
    How.AFTER: _after,
    How.BEFORE: _before,
    How.PRECEDES: _precedes,
    How.LEADS_TO: _leads_to,
    How.ORDER: _order,
    How.HELD: _held,
}
