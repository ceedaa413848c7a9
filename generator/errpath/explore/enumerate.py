# SPDX-License-Identifier: GPL-2.0-only
"""
Every path of a semantics, in a fixed order.

Answers are asked when the code asks, so what a path does not read is no part of it.
Each run replays the answers of the one before up to its last choice that has an answer
left, and goes on from there with the first answer that is possible.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from errpath.kernel.machine import Environment
    from errpath.vocabulary.choice import Choice, Value
    from errpath.vocabulary.rule import Rules

Result = TypeVar("Result")


class Enumeration:
    """
    An environment that gives the next combination of answers with each run.
    """

    def __init__(self, rules: Rules) -> None:
        self._possible = rules.possible
        self._open: list[tuple[Value, ...]] = []
        self._known: dict[str, Value] = {}
        self._depth = 0

    def answer(self, choice: Choice) -> Value:
        """
        Give the answer of the path that is being walked.
        """
        depth = self._depth
        if depth == len(self._open):
            self._open.append(self._possible(choice, self._known))
        self._depth = depth + 1
        value = self._known[choice.text] = self._open[depth][0]
        return value

    def paths(self, run: Callable[[Environment], Result]) -> Iterator[Result]:
        """
        Run once for each path, and give what each gave.
        """
        stack = self._open
        while True:
            self._depth = 0
            self._known = {}
            yield run(self.answer)
            while stack and len(stack[-1]) == 1:
                stack.pop()
            if not stack:
                return
            stack[-1] = stack[-1][1:]


def paths(run: Callable[[Environment], Result], rules: Rules) -> Iterator[Result]:
    """
    Enumerate every path of what `run` runs, without what the rules exclude.
    """
    return Enumeration(rules).paths(run)
