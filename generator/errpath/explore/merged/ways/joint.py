# SPDX-License-Identifier: GPL-2.0-only
"""
The paths over a list, out of what each of its pages does alone.

THE REDUCTION, and why it loses nothing.

An attempt on a page reads what is known of that page, its rows of the ledger and its place;
what is about no page; and whether it is forced, which the pass decides. It reads nothing of
another page. So a path over a list is nothing but one way for each of its pages, as long as
these agree in what is about no page, and each choice of ways that agree is one path: to count
paths is to multiply ways. In a world (`worlds`) everything that is about no page is
fixed, so that all ways agree; the ways of a page are counted in all worlds at once (`weights`).

The ways of one page are found with the page alone on its list (`lone_page`), attempt by attempt.
Where an attempt ends, runs agree in their status: what `Attempts.state()` says that later steps
can read, of what is still on the list. Each status is gone on from once: runs begin with what is
kept of the machine there (`snapshot`), which is held to a replay of the way. Whether an attempt
is forced is one of the things that it reads (`forced`): migrate_pages() tells it no more of the
pass than that (a test holds it), and to what it counts it only adds. Of an attempt a run shows
what the code read, in its order, and what it changed (`question`, `outcome`). Two runs that
read the same do the same, so each way down the
tree of what is read is run once, and serves every status that has those rows and
that page: what a status knows it answers, whether the code would have to ask or not. Where a second
run comes to the same place, it is compared, and another outcome is an error of errpath. Of what
is about no page and is only compared, as the mode, an attempt is told no more than how each
comparison goes (`reads.Among`), so that values which the code takes alike are one. So are
errnos that neither the code nor a mark tells apart: one of them is run, and counts for all
(`any_of`, `alike`).

What pages have in common besides is when the run ends. It ends when no page is left or
the last pass is over; then each page has gone its way to the end. Or an attempt ends it, with
-ENOMEM or a bug; then pages that come before on the list have made their attempt of that pass,
and those behind have not. Tails are behind all heads, in the order in which they were split.
So the ways of each page are cut where the run ends (`ways`), and an end is summed up over the page
that makes it, from left to right. The caller's putback is one attempt more for each page that is
left, unless a bug ended the run; it ends no run, and reads nothing but its page.

Three things are read of other pages all the same. What is ahead on the list: the walk is held
to be the same with other pages (`LonePage`). What is next on the LRU list, which names a bug of
a walk that strays there: an attempt that leads the walk there is run without and with
another page there, and whether one is there is kept for each page. What migrate_pages() counts:
sums, which are kept. What cannot be held so raises EntangledError, and nothing is merged.

What is kept of a page (`kept`) is what the contracts at the end are judged by, and what the
monitors of a law tell; paths that agree in the sum of it are a class, and where a law asks what
is about no page, in the answers to that (`counted`). One run stands for the class: it is made
on the whole list, and has to end as its pages do alone.
"""

from __future__ import annotations

from collections import defaultdict
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from errpath.explore.merged.lone.status import Beside
from errpath.explore.merged.ways.either import Either, picks
from errpath.explore.merged.ways.kept import NOTHING, Sum

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from errpath.explore.merged.ways.graph import Graph
    from errpath.explore.merged.ways.ways import PageWays, Stops, Sums

Ended: TypeAlias = "dict[tuple[Beside, int | None, str | None, Sum], Any]"
Page: TypeAlias = "PageWays | Either"


class Close(NamedTuple):
    """
    How a path ends: by itself or stopped with what it returns, or by a bug; and its sum.
    """

    returns: int | None
    bug: str | None
    stopped: bool
    sum: Sum


