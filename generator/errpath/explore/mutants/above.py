# SPDX-License-Identifier: GPL-2.0-only
"""
The specs' verdict on a mutant of what runs above the semantics, as the driver of lists does.

It is one code for all semantics, so that the scenarios of each judge it. Its paths are too
many to walk: what no scenario tells is equivalent for a reason, or is not proved to be so; and
some thousand environments, the same ones each time, are tried for one that tells it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, partial
from types import ModuleType
from typing import TYPE_CHECKING, Final, NamedTuple

from errpath.contracts.scenario import Suite
from errpath.explore.mutants.independent import independent
from errpath.explore.mutants.judge import BrokenAlreadyError, Verdict, name_of
from errpath.explore.mutants.mutant import Key, Mutant, mutants_of
from errpath.explore.mutants.running import Crash, Guarded
from errpath.explore.mutants.sample import Sample
from errpath.explore.mutants.scenarios import same
from errpath.explore.mutants.site import Watched
from errpath.explore.source import Source

if TYPE_CHECKING:
    from errpath.contracts.scenario import Case, Stage
    from errpath.explore.mutants.site import Site
    from errpath.kernel.run import Run
    from errpath.kernel.target import Above, Model, Target
    from errpath.spec.contract import Contract, Spec

_TURNS: Final = 1_000
"""Ten passes over the longest list take some hundred turns."""


class _Made(NamedTuple):
    """
    A case: how the right version runs in it, and where that gets to.
    """

    case: Case
    stage: Stage
    target: Target
    right: Run
    entered: frozenset[Site]


class AboveJudge:
    """
    The scenarios of all entries, ready to judge mutants of what runs above the semantics.

    It is a judge as that of a semantics is, and `semantics` is the name of what it judges.
    Laws about entries are `left_out`: so many. A BrokenAlreadyError names the tests
    that fail without any mutant; a ValueError tells of a change that is said to be equivalent,
    and is no mutant.
    """

    laws: tuple[str, ...] = ()

    def __init__(self, specs: Sequence[Spec], above: Above, model: Model) -> None:
        self._above, self._model = above, model
        self.semantics = above.name
        self.source = Source(above.module)
        self._watched = Watched(self.source)
        # Every target runs what stands in for the module, which is another one each time.
        self._standin = ModuleType(above.module.__name__)
        self._suite = Suite(model)
        self.contracts: dict[str, Contract] = {}
        self._cases: dict[str, list[_Made]] = {}
        self.left_out = sum(law.entry is not None for spec in specs for law in spec.laws)
        self._stand_in(self._watched.module)
        targets: dict[int, Target] = {}
        for spec in specs:
            for scenario in spec.scenarios:
                if scenario.entry is not None:
                    stage = self._suite.stage(scenario)
                    target = targets.get(id(stage))
                    if target is None:
                        target = stage.model.reference(by=self._standin)
                        targets[id(stage)] = target
                    for semantics in scenario.semantics:
                        test = name_of(spec, scenario, semantics)
                        self.contracts[test] = scenario
                        self._cases[test] = [
                            self._made(case, stage, target)
                            for case in self._suite.cases(scenario, semantics)
                        ]
        red = [test for test, made in self._cases.items() if any(map(self._is_broken, made))]
        if red:
            raise BrokenAlreadyError(red)

    @property
    def scenarios(self) -> tuple[str, ...]:
        """
        The tests of scenarios.
        """
        return tuple(self._cases)

    @property
    def tests(self) -> tuple[str, ...]:
        """
        All tests.
        """
        return self.scenarios

    @cached_property
    def tried(self) -> int:
        """
        How many environments are tried on a mutant that no scenario tells.
        """
        return self._sample.size

    @cached_property
    def mutants(self) -> tuple[Mutant, ...]:
        """
        Every mutant.
        """
        above, vocabulary = self._above, self._sample.vocabulary
        found = mutants_of(self.source, above.name, vocabulary, above.bugs, above.watchers)
        return tuple(found)

    @cached_property
    def _sample(self) -> Sample:
        return Sample(self._model)

    @cached_property
    def _reasons(self) -> dict[str, str]:
        """
        Why changes are equivalent, by the key of the changed text.
        """
        key = Key(self.source, self._above.watchers)
        made = {key(mutant.edits) for mutant in self.mutants}
        found = {key.of(one): one.says for one in self._above.equivalents}
        for text, says in found.items():
            if text not in made:
                message = f"no mutant of {self.source.file} is the change of which is said: {says}"
                raise ValueError(message)
        return found

    def verdict(self, mutant: Mutant) -> Verdict:
        """
        Judge a mutant by every scenario.
        """
        guarded = Guarded(self.source, mutant.text, turns=_TURNS)
        self._stand_in(guarded.module)
        red = dict(self._red(guarded, self._watched.sites(mutant.edits)))
        key = Key(self.source, self._above.watchers)(mutant.edits)
        reason = self._reasons.get(key)
        proof = None if red or reason else independent(mutant)
        difference = None if red or proof else self._sample.told(guarded, self._standin)
        return Verdict(
            mutant=mutant,
            scenarios=tuple(red),
            laws=(),
            crash=next((one.says for one in red.values() if one), None),
            difference=difference,
            reason=reason,
            proved=bool(reason or proof),
        )

    def _stand_in(self, module: ModuleType) -> None:
        vars(self._standin).clear()
        vars(self._standin).update(vars(module))

    def _made(self, case: Case, stage: Stage, target: Target) -> _Made:
        run = partial(target.run, case.semantics)
        walked = self._watched.walk(run, case.situation.environment())
        return _Made(case, stage, target, walked.run, frozenset(walked.entered))

    def _is_broken(self, made: _Made) -> bool:
        stage = made.stage
        return bool(made.case.broken(made.right, model=stage.model, patterns=stage.patterns))

    def _red(self, guarded: Guarded, sites: frozenset[Site]) -> Iterator[tuple[str, Crash | None]]:
        """
        Give the tests that turn red, and the crash by which they did; one that hangs is enough.
        """
        for test, some in self._cases.items():
            for made in some:
                if sites.isdisjoint(made.entered):
                    continue
                case, stage = made.case, made.stage
                environment = case.situation.environment()
                run = guarded(partial(made.target.run, case.semantics, environment))
                if isinstance(run, Crash):
                    yield test, run
                    if run.endless:
                        return
                    break
                if not same(run, made.right) and case.broken(
                    run, model=stage.model, patterns=stage.patterns
                ):
                    yield test, None
                    break


def runs_entries(specs: Iterable[Spec]) -> bool:
    """
    Tell whether any scenario of some specs runs an entry.
    """
    return any(scenario.entry for spec in specs for scenario in spec.scenarios)
