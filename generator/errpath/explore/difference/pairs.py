# SPDX-License-Identifier: GPL-2.0-only
"""
Two semantics under the same environment.

Both runs of a pair get the same answer to the same question, in whichever order they ask;
what only one of them asks is a choice of the pair as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from errpath.explore.enumerate import paths

if TYPE_CHECKING:
    from errpath.kernel.machine import Environment
    from errpath.kernel.run import Run
    from errpath.kernel.target import Target
    from errpath.vocabulary.choice import Choice, Value
    from errpath.vocabulary.rule import Rules


class Pair(NamedTuple):
    """
    The runs of an older and a newer semantics, and every choice that either made.
    """

    old: Run
    new: Run
    choices: dict[str, Value]


def pairs(target: Target, old: str, new: str, rules: Rules) -> Iterator[Pair]:
    """
    Enumerate every pair of paths of two semantics, in a fixed order.
    """

    def both(environment: Environment) -> Pair:
        memory = _Memory(environment)
        older, newer = (target.run(name, memory.of_a_run()) for name in (old, new))
        return Pair(older, newer, older.choices | newer.choices)

    return paths(both, rules)


class _Memory:
    """
    Answers the n-th asking of a question as it was answered to the other run.
    """

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        self._answers: dict[str, list[Value]] = {}

    def of_a_run(self) -> Environment:
        environment, answers = self._environment, self._answers
        asked: dict[str, int] = {}

        def answer(choice: Choice) -> Value:
            text = choice.text
            count = asked.get(text, 0)
            asked[text] = count + 1
            given = answers.get(text)
            if given is None:
                given = answers[text] = []
            if count == len(given):
                given.append(environment(choice))
            return given[count]

        return answer