class Joint:
    """
    A list of pages, each with its graph; equal pages have one.

    With `picked`, each page in turn has that graph.
    """

    def __init__(self, pages: Sequence[Graph], picked: Graph | None = None) -> None:
        self._pages = pages
        self._picked = picked
        self._putback = pages[0].putback
        self._passes = pages[0].page.passes
        self._both = [monitor.both for monitor in (picked or pages[0]).monitors]
        self._sums: dict[tuple[Sum, Sum], Sum | None] = {}

    @property
    def graphs(self) -> list[Graph]:
        """
        The graphs whose ways are asked for, each once.
        """
        every = [*self._pages, *([self._picked] if self._picked else [])]
        return list(dict.fromkeys(every))

    @property
    def alone(self) -> bool:
        """
        Whether there is one page, which no other stops.
        """
        return len(self._pages) == 1

    def closes(self, ways: Mapping[Graph, PageWays]) -> dict[Close, Any]:
        """
        Give the weight of the paths by how they end, out of that of the ways of each page.
        """
        pages: list[Page] = [ways[graph] for graph in self._pages]
        if self._picked is not None:
            # Marks that the others have no calls of are followed on the picked page alone.
            idle = len(self._picked.monitors) - len(self._pages[0].monitors)
            pages = [Either(ways[self._pages[0]], ways[self._picked], idle)] * len(pages)
        found: dict[Close, Any] = defaultdict(int)
        every: Sums | None = None
        for page in pages:
            every = self._product(every, page.ends)
        for total, times in (every or {}).items():
            close = Close(total.left, None, stopped=False, sum=total._replace(left=0))
            found[close] += times
        for number in range(1, self._passes + 1):
            # After a bug nobody puts anything back: other pages have other ways then.
            for bug in (False, True) if self._putback else (False,):
                self._in_pass(found, pages, number, bug=bug)
        if self._picked is None:
            return found
        return {close: times for close, times in found.items() if picks(close.sum) == 1}

    def _in_pass(
        self, found: dict[Close, Any], pages: Sequence[Page], number: int, *, bug: bool
    ) -> None:
        """
        Add the paths that an attempt of a pass ends.
        """

        def heads(page: Page) -> Sums:
            return page.heads(number, bug=bug)

        def over(page: Page) -> Sums:
            return page.over(number - 1, bug=bug)

        stops = [self._some(page.stops[number], bug=bug) for page in pages]
        self._stopped(found, pages, stops, heads, over)
        for split in sorted({split for page in pages for split in page.tail_stops[number]}):
            stops = [self._some(p.tail_stops[number].get(split, {}), bug=bug) for p in pages]
            tried, not_tried = (
                partial(_while_tails, number, split, with_it=with_it, bug=bug)
                for with_it in (True, False)
            )
            self._stopped(found, pages, stops, tried, not_tried)

    def _some(self, stops: Stops, *, bug: bool) -> Stops:
        if not self._putback:
            return stops
        return {key: ways for key, ways in stops.items() if bool(key[1].bug) is bug}

    def _stopped(
        self,
        found: dict[Close, Any],
        pages: Sequence[Page],
        stops: Sequence[Stops],
        before: Callable[[Page], Sums],
        after: Callable[[Page], Sums],
    ) -> None:
        """
        Add the paths that one page ends: of those before it, and of those behind it, a way each.
        """
        if not any(stops):
            return
        befores = {id(page): before(page) for page in pages[:-1]}
        afters = {id(page): after(page) for page in pages[1:]}
        none: Sums | None = None
        ended: Ended = {}
        for page, ends in zip(pages, stops, strict=True):
            ended = self._ended(ended, afters.get(id(page), {}), none, ends)
            if id(page) in befores:
                none = self._product(none, befores[id(page)])
        for (beside, returns, bug, total), ways in ended.items():
            if beside is not Beside.ANY and total.lru is not (beside is Beside.YES):
                continue
            whole = total._replace(lru=False)
            if bug:
                whole = Sum(0, False, 0, 0, NOTHING, total.seen)  # noqa: FBT003
            found[Close(returns, bug, stopped=True, sum=whole)] += ways

    def _ended(self, ended: Ended, behind: Sums, none: Sums | None, ends: Stops) -> Ended:
        """
        Give the paths that are ended when one more page is looked at, by it or before it.
        """
        more: Ended = defaultdict(int)
        sum_of = self._sum_of
        for (beside, returns, bug, total), times in ended.items():
            for other, count in behind.items():
                both = sum_of(total, other)
                if both is not None:
                    more[beside, returns, bug, both] += times * count
        for (beside, stop), times in ends.items():
            if none is None:
                more[beside, stop.returns, stop.bug, stop.sum] += times
                continue
            for other, count in none.items():
                both = sum_of(other, stop.sum)
                if both is not None:
                    more[beside, stop.returns, stop.bug, both] += count * times
        return more

    def _product(self, some: Sums | None, others: Sums) -> Sums:
        if some is None:
            return others
        found: Sums = defaultdict(int)
        sum_of = self._sum_of
        for one, ways in some.items():
            for other, times in others.items():
                both = sum_of(one, other)
                if both is not None:
                    found[both] += ways * times
        return found

    def _sum_of(self, one: Sum, other: Sum) -> Sum | None:
        """
        Give the sum of two; None, if more than one page would be picked.
        """
        try:
            return self._sums[one, other]
        except KeyError:
            found = self._sums[one, other] = self._added(one, other)
            return found

    def _added(self, one: Sum, other: Sum) -> Sum | None:
        if self._picked is not None and picks(one) + picks(other) > 1:
            return None
        seen = (both(a, b) for both, a, b in zip(self._both, one.seen, other.seen, strict=True))
        return Sum(
            one.left + other.left,
            one.lru or other.lru,
            one.successes + other.successes,
            one.failures + other.failures,
            one.odd | other.odd,
            tuple(seen),
        )


def _while_tails(number: int, split: int, page: Page, *, with_it: bool, bug: bool) -> Sums:
    return page.while_tails(number, split, with_it=with_it, bug=bug)
