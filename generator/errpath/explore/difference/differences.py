# SPDX-License-Identifier: GPL-2.0-only
"""
Every difference between two semantics: which, on which pairs of paths, and how much it matters.

Pairs are numbered, and a set of them is an int with a bit for each.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from errpath.contracts.alike import sameness
from errpath.explore.difference.facet import WEIGHTS, Facet, Facets, Swap, Weight

if TYPE_CHECKING:
    from errpath.explore.difference.pairs import Pair
    from errpath.kernel.event import Event
    from errpath.kernel.run import Run
    from errpath.kernel.target import Model
    from errpath.vocabulary.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """
    Facets of one weight that show on the same pairs.

    `within` is the group whose pairs these are some of: what differs there, and on some of
    its pairs this besides.
    """

    facets: Mapping[Facet, int]
    mask: int
    weight: Weight
    within: Group | None = None

    @property
    def pairs(self) -> int:
        """
        The number of pairs.
        """
        return self.mask.bit_count()


class Differences:
    """
    What differs between two semantics, on any of their pairs.

    `masks` has the pairs of each facet, `passed` for a call that changed its place the calls
    that it passed.
    """

    def __init__(self, pairs: Iterable[Pair], vocabulary: Vocabulary) -> None:
        self._choices = vocabulary.choices
        self.pairs = list(pairs)
        self.masks: dict[Facet, int] = {}
        self.passed: dict[Facet, dict[str, None]] = {}
        facets = Facets(vocabulary)
        swapped: dict[frozenset[Swap], int] = {}
        for number, pair in enumerate(self.pairs):
            found, swaps = facets.of(pair)
            for facet in found:
                self.masks[facet] = self.masks.get(facet, 0) | 1 << number
            if swaps:
                swapped[swaps] = swapped.get(swaps, 0) | 1 << number
        self._order(swapped)
        self._alike: dict[tuple[str, frozenset[Event]], list[tuple[Run, int]]] = {}

    def alike(self, side: str, model: Model, named: frozenset[Event]) -> list[tuple[Run, int]]:
        """
        Give, of the "old" or the "new" runs, one for all that did the same, and their pairs.

        `named` are the events that those who judge the runs name.
        """
        found = self._alike.get((side, named))
        if found is None:
            masks: dict[tuple[object, ...], tuple[Run, int]] = {}
            for number, pair in enumerate(self.pairs):
                run: Run = getattr(pair, side)
                key = sameness(run, model, named)
                first, mask = masks.get(key, (run, 0))
                masks[key] = first, mask | 1 << number
            found = self._alike[side, named] = list(masks.values())
        return found

    @property
    def all(self) -> int:
        """
        The set of all pairs.
        """
        return (1 << len(self.pairs)) - 1

    def weighing(self, weight: Weight) -> int:
        """
        Give the pairs that show a difference of a weight.
        """
        found = 0
        for facet, mask in self.masks.items():
            if facet.weight is weight:
                found |= mask
        return found

    def parts(self) -> dict[Weight | None, int]:
        """
        Count the pairs by the heaviest difference that they show; None for those without one.
        """
        left = self.all
        counts: dict[Weight | None, int] = {}
        for weight in Weight:
            mask = self.weighing(weight) & left
            counts[weight] = mask.bit_count()
            left &= ~mask
        counts[None] = left.bit_count()
        return counts

    def groups(self) -> list[Group]:
        """
        Group the facets: the heaviest first, then those on most pairs; each behind its `within`.
        """
        by_mask: dict[tuple[Weight, int], list[Facet]] = {}
        for facet, mask in self.masks.items():
            by_mask.setdefault((facet.weight, mask), []).append(facet)
        tops: list[Group] = []
        below: dict[int, list[Group]] = {}
        order = list(Weight)
        for (weight, mask), facets in sorted(
            by_mask.items(),
            key=lambda row: (order.index(row[0][0]), -row[0][1].bit_count(), row[1]),
        ):
            facets.sort(key=lambda facet: (list(WEIGHTS).index(facet.kind), facet))
            shown = dict.fromkeys(facets, mask)
            around = [top for top in tops if top.weight is weight and not mask & ~top.mask]
            top = around[-1] if around else None
            # Which errno wins is a matter of its own, wherever it shows.
            if top is None or any(facet.kind == "returns" for facet in facets):
                tops.append(Group(facets=shown, mask=mask, weight=weight))
                below[id(tops[-1])] = []
            else:
                group = Group(facets=shown, mask=mask, weight=weight, within=top)
                below[id(top)].append(group)
        return [group for top in tops for group in (top, *below[id(top)])]

    def smallest(self, mask: int) -> Pair:
        """
        Give the pair with the fewest faults, and among those the most usual and shortest one.
        """
        return min((self.pairs[number] for number in bits(mask)), key=self._size)

    def _size(self, pair: Pair) -> tuple[int, int, int, int]:
        asked = [(self._choices[t.partition("#")[0]], value) for t, value in pair.choices.items()]
        faults = sum(value in choice.faults for choice, value in asked)
        unusual = sum(value != choice.default for choice, value in asked)
        return faults, unusual, len(pair.old.trace) + len(pair.new.trace), len(pair.choices)

    def _order(self, swapped: dict[frozenset[Swap], int]) -> None:
        """
        Tell for two calls that changed places which of them moved: the one that passed more.
        """
        moves: Counter[str] = Counter()
        for swaps, mask in swapped.items():
            for swap in swaps:
                for call in swap:
                    moves[call] += mask.bit_count()
        for swaps, mask in swapped.items():
            for later, earlier in sorted(swaps):
                if (moves[later], later) >= (moves[earlier], earlier):
                    facet, other = Facet("order", later, f"{later} comes later"), earlier
                else:
                    facet, other = Facet("order", earlier, f"{earlier} comes earlier"), later
                self.masks[facet] = self.masks.get(facet, 0) | mask
                self.passed.setdefault(facet, {})[other] = None


def bits(mask: int) -> Iterator[int]:
    """
    Give the numbers that a set holds, in order.
    """
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low
