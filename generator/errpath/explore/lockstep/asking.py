# SPDX-License-Identifier: GPL-2.0-only
"""
What both sides ask in one attempt, and every combination of answers to it.

The n-th asking of a question has one answer, whichever side asks it first, and what is asked
once for a run keeps its answer for good.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from errpath.vocabulary.choice import Choice, Value
    from errpath.vocabulary.rule import Rules


class DeadEndError(Exception):
    """
    The answers so far exclude every answer to what is asked: no kernel gets there.
    """


class Asking:
    """
    The answers of one joint attempt; each of `combinations()` is another.

    `known` is what was answered before and still narrows what can be answered, `stays` what
    keeps its answer for good. With a `prefix`, only combinations that begin so are given.
    """

    def __init__(
        self,
        rules: Rules,
        known: Mapping[str, Value],
        stays: Mapping[str, Value],
        prefix: Iterable[Value] = (),
    ) -> None:
        self._possible = rules.possible
        self._before = known
        self._stays = stays
        self._open: list[tuple[Value, ...]] = [(value,) for value in prefix]
        self._depth = 0
        self._restart()

    def _restart(self) -> None:
        self._depth = 0
        self._known = dict(self._before)
        self.answers: dict[str, Value] = {}
        self.new_side()

    def new_side(self) -> None:
        """
        Begin to count the askings anew: another side asks.
        """
        self._times: dict[str, int] = {}

    @property
    def combination(self) -> tuple[Value, ...]:
        """
        The answers of this combination, in the order in which they were first asked.
        """
        return tuple(answers[0] for answers in self._open[: self._depth])

    def answer(self, choice: Choice) -> Value:
        """
        Answer a question of the side that is asking.
        """
        text = choice.text
        value = self._stays.get(text)
        if value is not None:
            return value
        times = self._times.get(text, 0) + 1
        self._times[text] = times
        asked = text if times == 1 else f"{text}#{times}"
        value = self.answers.get(asked)
        if value is not None:
            self._known[text] = value
            return value
        depth = self._depth
        if depth == len(self._open):
            possible = self._possible(choice, self._known)
            if not possible:
                raise DeadEndError
            self._open.append(possible)
        self._depth = depth + 1
        value = self._open[depth][0]
        self._known[text] = self.answers[asked] = value
        return value

    def forget(self, texts: Iterable[str]) -> None:
        """
        Hold no answer to come against what these questions were answered.
        """
        for text in texts:
            self._known.pop(text, None)

    def combinations(self) -> Iterator[None]:
        """
        Go through all combinations; between two of them, the sides ask.
        """
        stack = self._open
        while True:
            self._restart()
            yield
            while stack and len(stack[-1]) == 1:
                stack.pop()
            if not stack:
                return
            stack[-1] = stack[-1][1:]
