# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import pytest

from errpath.contracts.alike import Alike, alike
from errpath.contracts.events import Patterns
from errpath.contracts.judge import judged
from errpath.contracts.scenario import Case, cases
from errpath.contracts.situation import Situations
from errpath.explore.mutants.judge import BrokenAlreadyError, Judge, name_of
from errpath.explore.mutants.mutant import Mutant
from errpath.explore.paths.enumerate import paths
from errpath.kernel.target import Target
from errpath.language.loading import load
from errpath.migrate.migration import MIGRATE
from tests.explore.mutants.specs import judge, lenient, specs
from tests.shell import CLAIM

PATTERNS = Patterns(MIGRATE.vocabulary)
SITUATIONS = Situations(MIGRATE.vocabulary)
RULES = MIGRATE.vocabulary.rules


def _red(mutant: Mutant) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """
    Judge a mutant as the generated tests do: every case, and every law on every path.
    """
    semantics = mutant.semantics
    module = mutant.source.compiled(mutant.text)
    target = MIGRATE.reference({semantics: module})
    scenarios = tuple(
        name_of(spec, scenario, semantics)
        for spec in specs()
        for scenario in spec.scenarios
        if not scenario.entry
        and any(_breaks(target, case) for case in cases(scenario, semantics, SITUATIONS))
    )
    try:
        runs = alike(paths(partial(target.run, semantics), RULES), MIGRATE)
    except Exception:  # noqa: BLE001 - a test that crashes is red
        laws = tuple(
            name_of(spec, law, semantics) for spec in specs() for law in spec.laws if not law.entry
        )
        return scenarios, laws
    return scenarios, tuple(_red_laws(semantics, runs))


def _breaks(target: Target, case: Case) -> bool:
    try:
        run = target.run(case.semantics, case.situation.environment())
        return bool(case.broken(run, model=MIGRATE, patterns=PATTERNS))
    except Exception:  # noqa: BLE001 - likewise
        return True


def _red_laws(semantics: str, runs: Sequence[Alike]) -> Iterator[str]:
    for spec in specs():
        for law in (law for law in spec.laws if law.entry is None):
            verdict, excuses = judged(law, semantics, runs, model=MIGRATE, patterns=PATTERNS)
            if verdict.broken or verdict.unchecked(excuses):
                yield name_of(spec, law, semantics)


@pytest.mark.parametrize("semantics", ["pre", "post"])
@pytest.mark.parametrize("part", range(4))
def test_a_verdict_is_what_the_tests_say(semantics: str, part: int) -> None:
    """
    The tests that a mutant turns red are those that it turns red when all of it is run.
    """
    found = judge(semantics).mutants[part * 7 + 3 :: 61]
    mine = [judge(semantics).verdict(mutant) for mutant in found]
    assert [(one.scenarios, one.laws) for one in mine] == [_red(mutant) for mutant in found]


@pytest.mark.parametrize("operator", ["moved-call", "other-label", "known-bug"])
def test_what_changes_where_it_is_reached_from_is_judged_whole(operator: str) -> None:
    """
    Where a change moves across labels, every run that gets there another way is judged.
    """
    found = [one for one in judge("pre").mutants if one.operator == operator][::3]
    mine = [judge("pre").verdict(mutant) for mutant in found]
    assert [(one.scenarios, one.laws) for one in mine] == [_red(mutant) for mutant in found]


def test_the_smallest_path_tells_a_survivor() -> None:
    """
    Without a test a mutant survives, and is shown on a path with the fewest faults.
    """
    mutant = next(
        mutant
        for mutant in lenient("post").mutants
        if mutant.operator == "dropped-call"
        and "-            k.unlock_page(newpage)" in mutant.diff()
    )
    verdict = lenient("post").verdict(mutant)
    difference = verdict.difference
    assert difference is not None
    gone = [line for line in difference.right if line not in difference.wrong]
    new = [line for line in difference.wrong if line not in difference.right]
    faults = [
        text
        for text, value in difference.choices.items()
        if MIGRATE.vocabulary.fault_at(text, value)
    ]
    assert (verdict.outcome, verdict.killed_by, faults) == ("survived", (), [])
    assert gone[0] == "unlock_page(dst)"
    assert "PG_locked(dst)" in new[0]


@pytest.mark.parametrize("semantics", ["pre", "post"])
def test_equivalent_mutants_are_those_that_no_path_shows(semantics: str) -> None:
    """
    Two tests that only read can change places: nobody sees which was asked first.
    """
    found = [m for m in judge(semantics).mutants if m.operator in {"swapped", "and-or"}]
    outcomes = {mutant.number: judge(semantics).verdict(mutant).outcome for mutant in found}
    flags = [m for m in found if any("-    page_was_mapped = 0" in line for line in m.diff())]
    assert [outcomes[mutant.number] for mutant in flags] == ["equivalent"]
    assert set(outcomes.values()) == {"killed", "equivalent", "crashed"}


def test_a_crash_is_told_from_a_broken_contract() -> None:
    """
    A mutant that reads what was never set turns red whatever gets there.
    """
    mutant = next(
        mutant
        for mutant in judge("post").mutants
        if mutant.operator == "dropped-call"
        and "-            newpage = get_new_page(page, private)" in mutant.diff()
    )
    verdict = judge("post").verdict(mutant)
    assert (verdict.outcome, verdict.crash, set(verdict.laws)) == (
        "crashed",
        "`newpage` is read and was never set",
        set(judge("post").laws),
    )


def test_specs_that_do_not_hold_judge_nobody(tmp_path: Path) -> None:
    """
    A test that is red on the right version is named, and no mutant is judged by it.
    """
    (tmp_path / "a.errpath").write_text(CLAIM, encoding="utf-8")
    loaded = load([tmp_path / "a.errpath"], root=tmp_path, vocabulary=MIGRATE.vocabulary)
    with pytest.raises(BrokenAlreadyError) as caught:
        Judge(loaded.specs, "post", MIGRATE)
    assert caught.value.tests == ("a.errpath::test_no_memory_no_change__post",)
    assert Judge(loaded.specs, "pre", MIGRATE).tests == (
        "a.errpath::test_no_memory_no_change__pre",
    )
