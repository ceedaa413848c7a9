# SPDX-License-Identifier: GPL-2.0-only
"""
Which test kills which mutant: what each operator, each semantics and each test comes to.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from errpath.explore.mutants.judge import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """
    What became of some mutants.

    `by_laws` are those of the killed that no scenario kills, `crashed` those that crashed.
    """

    mutants: int
    killed: int
    equivalent: int
    survived: int
    by_laws: int
    crashed: int

    @property
    def score(self) -> float | None:
        """
        The share of the killed among those that somebody can tell; None if there are none.
        """
        told = self.killed + self.survived
        return self.killed / told if told else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """
    What a test is for: the mutants that it kills, and those of them that no other test does.

    `example` is one of these, or else one that the fewest others kill; None if it kills none.
    """

    test: str
    kills: int
    alone: int
    example: Verdict | None


def score(verdicts: Iterable[Verdict]) -> Score:
    """
    Count what became of mutants.
    """
    found = list(verdicts)
    return Score(
        mutants=len(found),
        killed=sum(one.killed for one in found),
        equivalent=sum(one.equivalent for one in found),
        survived=sum(one.survived for one in found),
        by_laws=sum(one.killed and not one.scenarios for one in found),
        crashed=sum(one.crash is not None for one in found),
    )


def worths(tests: Sequence[str], verdicts: Sequence[Verdict]) -> list[Worth]:
    """
    Say what each of the tests is for, in their order.
    """
    kills: Counter[str] = Counter()
    alone: Counter[str] = Counter()
    examples: dict[str, Verdict] = {}
    for verdict in verdicts:
        others = len(verdict.killed_by) - 1
        for test in verdict.killed_by:
            kills[test] += 1
            alone[test] += not others
            if test not in examples or others < len(examples[test].killed_by) - 1:
                examples[test] = verdict
    return [
        Worth(test=test, kills=kills[test], alone=alone[test], example=examples.get(test))
        for test in tests
    ]
