# SPDX-License-Identifier: GPL-2.0-only
"""
What one page does in a semantics, made once for lists of every length and for every law.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias

from errpath.explore.merged.entangled import EntangledError
from errpath.explore.merged.lone.lone_page import LonePage
from errpath.explore.merged.marks.asked import Asked
from errpath.explore.merged.marks.mark import How
from errpath.explore.merged.marks.marked import Marked, Watched
from errpath.explore.merged.marks.whereabouts import Whereabouts
from errpath.explore.merged.ways.columns import Columns
from errpath.explore.merged.ways.either import Picked
from errpath.explore.merged.ways.graph import Graph
from errpath.explore.merged.ways.ways import PageWays
from errpath.explore.merged.ways.weights import Smallest
from errpath.explore.merged.ways.worlds import worlds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from errpath.explore.merged.lone.attempt import Shared
    from errpath.explore.merged.marks.alike import ToldApart
    from errpath.explore.merged.marks.mark import Mark
    from errpath.explore.merged.marks.marks import Counted
    from errpath.explore.merged.marks.monitor import Monitor
    from errpath.explore.merged.ways.worlds import World
    from errpath.kernel.target import Model

TargetOn: TypeAlias = "Callable[[Model], Any]"

_ALONE: Final = "migrate_pages"
_WITH_PUTBACK: Final = "migrate_pages_and_putback"
ENTRIES: Final = (_ALONE, _WITH_PUTBACK)
"""The entries whose paths can be merged."""


class Tables:
    """
    The attempts of a lone page, its graphs under marks, and their ways.

    `one` is the model of the entry on that page. `lone` is what was made of it for another
    entry. Errnos that no mark which will be followed tells apart, as `told_apart` says, are taken
    as one; else none are. An EntangledError says why paths of the entry cannot be merged.
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
        told_apart: ToldApart | None = None,
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
        like = {} if told_apart is None else told_apart.alike(alone.vocabulary)
        self.lone = lone or LonePage(
            self.target_of(alone), semantics, alone, passes=passes, alike=like
        )
        self._graphs: dict[tuple[tuple[Mark, ...], Counted, bool | None], Graph] = {}
        self._worlds: dict[tuple[Graph, ...], list[World]] = {}
        self._columns: dict[tuple[tuple[Graph, ...], bool], Columns] = {}
        self._smallest: dict[tuple[Graph, frozenset[Shared] | None, bool], PageWays] = {}

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
            watched = Watched(letters)
            watch += [
                Asked(mark.patterns[0]) if mark.how is How.TOLD else Marked(mark, mine, watched)
                for mark, mine in zip(marks, letters, strict=True)
            ]
            if picked is not None:
                watch.append(Picked(so=picked))
            found = self._graphs[key] = Graph(self.lone, watch, self._owed)
        return found

    def worlds(self, graphs: Iterable[Graph]) -> list[World]:
        """
        Give the worlds of pages that do these things.
        """
        key = tuple(graphs)
        found = self._worlds.get(key)
        if found is None:
            told = {shared for graph in key for shared in graph.told()}
            apart = {text for graph in key for _, text in graph.asked}
            found = self._worlds[key] = worlds(told, self.one.vocabulary, apart)
        return found

    def columns(self, graphs: Iterable[Graph], *, only: bool) -> Columns:
        """
        Give the numbers of the ways of these pages in all worlds; see `PageWays` for `only`.
        """
        key = tuple(graphs), only
        found = self._columns.get(key)
        if found is None:
            found = self._columns[key] = Columns(key[0], self.worlds(key[0]), only=only)
        return found

    def smallest(
        self, graphs: Iterable[Graph], fits: frozenset[Shared] | None, *, only: bool
    ) -> dict[Graph, PageWays]:
        """
        Give the best ways of these pages, of those that are told what fits; see `Smallest`.
        """
        return {graph: self._best(graph, fits, only=only) for graph in graphs}

    def _best(self, graph: Graph, fits: frozenset[Shared] | None, *, only: bool) -> PageWays:
        # Worlds that fit the same of what the page is told are one to it.
        some = fits if fits is None else fits & graph.told()
        key = graph, some, only
        found = self._smallest.get(key)
        if found is None:
            found = self._smallest[key] = PageWays(graph, Smallest(some), only=only)
        return found
