# SPDX-License-Identifier: GPL-2.0-only
"""
The environment of one page that is alone on its list, attempt by attempt.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from errpath.explore.paths.enumerate import Enumeration
from errpath.explore.paths.rest import Rest
from errpath.kernel.pages.list_head import list_add

if TYPE_CHECKING:
    from collections.abc import Iterable

    from errpath.kernel.pages.list_head import ListHead
    from errpath.vocabulary.choice import Choice, Value
    from errpath.vocabulary.rule import Rules


class AttemptOver(BaseException):
    """
    The attempt that was asked for has ended, and the run would go on.
    """


class Alone:
    """
    Answers the attempts before as they were, and gives every combination to the one after.

    Where an attempt ends, what is known of no page is forgotten, so that the next one asks for
    all of it that it reads. `neighbour` is put on the LRU list at the start.
    """

    def __init__(
        self,
        rules: Rules,
        way: tuple[Value, ...],
        attempts: int,
        *,
        machine: Any,
        shared: frozenset[str],
        neighbour: ListHead | None,
    ) -> None:
        part = Rest(tuple((value,) for value in way), (1,) * len(way))
        self.enumeration = Enumeration(rules, part)
        self._before = len(way)
        self._attempts = attempts
        self._machine = machine
        self._shared = shared
        self._neighbour = neighbour
        self.restart()

    def restart(self) -> None:
        """
        Make ready for the next run.
        """
        self.known: dict[str, Value] = {}
        self.asked: list[tuple[Choice, Value]] = []
        self.number = self.number_before = 0
        self._count = 0
        self.step = self.spans = self.touched = 0

    def __call__(self, choice: Choice) -> Value:
        """
        Answer a choice.
        """
        value = self.enumeration.answer(choice)
        self.asked.append((choice, value))
        self.known[choice.text] = value
        return value

    @property
    def new(self) -> list[tuple[Choice, Value]]:
        """
        What the attempt asked, with the answers.
        """
        return self.asked[self._before :]

    def forget(self, texts: Iterable[str]) -> None:
        """
        Hold no answer to come against what these choices were answered.
        """
        texts = tuple(texts)
        self.enumeration.forget(texts)
        for text in texts:
            self.known.pop(text, None)

    def begin_pass(self, number: int) -> None:
        """
        Take note of the pass.
        """
        self.number = number
        if number == 1 and self._neighbour is not None:
            self._neighbour.init()
            list_add(self._neighbour, self._machine.lru)

    def ended(self, k: Any) -> None:
        """
        Take note that an attempt ended; the one that was asked for ends the run.
        """
        self._count += 1
        for text in self._shared:
            k.facts.pop(text, None)
        self.forget(self._shared)
        if self._count == self._attempts:
            self.step, self.number_before = len(k.trace), self.number
            self.spans, self.touched = len(k.spans), len(k.touched)
        elif self._count > self._attempts:
            raise AttemptOver
