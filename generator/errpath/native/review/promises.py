# SPDX-License-Identifier: GPL-2.0-only
"""
What is checked without being asked, on both sides: the cleanup contracts, and stops.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from errpath.contracts.alike import alike
from errpath.contracts.cleanup import complaints_of, contracts_broken
from errpath.native.review.sides import SIDES

if TYPE_CHECKING:
    from errpath.explore.difference.pair_claim import PairClaim
    from errpath.explore.difference.pairs import Pair
    from errpath.kernel.run import Run
    from errpath.kernel.target import Complaint, Model


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """
    A cleanup contract, or a check that the kernel would stop on, and who breaks it.

    `base` and `patched` are the sets of pairs on which each side does, `newly` those on which
    only the patched one does; `pair` is the smallest of these, or None.
    """

    name: str
    says: str
    stop: bool
    base: int
    patched: int
    newly: int
    pair: Pair | None

    def complaints(self, model: Model) -> list[Complaint]:
        """
        List what is wrong on the patched side of the smallest pair.
        """
        if self.pair is None or self.stop:
            return []
        return complaints_of(self.pair.new, model, self.name)


def promises(claim: PairClaim, model: Model) -> list[Promise]:
    """
    Check each side of every pair; give what some side breaks, in the vocabulary's order.
    """
    base, patched = (_broken(claim, side, model) for side in SIDES)
    cleanup = model.vocabulary.cleanup
    stops = sorted((base.keys() | patched.keys()) - cleanup.keys())
    found = []
    for name in (*cleanup, *stops):
        was, now = base.get(name, 0), patched.get(name, 0)
        if was or now:
            newly = now & ~was
            found.append(
                Promise(
                    name=name,
                    says=cleanup[name].says if name in cleanup else f"the kernel stops on {name}",
                    stop=name not in cleanup,
                    base=was,
                    patched=now,
                    newly=newly,
                    pair=claim.differences.smallest(newly) if newly else None,
                )
            )
    return found


def _broken(claim: PairClaim, side: str, model: Model) -> dict[str, int]:
    """
    Give the pairs on which a side breaks each contract.
    """
    pairs = claim.differences.pairs
    runs = [pair.old if side == claim.old else pair.new for pair in pairs]
    numbers = {id(run): number for number, run in enumerate(runs)}
    found: dict[str, list[int]] = {}
    for same in alike(runs, model):
        for name in _names(same[0], model):
            found.setdefault(name, []).extend(numbers[id(run)] for run in same)
    return {name: sum(1 << number for number in numbers) for name, numbers in found.items()}


def _names(run: Run, model: Model) -> set[str]:
    if run.bug is not None:
        return {run.bug.name}
    return contracts_broken(run, model)
