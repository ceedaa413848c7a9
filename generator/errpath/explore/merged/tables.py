# SPDX-License-Identifier: GPL-2.0-only
"""
What one page does in a semantics, made once for lists of every length and for every law.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias

from errpath.explore.merged.either import Picked
from errpath.explore.merged.entangled import EntangledError
from errpath.explore.merged.graph import Graph
from errpath.explore.merged.lone_page import LonePage
from errpath.explore.merged.marked import Marked
from errpath.explore.merged.ways import PageInWorld
from errpath.explore.merged.whereabouts import Whereabouts
from errpath.explore.merged.worlds import World, worlds

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from errpath.explore.merged.attempt import Shared
    from errpath.explore.merged.mark import Mark
    from errpath.explore.merged.marks import Counted
    from errpath.explore.merged.monitor import Monitor
    from errpath.kernel.target import Model

TargetOn: TypeAlias = "Callable[[Model], Any]"

_ALONE: Final = "migrate_pages"
_WITH_PUTBACK: Final = "migrate_pages_and_putback"
ENTRIES: Final = (_ALONE, _WITH_PUTBACK)
"""The entries whose paths can be merged."""


class Tables:
    """
    The attempts of a lone page, its graphs under marks, and their ways in each world.

    `one` is the model of the entry on that page. `lone` is what was made of it for another
    entry. An EntangledError says why paths of the entry cannot be merged.
    """

    def __init__(
        self,
        model: Model,
        entry: str,
        page: str,
        semantics: str,
        *,
        target_on: TargetOn | None = None,
        passes: int | None = None,
        lone: LonePage | None = None,
    ) -> None:
        if entry not in ENTRIES:
            message = f"the paths of {entry} are not merged: only those of {', '.join(ENTRIES)}"
            raise EntangledError(message)
        if passes is None:
            passes = model.vocabulary.entries[entry].passes
        self.target_of: TargetOn = target_on or (lambda found: found.reference())
        self.one = model.at(entry, (page,))
        alone = model.at(_ALONE, (page,))
        # What the putback owes besides comes after what migrate_pages() owes.
        owed = self.one.obligations[len(alone.obligations) :]
        self._owed = owed if entry == _WITH_PUTBACK else None
        self.lone = lone or LonePage(self.target_of(alone), semantics, alone, passes=passes)
        self._graphs: dict[tuple[tuple[Mark, ...], Counted, bool | None], Graph] = {}
        self._ways: dict[tuple[Graph, frozenset[Shared], bool, bool], PageInWorld] = {}
        self._told: dict[Graph, tuple[Shared, ...]] = {}
        self._worlds: dict[tuple[Graph, ...], list[World]] = {}

    def graph(
        self, marks: Sequence[Mark], letters: Counted, *, picked: bool | None = None
    ) -> Graph:
        """
        Give what a page does under marks, of which it makes those letters.

        `picked` is whether it is the page that is picked, where one is.
        """
        key = tuple(marks), letters, picked
        found = self._graphs.get(key)
        if found is None:
            watch: list[Monitor] = [Whereabouts(self.lone.names)] if self._owed is not None else []
            watch += [Marked(mark, mine) for mark, mine in zip(marks, letters, strict=True)]
            if picked is not None:
                watch.append(Picked(so=picked))
            found = self._graphs[key] = Graph(self.lone, watch, self._owed)
        return found

    def ways(self, graph: Graph, world: World, *, best: bool, only: bool) -> PageInWorld:
        """
        Give the ways of a page in one of the worlds that `worlds()` gave; see `PageInWorld`.

        Worlds that fit the same of what the page is told are one to it.
        """
        told = self._told.get(graph)
        if told is None:
            told = tuple(dict.fromkeys(row.step.shared for row in graph.rows()))
            self._told[graph] = told
        fits = world.fits
        key = graph, frozenset([shared for shared in told if fits[shared]]), best, only
        found = self._ways.get(key)
        if found is None:
            found = self._ways[key] = PageInWorld(graph, world, best=best, only=only)
        return found

    def worlds(self, graphs: Sequence[Graph]) -> list[World]:
        """
        Give the worlds of pages that do these things.
        """
        key = tuple(dict.fromkeys(graphs))
        found = self._worlds.get(key)
        if found is None:
            found = self._worlds[key] = list(worlds(key, self.one.vocabulary))
        return found
