# SPDX-License-Identifier: GPL-2.0-only
"""
Every path of a semantics, in a fixed order.

Answers are asked when the code asks, so what a path does not read is no part of it.
Each run replays the answers of the one before up to its last choice that has an answer
left, and goes on from there with the first answer that is possible.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, TypeVar

from errpath.explore.paths.rest import WHOLE, Rest

if TYPE_CHECKING:
    from errpath.kernel.machine import Environment
    from errpath.vocabulary.choice import Choice, Value
    from errpath.vocabulary.rule import Rules

Result = TypeVar("Result")


class _DeadEnd(BaseException):
    """
    The answers so far exclude every answer to what is asked: no kernel gets there.
    """


class Enumeration:
    """
    An environment that gives the next combination of answers with each run.
    """

    def __init__(self, rules: Rules, part: Rest = WHOLE) -> None:
        self._possible = rules.possible
        self._open = list(part.open)
        self._widths = list(part.widths)
        self._known: dict[str, Value] = {}
        self._depth = 0

    def answer(self, choice: Choice) -> Value:
        """
        Give the answer of the path that is being walked.
        """
        depth = self._depth
        if depth == len(self._open):
            possible = self._possible(choice, self._known)
            if not possible:
                raise _DeadEnd
            self._open.append(possible)
            self._widths.append(len(possible))
        self._depth = depth + 1
        value = self._known[choice.text] = self._open[depth][0]
        return value

    def forget(self, texts: Iterable[str]) -> None:
        """
        Hold no answer to come against what these choices were answered: that was before.
        """
        known = self._known
        for text in texts:
            known.pop(text, None)

    def paths(self, run: Callable[[Environment], Result]) -> Iterator[Result]:
        """
        Run once for each path, and give what each gave.
        """
        stack = self._open
        widths = self._widths
        while True:
            self._depth = 0
            self._known = {}
            try:
                result = run(self.answer)
            except _DeadEnd:
                pass
            else:
                yield result
            while stack and len(stack[-1]) == 1:
                stack.pop()
                widths.pop()
            if not stack:
                return
            stack[-1] = stack[-1][1:]

    def unfolded(self) -> Rest:
        """
        Give the part from the path that came last on, with all choices of that path.
        """
        return Rest(tuple(self._open), tuple(self._widths))

    def rest(self) -> Rest | None:
        """
        Give what is left behind the path that came last; None if it was the last.
        """
        stack = self._open.copy()
        while stack and len(stack[-1]) == 1:
            stack.pop()
        if not stack:
            return None
        stack[-1] = stack[-1][1:]
        return Rest(tuple(stack), tuple(self._widths[: len(stack)]))


def paths(run: Callable[[Environment], Result], rules: Rules) -> Iterator[Result]:
    """
    Enumerate every path of what `run` runs, without what the rules exclude.
    """
    return Enumeration(rules).paths(run)


def paths_behind(
    begun: Iterable[tuple[Value, ...]], run: Callable[[Environment], Result], rules: Rules
) -> Iterator[Result]:
    """
    Enumerate the paths that begin with some answers, one beginning after another.
    """
    for answers in begun:
        part = Rest(tuple((value,) for value in answers), (1,) * len(answers))
        yield from Enumeration(rules, part).paths(run)
