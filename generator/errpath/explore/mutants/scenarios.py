# SPDX-License-Identifier: GPL-2.0-only
"""
The scenarios of all specs, situation by situation: what several cases share is run once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from errpath.contracts.scenario import Case, cases
from errpath.explore.mutants.running import Crash
from errpath.explore.mutants.site import Site, Walked

if TYPE_CHECKING:
    from errpath.contracts.events import Patterns
    from errpath.contracts.situation import Situation, Situations
    from errpath.kernel.machine import Environment
    from errpath.kernel.run import Run
    from errpath.kernel.target import Model
    from errpath.spec.contract import Scenario


class _Stage(NamedTuple):
    """
    A situation, and how the right version runs in it.
    """

    situation: Situation
    walked: Walked


class Scenarios:
    """
    The scenarios of a semantics, by the names of their tests.
    """

    def __init__(
        self,
        scenarios: Mapping[str, Scenario],
        semantics: str,
        situations: Situations,
        walk: Callable[[Environment], Walked],
    ) -> None:
        stages: dict[tuple[object, ...], int] = {}
        self._stages: list[_Stage] = []
        self._cases: dict[str, list[tuple[Case, int]]] = {}
        for test, scenario in scenarios.items():
            for case in cases(scenario, semantics, situations):
                situation = case.situation
                key = (tuple(situation.answers.items()), tuple(situation.nth.items()))
                if key not in stages:
                    stages[key] = len(self._stages)
                    walked = walk(situation.environment())
                    self._stages.append(_Stage(situation, walked))
                self._cases.setdefault(test, []).append((case, stages[key]))

    @property
    def tests(self) -> tuple[str, ...]:
        """
        The tests of the scenarios that have a case.
        """
        return tuple(self._cases)

    def broken_already(self, model: Model, patterns: Patterns) -> list[str]:
        """
        Give the tests that fail on the right version: those can tell nothing of a mutant.
        """
        return [
            test
            for test, some in self._cases.items()
            if any(
                case.broken(self._stages[number].walked.run, model=model, patterns=patterns)
                for case, number in some
            )
        ]

    def red(
        self,
        run: Callable[[Environment], Run | Crash],
        sites: frozenset[Site],
        model: Model,
        patterns: Patterns,
    ) -> Iterator[tuple[str, Crash | None]]:
        """
        Give the tests that a mutant turns red, and the crash by which it did, if it did.

        Only situations in which the right version gets to the sites are run, and only what
        runs another way there is judged.
        """
        made: dict[int, Run | Crash | None] = {}
        for test, some in self._cases.items():
            for case, number in some:
                if number not in made:
                    made[number] = self._made(self._stages[number], run, sites)
                result = made[number]
                if isinstance(result, Crash):
                    yield test, result
                    break
                if result is not None and case.broken(result, model=model, patterns=patterns):
                    yield test, None
                    break

    def _made(
        self,
        stage: _Stage,
        run: Callable[[Environment], Run | Crash],
        sites: frozenset[Site],
    ) -> Run | Crash | None:
        """
        Run in a situation; None if what comes of it is what comes of the right version.
        """
        if sites.isdisjoint(stage.walked.entered):
            return None
        result = run(stage.situation.environment())
        if not isinstance(result, Crash) and same(result, stage.walked.run):
            return None
        return result


def same(one: Run, other: Run) -> bool:
    """
    Tell whether two runs are the same for whatever a spec can say of them.
    """
    return (
        one.trace == other.trace
        and one.returns == other.returns
        and one.bug is other.bug is None
        and one.choices == other.choices
        and one.ledger.spans == other.ledger.spans
        and one.ledger.held == other.ledger.held
        and one.ledger.more == other.ledger.more
        and one.passes == other.passes
        and one.touched == other.touched
        and one.final == other.final
    )
