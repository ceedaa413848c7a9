# SPDX-License-Identifier: GPL-2.0-only
"""
The specs' verdict on a mutant: which tests it turns red, or how it escapes them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING

from errpath.contracts.events import Patterns
from errpath.contracts.situation import Situations
from errpath.explore.mutants.difference import Difference, smallest
from errpath.explore.mutants.fewer import Fewer
from errpath.explore.mutants.laws import Laws, Votes
from errpath.explore.mutants.mutant import Mutant, mutants
from errpath.explore.mutants.running import Crash, Runner
from errpath.explore.mutants.scenarios import Scenarios, same
from errpath.explore.mutants.site import Site, Watched
from errpath.explore.paths.enumerate import paths, paths_behind
from errpath.explore.source import Source
from errpath.spec.contract import Law, Scenario

if TYPE_CHECKING:
    from errpath.kernel.run import Run
    from errpath.kernel.target import Model
    from errpath.spec.contract import Contract, Spec
    from errpath.vocabulary.choice import Value


class BrokenAlreadyError(Exception):
    """
    Tests fail on the right version: what they say of a mutant would mean nothing.
    """

    def __init__(self, tests: Sequence[str]) -> None:
        super().__init__(", ".join(tests))
        self.tests = tuple(tests)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """
    What came of one mutant.

    `scenarios` and `laws` are the tests that it turns red, and `crash` is how it crashed
    under one of them. One that turns none red escapes by `difference`, the smallest path
    that would tell it from the right version; without one it is equivalent to that. Where the
    paths are too many to walk, it is equivalent only for a `reason`, or else not `proved` so.
    """

    mutant: Mutant
    scenarios: tuple[str, ...]
    laws: tuple[str, ...]
    crash: str | None
    difference: Difference | None
    reason: str | None = None
    proved: bool = True

    @property
    def killed(self) -> bool:
        """
        Whether some test is red.
        """
        return bool(self.scenarios or self.laws)

    @property
    def equivalent(self) -> bool:
        """
        Whether nobody can tell it from the right version.
        """
        return not self.killed and not self.survived

    @property
    def survived(self) -> bool:
        """
        Whether no test is red that should be.
        """
        return not self.killed and (self.difference is not None or not self.proved)

    @property
    def gainsaid(self) -> bool:
        """
        Whether a reason is given why nobody can tell it, and somebody does.
        """
        return self.reason is not None and (self.killed or self.survived)

    @property
    def killed_by(self) -> tuple[str, ...]:
        """
        The tests that it turns red.
        """
        return self.scenarios + self.laws

    @property
    def outcome(self) -> str:
        """
        The verdict in a word.
        """
        if self.killed:
            return "crashed" if self.crash else "killed"
        return "equivalent" if self.equivalent else "survived"


class Judge:
    """
    The specs' tests of one semantics, ready to judge its mutants.

    `contracts` has the scenario or the law behind each test, by the name of the test. Contracts
    of another entry, as of a function that calls this one, are `left_out`: so many.
    A BrokenAlreadyError names the tests that fail without any mutant.
    """

    def __init__(self, specs: Sequence[Spec], semantics: str, model: Model) -> None:
        self.semantics = semantics
        self._model = model
        vocabulary = model.vocabulary
        self._patterns = patterns = Patterns(vocabulary)
        self.source = Source(model.modules[semantics])
        self._watched = watched = Watched(self.source)
        target = model.reference({semantics: watched.module})
        self._right = partial(target.run, semantics)
        walk = partial(watched.walk, self._right)
        # Only scenarios and laws have tests; a name tells the file as well.
        every = [(spec, one) for spec in specs for one in (*spec.scenarios, *spec.laws)]
        named = {name_of(spec, one, semantics): one for spec, one in every if one.entry is None}
        scenarios = {name: one for name, one in named.items() if isinstance(one, Scenario)}
        laws = {name: one for name, one in named.items() if isinstance(one, Law)}
        self.left_out = len(every) - len(named)
        self.contracts: dict[str, Contract] = {**scenarios, **laws}
        self._scenarios = Scenarios(scenarios, semantics, Situations(vocabulary), walk)
        self._laws = Laws(laws, semantics, model, patterns)
        self._rules = Fewer(self.source, laws.values(), model)
        self._base = [(walked, self._laws.votes(walked.run)) for walked in paths(walk, self._rules)]
        self._paths = {tuple(walked.run.choices.items()): walked.run for walked, _ in self._base}
        self._all = Counter(votes for _, votes in self._base)
        self._parts: dict[frozenset[Site], tuple[list[tuple[Value, ...]], Counter[Votes]]] = {}
        red = [*self._scenarios.broken_already(model, patterns), *self._laws.red(self._all)]
        if red:
            raise BrokenAlreadyError(red)

    @property
    def scenarios(self) -> tuple[str, ...]:
        """
        The tests of scenarios.
        """
        return self._scenarios.tests

    @property
    def laws(self) -> tuple[str, ...]:
        """
        The tests of laws.
        """
        return self._laws.tests

    @property
    def tests(self) -> tuple[str, ...]:
        """
        All tests.
        """
        return self.scenarios + self.laws

    @cached_property
    def mutants(self) -> tuple[Mutant, ...]:
        """
        Every mutant of the semantics.
        """
        return tuple(mutants(self.source, self.semantics, self._model))

    def verdict(self, mutant: Mutant) -> Verdict:
        """
        Judge a mutant by every test.
        """
        runner = Runner(self.source, self.semantics, self._model, mutant.text)
        sites = self._watched.sites(mutant.edits)
        red = dict(self._scenarios.red(runner.run, sites, self._model, self._patterns))
        begun, gone = self._part(sites)
        runs: Iterable[Run | Crash] = paths_behind(begun, runner.run, self._rules)
        laws: Sequence[str] = ()
        crash = difference = None
        if not red:
            # What no scenario sees is often no change at all.
            runs = list(runs)
        if red or not all(map(self._is_right, runs)):
            laws, crash = self._red_laws(runs, gone)
            if not red and not laws:
                vocabulary = self._model.vocabulary
                difference = smallest(self._right, runner.run, begun, vocabulary, self._rules)
        crash = next((one for one in red.values() if one), crash)
        return Verdict(
            mutant=mutant,
            scenarios=tuple(red),
            laws=tuple(laws),
            crash=crash.says if crash else None,
            difference=difference,
        )

    def _is_right(self, run: Run | Crash) -> bool:
        """
        Tell whether a path of a mutant is one of the right version's.
        """
        if isinstance(run, Crash):
            return False
        right = self._paths.get(tuple(run.choices.items()))
        return right is not None and same(run, right)

    def _red_laws(
        self, runs: Iterable[Run | Crash], gone: Counter[Votes]
    ) -> tuple[Sequence[str], Crash | None]:
        """
        Judge the laws on all paths: those that do not get to the change, and those made anew.
        """
        if not self._laws.tests:
            return (), None
        counts = self._all.copy()
        counts.subtract(gone)
        votes = self._laws.votes
        for run in runs:
            if isinstance(run, Crash):
                # A test of a law walks every path: it ends where one of them does.
                return self._laws.tests, run
            counts[votes(run)] += 1
        return self._laws.red(counts), None

    def _part(self, sites: frozenset[Site]) -> tuple[list[tuple[Value, ...]], Counter[Votes]]:
        """
        Give the answers after which paths get to some sites, and the votes of those paths.
        """
        if sites not in self._parts:
            begun: dict[tuple[Value, ...], None] = {}
            gone: Counter[Votes] = Counter()
            for walked, votes in self._base:
                until = walked.until(sites)
                if until is not None:
                    begun[until] = None
                    gone[votes] += 1
            self._parts[sites] = (list(begun), gone)
        return self._parts[sites]


def name_of(spec: Spec, contract: Contract, semantics: str) -> str:
    """
    Name the test of a contract: its spec file, and the function that is generated from it.
    """
    return f"{spec.file}::test_{contract.identifier}__{semantics}"
