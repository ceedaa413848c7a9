# SPDX-License-Identifier: GPL-2.0-only
"""
What an observer sees of a mutant: the smallest path that tells it from the right version.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from errpath.explore.mutants.running import Crash
from errpath.explore.mutants.scenarios import same
from errpath.explore.paths.enumerate import paths_behind
from errpath.vocabulary.errno import spell

if TYPE_CHECKING:
    from errpath.kernel.machine import Environment
    from errpath.kernel.run import Run
    from errpath.vocabulary.choice import Choice, Value
    from errpath.vocabulary.rule import Rules
    from errpath.vocabulary.vocabulary import Vocabulary


class Difference(NamedTuple):
    """
    One environment, and what either version does in it: its return code, and its calls.

    `right` and `wrong` are lines, the calls that act or take a result and then what came of
    it; `choices` are the answers that either read.
    """

    choices: dict[str, Value]
    right: tuple[str, ...]
    wrong: tuple[str, ...]


def smallest(
    right: Callable[[Environment], Run],
    wrong: Callable[[Environment], Run | Crash],
    begun: Iterable[tuple[Value, ...]],
    vocabulary: Vocabulary,
    rules: Rules,
) -> Difference | None:
    """
    Give the difference with the fewest faults, and of those the shortest; None if there is none.

    Both run under the same environment: the same answer to the same question, whichever
    order they ask in. `begun` are the answers after which they can begin to differ, and `rules`
    tell which answers there are.
    """
    best: tuple[tuple[int, int, int], Difference] | None = None
    for number, one in enumerate(_differences(right, wrong, begun, rules)):
        size = (_faults(one, vocabulary), max(len(one.right), len(one.wrong)), number)
        if best is None or size < best[0]:
            best = (size, one)
    return best and best[1]


def _differences(
    right: Callable[[Environment], Run],
    wrong: Callable[[Environment], Run | Crash],
    begun: Iterable[tuple[Value, ...]],
    rules: Rules,
) -> Iterator[Difference]:
    def both(environment: Environment) -> Difference | None:
        memory = _Memory(environment)
        first, second = right(memory.of_a_run()), wrong(memory.of_a_run())
        if not isinstance(second, Crash) and same(first, second):
            return None
        return Difference(memory.choices, seen(first), seen(second))

    for one in paths_behind(begun, both, rules):
        if one and one.right != one.wrong:
            yield one


def seen(run: Run | Crash) -> tuple[str, ...]:
    """
    Give what an observer sees of a run: its calls, how it ends, and what is left behind.

    A test that only reads is nothing that an observer sees: it can be asked earlier, later
    or twice, as long as nothing else comes of it.
    """
    if isinstance(run, Crash):
        return (run.says,)
    held = [item.text for item, _ in run.ledger.open_rows()]
    return (
        *run.calls(),
        f"BUG {run.bug.name}" if run.bug else f"returns {spell(run.returns or 0)}",
        f"holds {', '.join(sorted(held)) or 'nothing'}",
        *(
            _state(subject, name, value)
            for subject, states in run.final.items()
            for name, value in states.items()
        ),
    )


def _state(subject: str, name: str, value: object) -> str:
    match value:
        case bool():
            return f"{subject} {'' if value else 'not '}{name}"
        case int():
            return f"{name} changed by {value}"
    return f"{subject} {name} {value}"


def _faults(difference: Difference, vocabulary: Vocabulary) -> int:
    return sum(
        vocabulary.fault_at(text.partition("#")[0], value) is not None
        for text, value in difference.choices.items()
    )


class _Memory:
    """
    Answers the n-th asking of a question to one version as it was answered to the other.
    """

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        self.choices: dict[str, Value] = {}

    def of_a_run(self) -> Environment:
        environment, choices = self._environment, self.choices
        asked: dict[str, int] = {}

        def answer(choice: Choice) -> Value:
            text = choice.text
            count = asked[text] = asked.get(text, 0) + 1
            key = text if count == 1 else f"{text}#{count}"
            if key not in choices:
                choices[key] = environment(choice)
            return choices[key]

        return answer
