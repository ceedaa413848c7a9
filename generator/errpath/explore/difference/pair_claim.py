# SPDX-License-Identifier: GPL-2.0-only
"""
All differences that pairs of paths of two semantics show, held against the deltas about them.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING

from errpath.contracts.alike import named_by
from errpath.contracts.events import Patterns
from errpath.explore.difference.binding import Binding
from errpath.explore.difference.claim import Claim
from errpath.explore.difference.differences import Differences
from errpath.explore.difference.formula import Literals
from errpath.explore.difference.pair_declaration import PairDeclaration
from errpath.explore.difference.pairs import pairs
from errpath.explore.difference.wording import Wording

if TYPE_CHECKING:
    from errpath.explore.difference.differences import Group
    from errpath.explore.difference.pairs import Pair
    from errpath.kernel.run import Run
    from errpath.kernel.target import Model, Target
    from errpath.spec.contract import Delta
    from errpath.vocabulary.choice import Value


class PairClaim(Claim):
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
        found = pairs(target, old, new, vocabulary.rules) if among is None else among
        self.differences = Differences(found, vocabulary)
        patterns = Patterns(vocabulary)
        binding = Binding(self.differences.pairs, vocabulary=vocabulary, patterns=patterns)
        between = [delta for delta in deltas if (delta.old, delta.new) == (old, new)]
        named = named_by(between, patterns)
        declarations = (
            PairDeclaration(
                delta, self.differences, binding, model=model, patterns=patterns, named=named
            )
            for delta in between
        )
        super().__init__(old, new, declarations)
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

    def condition(self, group: Group) -> str:
        """
        Say in which situations a group shows, as short as it can be said; "" for all of them.

        For a group within another, that is what its situations have besides.
        """
        among = group.within.mask if group.within else None
        return self._wording.condition(self._literals.condition(group.mask, among))

    def unusual(self, pair: Pair) -> str:
        """
        Say what is so on a pair that its traces do not show: settings, and what tests found.
        """
        return self._wording.unusual(pair.choices)
