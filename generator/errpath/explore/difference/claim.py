# SPDX-License-Identifier: GPL-2.0-only
"""
What changes between two semantics, held against the deltas between them: what claims share.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from errpath.explore.difference.declaration import Declaration
    from errpath.explore.difference.facet import Facet
    from errpath.explore.difference.formula import Literals
    from errpath.explore.difference.wording import Wording
    from errpath.spec.contract import Delta


class Differing(Protocol):
    """
    Facets that are told together.
    """

    @property
    def facets(self) -> Mapping[Facet, int]:
        """
        The facets, each with the set of those that show it.
        """

    @property
    def mask(self) -> int:
        """
        The set of all those.
        """


class Declared(NamedTuple):
    """
    A delta that declares some of what differs, and the set of those on which it does.
    """

    delta: Delta
    mask: int


class Claim(ABC):
    """
    What changes from an older to a newer semantics, and what is declared of it.

    Compared are pairs of paths, or attempts; a set of them is an int with a bit for each.
    """

    def __init__(self, old: str, new: str, declarations: Iterable[Declaration]) -> None:
        self.old = old
        self.new = new
        self.declarations = tuple(declarations)

    @property
    @abstractmethod
    def _wording(self) -> Wording: ...

    @property
    @abstractmethod
    def _literals(self) -> Literals: ...

    def undeclared(self, differing: Differing) -> int:
        """
        Give the set of those on which no delta declares some facet that they show.
        """
        return reduce(or_, self.lacking(differing), 0)

    def lacking(self, differing: Differing) -> dict[int, list[Facet]]:
        """
        Give the facets that something shows undeclared, by the set of what does.
        """
        found: dict[int, list[Facet]] = {}
        for facet, mask in differing.facets.items():
            left = mask
            for declaration in self.declarations:
                left &= ~declaration.covers(facet)
            if left:
                found.setdefault(left, []).append(facet)
        return found

    def declared(self, differing: Differing) -> tuple[Declared, ...]:
        """
        List the deltas that declare some of the facets, each with the set of where it does.
        """
        found = []
        for declaration in self.declarations:
            mask = 0
            for facet, shown in differing.facets.items():
                mask |= shown & declaration.covers(facet)
            if mask:
                found.append(Declared(declaration.delta, mask))
        return tuple(found)

    def situations(self, mask: int, most: int | None = None) -> str:
        """
        Say which situations a set is, in few words; with `most`, so many alternatives of them.
        """
        return self._wording.condition(self._literals.condition(mask)[:most])
