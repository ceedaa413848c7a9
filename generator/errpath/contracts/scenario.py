# SPDX-License-Identifier: GPL-2.0-only
"""
A scenario as a spec has it: its cases, each with its situation and its clauses.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from errpath.contracts.check import Check
from errpath.contracts.judge import Call, calls_of
from errpath.contracts.situation import Nth

if TYPE_CHECKING:
    from errpath.contracts.broken import Broken
    from errpath.contracts.events import Patterns
    from errpath.contracts.situation import Situation, Situations
    from errpath.kernel.run import Run
    from errpath.kernel.target import Model
    from errpath.spec.contract import Scenario


class Case(NamedTuple):
    """
    One case of a scenario in one semantics: what its generated test runs and judges.
    """

    scenario: Scenario
    semantics: str
    words: tuple[str, ...]
    situation: Situation
    calls: tuple[Call, ...]

    @property
    def test(self) -> str:
        """
        The name of its test, as pytest has it behind the module's.
        """
        name = f"test_{self.scenario.identifier}__{self.semantics}"
        return f"{name}[{'-'.join(self.words)}]" if self.words else name

    def broken(self, run: Run, *, model: Model, patterns: Patterns) -> list[Broken]:
        """
        Give all that is broken in a run of the situation, as the generated test would.
        """
        check = Check(run, model=model, patterns=patterns)
        for call in self.calls:
            call(check)
        return check.finish(self.situation)


def cases(scenario: Scenario, semantics: str, situations: Situations) -> Iterator[Case]:
    """
    Give the cases of a scenario in a semantics; none, if it says nothing of that.
    """
    if semantics in scenario.semantics:
        calls = calls_of(scenario, semantics)
        for words in scenario.cases:
            situation = situation_of(situations, scenario, words)
            yield Case(scenario, semantics, words, situation, calls)


def situation_of(situations: Situations, scenario: Scenario, case: tuple[str, ...]) -> Situation:
    """
    Give the situation of one case, as its generated test does.
    """
    chosen = dict(zip(scenario.parameters, case, strict=True))
    words: dict[str, tuple[str, ...]] = {}
    for setting in scenario.situation.settings:
        line = setting.subject or setting.aspect
        word = chosen.get(setting.aspect, setting.words[0])
        words[line] = (*words.get(line, ()), word)
    faults = {
        fault.call: Nth(
            chosen.get(fault.parameter or "", fault.results[0]), fault.on_call, fault.times
        )
        for fault in scenario.situation.faults
    }
    return situations.situation(words, faults)
