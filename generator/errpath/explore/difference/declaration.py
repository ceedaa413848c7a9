# SPDX-License-Identifier: GPL-2.0-only
"""
A delta beside the differences that there are: what all have in common, whatever is compared.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from errpath.contracts.broken import Broken, Kind
from errpath.contracts.check import Check
from errpath.contracts.judge import Call, call_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from errpath.contracts.events import Patterns
    from errpath.explore.difference.binding import Binding
    from errpath.explore.difference.facet import Facet
    from errpath.kernel.run import Run
    from errpath.kernel.target import Model
    from errpath.spec.clause import Clause
    from errpath.spec.contract import Change, Delta


@dataclass(frozen=True, slots=True, kw_only=True)
class Untrue:
    """
    One thing that a delta says and that is not so.

    `at` is the line that says it, `mask` what shows that it is not, if something that is compared
    can. `semantics` and `broken` are there if a clause is broken: on the smallest of those pairs.
    """

    at: str
    says: str
    mask: int = 0
    semantics: str | None = None
    broken: Broken | None = None


class Declaration(ABC):
    """
    What a delta declares: what of all that is compared it binds, and whether all it says is so.

    Compared are pairs of paths, or attempts; they are numbered, and a set of them is an int with
    a bit for each. `masks` has for each facet those that show it.
    """

    what: ClassVar[str]
    """What of one semantics a clause is judged on."""

    def __init__(
        self,
        delta: Delta,
        masks: Mapping[Facet, int],
        binding: Binding,
        *,
        model: Model,
        patterns: Patterns,
    ) -> None:
        self.delta = delta
        self._masks = masks
        self._model = model
        self._patterns = patterns
        bound = binding.of(delta.when)
        self.bound = bound.some
        self._surely = bound.all

    @cached_property
    def untrue(self) -> tuple[Untrue, ...]:
        """
        What it says that is not so.
        """
        return tuple(self._untrue())

    def covers(self, facet: Facet) -> int:
        """
        Give the set of what the delta declares a facet on.
        """
        return self._surely if any(_names(change, facet) for change in self.delta.changes) else 0

    @property
    def shown(self) -> tuple[Facet, ...]:
        """
        The facets that it declares, and that something which it binds shows.
        """
        masks = self._masks
        return tuple(facet for facet in masks if self.covers(facet) & masks[facet])

    @abstractmethod
    def _untrue(self) -> Iterator[Untrue]: ...

    @abstractmethod
    def _runs(self, semantics: str) -> Iterator[tuple[Run, int]]:
        """
        Give one of the runs that did the same, and the set of what is bound that has them.
        """

    @abstractmethod
    def _broken(self, clause: Clause, call: Call, mask: int, semantics: str) -> Untrue:
        """
        Say that a clause is broken, on a set of what is bound.
        """

    def _showing(self, kind: str, of: tuple[str, ...]) -> int:
        shown = 0
        for facet, mask in self._masks.items():
            if facet.kind == kind and facet.of in of:
                shown |= mask & self.bound
        return shown

    def _clauses(self) -> Iterator[tuple[Clause, Call, str]]:
        """
        Give each clause with what judges it, for each semantics that it is about.
        """
        delta = self.delta
        for clause in delta.clauses:
            call = call_of(clause)
            for semantics in clause.semantics or (delta.old, delta.new):
                yield clause, call, semantics

    def _of_runs(self, clause: Clause, call: Call, semantics: str) -> Iterator[Untrue]:
        """
        Find out whether the runs break a clause, or none of them could.
        """
        broken = idle = 0
        for run, mask in self._runs(semantics):
            found = self._judge(call, run)
            if any(one.kind is Kind.UNCHECKED for one in found):
                idle |= mask
            elif found:
                broken |= mask
        if broken:
            yield self._broken(clause, call, broken, semantics)
        elif idle == self.bound:
            says = f"no {self.what} of {semantics} that it binds could break the clause"
            yield Untrue(at=str(clause.at), says=says)

    def _judge(self, call: Call, run: Run) -> list[Broken]:
        check = Check(run, model=self._model, patterns=self._patterns)
        call(check)
        return check.judged()


def _names(change: Change, facet: Facet) -> bool:
    """
    Tell whether what a delta says that changes is a facet.
    """
    if change.kind != facet.kind:
        return False
    return not change.of or any(facet.of in changed.means for changed in change.of)
