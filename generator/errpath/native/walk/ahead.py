# SPDX-License-Identifier: GPL-2.0-only
"""
The environment of one attempt after others, and who watches where it ends.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Protocol

from errpath.explore.paths.enumerate import Enumeration
from errpath.explore.paths.rest import Rest
from errpath.kernel.pages.listed_page import NEW

if TYPE_CHECKING:
    from collections.abc import Iterable

    from errpath.native.walk.status import Status, Statuses
    from errpath.native.walk.step import Answers
    from errpath.vocabulary.choice import Choice, Value
    from errpath.vocabulary.rule import Rules


_LOCK: Final = "trylock_page"


class StrayError(Exception):
    """
    A run that was to repeat an attempt asked something else: what it does depends on the pass.
    """


class Knowing(Protocol):
    """
    An environment that knows what was answered, and is not out of date.
    """

    known: dict[str, Value]


class Ahead:
    """
    Answers the attempts before as they were, and gives every combination to the one after.

    Behind that it gives the first answer that is possible. If it is `busy`, no new page can be
    locked there, so that each attempt ends with -EAGAIN, up to the last pass.
    """

    def __init__(self, rules: Rules, way: Answers, *, busy: bool = False) -> None:
        part = Rest(tuple((value,) for _, value in way), (1,) * len(way))
        self.enumeration = Enumeration(rules, part)
        self._rules = rules
        self._way = way
        self._busy = busy
        self.restart()

    def restart(self) -> None:
        """
        Make ready for the next run.
        """
        self.known: dict[str, Value] = {}
        self.asked: list[tuple[str, Value]] = []
        self.over = False

    def __call__(self, choice: Choice) -> Value:
        """
        Answer a choice.
        """
        text = choice.text
        if self.over:
            value = self._behind(choice)
        else:
            number = len(self.asked)
            if number < len(self._way) and self._way[number][0] != text:
                raise StrayError(f"{self._way[number][0]} is asked at first, and later {text}")
            value = self.enumeration.answer(choice)
            self.asked.append((text, value))
        self.known[text] = value
        return value

    def _behind(self, choice: Choice) -> Value:
        if self._busy and choice.name == _LOCK and str(choice.subject).endswith(NEW):
            return choice.values[-1]
        return (self._rules.possible(choice, self.known) or choice.values)[0]

    def forget(self, texts: Iterable[str]) -> None:
        """
        Hold no answer to come against what these choices were answered: that was before.
        """
        texts = tuple(texts)
        self.enumeration.forget(texts)
        for text in texts:
            self.known.pop(text, None)


class Watch:
    """
    Takes the status where the attempt behind `before` others ends; None if that ends the run.

    `start` and `end` are where it begins and ends in the trace.
    """

    def __init__(self, statuses: Statuses, before: int, environment: Knowing) -> None:
        self._statuses = statuses
        self._left = before
        self._environment = environment
        self.status: Status | None = None
        self.start = self.end = 0

    def __call__(self, k: Any) -> None:
        """
        Take note that an attempt ended.
        """
        if self.status is not None:
            return
        if self._left:
            self._left -= 1
            self.start = len(k.trace)
            return
        self.end = len(k.trace)
        self.status = self._statuses.status(k, self.start, self._environment.known)
        if isinstance(self._environment, Ahead):
            self._environment.over = True
