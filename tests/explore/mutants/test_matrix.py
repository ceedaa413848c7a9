# SPDX-License-Identifier: GPL-2.0-only

from __future__ import annotations

from errpath.explore.mutants.difference import Difference
from errpath.explore.mutants.judge import Verdict
from errpath.explore.mutants.matrix import score, worths
from errpath.explore.mutants.mutant import Mutant
from tests.explore.mutants.specs import judge

MUTANT: Mutant = judge("pre").mutants[0]
SEEN = Difference({}, ("returns 0",), ("returns -11",))


def _verdict(
    *scenarios: str, law: str = "", crash: str | None = None, seen: bool = True
) -> Verdict:
    laws = (law,) if law else ()
    difference = SEEN if seen and not scenarios and not laws else None
    return Verdict(
        mutant=MUTANT, scenarios=scenarios, laws=laws, crash=crash, difference=difference
    )


def test_a_score_counts_what_can_be_told() -> None:
    """
    The score is the share of the killed among those that some path tells.
    """
    found = score(
        [
            _verdict("a", "b"),
            _verdict("a", crash="it does not end"),
            _verdict(law="l"),
            _verdict(),
            _verdict(seen=False),
        ]
    )
    assert (found.mutants, found.killed, found.survived, found.equivalent) == (5, 3, 1, 1)
    assert (found.by_laws, found.crashed, found.score) == (1, 1, 0.75)


def test_nothing_that_can_be_told_has_no_score() -> None:
    """
    No mutant, or none that any path tells, is no score of 1.
    """
    assert score([]).score is None
    assert score([_verdict(seen=False)]).score is None


def test_a_test_is_worth_what_it_kills() -> None:
    """
    A test's example is a mutant that it kills alone, or one that few others kill.
    """
    shared, crowded, alone = _verdict("a", "b"), _verdict("a", "b", law="l"), _verdict("b")
    found = worths(["a", "b", "l", "idle"], [crowded, shared, alone, _verdict()])
    assert [(one.test, one.kills, one.alone) for one in found] == [
        ("a", 2, 0),
        ("b", 3, 1),
        ("l", 1, 0),
        ("idle", 0, 0),
    ]
    assert [one.example for one in found] == [shared, alone, crowded, None]
