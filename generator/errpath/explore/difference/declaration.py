# SPDX-License-Identifier: GPL-2.0-only
"""
A delta beside the differences that there are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from errpath.contracts.alike import named_by
from errpath.contracts.broken import Broken, Kind
from errpath.contracts.check import Check
from errpath.contracts.judge import Call, call_of
from errpath.contracts.listing import Listing

if TYPE_CHECKING:
    from errpath.contracts.events import Patterns
    from errpath.explore.difference.binding import Binding
    from errpath.explore.difference.differences import Differences
    from errpath.explore.difference.facet import Facet
    from errpath.kernel.event import Event
    from errpath.kernel.run import Run
    from errpath.kernel.target import Model
    from errpath.spec.contract import Change, Delta


@dataclass(frozen=True, slots=True, kw_only=True)
class Untrue:
    """
    One thing that a delta says and that is not so.

    `at` is the line that says it, `mask` the pairs that show that it is not, if pairs can.
    `semantics` and `broken` are there if a clause is broken: on the smallest of those pairs.
    """

    at: str
    says: str
    mask: int = 0
    semantics: str | None = None
    broken: Broken | None = None


class Declaration:
    """
    What a delta declares: the pairs that it binds, and whether all that it says is so.

    `named` has every event that this delta names, or that it and others do.
    """

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
        self.delta = delta
        self._named = named_by((delta,), patterns) if named is None else named
        self._differences = differences
        self._model = model
        self._patterns = patterns
        bound = binding.of(delta.when)
        self.bound = bound.some
        self._surely = bound.all
        self.untrue = tuple(self._untrue())

    def covers(self, facet: Facet) -> int:
        """
        Give the pairs on which the delta declares a facet.
        """
        return self._surely if any(names(change, facet) for change in self.delta.changes) else 0

    @property
    def shown(self) -> tuple[Facet, ...]:
        """
        The facets that it declares, and that some pair which it binds shows.
        """
        masks = self._differences.masks
        return tuple(facet for facet in masks if self.covers(facet) & masks[facet])

    def _untrue(self) -> Iterator[Untrue]:
        if not self.bound:
            yield Untrue(at=str(self.delta.at), says="no pair of paths meets its condition")
            return
        for change in self.delta.changes:
            yield from self._change(change)
        yield from self._clauses()

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

    def _showing(self, kind: str, names: tuple[str, ...]) -> int:
        shown = 0
        for facet, mask in self._differences.masks.items():
            if facet.kind == kind and facet.of in names:
                shown |= mask & self.bound
        return shown

    def _clauses(self) -> Iterator[Untrue]:
        delta = self.delta
        for clause in delta.clauses:
            call = call_of(clause)
            for semantics in clause.semantics or (delta.old, delta.new):
                broken = idle = 0
                for run, mask in self._runs(semantics):
                    found = self._judge(call, run)
                    if any(one.kind is Kind.UNCHECKED for one in found):
                        idle |= mask
                    elif found:
                        broken |= mask
                if broken:
                    yield self._broken(call, broken, semantics, str(clause.at))
                elif idle == self.bound:
                    says = f"no path of {semantics} that it binds could break the clause"
                    yield Untrue(at=str(clause.at), says=says)

    def _runs(self, semantics: str) -> Iterator[tuple[Run, int]]:
        """
        Give one of the runs that did the same, and on which of the pairs that are bound.
        """
        side = "old" if semantics == self.delta.old else "new"
        for run, mask in self._differences.alike(side, self._model, self._named):
            if mask & self.bound:
                yield run, mask & self.bound

    def _broken(self, call: Call, mask: int, semantics: str, at: str) -> Untrue:
        pair = self._differences.smallest(mask)
        run = pair.old if semantics == self.delta.old else pair.new
        first = self._judge(call, run)[0]
        how = "stops on" if first.kind is Kind.KERNEL_BUG else "breaks"
        listing = Listing(run, first.marks)
        got = "; ".join(listing.fill(one) for one in first.got)
        count = f"{mask.bit_count()} of {self.bound.bit_count()} pairs"
        says = f"{semantics} {how} `{first.clause}` on {count}: {got}"
        return Untrue(at=at, says=says, mask=mask, semantics=semantics, broken=first)

    def _judge(self, call: Call, run: Run) -> list[Broken]:
        check = Check(run, model=self._model, patterns=self._patterns)
        call(check)
        return check.judged()


def names(change: Change, facet: Facet) -> bool:
    """
    Tell whether what a delta says that changes is a facet.
    """
    if change.kind != facet.kind:
        return False
    return not change.of or any(facet.of in changed.means for changed in change.of)
