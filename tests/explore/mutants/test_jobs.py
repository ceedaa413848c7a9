# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

from errpath.explore.mutants.jobs import verdicts
from tests.explore.mutants.specs import above, judge, judge_of


def test_several_processes_give_the_same_verdicts() -> None:
    """
    Whoever judges, the verdicts are the same, and come in the order of the mutants.
    """
    some = [*judge("pre").mutants[::50], *judge("post").mutants[::60]]
    mutants = [*some, *above().mutants[::60]]
    alone = list(verdicts(judge_of, mutants))
    shared = list(verdicts(judge_of, mutants, jobs=2))
    assert [one.mutant for one in alone] == mutants
    assert shared == alone
