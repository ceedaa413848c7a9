# SPDX-License-Identifier: GPL-2.0-only
"""
Two semantics under the same environment.

Both runs of a pair get the same answer to the same question, in whichever order they ask;
what only one of them asks is a choice of the pair as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from errpath.explore.paths.enumerate import paths

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
        older = target.run(old, environment)
        newer = target.run(new, _as_before(older.choices, environment))
        return Pair(older, newer, older.choices | newer.choices)

    return paths(both, rules)


def _as_before(given: Mapping[str, Value], environment: Environment) -> Environment:
    """
    Answer the n-th asking of a question as it was answered to the other run.
    """
    asked: dict[str, int] = {}

    def answer(choice: Choice) -> Value:
        text = choice.text
        count = asked[text] = asked.get(text, 0) + 1
        value = given.get(text if count == 1 else f"{text}#{count}")
        return environment(choice) if value is None else value

    return answer
