# SPDX-License-Identifier: GPL-2.0-only
"""
A scenario as a spec has it: its cases, each with its situation and its clauses.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from errpath.contracts.check import Check
from errpath.contracts.events import Patterns
from errpath.contracts.judge import Call, about, calls_of
from errpath.contracts.situation import Nth, Situations

if TYPE_CHECKING:
    from errpath.contracts.broken import Broken
    from errpath.contracts.situation import Faults, Situation
    from errpath.kernel.run import Run
    from errpath.kernel.target import Model
    from errpath.spec.contract import Contract, Scenario
    from errpath.spec.situation import Injection


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


class Stage(NamedTuple):
    """
    What contracts of one function need, on one list of pages: to run, and to be judged.
    """

    model: Model
    situations: Situations
    patterns: Patterns


class Suite:
    """
    The stages of a model's contracts: its own, and each entry's on pages of those names.

    Each is made once, when a contract needs it.
    """

    def __init__(self, model: Model) -> None:
        self._model = model
        self._stages: dict[tuple[str, ...], Stage] = {}

    def stage(self, contract: Contract) -> Stage:
        """
        Give the stage of a contract.
        """
        entry = contract.entry
        key = (entry.name, *entry.pages) if entry else ()
        found = self._stages.get(key)
        if found is None:
            model = self._model.at(entry.name, entry.pages) if entry else self._model
            words = model.vocabulary
            found = self._stages[key] = Stage(model, Situations(words), Patterns(words))
        return found

    def cases(self, scenario: Scenario, semantics: str) -> Iterator[Case]:
        """
        Give the cases of a scenario in a semantics, each of its own stage.
        """
        yield from cases(scenario, semantics, self.stage(scenario).situations)


def cases(scenario: Scenario, semantics: str, situations: Situations) -> Iterator[Case]:
    """
    Give the cases of a scenario in a semantics; none, if it says nothing of that.

    A ValueError tells that it is about another function than the situations.
    """
    about(scenario, situations.vocabulary)
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
    return situations.situation(words, _faults(scenario, chosen))


def _faults(scenario: Scenario, chosen: Mapping[str, str]) -> Faults:
    found: dict[str, tuple[Nth, ...]] = {}
    for fault in scenario.situation.faults:
        result = chosen.get(fault.parameter or "", fault.results[0])
        found[fault.call] = (*found.get(fault.call, ()), _nth(fault, result))
    return found


def _nth(fault: Injection, result: str) -> Nth:
    return Nth(result, fault.on_call, fault.times, fault.passes, fault.from_pass)
