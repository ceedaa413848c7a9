# SPDX-License-Identifier: GPL-2.0-only
"""
A patch, judged: the C before and after it on every pair of paths.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, reduce
from operator import or_
from typing import TYPE_CHECKING

from errpath.explore.difference.facet import Weight
from errpath.explore.difference.pair_claim import PairClaim
from errpath.explore.edges.comparison import Change, Comparison, Row
from errpath.explore.edges.survey import WAITED_FOR, Edge, Surveyor
from errpath.native.review.laws import Verdict, Verdicts, verdicts
from errpath.native.review.promises import Promise, promises
from errpath.native.review.sides import BASE, PATCHED, SIDES
from errpath.native.review.stops import parted_by_stop
from errpath.spec.clause import Keeps

if TYPE_CHECKING:
    from errpath.kernel.target import Model, Target
    from errpath.spec.contract import Law


class EmptyReviewError(Exception):
    """
    There is no path, or the base takes no lock on any: what is said of it would say nothing.
    """


class Review:
    """
    What the C of `target` does as `patched` and does not as `base`.

    EmptyReviewError if that can show nothing.
    """

    def __init__(self, target: Target, laws: Sequence[Law], *, model: Model) -> None:
        self.model = model
        self.claim = PairClaim(target, BASE, PATCHED, (), model=model)
        if not self.claim.differences.pairs:
            raise EmptyReviewError("no path is possible: the rules exclude every answer")
        self._target = target
        self.laws: Verdicts = verdicts(laws, self.claim, model)
        self.promises: list[Promise] = promises(self.claim, model)

    @property
    def pairs(self) -> int:
        """
        The number of pairs of paths.
        """
        return len(self.claim.differences.pairs)

    @property
    def behaving(self) -> int:
        """
        The number of pairs on which the two sides behave differently.
        """
        return self.claim.differences.weighing(Weight.BEHAVIOUR).bit_count()

    @cached_property
    def stopping(self) -> int:
        """
        The number of pairs on which a check would stop one side, and not the other.
        """
        return sum(parted_by_stop(pair) for pair in self.claim.differences.pairs)

    @cached_property
    def differing(self) -> PairClaim:
        """
        The differences on the other pairs: a run that is stopped lacks all that would follow.
        """
        if not self.stopping:
            return self.claim
        among = [pair for pair in self.claim.differences.pairs if not parted_by_stop(pair)]
        return PairClaim(self._target, BASE, PATCHED, (), model=self.model, among=among)

    @cached_property
    def edges(self) -> Comparison:
        """
        What is called while something is held, on both sides.
        """
        surveys = []
        for side in SIDES:
            surveyor = Surveyor(side, self.model.vocabulary.choices)
            surveyor.add(self.claim.paths(side))
            surveys.append(surveyor.survey())
        if not surveys[0].takes_locks:
            raise EmptyReviewError("no path of the base code calls anything under a lock")
        return Comparison(surveys)

    @cached_property
    def under_lock(self) -> list[Row[Edge]]:
        """
        The calls that are new under a lock or a migration entry which the code took, gravest first.

        Tests are left out: they call nothing.
        """
        rows = [
            row
            for row in self.edges.edges
            if row.change is Change.NEW
            and row.key.item.hold.family in WAITED_FOR
            and not row.key.at_entry
            and not row.primitive.test
        ]
        return sorted(rows, key=lambda row: row.gravity, reverse=True)

    @property
    def broken(self) -> list[Verdict]:
        """
        The laws that the patched code breaks where the base does not.
        """
        return [one for one in self.laws.judged if one.broken]

    @property
    def stops(self) -> list[Promise]:
        """
        The checks that would newly stop the kernel.
        """
        return [one for one in self.promises if one.newly and one.stop]

    @property
    def broken_promises(self) -> list[Promise]:
        """
        The cleanup contracts that are newly broken, without those that a broken law is about.
        """
        told = {
            clause.contract
            for one in self.broken
            for clause in one.law.clauses
            if isinstance(clause, Keeps)
        }
        newly = [one for one in self.promises if one.newly and not one.stop]
        return [one for one in newly if one.name not in told]

    @property
    def repaired(self) -> list[str]:
        """
        What the base breaks and the patched code does not, where it is not stopped before.
        """
        stopped = reduce(or_, (one.patched for one in self.promises if one.stop), 0)
        kept = [one for one in self.promises if one.base & ~stopped and not one.patched]
        laws = [one.law.name for one in self.laws.judged if one.repaired]
        return [*laws, *(f"cleanup, {one.name}" for one in kept)]

    @property
    def changes(self) -> bool:
        """
        Whether there is anything that a reviewer has to look at.
        """
        waiting = any(row.primitive.may for row in self.under_lock)
        broken = self.broken or self.broken_promises or self.stops
        return bool(self.behaving or waiting or broken)
