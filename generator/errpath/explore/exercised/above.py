# SPDX-License-Identifier: GPL-2.0-only
"""
What the cases of scenarios exercise of what runs above the semantics.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from errpath.explore.exercised.coverage import Kind, Row
from errpath.explore.exercised.noted import Notes
from errpath.explore.source import Source

if TYPE_CHECKING:
    from errpath.contracts.scenario import Case, Stage
    from errpath.kernel.target import Above, Target


class AboveCoverage:
    """
    Counts what runs of entries exercise: exits and branches, for the rest is the semantics'.

    It is told as the coverage of a semantics is, under the name of what it counts. Paths over
    lists are too many to walk: what no case exercises may be what no path does.
    """

    def __init__(self, above: Above) -> None:
        self.semantics = above.name
        self.cases = 0
        self.broken: list[str] = []
        self._notes = Notes(Source(above.module))
        self._targets: dict[int, Target] = {}
        self._by: Counter[int] = Counter()
        self._first: dict[int, str] = {}

    def judge(self, case: Case, test: str, stage: Stage) -> None:
        """
        Run a case on its stage, and count what it exercises if it keeps its contract.
        """
        target = self._targets.get(id(stage))
        if target is None:
            target = stage.model.reference(by=self._notes.module)
            self._targets[id(stage)] = target
        passed = self._notes.passed
        passed.clear()
        run = target.run(case.semantics, case.situation.environment())
        if case.broken(run, model=stage.model, patterns=stage.patterns):
            self.broken.append(test)
            return
        self.cases += 1
        for index in set(passed):
            self._by[index] += 1
            self._first.setdefault(index, test)

    def rows(self) -> list[Row]:
        """
        Give the exits and branches, in the order of the source.
        """
        return [
            Row(
                kind=Kind.EXITS if point.is_exit else Kind.BRANCHES,
                says=point.says,
                outcome=point.outcome,
                place=point.place,
                cases=self._by[index],
                first=self._first.get(index),
                path=None,
                unlike={},
                walked=False,
            )
            for index, point in enumerate(self._notes.points)
        ]
