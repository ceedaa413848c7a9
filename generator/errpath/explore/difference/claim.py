# SPDX-License-Identifier: GPL-2.0-only
"""
All differences between two semantics, held against all deltas between them.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property, reduce
from operator import or_
from typing import TYPE_CHECKING, NamedTuple

from errpath.contracts.alike import named_by
from errpath.contracts.events import Patterns
from errpath.explore.difference.binding import Binding
from errpath.explore.difference.declaration import Declaration
from errpath.explore.difference.differences import Differences
from errpath.explore.difference.formula import Literals
from errpath.explore.difference.pairs import pairs
from errpath.explore.difference.wording import Wording

if TYPE_CHECKING:
    from errpath.explore.difference.differences import Group
    from errpath.explore.difference.facet import Facet
    from errpath.explore.difference.pairs import Pair
    from errpath.kernel.run import Run
    from errpath.kernel.target import Model, Target
    from errpath.spec.contract import Delta
    from errpath.vocabulary.choice import Value


class Declared(NamedTuple):
    """
    A delta that declares facets of a group, and the set of the group's pairs where it does.
    """

    delta: Delta
    mask: int

    @property
    def pairs(self) -> int:
        """
        The number of those pairs.
        """
        return self.mask.bit_count()


class Claim:
    """
    What changes from an older to a newer semantics, and what is declared of it.

    With `among`, the target is not run: it is about these pairs of runs alone.
    """

    def __init__(
        self,
        target: Target,
        old: str,
        new: str,
        deltas: Iterable[Delta],
        *,
        model: Model,
        among: Iterable[Pair] | None = None,
    ) -> None:
        vocabulary = model.vocabulary
        self.old = old
        self.new = new
        found = pairs(target, old, new, vocabulary.rules) if among is None else among
        self.differences = Differences(found, vocabulary)
        patterns = Patterns(vocabulary)
        binding = Binding(self.differences.pairs, vocabulary=vocabulary, patterns=patterns)
        between = [delta for delta in deltas if (delta.old, delta.new) == (old, new)]
        named = named_by(between, patterns)
        self.declarations = tuple(
            Declaration(
                delta, self.differences, binding, model=model, patterns=patterns, named=named
            )
            for delta in between
        )
        self._vocabulary = vocabulary
        self._binding = binding

    @cached_property
    def _wording(self) -> Wording:
        return Wording(self._vocabulary, self._binding.ambiguous)

    @cached_property
    def _literals(self) -> Literals:
        return Literals(
            [pair.choices for pair in self.differences.pairs],
            self._wording.settings,
            self._wording.rank,
        )

    def paths(self, semantics: str) -> list[Run]:
        """
        Give every path of one of the two, each once.
        """
        runs = (pair.old if semantics == self.old else pair.new for pair in self.differences.pairs)
        found: dict[tuple[tuple[str, Value], ...], Run] = {}
        for run in runs:
            found.setdefault(tuple(run.choices.items()), run)
        return list(found.values())

    def undeclared(self, group: Group) -> int:
        """
        Give the pairs on which no delta declares some facet of a group.
        """
        return reduce(or_, self.lacking(group), 0)

    def lacking(self, group: Group) -> dict[int, list[Facet]]:
        """
        Give the facets of a group that some pair shows undeclared, by the set of those pairs.
        """
        found: dict[int, list[Facet]] = {}
        for facet in group.facets:
            left = group.mask
            for declaration in self.declarations:
                left &= ~declaration.covers(facet)
            if left:
                found.setdefault(left, []).append(facet)
        return found

    def declared(self, group: Group) -> tuple[Declared, ...]:
        """
        List the deltas that declare a facet of a group, each with the pairs where it does.
        """
        found = []
        for declaration in self.declarations:
            mask = 0
            for facet in group.facets:
                mask |= group.mask & declaration.covers(facet)
            if mask:
                found.append(Declared(declaration.delta, mask))
        return tuple(found)

    def condition(self, group: Group) -> str:
        """
        Say in which situations a group shows, as short as it can be said; "" for all of them.

        For a group within another, that is what its situations have besides.
        """
        among = group.within.mask if group.within else None
        return self._wording.condition(self._literals.condition(group.mask, among))

    def situations(self, mask: int, most: int | None = None) -> str:
        """
        Say which situations a set of pairs is; with `most`, so many alternatives of them.
        """
        return self._wording.condition(self._literals.condition(mask)[:most])

    def unusual(self, pair: Pair) -> str:
        """
        Say what is so on a pair that its traces do not show: settings, and what tests found.
        """
        return self._wording.unusual(pair.choices)
