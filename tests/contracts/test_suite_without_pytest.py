# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

from functools import cache, partial
from pathlib import Path

import pytest

from errpath.contracts.alike import alike
from errpath.contracts.events import Patterns
from errpath.contracts.judge import judged
from errpath.contracts.scenario import Suite
from errpath.explore.paths.enumerate import paths
from errpath.language.loading import load
from errpath.migrate import model
from errpath.spec.contract import Spec
from tests.migrate.mutants import Mutant
from tests.specs.suite import cases as generated_cases
from tests.specs.suite import red
from tests.specs.test_bugs import BUGS

ROOT = Path(__file__).parents[2]
MIGRATE = model()
PATTERNS = Patterns(MIGRATE.vocabulary)
SUITE = Suite(MIGRATE)


@cache
def _specs() -> tuple[Spec, ...]:
    return load([Path("specs")], root=ROOT, vocabulary=MIGRATE.vocabulary).specs


def _red(semantics: str) -> set[str]:
    target = MIGRATE.reference()
    found = set()
    for spec in _specs():
        for scenario in spec.scenarios:
            stage = SUITE.stage(scenario)
            on = stage.model.reference()
            for case in SUITE.cases(scenario, semantics):
                run = on.run(semantics, case.situation.environment())
                if case.broken(run, model=stage.model, patterns=stage.patterns):
                    found.add(f"test_{scenario.identifier}")
        every = paths(partial(target.run, semantics), MIGRATE.vocabulary.rules)
        laws = [law for law in spec.laws if law.entry is None]
        classes = alike(every, MIGRATE) if laws else []
        for law in laws:
            verdict, excuses = judged(law, semantics, classes, model=MIGRATE, patterns=PATTERNS)
            if verdict.broken or verdict.unchecked(excuses):
                found.add(f"test_{law.identifier}")
    return found


@pytest.mark.parametrize("semantics", ["pre", "post"])
def test_cases_are_those_of_the_generated_tests(semantics: str) -> None:
    """
    A scenario of a spec has the cases that its generated test has, under the same names.
    """
    mine = [
        case.test
        for spec in _specs()
        for scenario in spec.scenarios
        for case in SUITE.cases(scenario, semantics)
    ]
    laws = {f"test_{law.identifier}__{semantics}" for spec in _specs() for law in spec.laws}
    theirs = [
        case.function.__name__ + (f"[{'-'.join(case.arguments.values())}]" * bool(case.arguments))
        for case in generated_cases(semantics)
        if case.function.__name__ not in laws
    ]
    assert sorted(mine) == sorted(theirs)


@pytest.mark.parametrize("bug", [bug for bug in BUGS if "#" not in bug])
def test_a_bug_turns_the_same_contracts_red(bug: str) -> None:
    """
    A version with a bug breaks the same scenarios and laws in a spec as in its generated tests.
    """
    mutant: Mutant = BUGS[bug]
    with mutant.installed():
        assert _red(mutant.semantics) == red(mutant.semantics) != set()
