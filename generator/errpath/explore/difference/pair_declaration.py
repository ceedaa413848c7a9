# SPDX-License-Identifier: GPL-2.0-only
"""
A delta beside the differences that pairs of paths show.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from errpath.contracts.alike import named_by
from errpath.contracts.broken import Kind
from errpath.contracts.listing import Listing
from errpath.explore.difference.declaration import Declaration, Untrue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from errpath.contracts.events import Patterns
    from errpath.contracts.judge import Call
    from errpath.explore.difference.binding import Binding
    from errpath.explore.difference.differences import Differences
    from errpath.kernel.event import Event
    from errpath.kernel.run import Run
    from errpath.kernel.target import Model
    from errpath.spec.clause import Clause
    from errpath.spec.contract import Change, Delta


class PairDeclaration(Declaration):
    """
    What a delta declares: the pairs that it binds, and whether all that it says is so.

    `named` has every event that this delta names, or that it and others do.
    """

    what = "path"

    def __init__(
        self,
        delta: Delta,
        differences: Differences,
        binding: Binding,
        *,
        model: Model,
        patterns: Patterns,
        named: frozenset[Event] | None = None,
    ) -> None:
        super().__init__(delta, differences.masks, binding, model=model, patterns=patterns)
        self._named = named_by((delta,), patterns) if named is None else named
        self._differences = differences

    def _untrue(self) -> Iterator[Untrue]:
        if not self.bound:
            yield Untrue(at=str(self.delta.at), says="no pair of paths meets its condition")
            return
        for change in self.delta.changes:
            yield from self._change(change)
        for clause, call, semantics in self._clauses():
            yield from self._of_runs(clause, call, semantics)

    def _change(self, change: Change) -> Iterator[Untrue]:
        at = str(change.at)
        shown = 0
        for changed in change.of:
            mask = self._showing(change.kind, changed.means)
            shown |= mask
            if not mask:
                says = f"no pair of paths shows that `{changed.text}` changes in that way"
                yield Untrue(at=at, says=says)
        if not change.of:
            shown = self._showing(change.kind, ("",))
            if not shown:
                yield Untrue(at=at, says="no pair that it binds returns another code")
        lacking = self.bound & ~shown
        if lacking and shown:
            says = (
                f"{lacking.bit_count()} of {self.bound.bit_count()} pairs that it binds "
                "do not show it: the delta is too wide"
            )
            yield Untrue(at=at, says=says, mask=lacking)

    def _runs(self, semantics: str) -> Iterator[tuple[Run, int]]:
        side = "old" if semantics == self.delta.old else "new"
        for run, mask in self._differences.alike(side, self._model, self._named):
            if mask & self.bound:
                yield run, mask & self.bound

    def _broken(self, clause: Clause, call: Call, mask: int, semantics: str) -> Untrue:
        pair = self._differences.smallest(mask)
        run = pair.old if semantics == self.delta.old else pair.new
        first = self._judge(call, run)[0]
        how = "stops on" if first.kind is Kind.KERNEL_BUG else "breaks"
        listing = Listing(run, first.marks)
        got = "; ".join(listing.fill(one) for one in first.got)
        count = f"{mask.bit_count()} of {self.bound.bit_count()} pairs"
        says = f"{semantics} {how} `{first.clause}` on {count}: {got}"
        return Untrue(at=str(clause.at), says=says, mask=mask, semantics=semantics, broken=first)
