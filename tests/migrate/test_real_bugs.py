# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

import pytest

from errpath.contracts.broken import Broken, Kind
from errpath.contracts.check import Check
from errpath.contracts.events import Patterns
from errpath.migrate.migration import MIGRATE
from errpath.migrate.reference import Reference
from tests.migrate import bugs_post, bugs_pre
from tests.migrate.mutants import AT, Mutant
from tests.runs import SITUATIONS

PATTERNS = Patterns(MIGRATE.vocabulary)
MUTANTS = [*bugs_pre.BUGS.items(), *bugs_post.BUGS.items()]
each_bug = pytest.mark.parametrize(
    "mutant", [m for _, m in MUTANTS], ids=[f"{m.semantics}, {name}" for name, m in MUTANTS]
)

# What only a clause of a spec finds: the run keeps all cleanup, and does too little.
ONLY_BY_CLAUSE = ["add05cecef80: the soft-offlined page escapes"]


def _judge(mutant: Mutant, *, clause: bool) -> list[Broken]:
    situation = SITUATIONS.situation(mutant.words, mutant.faults)
    run = Reference().run(mutant.semantics, situation.environment())
    check = Check(run, model=MIGRATE, patterns=PATTERNS)
    if clause:
        mutant.clause(check)
        return check.finish(situation)
    check.returns(mutant.returns, at=AT)
    return check.finish(situation)


def _names(broken: list[Broken]) -> tuple[str, ...]:
    return tuple(one.clause.removeprefix("cleanup, ").partition(":")[0] for one in broken)


@each_bug
def test_right_version_keeps_everything(mutant: Mutant) -> None:
    """
    Without the bug the situation breaks neither the clause nor anything unasked.
    """
    assert [_judge(mutant, clause=asked) for asked in (True, False)] == [[], []]


@each_bug
def test_bug_is_found_unasked(mutant: Mutant) -> None:
    """
    With the bug, the debug checks and the cleanup contracts find exactly this.
    """
    with mutant.installed():
        found = _judge(mutant, clause=False)
    assert _names(found) == mutant.unasked


@each_bug
def test_bug_is_found_by_its_clause(mutant: Mutant) -> None:
    """
    With the bug, a clause about what it breaks is broken too, beside what is found unasked.
    """
    with mutant.installed():
        found = _judge(mutant, clause=True)
    asked = [one for one in found if one.at]
    assert ([one.kind for one in asked], sorted(_names([o for o in found if not o.at]))) == (
        [Kind.CONTRACT],
        sorted(mutant.unasked),
    )


def test_what_only_a_clause_finds() -> None:
    """
    Of the real bugs, these leave nothing behind that the checks would find unasked.
    """
    silent = {name for name, mutant in MUTANTS if not mutant.unasked}
    assert sorted(silent) == ONLY_BY_CLAUSE


@each_bug
def test_right_version_is_back(mutant: Mutant) -> None:
    """
    A bug is gone with its block: no test sees another's.
    """
    before = _judge(mutant, clause=True)
    with mutant.installed():
        pass
    assert _judge(mutant, clause=True) == before == []
