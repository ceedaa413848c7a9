# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

from errpath.contracts.scenario import Case, Suite
from errpath.explore.mutants.above import AboveJudge, runs_entries
from errpath.explore.mutants.judge import BrokenAlreadyError, name_of
from errpath.explore.mutants.mutant import Mutant
from errpath.kernel.bug import Equivalent
from errpath.kernel.target import Above
from errpath.language.loading import load
from errpath.migrate.migration import MIGRATE
from errpath.migrate.pages.above import above as migrate_above
from tests.explore.mutants.specs import above, specs

ABOVE: Above = migrate_above()
LENIENT = AboveJudge((), ABOVE, MIGRATE)


def _red(mutant: Mutant) -> tuple[str, ...]:
    """
    Judge a mutant as the generated tests do: every case of every scenario that runs it.
    """
    module = mutant.source.compiled(mutant.text)
    suite = Suite(MIGRATE)
    return tuple(
        name_of(spec, scenario, semantics)
        for spec in specs()
        for scenario in spec.scenarios
        if scenario.entry
        for semantics in scenario.semantics
        if any(_breaks(suite, module, semantics, case) for case in suite.cases(scenario, semantics))
    )


def _breaks(suite: Suite, module: ModuleType, semantics: str, case: Case) -> bool:
    stage = suite.stage(case.scenario)
    try:
        run = stage.model.reference(by=module).run(semantics, case.situation.environment())
        return bool(case.broken(run, model=stage.model, patterns=stage.patterns))
    except Exception:  # noqa: BLE001 - a test that crashes is red
        return True


def _mutant(operator: str, line: str) -> Mutant:
    """
    Give the first mutant that an operator makes of a line.
    """
    return next(
        mutant
        for mutant in above().mutants
        if mutant.operator == operator and mutant.source.lines[mutant.line - 1].strip() == line
    )


def test_a_verdict_is_what_the_tests_say() -> None:
    """
    The tests that a mutant turns red are those that it turns red when all of it is run.
    """
    found = [m for m in above().mutants[5::57] if m.operator not in {"always", "dropped-exit"}]
    assert len(found) > 5
    assert [above().verdict(mutant).scenarios for mutant in found] == [_red(m) for m in found]


def test_the_scenarios_of_both_semantics_judge() -> None:
    """
    The code above them is one, and each test is one of a semantics.
    """
    assert {test.rpartition("__")[2] for test in above().tests} == {"pre", "post"}
    assert all(contract.entry for contract in above().contracts.values())
    assert (above().laws, above().semantics) == ((), "driver")


def test_what_the_code_tells_watchers_is_not_mutated() -> None:
    """
    No mutant differs in a call that no C has, and none is about one.
    """
    for mutant in (one for one in above().mutants if not one.bug):
        assert (
            not mutant.source.lines[mutant.line - 1]
            .strip()
            .startswith(("k.attempt_done(", "k.begin_pass("))
        )


def test_the_bugs_that_the_kernel_had_are_among_them() -> None:
    """
    Each is killed, and each declared equivalent is a mutant that nobody tells.
    """
    bugs = [mutant for mutant in above().mutants if mutant.bug]
    assert [mutant.bug for mutant in bugs] == sorted(ABOVE.bugs, key=[m.bug for m in bugs].index)
    assert [above().verdict(mutant).outcome for mutant in bugs] == ["killed"] * len(ABOVE.bugs)


def test_a_declared_equivalent_is_equivalent_and_not_proved() -> None:
    """
    Its reason stands with it, and the environments that were tried do not tell it.
    """
    verdict = next(
        found
        for mutant in above().mutants
        if mutant.operator == "errno" and (found := above().verdict(mutant)).reason
    )
    assert (verdict.outcome, verdict.gainsaid, verdict.difference) == ("equivalent", False, None)


def test_neighbours_that_are_nothing_to_each_other_are_proved_equivalent() -> None:
    """
    Nobody has to declare them, and no environment is tried.
    """
    verdict = LENIENT.verdict(_mutant("swapped", "nr_failed = 0"))
    assert (verdict.outcome, verdict.proved, verdict.reason) == ("equivalent", True, None)


def test_a_mutant_that_no_test_kills_is_told_by_an_environment() -> None:
    """
    Without a scenario all but the equivalent survive; what tells one is the same each time.
    """
    dropped = _mutant("dropped-call", "k.unlock_page(hpage)")
    verdict = LENIENT.verdict(dropped)
    assert verdict.survived
    assert verdict.difference is not None
    assert "holds PG_locked(a)" in " ".join(verdict.difference.wrong)
    assert LENIENT.verdict(dropped) == verdict


def test_one_test_is_enough_for_a_mutant_that_hangs() -> None:
    """
    Each further one would take as long.
    """
    verdict = above().verdict(_mutant("dropped-assignment", "pass_ += 1"))
    assert (verdict.crash, len(verdict.scenarios)) == (
        "it does not end: 1000 turns of its loops are made",
        1,
    )


def test_a_reason_that_a_test_gainsays_is_found() -> None:
    """
    Whoever declares a change equivalent that is none is told so.
    """
    wrong = Equivalent(says="who cares", changes=(("k.put_page(page)", ""),))
    judge = AboveJudge(specs(), replace(ABOVE, equivalents=(wrong,)), MIGRATE)
    verdict = judge.verdict(next(m for m in judge.mutants if "k.put_page(page)" not in m.text))
    assert (verdict.killed, verdict.gainsaid, verdict.reason) == (True, True, "who cares")


def test_a_reason_that_an_environment_gainsays_is_found() -> None:
    """
    No scenario is needed for it.
    """
    wrong = Equivalent(says="who cares", changes=(("k.put_page(page)", ""),))
    judge = AboveJudge((), replace(ABOVE, equivalents=(wrong,)), MIGRATE)
    mutant = next(m for m in judge.mutants if "k.put_page(page)" not in m.text)
    verdict = judge.verdict(mutant)
    assert (verdict.killed, verdict.gainsaid) == (False, True)


def test_a_reason_for_what_is_no_mutant_is_an_error() -> None:
    """
    It is out of date, or was never right.
    """
    stale = Equivalent(says="who cares", changes=(("retry = 1", "retry = 7777"),))
    judge = AboveJudge((), replace(ABOVE, equivalents=(stale,)), MIGRATE)
    with pytest.raises(ValueError, match=r"driver.py is the change of which is said: who cares$"):
        judge.verdict(judge.mutants[0])


def test_what_is_red_already_judges_nobody(tmp_path: Path) -> None:
    """
    The tests are named.
    """
    spec = tmp_path / "a.errpath"
    text = 'scenario "it" {\n    because "A."\n    run migrate_pages(a)\n    returns 7\n}\n'
    spec.write_text(text, encoding="utf-8")
    loaded = load([spec], root=tmp_path, vocabulary=MIGRATE.vocabulary)
    with pytest.raises(BrokenAlreadyError) as found:
        AboveJudge(loaded.specs, ABOVE, MIGRATE)
    assert found.value.tests == ("a.errpath::test_it__pre", "a.errpath::test_it__post")
    assert (runs_entries(loaded.specs), runs_entries(())) == (True, False)
